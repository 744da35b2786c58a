"""Values as a person reads them in a recap, in their language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.flows.model import SlotType, Value
from bot.flows.values.occupations import show_occupation
from bot.flows.values.phones import show_phone
from bot.flows.values.places import show_municipality
from bot.flows.values.tongues import tongue

_LOCALES = {"es": "es_CO", "en": "en_US", "fr": "fr_FR", "pt": "pt_BR", "ht": "fr_HT"}
"""CLDR's locale of each language; Haitian Creole has none and writes figures as French does."""


def show_value(kind: SlotType, value: Value, language: str) -> str:
    """A value as text: ``"15 de marzo de 2024"``, ``"1.200.000 pesos"``, ``"Maicao (La Guajira)"``; None is ``""``.

    What does not fit its kind (an answer of an older release) is shown as it is.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        yes, no = tongue(language).yes_no
        return yes if value else no
    if isinstance(value, int):
        return _show_figure(kind, value, language)
    if kind == "date":
        return _show_date(value, language)
    if kind == "municipality":
        return show_municipality(value)
    if kind == "occupation":
        return show_occupation(value, language)
    return show_phone(value) if kind == "phone" else value


def show_figure(number: int | Decimal, language: str) -> str:
    """A number as the language writes it (CLDR): ``20.000``, ``20,000``, ``20 000``."""
    return str(format_decimal(number, locale=_LOCALES[tongue(language).code]))


def _show_figure(kind: SlotType, value: int, language: str) -> str:
    words = tongue(language)
    if kind == "age":
        under_one, one, more = words.ages
        return under_one if value == 0 else one if value == 1 else more.format(value)
    figure = show_figure(value, language)
    return words.pesos[value != 1].format(figure) if kind == "amount" else figure


def _show_date(value: str, language: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    words = tongue(language)
    if words.months:
        return f"{day.day} {words.months[day.month - 1]} {day.year}"
    return format_date(day, "long", locale=_LOCALES[words.code])
