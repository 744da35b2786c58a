"""What a button carries: at most 64 bytes that name flow, step and release, so a stale tap is told from a fresh one.

Forms (parts joined with ``|``)::

    o|<release 6>|<step key 8>|<option index>     an option of a question
    p|<release 6>|<step key 8>|<page>             a page of options
    s|<release 6>|<step key 8>                    go on without answering an optional question
    v|<release 6>|<step key 8>|<value>            what a typed answer may mean (a place, an occupation)
    g|<global word>                               menu, back, person, ...
    r|<flow id>                                   start a flow
    c|<slot id>                                   change an answer
    b|resume  b|restart  b|bye                    go on, begin again, or that was all
    l|<language>  l|keep                          go on in the language that was offered, or not
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

LIMIT = 64  # bytes; Telegram's callback_data, https://core.telegram.org/bots/api#inlinekeyboardbutton
_VALUE = re.compile(r"[a-z0-9_]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,3}")  # of an option or a page; str.isdigit also takes "²", which is no number


@dataclass(frozen=True, slots=True)
class Tap:
    """A button's payload, read. ``kind`` is its first letter; ``release`` and ``key`` only for o, p, s and v."""

    kind: str
    value: str
    release: str = ""
    key: str = ""


def step_key(flow: str, step: str) -> str:
    """Eight characters that stand for a step: flow and step ids together may be longer than a payload allows."""
    return hashlib.sha256(f"{flow}/{step}".encode()).hexdigest()[:8]


def option_payload(release: str, flow: str, step: str, index: int) -> str:
    """The payload of an option button."""
    return f"o|{release[:6]}|{step_key(flow, step)}|{index}"


def page_payload(release: str, flow: str, step: str, page: int) -> str:
    """The payload of the button that shows more options."""
    return f"p|{release[:6]}|{step_key(flow, step)}|{page}"


def skip_payload(release: str, flow: str, step: str) -> str:
    """The payload of the button that goes on without an answer."""
    return f"s|{release[:6]}|{step_key(flow, step)}"


def value_payload(release: str, flow: str, step: str, value: str) -> str:
    """The payload of the button for one meaning of a typed answer."""
    return f"v|{release[:6]}|{step_key(flow, step)}|{value}"


def read_tap(payload: str) -> Tap | None:
    """Read a payload; None where it is none of ours (an old version's, or made up)."""
    parts = payload.split("|")
    if len(parts) == 4 and parts[0] in ("o", "p") and _NUMBER.fullmatch(parts[3]):
        return Tap(parts[0], parts[3], parts[1], parts[2])
    if len(parts) == 4 and parts[0] == "v" and _VALUE.fullmatch(parts[3]):
        return Tap("v", parts[3], parts[1], parts[2])
    if len(parts) == 3 and parts[0] == "s":
        return Tap("s", "", parts[1], parts[2])
    if len(parts) == 2 and parts[0] in ("g", "r", "c", "b", "l") and parts[1]:
        return Tap(parts[0], parts[1])
    return None
