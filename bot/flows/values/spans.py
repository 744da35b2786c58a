"""Arithmetic of days, months and years, and spans of time said in signs ("2 Uy AND 3 Um")."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

SPAN = r"(?:(?:\d{1,4}|HALF) (?:OF )*U[dwmy](?: AND HALF)?|U[dwmy] AND HALF)(?:(?: AND)? \d{1,3} U[dwmy])*"
"""A stretch of time as :func:`bot.flows.values.signs.signs` writes it."""
_PART = re.compile(r"(?:(\d{1,4}|HALF) (?:OF )*)?U([dwmy])( AND HALF)?")
_UNITS = {"d": (0, 1), "w": (0, 7), "m": (1, 0), "y": (12, 0)}
"""Months and days of each unit, and below of half of it."""
_HALVES = {"d": (0, 0), "w": (0, 3), "m": (0, 15), "y": (6, 0)}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in whole months and days."""

    months: int
    days: int

    @property
    def years(self) -> int:
        """Its whole years; days alone reach them too."""
        return (self.months + self.days // 30) // 12


def read_span(signs: str) -> Span:
    """Read what :data:`SPAN` matches: "1 Uy AND HALF" is 18 months, "HALF Um" 15 days."""
    months = days = 0
    for count, unit, and_half in _PART.findall(signs):
        number = 0 if count == "HALF" else int(count or 1)
        halves = (count == "HALF") + bool(and_half)
        months += number * _UNITS[unit][0] + halves * _HALVES[unit][0]
        days += number * _UNITS[unit][1] + halves * _HALVES[unit][1]
    return Span(months, days)


def add_months(day: date, months: int) -> date:
    """The same day some months on or back, or the month's last day. ValueError off the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("off the calendar")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def move(day: date, span: Span, sign: int) -> date:
    """A day moved by a span, on (1) or back (-1). ValueError or OverflowError off the calendar."""
    return add_months(day, sign * span.months) + timedelta(days=sign * span.days)


def full_years(born: date, today: date) -> int:
    """The age of somebody born that day."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def start_of(unit: str, day: date, steps: int) -> date:
    """The first day of the week (``w``, from Monday), month or year that lies some steps from the day's own."""
    if unit == "w":
        return day - timedelta(days=day.weekday() - 7 * steps)
    return add_months(day.replace(day=1), steps) if unit == "m" else date(day.year + steps, 1, 1)


def year_of(short: int, today: date) -> int:
    """The year two digits mean: up to ten years ahead this century (a permit's end), else the one before."""
    century = today.year - today.year % 100
    return century + short if short <= today.year % 100 + 10 else century - 100 + short


def nearest(day: int, month: int, today: date, *, future: bool) -> date:
    """A day without a year: its latest occurrence up to today, or its next one from today. ValueError for 31 April."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(2024, month)[1]:
        raise ValueError("no such day")
    for step in range(9):
        year = today.year + step if future else today.year - step
        if day > calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if found >= today if future else found <= today:
            return found
    raise ValueError("no such day")
