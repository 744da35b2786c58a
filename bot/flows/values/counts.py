"""Plain whole numbers: how many people, children, months."""

from __future__ import annotations

from collections.abc import Sequence

from bot.flows.folding import fold
from bot.flows.values.numbers import Found, find_numbers, number_tokens
from bot.flows.values.tongues import reading_order
from bot.flows.values.whole_words import has_phrase

_MOST_WORDS_OF_ONE = 4
_BEFORE_ONE = frozenset(
    "tengo tenemos solo solamente hay somos i have only just ai ici seulement tenho tem so gen selman".split()
)
"""What "un" follows where it is the answer one; elsewhere it is the article ("quiero hablar con una persona")."""


def read_number(text: str, language: str) -> int | None:
    """A whole number from 0 to 10¹²; None if the text gives none, more than one, a fraction, or "5-6"."""
    folded = fold(text)
    for tongue in reading_order(language):
        if folded in tongue.nothing:
            return 0
        words = number_tokens(text, tongue)
        found = find_numbers(words, tongue)
        if found is None or has_phrase(folded, tongue.unsure):
            return None
        values = {number.whole for number in found if not number.article or _means_one(number, words)}
        if values:
            return values.pop() if len(values) == 1 else None
    return None


def _means_one(article: Found, words: Sequence[str]) -> bool:
    if len(words) > _MOST_WORDS_OF_ONE:
        return False
    return article.start == 0 or words[article.start - 1] in _BEFORE_ONE
