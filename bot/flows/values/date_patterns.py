"""The ways of naming a day, as patterns over the line of signs (:mod:`bot.flows.values.signs`), the surest first.

A handler gets what its pattern matched and raises :class:`ValueError` or :class:`OverflowError` for a day that is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.flows.values.spans import SPAN, add_months, move, nearest, read_span, start_of, year_of


@dataclass(frozen=True, slots=True)
class Moment:
    """What a pattern is read against."""

    today: date
    future: bool
    """Whether the words speak of the future; else what has no year is past."""
    month_first: bool
    """Whether 3/25/2024 may be the 25th of March."""


Handler = Callable[["re.Match[str]", Moment], date]
_STEPS = {"LAST2": -2, "LAST": -1, "THIS": 0, "NEXT": 1}
_PART_DAY = {"B": 1, "C": 15, "E": 25}
_PART_MONTH = {"B": 1, "C": 7, "E": 12}

_Y = r"(?P<year>(?:19|20)\d\d)(?!\S)"
_D = r"(?<!\S)(?P<day>\d{1,2})"
_M = r"(?<!\S)[Mm](?P<month>\d{1,2})"
_REL = r"LAST2?|THIS|NEXT"
_YEAR = rf"(?: (?:OF |IN |Uy )*{_Y}| OF (?P<short>\d\d)(?!\S)| (?:OF )?(?:(?P<rel>{_REL}) Uy|Uy (?P<rel2>{_REL})))"
_PART = r"(?:(?P<part>[BCE]) (?:OF |IN )*)"


def _year(match: re.Match[str], moment: Moment) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("short"):
        return year_of(int(groups["short"]), moment.today)
    step = _step(match)
    return None if step is None else moment.today.year + step


def _step(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    relation = groups.get("rel") or groups.get("rel2")
    return _STEPS[relation] if relation else None


def _day(match: re.Match[str], moment: Moment) -> date:
    day, month = int(match["day"]), int(match["month"])
    year = _year(match, moment)
    if day > 31 and year is None:
        return date(year_of(day, moment.today), month, 1)
    return nearest(day, month, moment.today, future=moment.future) if year is None else date(year, month, day)


def _numeric_day(match: re.Match[str], moment: Moment) -> date:
    day, month, year = int(match["day"]), int(match["month"]), match["year"]
    if month > 12 and moment.month_first:
        day, month = month, day
    return date(year_of(int(year), moment.today) if len(year) == 2 else int(year), month, day)


def _month(match: re.Match[str], moment: Moment) -> date:
    day, month = _part_day(match), int(match["month"])
    year = _year(match, moment)
    if year is not None:
        return date(year, month, day)
    # In March, "vence en marzo" is this March, whose first day has gone by.
    start = moment.today.replace(day=1) if moment.future else moment.today
    return nearest(day, month, start, future=moment.future)


def _part_day(match: re.Match[str]) -> int:
    return _PART_DAY.get(match.groupdict().get("part") or "", 1)


def _month_by_relation(match: re.Match[str], moment: Moment) -> date:
    step, day, month = _step(match) or 0, _part_day(match), int(match["month"])
    this_month = moment.today.replace(day=1)
    if step == 0:
        return date(moment.today.year, month, day)
    if step > 0:
        return nearest(1, month, add_months(this_month, 1), future=True).replace(day=day)
    last = nearest(1, month, this_month - timedelta(days=1), future=False)
    return add_months(last, 12 * (step + 1)).replace(day=day)


def _day_of_month(match: re.Match[str], moment: Moment) -> date:
    step, day = _step(match), int(match["day"])
    this_month = moment.today.replace(day=1)
    if step is not None:
        return add_months(this_month, step).replace(day=day)
    for back in range(13):
        month = add_months(this_month, back if moment.future else -back)
        found = date(month.year, month.month, min(day, 28)) + timedelta(days=max(day - 28, 0))
        if found.month == month.month and (found >= moment.today if moment.future else found <= moment.today):
            return found
    raise ValueError("no such day")


def _back(match: re.Match[str], moment: Moment) -> date:
    return move(moment.today, read_span(match["span"]), -1)


def _ahead(match: re.Match[str], moment: Moment) -> date:
    return move(moment.today, read_span(match["span"]), 1)


def _period(match: re.Match[str], moment: Moment) -> date:
    unit = match["unit"]
    start = start_of(unit, moment.today, _step(match) or 0)
    part = match.groupdict().get("part") or "B"
    if unit == "m":
        return start.replace(day=_PART_DAY[part])
    return start.replace(month=_PART_MONTH[part]) if unit == "y" else start


def _year_alone(match: re.Match[str], _moment: Moment) -> date:
    return date(int(match["year"]), _PART_MONTH[match["part"] or "B"], 1)


def _offset(match: re.Match[str], moment: Moment) -> date:
    return moment.today + timedelta(days=int(match["days"]))


def _weekday_of_week(match: re.Match[str], moment: Moment) -> date:
    return start_of("w", moment.today, _step(match) or 0) + timedelta(days=int(match["weekday"]))


def _weekday(match: re.Match[str], moment: Moment) -> date:
    step, weekday, today = _step(match), int(match["weekday"]), moment.today
    if (step is None and moment.future) or (step is not None and step >= 0):
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - weekday - 1) % 7 + 1
    return today - timedelta(days=back + (7 if step == -2 else 0))


def _patterns(*rows: tuple[str, Handler]) -> tuple[tuple[re.Pattern[str], Handler], ...]:
    return tuple((re.compile(pattern), handler) for pattern, handler in rows)


_SPAN = rf"(?<!\S)(?P<span>{SPAN})"
_SEPARATED = r"[/.-](?P<month>\d{1,2})"

DAYS = _patterns(
    (rf"{_D}{_SEPARATED}[/.-](?P<year>\d{{4}}|\d\d)(?!\S)", _numeric_day),
    (r"(?<!\S)(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})(?!\S)", _numeric_day),
    (r"^(?P<day>[0-3]\d)(?P<month>[01]\d)(?P<year>(?:19|20)\d\d)$", _numeric_day),
    (r"^(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)$", _numeric_day),
    (rf"(?<!\S)(?P<month>\d{{1,2}})[/.-]{_Y}", _month),
    (r"(?<!\S)(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})(?!\S)", _month),
    (rf"{_D}[/-](?P<month>\d{{1,2}})(?!\S)(?! U)", _day),
    (rf"(?<!\S){_Y} (?:OF |IN )*{_D} (?:OF )*{_M}", _day),
    (rf"(?<!\S){_Y} (?:OF |IN )*{_M} {_D}(?!\S)", _day),
    (rf"{_D} (?:OF )*{_M}(?:{_YEAR})", _day),
    (rf"{_D} (?:OF )*{_M}(?: (?P<short>\d\d)(?!\S)(?! U))?", _day),
    (rf"{_M}{_YEAR}", _month),
    (rf"{_M} {_D} (?:OF |IN )*{_Y}", _day),
    (rf"{_M} {_D}(?!\S)(?! U)", _day),
    (rf"{_D} (?:OF )*(?P<month>\d{{1,2}}) (?:OF )*{_Y}", _day),
    (rf"{_D} (?:OF )+(?:(?P<rel>{_REL}) Um|Um (?P<rel2>{_REL}))", _day_of_month),
    (r"^(?:THE|Ud|THE Ud) (?P<day>\d{1,2})$", _day_of_month),
)
PERIODS = _patterns(
    (rf"(?<!\S)W(?P<weekday>\d) (?:OF )*(?:(?P<rel>{_REL}) Uw|Uw (?P<rel2>{_REL}))", _weekday_of_week),
    (rf"{_PART}{_M}(?:{_YEAR})?", _month),
    (rf"(?:{_PART})?(?:(?P<rel>{_REL}) {_M})", _month_by_relation),
    (rf"(?:{_PART})?{_M} (?P<rel>{_REL})", _month_by_relation),
    (rf"(?<!\S)IN {_M}", _month),
    (rf"^(?:(?:IN|AGO|OF|THE) )*{_M}$", _month),
    (r"(?<!\S)M(?P<month>\d{1,2})", _month),
    (rf"(?<!\S)AGO (?:(?:IN|_) ){{0,3}}{_SPAN}(?: BACK)?", _back),
    (rf"{_SPAN} BACK", _back),
    (rf"(?<!\S)HAVE {_SPAN} (?:IN _|HERE)", _back),
    (r"^HAVE (?P<span>\d{1,3} U[dwm])$", _back),
    (r"(?<!\S)(?P<span>\d{1,3} U[dwmy]) LAST", _back),
    (rf"(?<!\S)IN (?:_ )?{_SPAN}", _ahead),
    (rf"{_SPAN} LATER", _ahead),
    (rf"(?:{_PART})?(?:(?<!\S)(?P<rel>{_REL}) U(?P<unit>[wmy]))", _period),
    (rf"(?:{_PART})?(?<!\S)U(?P<unit>[wmy]) (?P<rel>{_REL})", _period),
    (rf"(?:{_PART})?(?<!\S)(?:Uy )?{_Y}(?! U)", _year_alone),
)
LOOSE = _patterns(
    (r"(?<!\S)@(?P<days>-\d)", _offset),
    (r"^(?:_ )?@(?P<days>\d)$", _offset),
    (rf"(?<!\S)(?P<rel>{_REL}) [Ww](?P<weekday>\d)", _weekday),
    (rf"(?<!\S)[Ww](?P<weekday>\d) (?P<rel>{_REL})", _weekday),
    (r"^(?:(?:IN|OF) )*[Ww](?P<weekday>\d)$", _weekday),
    (r"(?<!\S)IN w(?P<weekday>\d)(?! _)", _weekday),
    (r"(?<!\S)W(?P<weekday>\d)", _weekday),
)
"""Words that turn up in any sentence: they name the day only where nothing else does, and little else is said."""
