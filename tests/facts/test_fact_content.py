"""The facts that the product ships: complete, sourced, and said as their values are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.facts import Confidence, Fact, FactBook, FactNotSayable, Kind, load_facts

FOLDER = Path(__file__).parents[2] / "facts"
SEEN = date(2026, 11, 24)

RESEARCH = {
    "REG": [*range(1, 31)],
    "TIT": [1, 2, 3, *range(10, 17), *range(20, 24), 30, 31, 32, *range(40, 44)],
    "FIN": [*range(1, 20)],
    "EMP": [1, 2, *range(10, 14), *range(20, 26), *range(30, 34), 40, 41, 42, 50, 51, 52],
    "PROT": [1, 2, *range(10, 14), 15, 16, *range(20, 25), *range(30, 34)],
    "HELP": [*range(1, 8), 10, 11, 12, *range(20, 30)],
    "COM": [*range(1, 15)],
}
"""The 143 researched facts, by route."""

LOW_RESEARCH = {"REG-10", "REG-26", "TIT-13", "TIT-32", "FIN-09", "FIN-18", "EMP-52", "HELP-06", "HELP-07"}
LOW_RESEARCH |= {"COM-02", "COM-13"}


@pytest.fixture(scope="module")
def book() -> FactBook:
    return load_facts(FOLDER)


def test_every_researched_fact_is_in_the_product(book: FactBook) -> None:
    expected = {f"{route}-{number:02d}" for route, numbers in RESEARCH.items() for number in numbers}
    assert len(expected) == 143
    assert expected <= {fact.research for fact in book}


def test_what_was_found_later_bears_no_id_of_the_research(book: FactBook) -> None:
    """Such facts were read in excerpts of public pages: none is said as certain."""
    later = [fact for fact in book if fact.research.startswith("NEW-")]
    known = {f"{route}-{number:02d}" for route, numbers in RESEARCH.items() for number in numbers}
    assert {fact.research for fact in book} - {fact.research for fact in later} == known
    assert later
    assert [fact.id for fact in later if fact.confidence is Confidence.HIGH] == []


def test_what_the_research_calls_low_stays_low(book: FactBook) -> None:
    raised = [fact.id for fact in book if fact.research in LOW_RESEARCH and fact.confidence is not Confidence.LOW]
    assert raised == []


@pytest.mark.parametrize(
    "fact_id",
    ["line_137", "linea_purpura_bogota", "gaula_line", "convalidacion_fee_pregrado_2020", "naturalization_terms"],
)
def test_what_nobody_could_confirm_is_never_said(book: FactBook, fact_id: str) -> None:
    with pytest.raises(FactNotSayable):
        book.say(fact_id, SEEN)


def test_137_is_in_no_text(book: FactBook) -> None:
    assert [fact.id for fact in book if re.search(r"\b137\b", fact.say) or fact.value == "137"] == []


def test_the_number_of_the_emergency_is_said_without_doubt(book: FactBook) -> None:
    saying = book.say("emergency_line", SEEN)
    assert (saying.text, saying.caveat) == ("123", False)


def sayable(book: FactBook, *kinds: Kind) -> list[Fact]:
    return [fact for fact in book if fact.confidence is not Confidence.LOW and fact.kind in (kinds or tuple(Kind))]


def test_texts_are_whole_and_hold_no_placeholder(book: FactBook) -> None:
    for fact in sayable(book):
        assert fact.say, fact.id
        assert not re.search(r"[{}<>…]|TODO|XX", fact.say), fact.id
        assert fact.say.endswith((".", "?", "!")) == (fact.kind is Kind.TEXT), fact.id


def test_amounts_are_said_as_their_value(book: FactBook) -> None:
    amounts = sayable(book, Kind.AMOUNT)
    assert len(amounts) > 20
    for fact in amounts:
        assert [int(n.replace(".", "")) for n in re.findall(r"\d[\d.]*", fact.say)] == [fact.value], fact.id


def test_phones_are_said_as_they_are_dialled(book: FactBook) -> None:
    phones = sayable(book, Kind.PHONE)
    assert len(phones) > 10
    for fact in phones:
        assert re.sub(r"[ ()]", "", fact.say) == fact.value, fact.id


def test_money_that_changes_each_year_ends_with_the_year(book: FactBook) -> None:
    yearly = [fact for fact in sayable(book, Kind.AMOUNT) if "January" in fact.changes]
    assert {"minimum_wage", "ppt_duplicate_fee", "cedula_extranjeria_fee", "wallet_limit"} <= {f.id for f in yearly}
    assert {fact.expires for fact in yearly} == {date(2026, 12, 31)}


def test_every_fact_has_a_source_an_official_place_and_a_day_of_review(book: FactBook) -> None:
    for fact in book:
        assert fact.source.org, fact.id
        assert fact.source.url.startswith("https://"), fact.id
        assert fact.confirm_at.url.startswith("https://"), fact.id
        assert date(2026, 11, 1) < fact.review_by < date(2028, 1, 1), fact.id


def test_venapp_is_only_named_to_warn(book: FactBook) -> None:
    assert [fact.id for fact in book if "VenApp" in fact.say] == ["venapp_warning"]


def test_nobody_is_sent_to_a_consulate_without_a_word_for_the_editor(book: FactBook) -> None:
    for fact in book:
        if "consulado" in fact.say:
            assert "fears return" in fact.notes, fact.id
