"""From words about time to signs: five languages, one grammar.

A sentence becomes a line of signs parted by single spaces, which :mod:`bot.flows.values.dates` reads with patterns:

======== =================================================== ======== ========================================
``M3``   March (``m3``: a word that is March only in company) ``AGO``  what follows is gone by ("hace", "il y a")
``W0``   Monday (``w0``: only in company)                     ``BACK`` what stands before is gone by ("atrás", "ago")
``Uy``   a unit: ``Ud Uw Um Uy``                              ``IN``   "en", "dentro de"; ``LATER``: "from now"
``@-1``  days from today                                      ``LAST`` ``LAST2`` ``NEXT`` ``THIS``: "pasado" …
``15``   a number, said in words or digits                    ``B C E`` beginning, middle, end
``HALF`` a half                                               ``FUT``  speaks of the future; ``HAVE``, ``HERE``
``AND`` ``OR`` ``OF`` ``THE``                                 ``BORN`` the sentence speaks of a birth
``_``    words that say nothing about time                    ``15/3`` numeric dates stay as they are
======== =================================================== ======== ========================================
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.flows.values.numbers import number_at, read_digits, tokens
from bot.flows.values.tongues import Tongue, reading_order

_LONGEST = 5
_MIN_TYPO = 7
"""Letters a misspelt month or weekday needs: among shorter words "género" would be January, "abrir" April."""
_YEAR_AFTER_NUMBER = re.compile(r"(?<=\d )AN\b")
_AN = re.compile(r"\bAN\b")
_ARTICLE_OF_UNIT = re.compile(r"(?<!HALF )\bART (?=U)")
_DROPPED = re.compile(r"\bART ")
_BLANKS = re.compile(r"_(?: _)+")


def readings(text: str, language: str) -> list[tuple[Tongue, str]]:
    """The text as signs in each language it may be in, the one that knows most of its words first."""
    lines = [(tongue, *_signs(text, tongue)) for tongue in reading_order(language)]
    return [(tongue, line) for tongue, line, _ in sorted(lines, key=lambda reading: reading[2])]


@lru_cache(maxsize=1024)
def _signs(text: str, tongue: Tongue) -> tuple[str, int]:
    """The line of signs, and how many words are unknown."""
    words = tokens(text, tongue)
    line: list[str] = []
    position = 0
    while position < len(words):
        sign, position = _next_sign(words, position, tongue)
        line.append(sign)
    shape = " ".join(sign for sign in line if sign)
    shape = _AN.sub("IN", _YEAR_AFTER_NUMBER.sub("Uy", shape))
    shape = _DROPPED.sub("", _ARTICLE_OF_UNIT.sub("1 ", shape))
    return _BLANKS.sub("_", shape), line.count("_")


def _next_sign(words: list[str], position: int, tongue: Tongue) -> tuple[str, int]:
    for length in range(min(_LONGEST, len(words) - position), 0, -1):
        phrase = " ".join(words[position : position + length])
        if phrase in tongue.signs:
            return tongue.signs[phrase], position + length
    word = words[position]
    if word.isdecimal():
        return word, position + 1
    if word[0].isdigit() and read_digits(word) is None:
        return word, position + 1
    number = number_at(words, position, tongue)
    if number is not None:
        value = number.whole
        return ("_" if value is None else str(value)), number.end
    return _misspelt(word, tongue), position + 1


def _misspelt(word: str, tongue: Tongue) -> str:
    if len(word) < _MIN_TYPO or not word.isalpha():
        return "_"
    near = {
        sign
        for phrase, sign in tongue.signs.items()
        if sign[:1] in "MW"
        and word != phrase + "s"
        and len(phrase) >= _MIN_TYPO
        and DamerauLevenshtein.distance(word, phrase, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else "_"
