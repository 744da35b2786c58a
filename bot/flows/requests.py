"""Two requests in one message: the first is begun, the others wait in ``State.later`` and come by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.flows import phrases
from bot.flows.model import Flow
from bot.flows.run import Run

WAITING_KINDS = ("route", "answer")
MOST_WAITING = 3


def keep_others(run: Run, first: Flow, intents: Sequence[str]) -> bool:
    """Say what comes first and what comes then, and keep it. False where nothing else is wanted that is not open."""
    running = {frame.flow for frame in run.state.stack}
    found = {flow.id: flow for intent in intents if (flow := run.flows.flow_for_intent(intent)) is not None}
    others = [
        flow
        for flow in found.values()
        if flow.kind in WAITING_KINDS and flow.id not in {first.id, *running, *run.state.later}
    ]
    if not others or len(run.state.later) + len(others) > MOST_WAITING:
        return False
    run.update(later=(*run.state.later, *(flow.id for flow in others)))
    tr = run.renderer().tr
    then = ", ".join(tr(flow.name) for flow in others)
    run.phrase(phrases.FIRST_THEN, first=tr(first.name), then=then)
    return True
