"""The editor's calendar: month by month what begins, ends, falls due and must be looked at, with a warning in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.facts.book import FactBook
from bot.facts.model import Confidence, Fact, Kind, PartialDate

WARNING = timedelta(days=60)
What = Literal["ends", "begins", "deadline", "review"]
_ORDER: tuple[What, ...] = ("ends", "begins", "deadline", "review")


@dataclass(frozen=True, slots=True)
class Entry:
    """What happens on one day for one reason. ``reason`` is the editor's own word, empty where none is written."""

    day: date
    what: What
    reason: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The entries of one month, the earliest first. ``overdue`` gathers the reviews of all months that have passed."""

    year: int
    month: int
    entries: tuple[Entry, ...]
    overdue: bool = False


def agenda(book: FactBook, today: date) -> tuple[Month, ...]:
    """Everything from today on; reviews that are overdue stand first. A low fact is only looked at, never said."""
    groups: dict[tuple[date, What, str], list[Fact]] = {}
    for fact in book:
        for day, what in _days(fact, today):
            groups.setdefault((day, what, fact.changes), []).append(fact)
    keys = sorted(groups, key=lambda key: (key[0], _ORDER.index(key[1]), key[2]))
    entries = [Entry(*key, tuple(groups[key])) for key in keys]
    late = tuple(entry for entry in entries if entry.day < today)
    months: dict[tuple[int, int], list[Entry]] = {}
    for entry in entries:
        if entry.day >= today:
            months.setdefault((entry.day.year, entry.day.month), []).append(entry)
    ahead = tuple(Month(year, month, tuple(found)) for (year, month), found in months.items())
    return (Month(late[0].day.year, late[0].day.month, late, overdue=True), *ahead) if late else ahead


def is_near(entry: Entry, today: date) -> bool:
    """Whether it is time to act: within sixty days, or already late."""
    return entry.day - today <= WARNING


def _days(fact: Fact, today: date) -> Iterator[tuple[date, What]]:
    yield fact.review_by, "review"
    if fact.confidence is Confidence.LOW:
        return
    if fact.expires is not None and fact.expires >= today:
        yield fact.expires, "ends"
    if fact.valid_from is not None and fact.valid_from > today:
        yield fact.valid_from, "begins"
    if fact.kind is Kind.DEADLINE and isinstance(fact.value, str):
        day = _last_day(PartialDate.parse(fact.value))
        if day >= today:
            yield day, "deadline"


def _last_day(day: PartialDate) -> date:
    """The last day that a date as precise as this may mean."""
    if day.day:
        return date(day.year, day.month, day.day)
    month = day.month or 12
    after = date(day.year + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)
