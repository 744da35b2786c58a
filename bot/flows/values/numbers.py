"""Numbers inside what people write: digits with any separators, words, and both mixed ("1 millón 200")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.flows.folding import fold
from bot.flows.values.tongues import Tongue

MAX_NUMBER = 10**12
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?")
_DECIMAL = re.compile(r"\d{1,15}(?:[.,]\d{1,2})?")
_THOUSANDS_MARK = re.compile(r"(?<=\d)['’´`](?=\d{3}(?!\d))")
_SPACED = re.compile(r"(?<![\d.,/:-])\d{1,3}(?: \d{3})+(?![\d.,/:-])(?! \d)")
_SEAM = re.compile(r"(?<=\d)(?=[a-z])|(?<=[a-z]{3})(?=\d)")
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A number and the words it takes, ``start`` up to ``end``."""

    value: Fraction
    start: int
    end: int
    article: bool
    """Whether it is one lone word for one, which is "a" as often as "one"."""

    @property
    def whole(self) -> int | None:
        """The value, if it is a whole number within reason."""
        return int(self.value) if self.value.denominator == 1 and self.value <= MAX_NUMBER else None


def tokens(text: str, tongue: Tongue) -> list[str]:
    """The folded words of a text, with number phrases in one shape ("quatre-vingt" → quatrevingt).

    Digits and letters that touch are parted ("20k" → 20, k), save in the names of papers ("SC2").
    """
    padded = f" {_SEAM.sub(' ', fold(_THOUSANDS_MARK.sub('.', text)))} "
    for phrase, plain in tongue.rewrites.items():
        padded = padded.replace(f" {phrase} ", f" {plain} ")
    return padded.split()


def number_tokens(text: str, tongue: Tongue) -> list[str]:
    """Like :func:`tokens`, with spaced digits joined ("1 200 000")."""
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), " ".join(tokens(text, tongue))).split()


def read_digits(token: str) -> Fraction | None:
    """``"1.200.000"``, ``"1,200,000.50"``, ``"3,5"``, ``"015"`` as a number; None for dates, hours and ranges."""
    if _GROUPED.fullmatch(token):
        *groups, last = re.split(r"[.,]", token)
        if len(last) == 3:
            return Fraction("".join([*groups, last]))
        return Fraction("".join(groups) + "." + last)
    if _DECIMAL.fullmatch(token):
        return Fraction(token.replace(",", "."))
    return None


def find_numbers(words: Sequence[str], tongue: Tongue, *, money: bool = False) -> list[Found] | None:
    """Every number in the words, in order; None where one stands that cannot be read ("5-6", "10:30", "SC2").

    ``money`` adds the words of money ("lucas", "palo"), and reads what follows a million as thousands, as it is
    meant in Colombia: "un millón doscientos" is 1,200,000.
    """
    found: list[Found] = []
    position = 0
    while position < len(words):
        number = _Reader(words, position, tongue, money).read()
        if number is not None:
            found.append(number)
            position = number.end
            continue
        if any(char.isdigit() for char in words[position]):
            return None
        position += 1
    return found


def number_at(words: Sequence[str], start: int, tongue: Tongue) -> Found | None:
    """The number that begins with this very word, if one does."""
    return _Reader(words, start, tongue, money=False).read()


class _Reader:
    """Reads one number from left to right: groups under a thousand, each taken up by a scale."""

    def __init__(self, words: Sequence[str], start: int, tongue: Tongue, money: bool) -> None:
        self._words, self._start, self._tongue, self._money = words, start, tongue, money
        self._scales = {**tongue.scales, **tongue.money_scales} if money else tongue.scales
        self._total = Fraction(0)
        self._group: Fraction | None = None
        self._spoken = False
        self._scale = 0
        self._scale_end = start

    def read(self) -> Found | None:
        position = end = self._start
        while position < len(self._words):
            if self._take(position):
                position += 1
                end = position
            elif end > self._start and position == end and self._words[position] in self._tongue.joiners:
                position += 1
                if not self._joins(position):
                    break
            elif self._word_is_scale(position) and self._group is not None and self._scale:
                # "15 mil 20 mil": the 20 begins a number of its own.
                return Found(self._total, self._start, self._scale_end, article=False)
            else:
                break
        if end == self._start:
            return None
        article = end == self._start + 1 and self._spoken and self._group == 1
        return Found(self._total + self._tail(), self._start, end, article)

    def _word_is_scale(self, position: int) -> bool:
        return self._words[position] in self._scales

    def _tail(self) -> Fraction:
        if self._group is None:
            return Fraction(0)
        meant_thousands = self._money and self._scale == _MILLION and self._group < 1000
        return self._group * 1000 if meant_thousands else self._group

    def _joins(self, position: int) -> bool:
        """Whether the word after "y" goes on with this number, rather than begin another ("5 y 3")."""
        if position >= len(self._words):
            return False
        word = self._words[position]
        if word in self._tongue.halves:
            return self._scale >= 1000 or self._halves_a_scale(position)
        if word in self._tongue.numerals:
            return self._spoken or self._group is None
        return self._scale >= 1000 and self._group is None and read_digits(word) is not None

    def _halves_a_scale(self, position: int) -> bool:
        following = self._words[position + 1] if position + 1 < len(self._words) else ""
        return self._group is not None and self._scales.get(following, 0) >= 1000

    def _take(self, position: int) -> bool:
        word = self._words[position]
        if word in self._tongue.numerals:
            return self._add(self._tongue.numerals[word])
        if word in self._tongue.hundreds:
            return self._hundred()
        if word in self._scales:
            return self._multiply(self._scales[word], position)
        if word in self._tongue.halves:
            return self._half(position)
        digits = read_digits(word)
        return digits is not None and self._digits(digits)

    def _add(self, value: int) -> bool:
        if self._group is None:
            if self._after_million_too_small(value):
                return False
            self._group, self._spoken = Fraction(value), True
            return True
        if not self._spoken or self._group.denominator != 1 or not _fits(int(self._group), value):
            return False
        self._group += value
        return True

    def _digits(self, value: Fraction) -> bool:
        if self._group is not None or (self._scale and value >= self._scale):
            return False
        if self._after_million_too_small(value):
            return False
        self._group = value
        return True

    def _after_million_too_small(self, value: Fraction | int) -> bool:
        """Whether a number after a million is unclear: "un palo cinco" may be 1,005,000 or 1,500,000."""
        return self._money and self._scale == _MILLION and value < 10 and not self._followed_by_thousand()

    def _followed_by_thousand(self) -> bool:
        return any(self._scales.get(word) == 1000 for word in self._words[self._start :])

    def _hundred(self) -> bool:
        if self._group is not None and (not self._spoken or not 1 < self._group < 10):
            return False
        self._group, self._spoken = (self._group or 1) * Fraction(100), True
        return True

    def _multiply(self, scale: int, position: int) -> bool:
        if self._scale and scale >= self._scale:
            if self._group is not None or (self._scale, scale) != (1000, _MILLION):
                return False
            self._total *= scale
        elif self._group is None and self._total:
            return False
        else:
            self._total += (1 if self._group is None else self._group) * scale
        self._group, self._spoken, self._scale, self._scale_end = None, False, scale, position + 1
        return True

    def _half(self, position: int) -> bool:
        if self._group is None and self._scale >= 1000:
            self._total += Fraction(self._scale, 2)
            return True
        following = self._words[position + 1] if position + 1 < len(self._words) else ""
        if following not in self._scales:
            return False
        self._group = (self._group or 0) + Fraction(1, 2)
        return True


def _fits(group: int, value: int) -> bool:
    """Whether a word adds to the words before it: "treinta" + "cuatro", "ciento" + "veinte", "soixante" + "dix"."""
    if group % 100 in (60, 80) and 10 <= value < 20:
        return True
    room = 1 if group % 10 else 10 if group % 100 else 100
    return value < room
