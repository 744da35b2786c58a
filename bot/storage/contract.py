"""What callers hand to the Store and get back from it: frozen data. Every time is timezone-aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.messages import Attachment, Button, Inbound

Decision = Literal["given", "refused", "withdrawn"]
ConsentStatus = Literal["unknown", "given", "refused", "withdrawn"]
Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One message to handle now. ``attempts`` counts the earlier tries; ``turn`` is the conversation's turn number."""

    id: int
    person_id: str
    token: str
    inbound: Inbound
    attempts: int
    turn: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a person stands. ``state`` is empty for a new person, and for one whose working state was wiped."""

    person_id: str
    state: Mapping[str, Any]
    bundle: str | None
    turn: int
    consent: ConsentStatus
    language: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """A decision of the person, on the notice of that version. Any but ``given`` erases answers and transcript."""

    decision: Decision
    notice: str


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """An answer given or changed; a ``value`` of None takes it back."""

    slot: str
    value: Any
    flow: str
    step: str
    bundle: str


@dataclass(frozen=True, slots=True)
class NewMessage:
    """One message to send to the address that wrote.

    One of the kind ``private_card`` is never written into the transcript, and its text goes after a day. An
    ``attachment`` goes with it; it is sealed, stored once, and kept for a day after it was sent.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    kind: str = "say"
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class NewFire:
    """Begin ``flow`` at ``due_at``. A pending one of the same flow and key is moved to the new time."""

    flow: str
    due_at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class NewCase:
    """Someone of the team is wanted."""

    kind: str
    reason: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """All that one turn made, for :meth:`bot.storage.Store.commit_turn`.

    ``state`` is plain JSON. ``said`` is the person's text for the transcript. With ``erase`` only ``messages`` count
    (the goodbye); ``receipt_id`` then names the receipt, where the goodbye already holds it. ``stop_messages``: True
    stops the check-ins, False allows them again, None changes nothing.
    """

    claim: Claim
    person_id: str
    now: datetime
    state: Mapping[str, Any]
    bundle: str | None
    language: str
    consent: ConsentChange | None = None
    answers: tuple[AnswerChange, ...] = ()
    messages: tuple[NewMessage, ...] = ()
    said: str = ""
    fires: tuple[NewFire, ...] = ()
    cases: tuple[NewCase, ...] = ()
    erase: bool = False
    receipt_id: str = ""
    stop_messages: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation. ``id`` grows along the conversation of one address.

    An outgoing line's id is also in the ``extra["line"]`` of its Outbound, so that a screen shows it once. ``file`` is
    the name of its attachment while that can be had with :meth:`bot.storage.Store.attachment`.
    """

    id: int
    at: datetime
    direction: Direction
    text: str
    buttons: tuple[Button, ...] = ()
    kind: str = "say"
    file: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """An open case, as the team's queue shows it."""

    id: int
    person_id: str
    channel: str
    kind: str
    reason: str
    urgent: bool
    language: str
    opened_at: datetime
    held: bool = False


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case that the law wants kept, with the reason as the person is told it."""

    id: int
    why: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof of an erasure. ``genuine`` says whether the signature holds."""

    id: str
    erased_at: datetime
    genuine: bool
    counts: Mapping[str, int] = field(default_factory=dict)
