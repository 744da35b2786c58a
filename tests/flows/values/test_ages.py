"""Ages; today is 24 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.flows.values import read_value

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "34", 34),
        ("es", "tengo 34", 34),
        ("es", "34 años", 34),
        ("es", "34años", 34),
        ("es", "20 anios", 20),
        ("es", "treinta y cuatro", 34),
        ("es", "tengo treinta y cuatro añitos", 34),
        ("es", "cuarenta y sinco", 45),
        ("es", "tengo 34 cumplidos", 34),
        ("es", "mi hija tiene 5 años", 5),
        ("es", "34 años y 2 meses", 34),
        ("es", "17 años y 11 meses", 17),
        ("es", "3 meses", 0),
        ("es", "18 meses", 1),
        ("es", "año y medio", 1),
        ("es", "15 días", 0),
        ("es", "0", 0),
        ("es", "120", 120),
        ("es", "nací en 1990", 36),
        ("es", "1990", 36),
        ("es", "nací en el 90", 36),
        ("es", "naci el 24 de noviembre de 2008", 18),
        ("es", "naci el 25 de noviembre de 2008", 17),
        ("es", "5/3/2001", 25),
        ("es", "nací hace 3 meses", 0),
        ("en", "I'm 34", 34),
        ("en", "34 years old", 34),
        ("en", "born in 1990", 36),
        ("fr", "j'ai 34 ans", 34),
        ("fr", "quatre-vingt-deux ans", 82),
        ("fr", "née en 1990", 36),
        ("pt", "tenho 34 anos", 34),
        ("pt", "trinta e quatro", 34),
        ("ht", "mwen gen 34 an", 34),
        ("ht", "venteyen", 21),
        ("ht", "mwen fèt an 1990", 36),
        ("fr", "tengo 34 años", 34),
    ],
)
def test_an_age_is_understood(language: str, text: str, expected: int) -> None:
    assert read_value("age", text, TODAY, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        "casi 18",
        "voy a cumplir 18",
        "cumplo 18 en marzo",
        "menor de 18",
        "más de 60 años",
        "treinta y pico",
        "me falta un mes para los 18",
    ],
)
def test_an_age_that_is_not_reached_or_not_exact_is_asked_again(text: str) -> None:
    assert read_value("age", text, TODAY, "es") is None


@pytest.mark.parametrize(
    "text",
    [
        "121",
        "130 años",
        "nací en 2030",
        "naci el 15",
        "el 15 de marzo",
        "5-6 años",
        "34 años y mi hija 5 años",
        "tengo un hijo",
        "tengo 2 hijos",
        "recién nacido",
        "soy mayor",
        "tengo el SC2",
        "¿a qué edad puede trabajar un menor de 15?",
    ],
)
def test_what_is_no_age_is_not_understood(text: str) -> None:
    assert read_value("age", text, TODAY, "es") is None
