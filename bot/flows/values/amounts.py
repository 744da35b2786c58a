"""Amounts of money in whole Colombian pesos."""

from __future__ import annotations

import re

from bot.flows.folding import fold
from bot.flows.values.numbers import find_numbers, number_tokens
from bot.flows.values.tongues import Tongue, reading_order
from bot.flows.values.whole_words import has_phrase

MIN_AMOUNT = 1000
"""Below it a bare number leaves open whether pesos or thousands are meant: "20" is asked again."""
MAX_AMOUNT = 10**9
_OTHER_MONEY = frozenset(
    "dolar dolares dollar dollars usd us verdes euro euros eur bolivar bolivares bs bsf bolo bolos soles "
    "reais real gourde gourdes goud franc francs pound pounds libra libras".split()
)
_YEAR = re.compile(r"(?<![\d.,$])(?:19|20)\d\d(?![\d.,]|\s*(?:mil\b|k\b))", re.IGNORECASE)
_PESOS = re.compile(r"\$|\bpes(?:o|it)", re.IGNORECASE)
"""Without them 2019 is a year, not money."""
_OTHER_SIGN = re.compile(r"[€£¥]|\b(?:US|U|R)\$", re.IGNORECASE)


def read_amount(text: str, language: str) -> int | None:
    """Whole pesos: 0, or from 1,000 to a thousand million; None for less, for more than one amount, for other money.

    "20 lucas" and "20k" are 20,000, "palo y medio" 1,500,000, "un millón doscientos" 1,200,000. What the amount is
    for ("al mes", "diarios") is not read: the question says it.
    """
    folded = fold(text)
    if has_phrase(folded, _OTHER_MONEY) or _OTHER_SIGN.search(text):
        return None
    for tongue in reading_order(language):
        if folded in tongue.nothing:
            return 0
        amounts = _amounts_in(text, tongue)
        if amounts is None or len(amounts) > 1:
            return None
        if amounts:
            return _within_reason(amounts.pop())
    return None


def _within_reason(amount: int) -> int | None:
    return amount if amount == 0 or MIN_AMOUNT <= amount <= MAX_AMOUNT else None


def _amounts_in(text: str, tongue: Tongue) -> set[int] | None:
    found = find_numbers(number_tokens(text, tongue), tongue, money=True)
    if found is None:
        return None
    if _YEAR.search(text) and not _PESOS.search(text):
        return None
    return {int(number.value) for number in found if not (number.article and len(found) > 1)}
