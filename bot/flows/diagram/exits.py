"""The ways out of a step, each with the answers or conditions that open it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.flows.asking import options_of
from bot.flows.diagram.words import Wording, joined, option_label
from bot.flows.model import FlowSet, Option, Step

OTHERWISE = "En los demás casos"


@dataclass(frozen=True, slots=True)
class Exit:
    """A way out: where it leads (a step id or END), and when. The label is empty where it is the only one."""

    label: str
    target: str


def exits_of(step: Step, flows: FlowSet) -> tuple[Exit, ...]:
    """The branches in order, none for a link. Answers are told by their options, ``else`` by those left for it."""
    if step.link:
        return ()
    collect = step.collect
    options = options_of(flows.slots[collect.slot], collect) if collect is not None else ()
    asked = collect.slot if collect is not None else ""
    wording = Wording(flows.slots, asked, options)
    left: Sequence[Option] = options
    partly = False
    exits = []
    for branch in step.next:
        condition = branch.condition
        if condition is None:
            otherwise = OTHERWISE if len(step.next) > 1 else ""
            label = f"{_labels(left)} ({OTHERWISE.lower()})" if partly and left else _labels(left) or otherwise
        elif options and condition.slot_names() == {asked}:
            # A condition on the asked slot alone is tried with every option that came this far. Options have no dates,
            # so the day does not matter.
            here = [option for option in left if condition.holds({asked: option.value}, date.min)]
            left = [option for option in left if option not in here]
            label = _labels(here) or wording.condition(condition)
        else:
            label = wording.condition(condition)
            if 0 < len(left) < len(options):
                label = f"({_labels(left)}) y {label}" if len(left) > 1 else f"{_labels(left)} y {label}"
            partly = True
        exits.append(Exit(label, branch.target))
    return tuple(exits)


def _labels(options: Sequence[Option]) -> str:
    return joined([option_label(option) for option in options]) if options else ""
