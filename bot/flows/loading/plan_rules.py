"""Reading and checking the rules of the plan."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.condition_types import check_condition
from bot.flows.conditions import Condition, ConditionError, Logic
from bot.flows.loading.fields import Block, Faults, check_id, sentence
from bot.flows.loading.links import Linker
from bot.flows.loading.steps import read_condition
from bot.flows.model import PlanRule
from bot.flows.source import Node

RULE_FIELDS = (
    "if", "opportunity", "barrier", "step", "step_after", "priority", "in_days", "flow", "word", "cards", "goals",
    "discreet",
)  # fmt: skip
RULE_TEXT = 200
MOST_PRIORITY = 100
GOAL = "main_goal"
_NEVER = Condition("", Logic("or", ()))
"""Stands where a condition could not be read, so that the other faults of the file are found too."""


def read_plan_rule(rule_id: str, node: Node, faults: Faults) -> PlanRule:
    """Read one rule."""
    check_id(rule_id, node.place, rule_id, faults)
    where = f"plan {rule_id}"
    block = Block(node, where, faults)
    block.only(RULE_FIELDS)
    texts = {name: block.text(name, most=RULE_TEXT) for name in ("opportunity", "barrier", "step", "step_after")}
    if block.readable and not (texts["opportunity"] or texts["barrier"] or texts["step"]):
        fault = "the rule says nothing"
        faults.add("empty_rule", node.place, where, fault, "Write opportunity, barrier or step")
    if texts["step"]:
        for name in ("priority", "in_days"):
            if not block.has(name):
                block.missing(name, f"A step has one: write {name}: 30")
    elif texts["step_after"]:
        block.missing("step", "Write the step that step_after follows")
    condition = read_condition(block.text("if", required=True), block.line("if"), where, faults)
    priority = block.number("priority", least=1) or 1
    if priority > MOST_PRIORITY:
        faults.add(
            "priority_too_high",
            block.line("priority"),
            where,
            f"'priority' is {priority}",
            f"Write a number from 1 to {MOST_PRIORITY}",
        )
    return PlanRule(
        id=rule_id,
        condition=condition or _NEVER,
        priority=priority,
        in_days=block.number("in_days", least=1) or 1,
        flow=block.text("flow"),
        word=block.text("word"),
        cards=block.texts("cards"),
        goals=block.texts("goals"),
        discreet=block.flag("discreet"),
        place=node.place,
        **texts,
    )


def check_plan(linker: Linker, rules: Mapping[str, PlanRule]) -> None:
    """Every name that a rule uses exists, and its condition has fitting types."""
    for rule in rules.values():
        where = f"plan {rule.id}"
        if rule.flow:
            linker.known("flow", rule.flow, linker.flows, rule.place, where)
        for card in rule.cards:
            linker.known("card", card, linker.cards, rule.place, where)
        try:
            check_condition(rule.condition, linker.shapes)
        except ConditionError as error:
            fault = f"condition {rule.condition.source!r}: {error.fault}"
            linker.faults.add("condition_type", rule.place, where, fault, sentence(error.mend))
        known = linker.shapes[GOAL].values if GOAL in linker.shapes else frozenset()
        for goal in rule.goals:
            if goal not in known:
                fault = f"{goal!r} is no option of slot {GOAL!r}"
                mend = f"Its options are: {', '.join(sorted(map(str, known))) or 'none yet'}"
                linker.faults.add("unknown_goal", rule.place, where, fault, mend)
