"""Making a plan: a pure function of the rules, the answers, what was walked and shown, and the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.flows.model import PlanRule, Value
from bot.flows.plan.workdays import workday_from

NEXT_STEPS = 3
MOST_REASONS = 3
"""Opportunities and barriers that are told: more than a few are not read."""
GOAL_SLOT = "main_goal"
GOAL_BONUS = 25


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to do by a day. ``text`` is a source text. ``flow`` and ``word`` open the route, where there is one."""

    rule: str
    text: str
    by: date
    flow: str
    word: str


@dataclass(frozen=True, slots=True)
class Reason:
    """An opportunity or a barrier, as a source text. What is ``discreet`` is said and not printed."""

    text: str
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The most important first; ``steps`` in the order of their days. ``goal`` is a value of main_goal."""

    goal: Value
    opportunities: tuple[Reason, ...]
    barriers: tuple[Reason, ...]
    steps: tuple[PlanStep, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.opportunities or self.barriers or self.steps)


def make_plan(
    rules: Iterable[PlanRule],
    slots: Mapping[str, Value],
    finished: Collection[str],
    cards: Collection[str],
    today: date,
) -> Plan:
    """The plan for these answers. ``finished``: routes walked to their end; ``cards``: cards shown."""
    goal = slots.get(GOAL_SLOT)
    holding = [rule for rule in rules if rule.condition.holds(slots, today)]
    holding.sort(key=lambda rule: (-_weight(rule, goal), rule.in_days, rule.id))
    steps: list[PlanStep] = []
    taken: set[str] = set()
    for rule in holding:
        text = _step_text(rule, finished, cards)
        route = rule.flow or rule.word or rule.id
        if text and route not in taken:
            taken.add(route)
            steps.append(PlanStep(rule.id, text, _day(rule, today), rule.flow, rule.word))
    return Plan(
        goal,
        _first(Reason(rule.opportunity, rule.discreet) for rule in holding),
        _first(Reason(rule.barrier, rule.discreet) for rule in holding),
        tuple(sorted(steps[:NEXT_STEPS], key=lambda step: step.by)),
    )


def _weight(rule: PlanRule, goal: Value) -> int:
    return rule.priority + (GOAL_BONUS if goal in rule.goals else 0)


def _step_text(rule: PlanRule, finished: Collection[str], cards: Collection[str]) -> str:
    walked = (rule.flow and rule.flow in finished) or any(card in cards for card in rule.cards)
    return rule.step_after if walked else rule.step


def _day(rule: PlanRule, today: date) -> date:
    return workday_from(today + timedelta(days=rule.in_days))


def _first(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    told = {reason.text: reason for reason in reasons if reason.text}
    return tuple(told.values())[:MOST_REASONS]
