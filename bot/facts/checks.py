"""What must be true of a fact beyond its spelling: its words tell its value, and nothing unsure is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bot.facts.errors import FactError
from bot.facts.fields import Fields
from bot.facts.model import UNITS, Confidence, Fact, Kind, PartialDate
from bot.facts.past import CHOICES, KINDS, WITH_YEAR
from bot.facts.wording import NUMBER, spanish_date, spanish_number

LONGEST_SAY = 240
"""Characters. A fact stands inside a message of at most 1,024 characters (flow language), with others beside it."""


def check_fact(fact: Fact, fields: Fields) -> None:
    """Note in ``fields`` every way in which this fact contradicts itself."""
    _check_value(fact, fields)
    if fact.valid_from and fact.expires and fact.expires < fact.valid_from:
        fields.wrong("expires", "it expires before it is valid", "Mend valid_from or expires")
    _check_after_expiry(fact, fields)
    if fact.confidence is Confidence.LOW:
        if fact.say:
            mend = "Delete say, or confirm the fact and raise its confidence"
            fields.wrong("say", "a low-confidence fact is never said, yet it has a text", mend)
    elif not fact.say:
        fault = f"{fact.confidence.value} confidence, but there is no text to say"
        fields.wrong("say", fault, "Add say: with the Spanish words")
    else:
        value_is_right = not fields.errors
        _check_form(fact, fields)
        if value_is_right:
            _check_say_tells_value(fact, fields)


def check_together(facts: Iterable[Fact]) -> Iterator[FactError]:
    """Faults between facts, over all files: an id used twice, a place with two addresses."""
    first: dict[str, Fact] = {}
    places: dict[str, Fact] = {}
    for fact in facts:
        other = first.setdefault(fact.id, fact)
        if other is not fact:
            fault = f"this id is already used at {other.file}:{other.line}"
            yield FactError(fact.file, fact.line, fact.id, fault, "Give one of them another id")
        place = places.setdefault(fact.confirm_at.name, fact)
        if place.confirm_at.url != fact.confirm_at.url:
            fault = f"{fact.confirm_at.name!r} has another address at {place.file}:{place.line}"
            yield FactError(fact.file, fact.line, fact.id, fault, f"Use one address, as {place.confirm_at.url}")


def _check_value(fact: Fact, fields: Fields) -> None:
    if fact.kind is Kind.TEXT:
        if fact.value is not None:
            fields.wrong("value", "a text has no value", "Delete value, or choose another kind")
    elif fact.value is None:
        fields.wrong("value", f"a fact of kind {fact.kind.value} needs a value", "Add value:")
    elif fact.kind in (Kind.DATE, Kind.DEADLINE):
        _check_date(str(fact.value), fields)
    elif fact.kind is Kind.PHONE and not re.fullmatch(r"\d{3,15}", str(fact.value)):
        fields.wrong("value", f"{fact.value!r} cannot be dialled", "Write its digits only, without spaces")
    elif fact.kind is Kind.LINK and not str(fact.value).startswith("https://"):
        fields.wrong("value", f"{fact.value!r} is no web address", "Begin it with https://")
    elif fact.kind in UNITS and not isinstance(fact.value, int | Decimal):
        fields.wrong("value", f"{fact.value!r} is no number", "Write digits only, as 20000 or 8.5")
    elif fact.kind is Kind.AMOUNT and not isinstance(fact.value, int):
        fields.wrong("value", f"{fact.value} is no whole amount", "Write digits only, as 20000")
    units = UNITS.get(fact.kind, ())
    if units and fact.unit not in units:
        fault = f"'unit' is {fact.unit!r}" if fact.unit else f"a fact of kind {fact.kind.value} needs a unit"
        fields.wrong("unit", fault, f"Use one of: {', '.join(units)}")
    elif fact.unit and not units:
        fields.wrong("unit", f"a fact of kind {fact.kind.value} has no unit", "Delete unit")


def _check_after_expiry(fact: Fact, fields: Fields) -> None:
    if fact.after_expiry not in CHOICES:
        mend = f"Use one of: {', '.join(CHOICES)}"
        fields.wrong("after_expiry", f"'after_expiry' is {fact.after_expiry!r}", mend)
    elif fact.after_expiry == WITH_YEAR and fact.expires is None:
        fields.wrong("after_expiry", "it is said with its year after a day that is not told", "Add expires:")
    elif fact.after_expiry == WITH_YEAR and fact.kind not in KINDS:
        mend = "Delete after_expiry; only an amount or a number is said with its year"
        fields.wrong("after_expiry", f"a fact of kind {fact.kind.value} cannot be said with its year", mend)


def _check_date(value: str, fields: Fields) -> None:
    try:
        PartialDate.parse(value)
    except ValueError:
        fields.wrong("value", f"{value!r} is no date", "Write year-month-day, as 2026-04-30")


def _check_form(fact: Fact, fields: Fields) -> None:
    say = fact.say
    if re.search(r"[{}<>]|\bTODO\b|\bXX+\b|…", say):
        fields.wrong("say", "the text holds a placeholder", "Write the words themselves")
    if len(say) > LONGEST_SAY:
        fields.wrong("say", f"the text has {len(say)} characters", f"Keep it under {LONGEST_SAY}, or make two facts")
    sentence = say.endswith((".", "!", "?"))
    if fact.kind is Kind.TEXT and not (sentence and re.match(r"[¿¡«]?[A-ZÁÉÍÓÚÑ0-9]", say)):
        mend = "Begin it with a capital letter and end it with a full stop"
        fields.wrong("say", "a text must be a full sentence", mend)
    if fact.kind is not Kind.TEXT and sentence:
        fields.wrong("say", "the words stand inside a sentence, so they end without a stop", "Delete the last stop")


def _check_say_tells_value(fact: Fact, fields: Fields) -> None:
    value, say = fact.value, fact.say
    if isinstance(value, int | Decimal):
        told, expected = NUMBER.findall(say), spanish_number(value)
        if told != [expected]:
            fault = f"the text tells {' and '.join(told) or 'no number'}, the value is {expected}"
            fields.wrong("say", fault, "Make both the same, with a point between thousands")
    elif fact.kind is Kind.PHONE and "".join(re.findall(r"\d", say)) != value:
        fields.wrong("say", f"the text does not tell the phone {value}", "Write the same digits; spaces are free")
    elif fact.kind in (Kind.DATE, Kind.DEADLINE) and isinstance(value, str):
        words = spanish_date(PartialDate.parse(value))
        if words not in say:
            fields.wrong("say", f"the text does not tell the date {words}", f"Write {words!r} in it")
    elif fact.kind is Kind.NORM and str(value) not in say:
        fields.wrong("say", f"the text does not name {value}", "Write the name of the norm as in value")
    elif fact.kind is Kind.LINK and value != say:
        fields.wrong("say", "the text is not the address", "Write the same address as in value")
