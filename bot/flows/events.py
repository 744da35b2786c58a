"""What the engine decides in a turn. Nothing is done here: the write path carries every event out in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from bot.flows.model import Value


@dataclass(frozen=True, slots=True)
class Button:
    """An option to tap; ``payload`` is at most 64 bytes."""

    label: str
    payload: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events; ``type`` is its name in JSON."""

    type: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Said(Event):
    """A message to the person. ``kind``: say, ask, card, crisis, note, private_card (never kept in the transcript)."""

    type: ClassVar[str] = "said"
    text: str
    kind: str = "say"
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a page. ``style``: heading, text, item (with a dot), step (numbered already), small."""

    style: Literal["heading", "text", "item", "step", "small"]
    text: str


@dataclass(frozen=True, slots=True)
class DocumentMade(Event):
    """A page for the person to keep, in their language. It follows what was said before it; ``caption`` is its text.

    ``opens`` is the flow that the page's code leads to, ``code_says`` what stands beside the code; without ``opens``
    there is no code.
    """

    type: ClassVar[str] = "document_made"
    name: str
    title: str
    caption: str
    language: str
    page: tuple[Paragraph, ...]
    opens: str = ""
    code_says: str = ""


@dataclass(frozen=True, slots=True)
class SlotSet(Event):
    """An answer was given, changed or taken back (``value`` None). ``transient`` answers are never stored."""

    type: ClassVar[str] = "slot_set"
    slot: str
    value: Value
    flow: str
    step: str
    transient: bool = False


@dataclass(frozen=True, slots=True)
class FlowStarted(Event):
    """A flow began."""

    type: ClassVar[str] = "flow_started"
    flow: str


@dataclass(frozen=True, slots=True)
class FlowEnded(Event):
    """A flow came to its end, or was left."""

    type: ClassVar[str] = "flow_ended"
    flow: str
    completed: bool = True


@dataclass(frozen=True, slots=True)
class StepReached(Event):
    """A step was walked: step coverage is counted from these."""

    type: ClassVar[str] = "step_reached"
    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class CardShown(Event):
    """A card was shown."""

    type: ClassVar[str] = "card_shown"
    card: str


@dataclass(frozen=True, slots=True)
class Referred(Event):
    """The person was referred to an institution."""

    type: ClassVar[str] = "referred"
    partner: str


@dataclass(frozen=True, slots=True)
class FollowUpWanted(Event):
    """Start ``flow`` again in ``after_days``; ``key`` keeps one such follow-up a person."""

    type: ClassVar[str] = "follow_up_wanted"
    flow: str
    after_days: int
    key: str


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """A person of the team is wanted. ``reason``: the crisis, or the flow and step where it was asked."""

    type: ClassVar[str] = "case_opened"
    kind: str
    reason: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ConsentChanged(Event):
    """Consent was given or refused."""

    type: ClassVar[str] = "consent_changed"
    consent: Literal["given", "refused"]


@dataclass(frozen=True, slots=True)
class LanguageChanged(Event):
    """The person chose a language."""

    type: ClassVar[str] = "language_changed"
    language: str


@dataclass(frozen=True, slots=True)
class MessagesStopped(Event):
    """The person wants no messages that they did not ask for."""

    type: ClassVar[str] = "messages_stopped"


@dataclass(frozen=True, slots=True)
class MessagesResumed(Event):
    """A person who had stopped the messages asks for one."""

    type: ClassVar[str] = "messages_resumed"


@dataclass(frozen=True, slots=True)
class DataWanted(Event):
    """The person asked to see what is held about them."""

    type: ClassVar[str] = "data_wanted"


@dataclass(frozen=True, slots=True)
class EraseWanted(Event):
    """The person asked, and confirmed, to be erased."""

    type: ClassVar[str] = "erase_wanted"


_TYPES: dict[str, type[Event]] = {
    cls.type: cls
    for cls in (
        Said,
        DocumentMade,
        SlotSet,
        FlowStarted,
        FlowEnded,
        StepReached,
        CardShown,
        Referred,
        FollowUpWanted,
        CaseOpened,
        ConsentChanged,
        LanguageChanged,
        MessagesStopped,
        MessagesResumed,
        DataWanted,
        EraseWanted,
    )
}


def events_to_json(events: Sequence[Event]) -> list[dict[str, Any]]:
    """Plain JSON, as it travels through Rasa's tracker."""
    return [{"type": event.type, **asdict(event)} for event in events]


def events_from_json(rows: Sequence[Mapping[str, Any]]) -> tuple[Event, ...]:
    """Read back what :func:`events_to_json` wrote."""
    events = []
    for row in rows:
        fields = {name: value for name, value in row.items() if name != "type"}
        if row["type"] == Said.type:
            fields["buttons"] = tuple(Button(**button) for button in fields.get("buttons", ()))
        if row["type"] == DocumentMade.type:
            fields["page"] = tuple(Paragraph(**part) for part in fields["page"])
        events.append(_TYPES[row["type"]](**fields))
    return tuple(events)
