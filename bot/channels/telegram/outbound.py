"""What the service says → Telegram's texts and keyboards. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.limits import CALLBACK_BYTES, TEXT_UNITS, WIDE_LABEL
from bot.messages import Button, Rejected

# Where a text may be cut, best first; the cut is at the end of the match.
_BORDERS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?…:;][\"»”')\]]*\s+", r"\s+"))


class PayloadTooLong(Rejected):
    """A button's payload is empty or longer than Telegram takes; a fault of ours, which no retry mends."""

    code = "payload_too_long"


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_text(text: str, limit: int = TEXT_UNITS) -> tuple[str, ...]:
    """Cut a text into as few messages as its borders allow, each of at most ``limit`` UTF-16 units.

    Borders are tried in the order paragraph, line, sentence, word; one in the first half of the room is passed over for
    a lesser one further on, so that no message is a mere scrap. Blank space at the cuts is dropped, nothing else. A
    blank text gives no message.
    """
    parts = []
    rest = text.strip()
    while units(rest) > limit:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        parts.append(rest)
    return tuple(parts)


def with_descriptions(text: str, buttons: Sequence[Button]) -> str:
    """The text with a line for each option that has a description: an inline button shows its label only."""
    lines = [f"• {button.label}: {button.description}" for button in buttons if button.description]
    return "\n\n".join(part for part in (text.strip(), "\n".join(lines)) if part)


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Buttons to tap: two in a row, or one where any label is long. None without buttons.

    Raises :class:`PayloadTooLong`.
    """
    if not buttons:
        return None
    for button in buttons:
        if not 1 <= len(button.payload.encode()) <= CALLBACK_BYTES:
            raise PayloadTooLong(f"a payload must have 1 to {CALLBACK_BYTES} bytes")
    wide = any(len(button.label) > WIDE_LABEL for button in buttons)
    keys = [InlineKeyboardButton(button.label, callback_data=button.payload) for button in buttons]
    width = 1 if wide else 2
    return InlineKeyboardMarkup([keys[at : at + width] for at in range(0, len(keys), width)])


def _cut(text: str, limit: int) -> int:
    """Where to cut a text that is too long: an index of 1 or more."""
    room = len(text.encode("utf-16-le", "surrogatepass")[: limit * 2].decode("utf-16-le", "ignore"))
    for border in _BORDERS:
        # One character beyond the room: blank space there is dropped, so the words before it fit.
        ends = [match.end() for match in border.finditer(text, 0, room + 1)]
        if ends and units(text[: ends[-1]].rstrip()) <= limit and ends[-1] > room // 2:
            return ends[-1]
    # A word longer than half a message. Accents and the parts of an emoji stay with their letter.
    cut = max(1, room)
    while cut > max(1, room - 16) and _clings(text[cut], text[cut - 1]):
        cut -= 1
    return cut


def _clings(character: str, before: str) -> bool:
    joiner, variation, skin_tones = "\u200d", "\ufe0f", ("\U0001f3fb", "\U0001f3ff")
    return (
        unicodedata.combining(character) > 0
        or character in (joiner, variation)
        or skin_tones[0] <= character <= skin_tones[1]
        or before == joiner
    )
