"""From the engine's events to the record of the turn that storage commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.dialogue.turns import TurnInHand
from bot.flows.events import (
    CaseOpened,
    ConsentChanged,
    EraseWanted,
    Event,
    FollowUpWanted,
    MessagesResumed,
    MessagesStopped,
    Said,
    SlotSet,
)
from bot.flows.state import State
from bot.messages import Button
from bot.storage import AnswerChange, Claim, ConsentChange, NewCase, NewFire, NewMessage, TurnRecord


def record_of(
    hand: TurnInHand, claim: Claim, state: State, events: Sequence[Event], receipt_id: str = ""
) -> TurnRecord:
    """Everything that the turn produced, for one transaction. ``receipt_id`` names the receipt of an erasure."""
    changed = next((event for event in reversed(events) if isinstance(event, ConsentChanged)), None)
    consent = ConsentChange(changed.consent, state.release) if changed else None
    stops = [
        isinstance(event, MessagesStopped) for event in events if isinstance(event, MessagesStopped | MessagesResumed)
    ]
    return TurnRecord(
        claim=claim,
        person_id=claim.person_id,
        now=hand.now,
        state=state.to_json(),
        bundle=state.release,
        language=state.language,
        consent=consent,
        answers=tuple(
            AnswerChange(event.slot, event.value, event.flow, event.step, state.release)
            for event in events
            if isinstance(event, SlotSet) and not event.transient
        ),
        messages=tuple(_message(event) for event in events if isinstance(event, Said)),
        said=hand.inbound.text if hand.inbound.kind in ("text", "tap", "media") else "",
        fires=tuple(
            NewFire(event.flow, hand.now + timedelta(days=event.after_days), event.key)
            for event in events
            if isinstance(event, FollowUpWanted)
        ),
        cases=tuple(
            NewCase(event.kind, event.reason, event.urgent) for event in events if isinstance(event, CaseOpened)
        ),
        erase=any(isinstance(event, EraseWanted) for event in events),
        receipt_id=receipt_id,
        stop_messages=stops[-1] if stops else None,
    )


def _message(said: Said) -> NewMessage:
    buttons = tuple(Button(button.label, button.payload, button.description) for button in said.buttons)
    return NewMessage(said.text, buttons, said.kind)
