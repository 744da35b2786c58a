"""Do the parts fit together: every name that a flow uses exists, every condition has fitting types."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from bot.flows.condition_types import SlotShape, check_condition
from bot.flows.conditions import Condition, ConditionError
from bot.flows.loading.fields import Faults, sentence
from bot.flows.model import END, Card, Flow, FollowUp, Option, Partner, Place, Slot, Step

ACTIONS = frozenset(
    {
        "action_give_consent",
        "action_refuse_consent",
        "action_set_language",
        "action_stop_messages",
        "action_export_data",
        "action_erase_data",
        "action_handoff",
        "action_urgent_case",
        "action_remind_later",
        "action_forget_route",
        "action_send_plan",
        "action_look_at_cv",
        "action_send_cv",
    }
)
_MENDS = {
    "slot": "Write it under slots:, or mend the name",
    "flow": "Write it under flows:, or mend the name",
    "card": "Write it under cards:, or mend the name",
    "follow_up": "Write it under follow_ups:, or mend the name",
    "partner": "Write it under partners:, or mend the name",
    "step": "Write a step of this id in the flow, or use END",
    "action": f"There are: {', '.join(sorted(ACTIONS))}",
}


def fill_options(slots: Mapping[str, Slot], flows: Mapping[str, Flow]) -> dict[str, Slot]:
    """The slots with every option that some step offers for them."""
    options: dict[str, dict[str, Option]] = {name: {} for name in slots}
    for flow in flows.values():
        for _, collect in flow.collects():
            for option in collect.options:
                if collect.slot in options:
                    options[collect.slot].setdefault(str(option.value), option)
    return {name: replace(slot, options=options[name]) for name, slot in slots.items()}


def shapes_of(slots: Mapping[str, Slot], flows: Mapping[str, Flow]) -> dict[str, SlotShape]:
    """What conditions may compare each slot with: its options, and what set_slots gives it."""
    given: dict[str, set[object]] = {name: {o.value for o in slot.options.values()} for name, slot in slots.items()}
    for flow in flows.values():
        for step in flow.steps.values():
            for name, value in step.set_slots:
                given.setdefault(name, set()).add(value)
    return {name: SlotShape(slot.type, frozenset(given[name])) for name, slot in slots.items()}  # type: ignore[arg-type]


class Linker:
    """Checks the names between the parts and notes each fault at its line."""

    def __init__(
        self,
        slots: Mapping[str, Slot],
        flows: Mapping[str, Flow],
        cards: Mapping[str, Card],
        follow_ups: Mapping[str, FollowUp],
        partners: Mapping[str, Partner],
        faults: Faults,
    ) -> None:
        self.slots, self.flows, self.cards = slots, flows, cards
        self.follow_ups, self.partners, self.faults = follow_ups, partners, faults
        self.shapes = shapes_of(slots, flows)

    def check(self) -> None:
        """Check everything."""
        for slot in self.slots.values():
            for name in slot.depends_on:
                self.known("slot", name, self.slots, slot.place, slot.id)
        for follow_up in self.follow_ups.values():
            self.known("flow", follow_up.flow, self.flows, follow_up.place, follow_up.id)
        intents: dict[str, str] = {}
        for flow in self.flows.values():
            for intent in flow.intents:
                if intent in intents:
                    self.faults.add(
                        "intent_twice",
                        flow.place,
                        flow.id,
                        f"intent {intent!r} already starts flow {intents[intent]!r}",
                        "One intent belongs to one flow",
                    )
                intents.setdefault(intent, flow.id)
            for step in flow.steps.values():
                self.check_step(flow, step)

    def known(self, kind: str, name: str, known: Collection[str], place: Place, where: str) -> None:
        """A name must be one of the known ones."""
        if name in known:
            return
        close = difflib.get_close_matches(name, known, 1)
        mend = f"Did you mean {close[0]!r}?" if close else _MENDS[kind]
        self.faults.add(f"unknown_{kind}", place, where, f"there is no {kind.replace('_', '-')} {name!r}", mend)

    def check_step(self, flow: Flow, step: Step) -> None:
        """Check what one step names."""
        where = f"{flow.id}/{step.id}"
        for kind, name, known in (
            ("card", step.card, self.cards),
            ("partner", step.refer, self.partners),
            ("follow_up", step.follow_up, self.follow_ups),
            ("flow", step.call, self.flows),
            ("flow", step.link, self.flows),
            ("action", step.action, ACTIONS),
        ):
            if name:
                self.known(kind, name, known, step.place, where)
        for branch in step.next:
            if branch.target != END and branch.target:
                self.known("step", branch.target, flow.steps, branch.place, where)
        for condition, place in _conditions(step):
            try:
                check_condition(condition, self.shapes)
            except ConditionError as error:
                fault = f"condition {condition.source!r}: {error.fault}"
                self.faults.add("condition_type", place, where, fault, sentence(error.mend))
        self.check_set_slots(step, where)
        self.check_collect(step, where)

    def check_set_slots(self, step: Step, where: str) -> None:
        """set_slots names known slots."""
        for name, _ in step.set_slots:
            self.known("slot", name, self.slots, step.place, where)

    def check_collect(self, step: Step, where: str) -> None:
        """A question fills a known slot, with options exactly where its type needs them."""
        collect = step.collect
        if collect is None or not collect.slot:
            return
        self.known("slot", collect.slot, self.slots, step.place, where)
        slot = self.slots.get(collect.slot)
        if slot is None:
            return
        if slot.type == "category" and not collect.options:
            self.faults.add(
                "no_options",
                step.place,
                where,
                f"slot {slot.id!r} is a category and has no options",
                "Write options: and below it - {value: x, label: X}",
            )
        if slot.type not in ("category", "boolean") and collect.options:
            self.faults.add(
                "needless_options",
                step.place,
                where,
                f"slot {slot.id!r} is a {slot.type} and is answered freely",
                "Take the options out, or make it a category",
            )
        for option in collect.options:
            if slot.type == "boolean" and not isinstance(option.value, bool):
                fault = f"slot {slot.id!r} is boolean, the option {option.value!r} is not"
                self.faults.add("option_type", step.place, where, fault, "Write value: true or value: false")


def _conditions(step: Step) -> Iterator[tuple[Condition, Place]]:
    for branch in step.next:
        if branch.condition:
            yield branch.condition, branch.place
    for rejection in step.collect.rejections if step.collect else ():
        yield rejection.condition, rejection.place
