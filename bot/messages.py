"""What crosses the border between a channel and the service: a message in, a message out.

Both are plain, frozen data. A channel only translates a provider's payload into :class:`Inbound` and
:class:`Outbound` into a provider's request; storage, de-duplication, order and retry belong to the core.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

InboundKind = Literal["text", "tap", "media", "edited", "start", "fire"]
"""``start`` is a first contact or a deep link; ``fire`` is a check-in or reminder that the service begins."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person is reached: the channel's name and the provider's own id of the chat."""

    channel: str
    external_id: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message of a person, or one event that stands for it.

    ``external_id`` is unique in its channel and is what makes a provider's repetition harmless. ``payload`` holds
    a button's data (``tap``), a deep link's parameter (``start``) or a flow id (``fire``). ``media`` names what was
    sent: voice, audio, photo, video, document, sticker, location, contact. ``received_at`` is timezone-aware.
    """

    address: Address
    external_id: str
    kind: InboundKind
    received_at: datetime
    text: str = ""
    payload: str = ""
    media: str = ""
    language_hint: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    """An option to tap. ``payload`` is at most 64 bytes of UTF-8 (Telegram's callback_data)."""

    label: str
    payload: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message. ``name`` tells nothing of the person; it is checked when it is stored."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to a person, as the outbox hands it to a channel. ``text`` is plain text, with no mark-up."""

    id: int
    address: Address
    text: str
    buttons: tuple[Button, ...] = ()
    kind: str = "say"
    extra: Mapping[str, str] = field(default_factory=dict)
    attachment: Attachment | None = None


class SendError(Exception):
    """A message was not delivered. ``code`` is a short stable word for logs and metrics."""

    code = "failed"


class Throttled(SendError):
    """The provider asks to wait ``retry_after`` seconds; the message was not taken."""

    code = "throttled"

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after:g} s")
        self.retry_after = retry_after


class Unreachable(SendError):
    """The provider was surely not reached (connection refused, DNS), so the message may be sent again."""

    code = "unreachable"


class Blocked(SendError):
    """The person blocked the bot or closed the account: nothing more is sent there."""

    code = "blocked"


class Rejected(SendError):
    """The provider refuses this message for good; repeating it would fail again."""

    code = "rejected"


class AnswerLost(SendError):
    """The request left, and no answer came: it may have been delivered, so it is not blindly sent again."""

    code = "answer_lost"
