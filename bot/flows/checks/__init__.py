"""``amable check``: what can be proved about the flows without running a bot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.flows.checks.clashes import check_clashes
from bot.flows.checks.facts_alive import check_facts, check_numbers
from bot.flows.checks.limits import check_limits
from bot.flows.checks.reach import check_calls, check_reach
from bot.flows.checks.reading import check_reading
from bot.flows.checks.whole import check_whole
from bot.flows.errors import Fault
from bot.flows.turn import World

__all__ = ["CHECKS", "Check", "check_flows"]


@dataclass(frozen=True, slots=True)
class Check:
    """One proof: what it shows, in words for the report, and the function that finds its faults."""

    name: str
    proves: str
    find: Callable[[World], Iterable[Fault]]


CHECKS = (
    Check("reach", "every step can be reached and can end", check_reach),
    Check("calls", "no flow calls itself in a circle", check_calls),
    Check("facts", "every fact is known, may be said and has not expired", check_facts),
    Check("numbers", "no number, date, fee or phone stands in a text but as a fact", check_numbers),
    Check("clashes", "no option is a global word, and options of a step differ", check_clashes),
    Check("limits", "every label and message fits Telegram and WhatsApp, in every language", check_limits),
    Check("reading", "every longer Spanish text reads easily (INFLESZ ≥ 55)", check_reading),
    Check("whole", "the flows that the engine itself needs are there", check_whole),
)


def check_flows(world: World) -> dict[str, tuple[Fault, ...]]:
    """Run every check; the faults by check name, empty where the proof holds."""
    return {check.name: tuple(check.find(world)) for check in CHECKS}
