"""A message's text and buttons as sealed JSON, and its place in the conversation of one address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.messages import Button

LINES_A_TURN = 1000
DOCUMENT = "document"
"""The kind of a message that an attachment goes with."""
PRIVATE = "private_card"
"""The kind of a message that holds what must not be kept: no transcript, and its body goes after a day."""


def to_json(text: str, buttons: Sequence[Button] = ()) -> dict[str, Any]:
    """Text and buttons as plain JSON."""
    body: dict[str, Any] = {"text": text}
    if buttons:
        body["buttons"] = [[button.label, button.payload, button.description] for button in buttons]
    return body


def from_json(body: dict[str, Any]) -> tuple[str, tuple[Button, ...]]:
    """Read back what :func:`to_json` wrote."""
    return body["text"], tuple(Button(*button) for button in body.get("buttons", ()))


def line_id(turn: int, position: int) -> int:
    """A number that grows along a conversation, whichever table the line is in."""
    return turn * LINES_A_TURN + position
