"""Days on which offices in Colombia are open."""

from __future__ import annotations

from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (5, 1), (7, 20), (8, 7), (12, 8), (12, 25)})
_MOVED_TO_MONDAY = ((1, 6), (3, 19), (6, 29), (8, 15), (10, 12), (11, 1), (11, 11))
_AFTER_EASTER = (-3, -2, 43, 64, 71)
"""Ley 51 de 1983 (Ley Emiliani): which holidays stand, and which are kept on the Monday after. The last three are
Ascension, Corpus Christi and Sacred Heart on their Mondays."""
_MONDAY, _SATURDAY = 0, 5


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus; https://en.wikipedia.org/wiki/Date_of_Easter)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_workday(day: date) -> bool:
    """Neither weekend nor holiday."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    if (day - easter(day.year)).days in _AFTER_EASTER:
        return False
    week = {((day - timedelta(days=back)).month, (day - timedelta(days=back)).day) for back in range(7)}
    return not (day.weekday() == _MONDAY and any(moved in week for moved in _MOVED_TO_MONDAY))


def workday_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day
