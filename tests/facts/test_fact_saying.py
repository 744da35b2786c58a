"""What a person reads: a sure fact as it is, a less sure one with its age, an unsure or old one never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.facts import FactBook, FactNotSayable, UnknownFact, caveat_line, load_facts

Folder = Callable[..., Path]
Lines = Callable[..., str]

TODAY = date(2026, 11, 24)
RED = '{name: Oficina Roja, url: "https://roja.example.org"}'


def source(seen: str) -> str:
    return f'{{org: Oficina Azul, url: "https://azul.example.org/fees", date: "{seen}"}}'


@pytest.fixture
def book(folder: Folder, lines: Lines) -> FactBook:
    return load_facts(
        folder(
            a=lines("fee")
            + lines("sure_fee", confidence="high")
            + lines("unsure_fee", confidence="low", say=None)
            + lines("old_fee", expires="2026-11-23")
            + lines("next_fee", valid_from="2026-11-25")
            + lines("older_fee", source=source("2025-11-17"))
            + lines("year_fee", source=source("2026"))
            + lines("undated_fee", source=source("n/a"))
            + lines("same_month_fee", source=source("2026-02-10"))
            + lines("red_fee", confirm_at=RED)
            + lines(
                "last_day", kind="deadline", value="2026-04-30", unit=None, say='"30 de abril de 2026"', expires=None
            )
            + lines("share", kind="number", value="8.5", unit="percent", say='"8,5 % más"')
            + lines("line", kind="phone", value='"018000423701"', unit=None, say='"01 8000 42 37 01"')
            + lines("site", kind="link", value="https://azul.example.org", unit=None, say='"https://azul.example.org"')
            + lines("month", kind="date", value="2027-08", unit=None, say='"agosto de 2027"')
            + lines("year", kind="date", value="2027", unit=None, say='"2027"')
            + lines("open", kind="text", value=None, unit=None, say='"Abre a las 8 de la mañana."'),
        )
    )


def test_a_high_fact_is_said_as_it_is(book: FactBook) -> None:
    saying = book.say("sure_fee", TODAY)
    assert (saying.text, saying.caveat) == ("20.000 pesos", False)
    assert caveat_line([saying]) == ""


def test_a_medium_fact_tells_when_it_was_seen_and_where_to_confirm_it(book: FactBook) -> None:
    saying = book.say("fee", TODAY)
    assert (saying.text, saying.caveat, saying.seen) == ("20.000 pesos", True, "febrero de 2026")
    assert (saying.confirm.name, saying.confirm.url) == ("Oficina Azul", "https://azul.example.org")
    assert (
        caveat_line([saying]) == "ℹ️ Dato visto en febrero de 2026. Confírmalo en Oficina Azul: https://azul.example.org"
    )


@pytest.mark.parametrize(
    ("fact_id", "code"),
    [("unsure_fee", "low_confidence"), ("old_fee", "expired"), ("next_fee", "not_yet_valid")],
)
def test_an_unsure_or_dead_fact_is_never_said(book: FactBook, fact_id: str, code: str) -> None:
    with pytest.raises(FactNotSayable) as caught:
        book.say(fact_id, TODAY)
    assert caught.value.code == code
    assert caught.value.confirm.url == "https://azul.example.org"
    assert book.refusal(fact_id, TODAY) == code


def test_a_fact_may_be_said_on_its_first_and_last_day(book: FactBook) -> None:
    assert book.say("old_fee", date(2026, 11, 23)).text == "20.000 pesos"
    assert book.say("next_fee", date(2026, 11, 25)).text == "20.000 pesos"
    assert book.refusal("fee", date(2026, 12, 31)) is None
    assert book.refusal("fee", date(2027, 1, 1)) == "expired"


def test_a_deadline_that_has_passed_is_still_a_fact(book: FactBook) -> None:
    assert book.say("last_day", TODAY).text == "30 de abril de 2026"


def test_an_unknown_fact_is_refused_with_the_nearest_id(book: FactBook) -> None:
    with pytest.raises(UnknownFact, match=r"^no fact is called 'sure_fees'\. Did you mean 'sure_fee'\?$"):
        book.say("sure_fees", TODAY)
    with pytest.raises(UnknownFact, match=r"^no fact is called 'zzz'\.$"):
        book.get("zzz")


def test_an_official_address_needs_no_address_to_confirm_it(book: FactBook) -> None:
    assert caveat_line([book.say("site", TODAY)]) == ""


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (("fee", "fee"), "ℹ️ Dato visto en febrero de 2026. Confírmalo en Oficina Azul: https://azul.example.org"),
        (
            ("fee", "same_month_fee"),
            "ℹ️ Datos vistos en febrero de 2026. Confírmalos en Oficina Azul: https://azul.example.org",
        ),
        (
            ("fee", "sure_fee", "older_fee"),
            "ℹ️ Datos vistos desde noviembre de 2025. Confírmalos en Oficina Azul: https://azul.example.org",
        ),
        (("fee", "year_fee"), "ℹ️ Datos vistos desde 2026. Confírmalos en Oficina Azul: https://azul.example.org"),
        (("undated_fee",), "ℹ️ Confirma este dato en Oficina Azul: https://azul.example.org"),
        (("fee", "undated_fee"), "ℹ️ Confirma estos datos en Oficina Azul: https://azul.example.org"),
        (
            ("fee", "red_fee"),
            "ℹ️ Dato visto en febrero de 2026. Confírmalo en Oficina Azul: https://azul.example.org"
            " · Dato visto en febrero de 2026. Confírmalo en Oficina Roja: https://roja.example.org",
        ),
    ],
)
def test_one_line_for_a_whole_message(book: FactBook, said: tuple[str, ...], line: str) -> None:
    assert caveat_line([book.say(fact_id, TODAY) for fact_id in said]) == line


ENGLISH = {
    "{number} pesos": "{number} Colombian pesos",
    "{number} % más": "{number} % more",
    "Abre a las 8 de la mañana.": "It opens at 8.",
    "{year}": "the year {year}",
    "{day} de abril de {year}": "April {day}, {year}",
    "agosto de {year}": "August {year}",
    "febrero de {year}": "February {year}",
    "Dato visto en {seen}. Confírmalo en {place}: {url}": "Seen in {seen}. Check it at {place}: {url}",
}


def english(text: str) -> str:
    return ENGLISH[text]


@pytest.mark.parametrize(
    ("fact_id", "text"),
    [
        ("fee", "20.000 Colombian pesos"),
        ("share", "8,5 % more"),
        ("last_day", "April 30, 2026"),
        ("month", "August 2027"),
        ("year", "the year 2027"),
        ("open", "It opens at 8."),
        ("line", "01 8000 42 37 01"),
        ("site", "https://azul.example.org"),
    ],
)
def test_a_fact_is_said_in_another_language_with_its_own_number(book: FactBook, fact_id: str, text: str) -> None:
    assert book.say(fact_id, TODAY, english).text == text


def test_the_caveat_is_said_in_another_language(book: FactBook) -> None:
    line = caveat_line([book.say("fee", TODAY, english)], english)
    assert line == "ℹ️ Seen in February 2026. Check it at Oficina Azul: https://azul.example.org"


def test_a_changed_fee_needs_no_new_translation(book: FactBook, folder: Folder, lines: Lines) -> None:
    after = load_facts(folder(a=lines("fee", value="21500", say='"21.500 pesos"')))
    assert after.message_ids().keys() <= book.message_ids().keys()
    assert after.say("fee", TODAY, english).text == "21.500 Colombian pesos"


def test_translators_get_every_text_but_phones_and_addresses(book: FactBook) -> None:
    ids = book.message_ids()
    assert set(ids) == {
        "{number} pesos",
        "{number} % más",
        "{day} de abril de {year}",
        "agosto de {year}",
        "{year}",
        "Abre a las 8 de la mañana.",
    }
    assert "unsure_fee" not in {fact.id for fact in ids["{number} pesos"]}
