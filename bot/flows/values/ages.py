"""Ages in whole years, said in years, in months for a baby, or by a date of birth."""

from __future__ import annotations

import re
from datetime import date

from bot.flows.folding import fold
from bot.flows.values.dates import read_date
from bot.flows.values.signs import readings
from bot.flows.values.spans import SPAN, full_years, read_span
from bot.flows.values.tongues import reading_order
from bot.flows.values.whole_words import has_phrase

MAX_AGE = 120
_SPAN = re.compile(rf"(?<!\S){SPAN}")
_NUMBER = re.compile(r"(?<!\S)\d+(?!\S)")
_NAMES_A_YEAR = re.compile(r"(?<!\S)(?:19|20)\d\d(?!\S)|(?<!\S)\d+[/.-]\d+[/.-]\d+(?!\S)|[Mm]\d+ OF \d\d(?!\S)")
_OTHER_FIGURES = re.compile(r"\d[/.:-]\d|\d (?:OF )*[Mm]\d|[Mm]\d+ \d")
"""A day of the year, a range, an hour: figures that are no age."""
_BIRTH_YEAR = re.compile(r"BORN (?:(?:IN|OF|THE|Uy|_) )*(?P<short>\d\d)$")
_DAYS_OF_A_MONTH = 31
_NO_AGE = -1
_MOST_WORDS_BARE = 4
"""Words around a number that is an age although neither "años" nor "tengo" says so."""


def read_age(text: str, today: date, language: str) -> int | None:
    """An age from 0 to 120; None if the text gives none, more than one, or one that is not yet or no longer so.

    "3 meses" is 0, "nací en 1990" the age that is reached in this year. "Casi 18" is None: on the way to 18 a person
    has other rights than at 18.
    """
    if any(has_phrase(fold(text), tongue.inexact_age) for tongue in reading_order(language)):
        return None
    for _, line in readings(text, language):
        ages = _ages_in(line, text, today, language)
        if ages:
            age = ages.pop()
            return age if not ages and 0 <= age <= MAX_AGE else None
    return None


def _ages_in(line: str, text: str, today: date, language: str) -> set[int]:
    spans = {read_span(match[0]).years for match in _SPAN.finditer(line)}
    if spans:
        return spans
    if _NAMES_A_YEAR.search(line) and ("BORN" in line or "_" not in line):
        born = read_date(text, today, language)
        return {_NO_AGE if born is None or born > today else full_years(born, today)}
    short = _BIRTH_YEAR.search(line)
    if short:
        return {_age_of_short_year(int(short["short"]), today)}
    numbers = {int(number) for number in _NUMBER.findall(line) if number != "1" or _says_one(line, text)}
    if numbers and not _stands_for_age(line, text):
        return {_NO_AGE}
    return numbers


def _says_one(line: str, text: str) -> bool:
    """Whether a one is meant, and not the article of "tengo un bebé"."""
    return line == "1" or "1" in text


def _stands_for_age(line: str, text: str) -> bool:
    """Whether a number without "años" is an age: no range, day or count ("tengo 2 hijos"), and little around it."""
    if _OTHER_FIGURES.search(line) or not line[-1].isdigit():
        return False
    return "HAVE" in line or fold(text).count(" ") < _MOST_WORDS_BARE


def _age_of_short_year(short: int, today: date) -> int:
    """The age in "nací en el 90". Up to 31 it may be the day of a month, so that it is asked again."""
    if short <= _DAYS_OF_A_MONTH:
        return _NO_AGE
    this = today.year % 100
    return this - short if short <= this else this + 100 - short
