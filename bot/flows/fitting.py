"""A state that was made on one release, fitted to another: a published change must not strand whoever is in the middle.

In the service a conversation finishes on the release that it began. This is for what lies beyond it: an idle one that
can still go back, and one whose release is gone.
"""

from __future__ import annotations

from dataclasses import replace

from bot.flows.model import FlowSet
from bot.flows.state import Frame, State


def fit(state: State, flows: FlowSet) -> State:
    """The state with nothing in it that these flows do not know, on their release.

    A running flow that is gone is left; in one whose step is gone its first question is asked again. No answer is lost.
    """
    stack = tuple(_fitted(frame, flows) for frame in state.stack if frame.flow in flows.flows)
    return replace(
        state,
        release=flows.fingerprint,
        stack=stack,
        trail=tuple(m for m in state.trail if m.slot in flows.slots and all(_known(f, flows) for f in m.stack)),
        later=tuple(flow for flow in state.later if flow in flows.flows),
    )


def _known(frame: Frame, flows: FlowSet) -> bool:
    flow = flows.flows.get(frame.flow)
    step = flow.steps.get(frame.step) if flow else None
    return step is not None and (step.collect is not None or not frame.asked)


def _fitted(frame: Frame, flows: FlowSet) -> Frame:
    if _known(frame, flows):
        return frame
    return replace(frame, step=flows.flows[frame.flow].first.id, asked=False, tries=0, page=0, only=False)
