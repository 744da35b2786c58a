"""Lists for the editor: what is due, what ends soon, what is not used, what changes when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.facts.book import FactBook, refusal_of
from bot.facts.model import Confidence, Fact
from bot.facts.past import past_year


@dataclass(frozen=True, slots=True)
class Change:
    """One day of the update calendar: on ``day`` these facts begin, end (said for the last time) or need a look.

    ``reason`` is the editor's own word on what changes them, empty where none is written.
    """

    day: date
    what: Literal["begins", "ends", "review"]
    reason: str
    facts: tuple[Fact, ...]


def due(book: FactBook, today: date) -> tuple[Fact, ...]:
    """Facts whose day of review has come, the longest overdue first."""
    return _by_day((fact.review_by, fact) for fact in book if fact.review_by <= today)


def expiring(book: FactBook, today: date, within: timedelta) -> tuple[Fact, ...]:
    """Facts that may still be said today but not after ``within`` from now, the soonest first."""
    last = today + within
    return _by_day((fact.expires, fact) for fact in book if fact.expires and today <= fact.expires <= last)


def expired(book: FactBook, today: date) -> tuple[Fact, ...]:
    """Facts that are no longer said because their last day has passed, the oldest first."""
    return _by_day((fact.expires, fact) for fact in book if fact.expires and refusal_of(fact, today) == "expired")


def past(book: FactBook, today: date) -> tuple[Fact, ...]:
    """Facts of a past year that are still said, with their year, until somebody renews them; the oldest first."""
    said = (fact for fact in book if past_year(fact, today) is not None and refusal_of(fact, today) is None)
    return _by_day((fact.expires, fact) for fact in said if fact.expires)


def low(book: FactBook) -> tuple[Fact, ...]:
    """Facts that are never said until somebody confirms them, in the order of the files."""
    return tuple(fact for fact in book if fact.confidence is Confidence.LOW)


def unused(book: FactBook, used_ids: Collection[str]) -> tuple[Fact, ...]:
    """Facts that may be said but that no flow names. Low-confidence facts are not waited for."""
    return tuple(f for f in book if f.id not in used_ids and f.confidence is not Confidence.LOW)


def calendar(book: FactBook, today: date) -> tuple[Change, ...]:
    """What changes when, from today on, earliest first; reviews that are overdue keep their own past day."""
    found: dict[tuple[date, Literal["begins", "ends", "review"], str], list[Fact]] = {}
    for fact in book:
        if fact.valid_from and fact.valid_from > today:
            found.setdefault((fact.valid_from, "begins", fact.changes), []).append(fact)
        if fact.expires and fact.expires >= today:
            found.setdefault((fact.expires, "ends", fact.changes), []).append(fact)
        found.setdefault((fact.review_by, "review", fact.changes), []).append(fact)
    return tuple(Change(*key, tuple(facts)) for key, facts in sorted(found.items(), key=lambda item: item[0]))


def _by_day(dated: Iterable[tuple[date, Fact]]) -> tuple[Fact, ...]:
    return tuple(fact for _, fact in sorted(dated, key=lambda pair: (pair[0], pair[1].id)))
