"""Danger comes first: which crisis flow a message calls for, and beginning it."""

from __future__ import annotations

from bot.flows.answering import read_exact, read_loose
from bot.flows.asking import options_of
from bot.flows.model import Flow
from bot.flows.run import Run, in_crisis
from bot.flows.turn import Turn
from bot.flows.walking import walk

CRISIS_CHECK = "crisis_check"
SHORT_ANSWER = 3  # words


def crisis_for(run: Run, turn: Turn) -> Flow | None:
    """The crisis flow that a message calls for. A mere doubt does not begin anew what a crisis already asks."""
    danger = turn.understanding.danger
    if danger is None or turn.kind not in ("text", "media", "edited"):
        return None
    if danger.certainty == "sure":
        return run.flows.flows.get(f"crisis_{danger.kind}")
    if in_crisis(run) or _answers_shortly(run, turn):
        return None
    return run.flows.flows.get(CRISIS_CHECK)


def _answers_shortly(run: Run, turn: Turn) -> bool:
    """A doubtful sign in a few words that answer the open question ("se perdió") is that answer.

    Words that somebody writes freely are none: anything would answer there.
    """
    waiting = run.question()
    if waiting is None or turn.kind != "text" or len(turn.text.split()) > SHORT_ANSWER:
        return False
    slot = run.flows.slots[waiting[2].slot]
    if slot.type == "text" and not options_of(slot, waiting[2]):
        return False
    return (read_exact(run, turn.text) or read_loose(run, turn.text)) is not None


def begin_crisis(run: Run, flow: Flow) -> None:
    run.update(choice=None, paused=False)
    kinds = [run.flow(frame).kind for frame in run.state.stack]
    depth = kinds.index("crisis") if "crisis" in kinds else len(kinds)
    while len(run.state.stack) > depth:  # an earlier crisis, and what was asked over it, gives way
        run.pop(completed=False)
    run.push(flow, "crisis")
    walk(run)
