"""What cannot wait for a question: an emergency told in the very message that names the topic."""

from __future__ import annotations

from bot.flows.folding import fold
from bot.flows.matching import in_languages, negates
from bot.flows.model import Flow, Value
from bot.flows.run import Run
from bot.flows.walking import walk

NEAR = 2
"""Words before a sign in which a "no" turns it round; one that stands further off belongs to something else."""


def urgent_answer(run: Run, flow: Flow, text: str) -> Value | None:
    """The option of a flow's first question one of whose ``urgent`` signs a text holds ("no respira, ¿qué hago?")."""
    collect = flow.first.collect
    folded = f" {fold(text)} "
    for option in collect.options if collect is not None else ():
        for sign in map(fold, in_languages(option.urgent, run.state.language, run.world.translate)):
            before, found, _ = folded.partition(f" {sign} ")
            if found and not negates(" ".join(before.split()[-NEAR:])):
                return option.value
    return None


def go_urgently(run: Run, flow: Flow, value: Value) -> None:
    """Begin a flow as if its first question had been answered so. Not even consent is asked before."""
    running = any(frame.flow == flow.id for frame in run.state.stack)
    while running and run.top is not None and run.top.flow != flow.id:
        run.pop(completed=False)
    if running:
        run.replace_top(step=flow.first.id, tries=0, page=0, asked=False)
    else:
        run.push(flow, "digression" if run.state.stack else "start")
    if flow.first.collect is not None:
        run.update(choice=None, greeted=True, replay={**run.state.replay, flow.first.collect.slot: value})
    walk(run)
