"""Reading a message that may hold two requests: the NLU is asked for the whole and, where it can be cut, its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.dialogue.nlu.requests import joined, split_requests


class Parser(Protocol):
    """The part of Rasa's ``Agent`` that is needed here."""

    async def parse_message(self, message_data: str) -> Mapping[str, Any]: ...


async def read_requests(agent: Parser, text: str) -> dict[str, Any] | None:
    """The parse data of a message with several parts; None for any other, which Rasa reads by itself."""
    parts = split_requests(text)
    if not parts:
        return None
    whole = await agent.parse_message(text)
    return joined(whole, [await agent.parse_message(part) for part in parts])
