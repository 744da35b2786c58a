"""Dates said in any usual way, read to a day. What names a month, week or year stands for its first day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bot.flows.folding import fold
from bot.flows.values.any_date import parse_any_date
from bot.flows.values.date_patterns import DAYS, LOOSE, PERIODS, Handler, Moment
from bot.flows.values.signs import readings
from bot.flows.values.tongues import Tongue
from bot.flows.values.whole_words import has_phrase

_FIRST_YEAR = 1900
_YEARS_AHEAD = 30
_MOST_WORDS_LOOSE = 6
_HOUR = re.compile(r"(?<!\S)\d{1,2}:\d\d(?::\d\d)?(?!\S)")
_ARTICLE = re.compile(r"(?<!\S)(?:THE|FUT)(?: |$)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_STILL_OPEN = re.compile(r"(?<!\S)\d+ (?:(?:AND|OR|OF) )*(?:_ (?:OF )*)?§|§ (?:(?:AND|OR|OF) )+\d")
"""Two days to choose from ("15 o 16 de marzo"), or a day of a month that we do not know ("15 de marsso de 2023")."""


def read_date(text: str, today: date, language: str) -> date | None:
    """The day a text names, from 1900 to thirty years ahead.

    None if it names none, one that is not ("31/02"), or more than one. A day or month without a year is the latest
    past one, unless the words speak of the future.
    """
    loosely = "?" not in text and fold(text).count(" ") < _MOST_WORDS_LOOSE
    for tongue, line in readings(text, language):
        try:
            found = _dates_in(line, Moment(today, "NEXT" in line or "FUT" in line, tongue.code == "en"), loosely)
        except (ValueError, OverflowError):
            return None
        if len(found) > 1 or (found and _unsure(text, tongue)):
            return None
        if found:
            return _within_reason(found.pop(), today)
    parsed = parse_any_date(text, today, language)
    return None if parsed is None else _within_reason(parsed, today)


def _dates_in(line: str, moment: Moment, loosely: bool) -> set[date]:
    found: set[date] = set()
    rest = _take(line, DAYS, moment, found)
    rest = _take(_ARTICLE.sub("", _HOUR.sub("", rest)), DAYS, moment, found)
    rest = _take(rest, PERIODS, moment, found)
    if not found and loosely:
        rest = _take(rest, LOOSE, moment, found)
    if found and _STILL_OPEN.search(rest):
        raise ValueError("more than one day")
    return found


def _take(line: str, patterns: Iterable[tuple[re.Pattern[str], Handler]], moment: Moment, found: set[date]) -> str:
    """Read every match into ``found``; what is left of the line has § in their place."""
    for pattern, handler in patterns:
        for match in pattern.finditer(line):
            found.add(handler(match, moment))
        line = pattern.sub("§", line)
    return line


def _unsure(text: str, tongue: Tongue) -> bool:
    folded = fold(text)
    return has_phrase(folded, tongue.unsure) and not _YEAR.search(folded)


def _within_reason(found: date, today: date) -> date | None:
    return found if _FIRST_YEAR <= found.year <= today.year + _YEARS_AHEAD else None
