"""An amount of a past year: said with its year («en 2026: 1.750.905 pesos»), or not at all.

On 1 January last year's wage is wrong, but until the new one is in the files "in 2026 it was …" is still true and of
use. An editor allows it fact by fact (``after_expiry: with_year``); silence is the rule. A year later it is silent.
"""

from __future__ import annotations

from datetime import date

from bot.facts.model import Fact, Kind
from bot.facts.wording import Translate
from bot.translatable import N_

SILENT = "silent"
WITH_YEAR = "with_year"
CHOICES = (SILENT, WITH_YEAR)
KINDS = (Kind.AMOUNT, Kind.NUMBER)
"""Kinds that may be said with their year: words that stand in a sentence, whose number an editor renews each year."""
IN_YEAR = N_("en {year}: {fact}")
"""Message id; ``{fact}`` is the fact in the person's language."""


def past_year(fact: Fact, today: date) -> int | None:
    """The year with which an expired fact is said on this day; None where it is said plainly or not at all."""
    if fact.after_expiry != WITH_YEAR or fact.expires is None or fact.expires >= today:
        return None
    year = fact.expires.year
    return year if today.year <= year + 1 else None


def with_year(text: str, year: int, translate: Translate) -> str:
    """The words of a fact with the year that they held for."""
    return translate(IN_YEAR).replace("{year}", str(year)).replace("{fact}", text)
