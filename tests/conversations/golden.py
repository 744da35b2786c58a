"""Golden conversations: YAML that reads like a chat, replayed on the pure engine and rewritten in place.

A turn is one of ``person`` (a text), ``tap`` (a label or a number), ``old_tap`` (the first button of that label,
further up in the chat), ``start`` (a deep link or ""), ``media``, ``edited`` or ``fire`` (a check-in). ``understood``
is the intent that the NLU is said to find; ``danger``, ``ambiguous`` and ``out_of_scope`` are what else it may find.
``language`` is the language that the NLU is said to hear, ``phone`` that of the phone at a start. ``today`` moves the
calendar on. Conversations in other languages than Spanish lie in a folder of their language.

``bot`` holds the replies, with a line of ``---`` between two messages and the options as ``[Label] [Label]``;
``answers`` the answers that changed (``null``: taken back); ``happens`` what is done besides talking.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.flows.events import (
    CaseOpened,
    ConsentChanged,
    DataWanted,
    DocumentMade,
    EraseWanted,
    Event,
    FollowUpWanted,
    LanguageChanged,
    MessagesResumed,
    MessagesStopped,
    Referred,
    Said,
)
from bot.flows.turn import Danger
from tests.flows.harness import TODAY, Talk, real_world

FOLDER = Path(__file__).parent
EXPECTED = ("bot", "answers", "happens")
WIDTH = 110


@dataclass(frozen=True)
class Replay:
    """What a file expects and what happened, turn by turn, as the lines of the file would have it."""

    expected: list[str]
    actual: list[str]


def files() -> list[Path]:
    """All golden conversations."""
    return sorted(FOLDER.rglob("*.yml"))


def replay(path: Path) -> Replay:
    """Lead the conversation of a file."""
    expected: list[str] = []
    actual: list[str] = []
    for turn, talk in _led(path.read_text(encoding="utf-8")):
        heading = [f"> {_heading(turn)}"]
        expected += heading + _lines(*(turn.get(name) for name in EXPECTED))
        actual += heading + _lines(show(talk.said), dict(sorted(talk.changed.items())), list(happenings(talk.events)))
    return Replay(expected, actual)


def rewrite(path: Path) -> None:
    """Write what the bot says now into a file; comments and everything else stay."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    blocks = [_block(talk) for _, talk in _led(text)]
    for node, block in reversed(list(zip(_turns(text), blocks, strict=True))):
        lines = _replaced(lines, node, block)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def show(said: list[Said]) -> str:
    """The replies as a file holds them."""
    return "\n\n---\n\n".join(_message(message) for message in said)


def happenings(events: tuple[Event, ...]) -> Iterator[str]:
    """What a turn does besides talking, one short line each."""
    for event in events:
        if isinstance(event, CaseOpened):
            yield f"{'urgent case' if event.urgent else 'case'}: {event.reason}"
        elif isinstance(event, FollowUpWanted):
            yield f"asks again in {event.after_days} days: {event.flow}"
        elif isinstance(event, Referred):
            yield f"refers to {event.partner}"
        elif isinstance(event, ConsentChanged):
            yield f"consent {event.consent}"
        elif isinstance(event, LanguageChanged):
            yield f"language {event.language}"
        elif isinstance(event, MessagesStopped):
            yield "messages stopped"
        elif isinstance(event, MessagesResumed):
            yield "messages resumed"
        elif isinstance(event, DataWanted):
            yield "own data sent"
        elif isinstance(event, DocumentMade):
            yield f"page {event.name}: {len(event.page)} paragraphs"
        elif isinstance(event, EraseWanted):
            yield "everything erased"


def _led(text: str) -> Iterator[tuple[Mapping[str, Any], Talk]]:
    """Every turn of a file, right after it was led."""
    script = yaml.safe_load(text)
    talk = Talk(real_world(_day(script.get("today"))))
    for turn in script["turns"]:
        if "today" in turn:
            talk.world = real_world(_day(turn["today"]))
        _lead(talk, turn)
        yield turn, talk


def _lead(talk: Talk, turn: Mapping[str, Any]) -> None:
    if "tap" in turn:
        talk.tap(turn["tap"])
    elif "old_tap" in turn:
        talk.tap_old(turn["old_tap"])
    elif "start" in turn:
        talk.start(turn["start"] or "", turn.get("phone", ""))
    elif "media" in turn:
        talk.media(turn["media"], turn.get("person", ""))
    elif "edited" in turn:
        talk.edit(turn["edited"])
    elif "fire" in turn:
        talk.fire(turn["fire"])
    else:
        talk.say(
            str(turn["person"]),
            turn.get("understood", ""),
            danger=_danger(turn.get("danger")),
            ambiguous=turn.get("ambiguous", ()),
            oos=turn.get("out_of_scope", False),
            language=turn.get("language", ""),
        )


def _danger(found: Any) -> Danger | None:
    """``danger: violence`` is sure; ``danger: violence?`` is a doubt."""
    if not found:
        return None
    return Danger(found.rstrip("?"), "unsure" if found.endswith("?") else "sure")


def _day(found: Any) -> date:
    if isinstance(found, date):
        return found
    return date.fromisoformat(found) if found else TODAY


def _heading(turn: Mapping[str, Any]) -> str:
    name = next(n for n in ("tap", "old_tap", "start", "media", "edited", "fire", "person") if n in turn)
    return f"{name}: {turn[name]}"


def _message(message: Said) -> str:
    options = " ".join(f"[{button.label}]" for button in message.buttons)
    return message.text + ("\n" + options if options else "")


def _lines(bot: str | None, answers: Any, happens: Any) -> list[str]:
    lines = [f"  {line}".rstrip() for line in (bot or "").strip().splitlines()]
    lines += [f"  answers {name}: {value}" for name, value in sorted((answers or {}).items())]
    return lines + [f"  happens {line}" for line in happens or ()]


# Writing. Only the lines of the expected parts are replaced, so comments and order stay as they were typed.


def _turns(text: str) -> list[yaml.MappingNode]:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    turns = next(value for key, value in root.value if key.value == "turns")
    return list(turns.value)


def _block(talk: Talk) -> list[str]:
    text = show(talk.said)
    lines = ["bot: |", *textwrap.indent(text, "  ").splitlines()] if text else []
    answers = dict(sorted(talk.changed.items()))
    if answers:
        lines += _dumped({"answers": answers})
    happens = list(happenings(talk.events))
    if happens:
        lines += _dumped({"happens": happens})
    return lines


def _dumped(part: Mapping[str, Any]) -> list[str]:
    (name, value), *_ = part.items()
    dumped = yaml.safe_dump(value, allow_unicode=True, sort_keys=True, default_flow_style=True, width=10_000)
    flat = f"{name}: {dumped.strip()}"
    if len(flat) <= WIDTH:
        return [flat]
    return yaml.safe_dump(part, allow_unicode=True, sort_keys=True, width=10_000).splitlines()


def _replaced(lines: list[str], node: yaml.MappingNode, block: list[str]) -> list[str]:
    """The lines with the expected parts of one turn taken out and ``block`` behind what the person does."""
    indent = node.value[0][0].start_mark.column
    gone: set[int] = set()
    last = 0
    for key, _ in node.value:
        first = key.start_mark.line
        end = _end_of_entry(lines, first, indent)
        if key.value in EXPECTED:
            gone |= set(range(first, end))
        else:
            last = max(last, end)
    made = [" " * indent + line if line else "" for line in block]
    before = [line for number, line in enumerate(lines[:last]) if number not in gone]
    after = [line for number, line in enumerate(lines[last:], start=last) if number not in gone]
    return before + made + after


def _end_of_entry(lines: list[str], first: int, indent: int) -> int:
    """The line after an entry that begins at ``first``: everything deeper, without the blank lines at its end."""
    end = first + 1
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        if line.strip():
            end = number + 1
    return end
