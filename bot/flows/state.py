"""Where a conversation stands, as frozen data that is plain JSON between turns.

``stack`` is the pile of running flows (the last is on top). ``trail`` remembers every answered question with the stack
as it was then, so *back* and *change* return to exactly that place. ``replay`` holds the answers that were given after
a corrected one and may still fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.flows.model import Value

Entry = Literal["start", "call", "digression", "crisis", "system"]
Consent = Literal["unknown", "given", "refused"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One running flow. ``entry`` is how it began, ``tries`` counts answers not understood, ``page`` pages options.

    ``only`` marks a frame that asks one question and ends (the correction of an answer of a finished route).
    """

    flow: str
    step: str
    entry: Entry = "start"
    tries: int = 0
    page: int = 0
    asked: bool = False
    only: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One answered question: where, which slot, what the slot held before, and the stack when it was asked.

    ``also``: what other slots held before ``set_slots`` changed them on the way to the next question. ``skipped``: the
    person preferred not to answer.
    """

    flow: str
    step: str
    slot: str
    before: Value
    stack: tuple[Frame, ...]
    also: tuple[tuple[str, Value], ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceOption:
    """One option of a question that the engine itself asks."""

    label: str
    action: str
    """A payload as a button carries it (see :mod:`bot.flows.taps`)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A question of the engine (menu, "did you mean", which answer to change), open until the next message."""

    id: str
    options: tuple[ChoiceOption, ...]


@dataclass(frozen=True, slots=True)
class State:
    """The whole state of one conversation."""

    release: str = ""
    language: str = "es"
    consent: Consent = "unknown"
    stack: tuple[Frame, ...] = ()
    slots: Mapping[str, Value] = field(default_factory=dict)
    trail: tuple[Mark, ...] = ()
    replay: Mapping[str, Value] = field(default_factory=dict)
    choice: Choice | None = None
    later: tuple[str, ...] = ()
    """Flows to take up when the present one ends ("primero … y luego …")."""
    finished: tuple[str, ...] = ()
    """Routes that came to their end, for the summary."""
    cards: tuple[str, ...] = ()
    """Cards shown, newest last, for the summary."""
    handed_off: bool = False
    stopped: bool = False
    greeted: bool = False
    paused: bool = False
    """The person left for later: the next message is asked whether to go on."""
    heard: str = ""
    """Another language that the last clear messages were in, ``heard_times`` of them one after the other."""
    heard_times: int = 0
    kept: tuple[str, ...] = ()
    """Languages that were offered, once for each time; a no fills up the times (see ``bot.flows.speaking``)."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; empty parts are left out."""
        data: dict[str, Any] = {"release": self.release, "language": self.language, "consent": self.consent}
        if self.stack:
            data["stack"] = [_frame_json(frame) for frame in self.stack]
        if self.slots:
            data["slots"] = dict(self.slots)
        if self.trail:
            data["trail"] = [_mark_json(mark) for mark in self.trail]
        if self.replay:
            data["replay"] = dict(self.replay)
        if self.choice:
            data["choice"] = [self.choice.id, [[o.label, o.action] for o in self.choice.options]]
        for name in ("later", "finished", "cards", "kept"):
            if getattr(self, name):
                data[name] = list(getattr(self, name))
        for name in ("handed_off", "stopped", "greeted", "paused"):
            if getattr(self, name):
                data[name] = True
        if self.heard:
            data["heard"] = [self.heard, self.heard_times]
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> State:
        """Read back what :meth:`to_json` wrote; an empty mapping is a new conversation."""
        choice = data.get("choice")
        return State(
            release=data.get("release", ""),
            language=data.get("language", "es"),
            consent=data.get("consent", "unknown"),
            stack=_stack(data.get("stack", ())),
            slots=dict(data.get("slots", {})),
            trail=tuple(_mark(row) for row in data.get("trail", ())),
            replay=dict(data.get("replay", {})),
            choice=Choice(choice[0], tuple(ChoiceOption(*o) for o in choice[1])) if choice else None,
            later=tuple(data.get("later", ())),
            finished=tuple(data.get("finished", ())),
            cards=tuple(data.get("cards", ())),
            handed_off=data.get("handed_off", False),
            stopped=data.get("stopped", False),
            greeted=data.get("greeted", False),
            paused=data.get("paused", False),
            heard=data.get("heard", ("", 0))[0],
            heard_times=data.get("heard", ("", 0))[1],
            kept=tuple(data.get("kept", ())),
        )


def _mark_json(mark: Mark) -> list[Any]:
    row: list[Any] = [mark.flow, mark.step, mark.slot, mark.before, [_frame_json(frame) for frame in mark.stack]]
    if mark.also or mark.skipped:
        row += [[list(pair) for pair in mark.also], int(mark.skipped)]
    return row


def _mark(row: Any) -> Mark:
    also, skipped = row[5:] or ((), 0)
    return Mark(
        row[0], row[1], row[2], row[3], _stack(row[4]), tuple((name, value) for name, value in also), bool(skipped)
    )


def _frame_json(frame: Frame) -> list[Any]:
    return [frame.flow, frame.step, frame.entry, frame.tries, frame.page, int(frame.asked), int(frame.only)]


def _stack(rows: Any) -> tuple[Frame, ...]:
    return tuple(Frame(r[0], r[1], r[2], r[3], r[4], bool(r[5]), bool(r[6])) for r in rows)
