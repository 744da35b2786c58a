"""From the engine's events to the record of the turn that storage commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from bot.dialogue.turns import TurnInHand
from bot.flows.events import (
    CaseOpened,
    ConsentChanged,
    DocumentMade,
    EraseWanted,
    Event,
    FollowUpWanted,
    MessagesResumed,
    MessagesStopped,
    Said,
    SlotSet,
)
from bot.flows.state import State
from bot.messages import Attachment, Button
from bot.storage import AnswerChange, Claim, ConsentChange, NewCase, NewFire, NewMessage, TurnRecord

DOCUMENT: Final = "document"
TYPED: Final = frozenset({"text", "phone"})
"""Slots whose answer is what the person typed, and may name them."""


def record_of(
    hand: TurnInHand,
    claim: Claim,
    state: State,
    events: Sequence[Event],
    receipt_id: str = "",
    files: Mapping[DocumentMade, Attachment] = MappingProxyType({}),
) -> TurnRecord:
    """Everything that the turn produced, for one transaction. ``receipt_id`` names the receipt of an erasure; a page
    that has no file in ``files`` could not be made, and is not announced."""
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
        messages=tuple(_messages(events, files)),
        said="" if _typed_for_once(hand, state, events) else _said(hand),
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


def _messages(events: Sequence[Event], files: Mapping[DocumentMade, Attachment]) -> Iterator[NewMessage]:
    for event in events:
        if isinstance(event, Said):
            buttons = tuple(Button(button.label, button.payload, button.description) for button in event.buttons)
            yield NewMessage(event.text, buttons, event.kind)
        elif isinstance(event, DocumentMade) and event in files:
            yield NewMessage(event.caption, kind=DOCUMENT, attachment=files[event])


def _said(hand: TurnInHand) -> str:
    return hand.inbound.text if hand.inbound.kind in ("text", "tap", "media") else ""


def _typed_for_once(hand: TurnInHand, state: State, events: Sequence[Event]) -> bool:
    """Whether the message is a name, a number or a text that was asked for on the promise not to keep it."""
    slots = hand.library.flows_for(state).slots
    given = {event.slot for event in events if isinstance(event, SlotSet) and event.transient}
    return any(slot in slots and slots[slot].type in TYPED for slot in given)
