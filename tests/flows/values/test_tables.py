"""The tables of words hold what the readers expect of them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.flows.folding import fold
from bot.flows.values.places import by_code
from bot.flows.values.places.atlas import atlas
from bot.flows.values.places.names import (
    ALONE,
    ASKED,
    EVERYDAY,
    NEEDS_DEPARTMENT,
    NICKNAMES,
    NOT_HERE,
    PREFERRED,
    SHOWN,
)
from bot.flows.values.tongues import ALL, Tongue
from bot.flows.values.tongues.tongue import by_phrase


def _words(tongue: Tongue) -> Iterable[str]:
    for table in (tongue.numerals, tongue.scales, tongue.money_scales, tongue.rewrites, tongue.signs):
        yield from table
    for openers in (tongue.yes_openers, tongue.no_openers):
        yield from openers
        for followers in openers.values():
            yield from followers
    for words in (tongue.hundreds, tongue.joiners, tongue.halves, tongue.nothing, tongue.inexact_age):
        yield from words
    for words in (tongue.yes, tongue.no, tongue.unsure, tongue.questions):
        yield from words


@pytest.mark.parametrize("tongue", ALL, ids=lambda tongue: tongue.code)
def test_every_word_stands_as_people_s_words_are_folded(tongue: Tongue) -> None:
    assert [word for word in _words(tongue) if fold(word) != word] == []


def test_no_word_says_yes_in_one_language_and_no_in_another() -> None:
    yes = {word for tongue in ALL for word in [*tongue.yes, *tongue.yes_openers]}
    no = {word for tongue in ALL for word in [*tongue.no, *tongue.no_openers]}
    assert yes & no == set()


def test_every_language_names_all_months_and_weekdays() -> None:
    for tongue in ALL:
        signs = {sign.upper() for sign in tongue.signs.values()}
        assert {f"M{month}" for month in range(1, 13)} | {f"W{day}" for day in range(7)} <= signs, tongue.code


def test_a_phrase_with_two_meanings_is_refused() -> None:
    with pytest.raises(ValueError, match="pasado"):
        by_phrase({"LAST": "pasado", "NEXT": "que viene|pasado"})


def test_names_of_places_are_folded_and_lead_to_municipalities_that_are() -> None:
    for name, code in [*NICKNAMES.items(), *PREFERRED.items()]:
        assert fold(name) == name
        assert by_code(code), name
    for name, codes in ASKED.items():
        assert fold(name) == name
        assert all(by_code(code) for code in codes), name
    assert all(by_code(code) for code in SHOWN)
    assert all(fold(name) == name for name in ALONE | EVERYDAY | NEEDS_DEPARTMENT | NOT_HERE)


def test_no_nickname_hides_a_municipality() -> None:
    hidden = {name for name, code in NICKNAMES.items() if set(atlas().names[name]) != {code}}
    assert hidden == set()


def test_a_preferred_name_is_one_of_the_municipality_s_names() -> None:
    for name, code in PREFERRED.items():
        assert code in (*atlas().names[name], *atlas().beginnings.get(name, ())), name


def test_all_municipalities_of_the_country_are_there() -> None:
    municipalities = atlas().municipalities
    assert len(municipalities) == 1122
    assert all(len(code) == 5 and code.isdigit() and code == found.code for code, found in municipalities.items())
    assert len({code[:2] for code in municipalities}) == 33
