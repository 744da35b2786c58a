"""The editor's calendar: what begins, ends, falls due and must be looked at, by month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from bot.facts import load_facts
from bot.facts.agenda import WARNING, Entry, agenda, is_near

TODAY = date(2026, 11, 24)
DEADLINE = {"kind": "deadline", "unit": None, "expires": None}


def test_months_follow_each_other_and_what_is_overdue_stands_first(
    folder: Callable[..., Path], lines: Callable[..., str]
) -> None:
    facts = (
        lines("wage", changes="each 1 January", review_by="2027-01-01")
        + lines("fine", changes="each 1 January", review_by="2027-01-01")
        + lines("next_wage", valid_from="2027-01-01", expires="2027-12-31", review_by="2027-01-31")
        + lines("scheme", value='"2027-02"', say='"febrero de 2027"', review_by="2026-10-01", **DEADLINE)
        + lines("gone", value='"2026-11-23"', say='"23 de noviembre de 2026"', review_by="2027-02-01", **DEADLINE)
        + lines("rumour", confidence="low", say=None, review_by="2027-03-01")
    )
    found = [
        (month.overdue, month.year, month.month, entry.day.day, entry.what, [fact.id for fact in entry.facts])
        for month in agenda(load_facts(folder(a=facts)), TODAY)
        for entry in month.entries
    ]
    assert found == [
        (True, 2026, 10, 1, "review", ["scheme"]),
        (False, 2026, 12, 31, "ends", ["wage", "fine"]),
        (False, 2027, 1, 1, "begins", ["next_wage"]),
        (False, 2027, 1, 1, "review", ["wage", "fine"]),
        (False, 2027, 1, 31, "review", ["next_wage"]),
        (False, 2027, 2, 1, "review", ["gone"]),
        (False, 2027, 2, 28, "deadline", ["scheme"]),
        (False, 2027, 3, 1, "review", ["rumour"]),
        (False, 2027, 12, 31, "ends", ["next_wage"]),
    ]


def test_sixty_days_before_it_is_time() -> None:
    assert is_near(Entry(TODAY + WARNING, "ends", "", ()), TODAY)
    assert not is_near(Entry(TODAY + WARNING + timedelta(days=1), "ends", "", ()), TODAY)
    assert is_near(Entry(TODAY - timedelta(days=1), "review", "", ()), TODAY)
