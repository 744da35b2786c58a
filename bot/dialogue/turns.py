"""The turn in hand: what the parts behind Rasa's interfaces need to know of the message being worked on."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue.world import Library
from bot.messages import Inbound
from bot.storage import Claim, Conversation


@dataclass(frozen=True, slots=True)
class TurnInHand:
    """One message being worked on, the moment it is worked on, and the library of flows.

    ``claim`` and ``conversation`` are None outside our runner (``rasa shell``), where nothing is kept.
    """

    inbound: Inbound
    now: datetime
    library: Library
    claim: Claim | None = None
    conversation: Conversation | None = None
    notes: dict[str, str] = field(default_factory=dict)
    """What the parts on the way note down for the log: codes only. ``read`` is what the NLU made of the message."""


TURN: ContextVar[TurnInHand | None] = ContextVar("amable_turn", default=None)
"""Set by the runner around Rasa's agent: Rasa's interfaces have no place for it, and a process has many in hand."""
