"""Every step can be reached from the first, and from every step the flow can end."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.errors import Fault
from bot.flows.model import END, Flow
from bot.flows.turn import World


def check_reach(world: World) -> Iterator[Fault]:
    """Steps that nothing leads to, steps without a way out, and signs of an emergency that nobody reads."""
    for flow in world.flows.flows.values():
        reached = _from(flow, flow.first.id)
        ending = _ending(flow)
        for step in flow.steps.values():
            where = f"{flow.id}/{step.id}"
            if step.id not in reached:
                mend = "Lead to it with next, or delete it"
                yield Fault("unreachable", step.place, where, "no step leads here", mend)
            elif step.id not in ending:
                mend = "Lead somewhere to END or to a link"
                yield Fault("endless", step.place, where, "from here the flow never ends", mend)
            if step is not flow.first and step.collect and any(option.urgent for option in step.collect.options):
                mend = "Put them in the first step, or among the synonyms"
                yield Fault("urgent_late", step.place, where, "urgent is read in the first step of a flow only", mend)


def check_calls(world: World) -> Iterator[Fault]:
    """Flows that call themselves, directly or through others."""
    calls = {flow.id: {step.call for step in flow.steps.values() if step.call} for flow in world.flows.flows.values()}
    for flow in world.flows.flows.values():
        seen: set[str] = set()
        frontier = set(calls[flow.id])
        while frontier:
            seen |= frontier
            frontier = {name for called in frontier for name in calls.get(called, ())} - seen
        if flow.id in seen:
            mend = "Use link where the first flow need not go on"
            yield Fault("call_circle", flow.place, flow.id, "the flow calls itself in a circle", mend)


def _targets(flow: Flow, step_id: str) -> set[str]:
    step = flow.steps[step_id]
    return set() if step.link else {branch.target for branch in step.next}


def _from(flow: Flow, start: str) -> set[str]:
    seen: set[str] = set()
    frontier = {start}
    while frontier:
        seen |= frontier
        frontier = {target for step in frontier for target in _targets(flow, step)} - seen - {END}
    return seen


def _ending(flow: Flow) -> set[str]:
    ending = {step.id for step in flow.steps.values() if step.link or END in _targets(flow, step.id)}
    while True:
        more = {name for name in flow.steps if _targets(flow, name) & ending} - ending
        if not more:
            return ending
        ending |= more
