"""What the editor sees: what is due, what ends, what nobody uses, what changes when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.facts import Fact, FactBook, load_facts
from bot.facts.review import calendar, due, expired, expiring, low, unused

Folder = Callable[..., Path]
Lines = Callable[..., str]

TODAY = date(2026, 11, 24)


@pytest.fixture
def book(folder: Folder, lines: Lines) -> FactBook:
    return load_facts(
        folder(
            a=lines("year_fee", changes="each January")
            + lines("ended_fee", expires="2026-10-31", review_by="2026-10-01")
            + lines("today_fee", expires="2026-11-24", review_by="2026-11-24")
            + lines("next_fee", valid_from="2027-01-01", expires="2027-12-31", changes="each January")
            + lines("lasting_fee", expires=None, review_by="2027-05-31")
            + lines("unsure_fee", confidence="low", say=None, expires=None, review_by="2026-12-15"),
        )
    )


def ids(facts: Iterable[Fact]) -> list[str]:
    return [fact.id for fact in facts]


def test_due_lists_the_longest_overdue_first(book: FactBook) -> None:
    assert ids(due(book, TODAY)) == ["ended_fee", "today_fee"]


def test_expiring_counts_today_and_the_last_day_of_the_window(book: FactBook) -> None:
    assert ids(expiring(book, TODAY, timedelta(days=0))) == ["today_fee"]
    assert ids(expiring(book, TODAY, timedelta(days=36))) == ["today_fee"]
    assert ids(expiring(book, TODAY, timedelta(days=37))) == ["today_fee", "year_fee"]


def test_expired_lists_what_is_no_longer_said(book: FactBook) -> None:
    assert ids(expired(book, TODAY)) == ["ended_fee"]
    assert ids(expired(book, date(2027, 1, 1))) == ["ended_fee", "today_fee", "year_fee"]


def test_low_lists_what_waits_for_somebody_to_confirm_it(book: FactBook) -> None:
    assert ids(low(book)) == ["unsure_fee"]


def test_unused_leaves_out_what_may_not_be_used(book: FactBook) -> None:
    assert ids(unused(book, {"year_fee", "next_fee", "lasting_fee"})) == ["ended_fee", "today_fee"]


def test_the_calendar_tells_what_changes_when(book: FactBook) -> None:
    told = [(change.day.isoformat(), change.what, change.reason, ids(change.facts)) for change in calendar(book, TODAY)]
    assert told == [
        ("2026-10-01", "review", "", ["ended_fee"]),
        ("2026-11-24", "ends", "", ["today_fee"]),
        ("2026-11-24", "review", "", ["today_fee"]),
        ("2026-12-15", "review", "", ["unsure_fee"]),
        ("2026-12-31", "ends", "each January", ["year_fee"]),
        ("2027-01-01", "begins", "each January", ["next_fee"]),
        ("2027-01-31", "review", "each January", ["year_fee", "next_fee"]),
        ("2027-05-31", "review", "", ["lasting_fee"]),
        ("2027-12-31", "ends", "each January", ["next_fee"]),
    ]
