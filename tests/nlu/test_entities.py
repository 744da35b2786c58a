"""Entities are found where people write them, and ordinary words stay ordinary words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.nlu.amounts import find_amounts
from bot.dialogue.nlu.entities import find_entities
from bot.dialogue.nlu.folding import aligned


def found(text: str) -> list[tuple[str, str, str | int]]:
    return [(one.entity, text[one.start : one.end], one.value) for one in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("vivo en Medallo", "Medallo", "05001"),
        ("estoy por quilla", "quilla", "08001"),
        ("me voy pa la nevera", "la nevera", "11001"),
        ("soy de cucuta", "cucuta", "54001"),
        ("Bogotá D.C.", "Bogotá", "11001"),
        ("llegué a San José del Guaviare", "San José del Guaviare", "95001"),
        ("estoy en bucaramangua", "bucaramangua", "68001"),
        ("vivo en El Banco", "El Banco", "47245"),
        ("maicao", "maicao", "44430"),
        ("Tibú", "Tibú", "54810"),
    ],
)
def test_municipalities_with_nicknames_and_typos(text: str, words: str, code: str) -> None:
    [place] = find_entities(text)
    assert (place.entity, text[place.start : place.end]) == ("municipality", words)
    assert dict(place.extra)["dane"] == code


@pytest.mark.parametrize(
    "text",
    [
        "el banco me negó la cuenta",
        "siento mucha soledad",
        "la plata no alcanza y toca esperar",
        "socorro",
        "mi hija lloró en el colegio",
        "quiero trabajar en Colombia",
        "lo dejé en la mesa",
        "una casa de manera segura",
    ],
)
def test_ordinary_words_are_no_municipality(text: str) -> None:
    assert not [one for one in find_entities(text) if one.entity == "municipality"]


def test_a_name_that_many_municipalities_share_has_no_code() -> None:
    [place] = find_entities("vivo en Villanueva")
    assert place.value == "Villanueva"
    assert place.extra == ()


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("20 mil", 20_000, "COP"),
        ("20k", 20_000, "COP"),
        ("un palo", 1_000_000, "COP"),
        ("palo y medio", 1_500_000, "COP"),
        ("millón doscientos", 1_200_000, "COP"),
        ("un millón doscientos cincuenta", 1_250_000, "COP"),
        ("dos millones trescientos mil", 2_300_000, "COP"),
        ("medio millón", 500_000, "COP"),
        ("$1.423.500", 1_423_500, "COP"),
        ("1.5 millones", 1_500_000, "COP"),
        ("80 lucas", 80_000, "COP"),
        ("quinientos mil pesos", 500_000, "COP"),
        ("200 dólares", 200, "USD"),
    ],
)
def test_amounts(text: str, value: int, currency: str) -> None:
    sentence = f"me deben {text} de eso"
    [amount] = find_amounts(aligned(sentence))
    assert sentence[amount.start : amount.end] == text
    assert (amount.value, amount.currency) == (value, currency)


@pytest.mark.parametrize("text", ["tengo 3 hijos", "mil gracias", "no he visto un peso", "tengo 45 años", "y medio"])
def test_other_numbers_are_no_amount(text: str) -> None:
    assert list(find_amounts(aligned(text))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("se vence el 30 de mayo de 2031", "30 de mayo de 2031"),
        ("nací el 15/03/1990", "15/03/1990"),
        ("llegué hace dos meses", "hace dos meses"),
        ("la cita es mañana", "mañana"),
        ("desde 2019", "2019"),
        ("a finales de agosto", "finales de agosto"),
    ],
)
def test_dates_are_marked(text: str, words: str) -> None:
    assert [(entity, span) for entity, span, _ in found(text)] == [("date", words)]


def test_the_morning_is_no_date() -> None:
    assert found("abren a las 8 de la mañana") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("soy venezolana", ("nationality", "venezolana", "VE")),
        ("somos haitianos", ("nationality", "haitianos", "HT")),
        ("soy chino", ("nationality", "chino", "CN")),
        ("mi permiso por protección temporal", ("document", "permiso por protección temporal", "ppt")),
        ("tengo la cédula de extranjería", ("document", "cédula de extranjería", "foreigner_id")),
        ("me dieron el SC-2", ("document", "SC-2", "safe_conduct")),
        ("CE vencida", ("document", "CE", "foreigner_id")),
    ],
)
def test_nationalities_and_documents(text: str, expected: tuple[str, str, str]) -> None:
    assert found(text) == [expected]


def test_a_nickname_is_no_nationality() -> None:
    assert found("mi china está en el colegio") == []


@given(st.text(alphabet="abcdeéñ 0123456789.,$yómil", max_size=80))
def test_entities_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    places = find_entities(text)
    assert all(0 <= one.start < one.end <= len(text) for one in places)
    assert all(one.end <= other.start for one, other in pairwise(places))
