"""On 1 January last year's amount is said with its year, where the editor allows it, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.facts import FactBook, FactFileError, FactNotSayable, load_facts
from bot.facts.review import expired, past

LAST = date(2026, 12, 31)
NEW_YEAR = date(2027, 1, 1)
Folder = Callable[..., Path]
Lines = Callable[..., str]


@pytest.fixture
def book(folder: Folder, lines: Lines) -> FactBook:
    return load_facts(
        folder(
            a=lines("wage", after_expiry="with_year", confidence="high")
            + lines("fee")
            + lines("fine", after_expiry="silent")
            + lines("rumour", after_expiry="with_year", confidence="low", say=None)
        )
    )


def test_until_its_last_day_it_is_said_plainly(book: FactBook) -> None:
    said = book.say("wage", LAST)
    assert (said.text, said.caveat) == ("20.000 pesos", False)


@pytest.mark.parametrize("day", [NEW_YEAR, date(2027, 12, 31)])
def test_in_the_year_after_it_is_said_with_its_year_and_where_to_confirm_it(book: FactBook, day: date) -> None:
    said = book.say("wage", day)
    assert (said.text, said.caveat) == ("en 2026: 20.000 pesos", True)


def test_two_years_late_it_is_silent(book: FactBook) -> None:
    with pytest.raises(FactNotSayable, match="expired"):
        book.say("wage", date(2028, 1, 1))


@pytest.mark.parametrize("fact", ["fee", "fine"])
def test_a_silent_one_is_not_said_the_day_after(book: FactBook, fact: str) -> None:
    assert book.say(fact, LAST).text == "20.000 pesos"
    with pytest.raises(FactNotSayable, match="expired"):
        book.say(fact, NEW_YEAR)


def test_a_doubtful_one_is_never_said(book: FactBook) -> None:
    with pytest.raises(FactNotSayable, match="low_confidence"):
        book.say("rumour", NEW_YEAR)


def test_it_is_said_in_the_language_of_the_person(book: FactBook) -> None:
    table = {"en {year}: {fact}": "an {year}: {fact}", "{number} pesos": "{number} peso"}
    assert book.say("wage", NEW_YEAR, lambda text: table.get(text, text)).text == "an 2026: 20.000 peso"


def test_the_editor_sees_both_lists(book: FactBook) -> None:
    assert [fact.id for fact in past(book, NEW_YEAR)] == ["wage"]
    assert [fact.id for fact in expired(book, NEW_YEAR)] == ["fee", "fine"]
    assert past(book, LAST) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"after_expiry": "perhaps"}, "perhaps"),
        ({"after_expiry": "with_year", "expires": None}, "Add expires"),
        (
            {"after_expiry": "with_year", "kind": "text", "value": None, "unit": None, "say": "Es así."},
            "cannot be said with its year",
        ),
    ],
)
def test_what_cannot_be_is_refused(folder: Folder, lines: Lines, changes: dict[str, str | None], says: str) -> None:
    with pytest.raises(FactFileError, match=says):
        load_facts(folder(a=lines("wage", **changes)))
