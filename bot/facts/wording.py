"""Numbers and dates in plain Spanish, and the texts of facts as translators see them.

Spanish is the source text, so a Spanish text is its own message id. Numbers and days are taken out of a fact's text
before it is looked up: when a fee changes, ``{number} pesos`` is still the same message and no catalogue goes stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bot.facts.model import Fact, Kind, PartialDate
from bot.translatable import N_

Translate = Callable[[str], str]
ShowNumber = Callable[[int | Decimal], str]

MONTHS = (
    N_("enero de {year}"),
    N_("febrero de {year}"),
    N_("marzo de {year}"),
    N_("abril de {year}"),
    N_("mayo de {year}"),
    N_("junio de {year}"),
    N_("julio de {year}"),
    N_("agosto de {year}"),
    N_("septiembre de {year}"),
    N_("octubre de {year}"),
    N_("noviembre de {year}"),
    N_("diciembre de {year}"),
)
"""Message ids of a month with its year, from January on."""

NUMBER = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
"""A number as Spanish text writes it in Colombia: 20.000 or 8,5."""

_AS_WRITTEN = (Kind.PHONE, Kind.LINK, Kind.NORM)


def same(text: str) -> str:
    """The translation into Spanish: the text itself."""
    return text


def spanish_number(value: int | Decimal) -> str:
    """20000 as ``20.000`` and 8.5 as ``8,5``."""
    return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def spanish_date(day: PartialDate) -> str:
    """``10 de febrero de 2026``, ``febrero de 2026`` or ``2026``, as precise as the date is."""
    if not day.month:
        return str(day.year)
    month = _month(day)
    return f"{day.day} de {month}" if day.day else month


def seen_words(day: PartialDate | None, translate: Translate) -> str:
    """When a fact was seen, to the month (``febrero de 2026``); empty where nobody knows."""
    if day is None:
        return ""
    if not day.month:
        return str(day.year)
    return translate(MONTHS[day.month - 1]).replace("{year}", str(day.year))


def message_id(fact: Fact) -> str:
    """The text to translate: ``say`` with its number or date taken out. Empty where there is nothing to translate."""
    return "" if fact.kind in _AS_WRITTEN else _parts(fact)[0]


def spoken(fact: Fact, translate: Translate, show_number: ShowNumber = spanish_number) -> str:
    """The fact's display text in the language of ``translate``, its number as ``show_number`` writes it.

    Phones, links and norms stay as they are written.
    """
    if fact.kind in _AS_WRITTEN:
        return fact.say
    msgid, values = _parts(fact)
    if isinstance(fact.value, int | Decimal):
        values = {"number": show_number(fact.value)}
    text = translate(msgid)
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _parts(fact: Fact) -> tuple[str, dict[str, str]]:
    if isinstance(fact.value, int | Decimal):
        number = spanish_number(fact.value)
        return fact.say.replace(number, "{number}", 1), {"number": number}
    if fact.kind in (Kind.DATE, Kind.DEADLINE) and isinstance(fact.value, str):
        day = PartialDate.parse(fact.value)
        shape = MONTHS[day.month - 1] if day.month else "{year}"
        if day.day:
            shape = "{day} de " + shape
        values = {"day": str(day.day), "year": str(day.year)}
        return fact.say.replace(spanish_date(day), shape, 1), values
    return fact.say, {}


def _month(day: PartialDate) -> str:
    return MONTHS[day.month - 1].replace("{year}", str(day.year))
