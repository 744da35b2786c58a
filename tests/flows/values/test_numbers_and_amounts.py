"""Counts and money."""

from __future__ import annotations

from datetime import date

import pytest

from bot.flows.values import read_value

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "5", 5),
        ("es", "somos 5", 5),
        ("es", "5 personas", 5),
        ("es", "tres", 3),
        ("es", "trez", 3),
        ("es", "veintiuno", 21),
        ("es", "treinta y dos", 32),
        ("es", "ciento veinte", 120),
        ("es", "dos mil quinientos", 2500),
        ("es", "una docena", 12),
        ("es", "media docena", 6),
        ("es", "un par", 2),
        ("es", "tengo un hijo", 1),
        ("es", "uno", 1),
        ("es", "1.200", 1200),
        ("es", "10,000", 10000),
        ("es", "3️⃣", 3),
        ("es", "cero", 0),
        ("es", "ninguno", 0),
        ("es", "no tengo hijos", 0),
        ("en", "three", 3),
        ("en", "two hundred and five", 205),
        ("en", "none", 0),
        ("fr", "vingt et un", 21),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "aucun", 0),
        ("pt", "vinte e dois", 22),
        ("pt", "nenhum", 0),
        ("ht", "twa", 3),
        ("ht", "mwen gen de pitit", 2),
        ("ht", "swasanndis", 70),
        ("ht", "okenn", 0),
        ("ht", "tres", 3),
    ],
)
def test_a_number_is_understood(language: str, text: str, expected: int) -> None:
    found = read_value("number", text, TODAY, language)
    assert found == expected
    assert type(found) is int


@pytest.mark.parametrize(
    "text",
    [
        "no sé",
        "3 o 4",
        "2 hijos y 3 perros",
        "5-6",
        "1,5",
        "1e5",
        "quiero hablar con una persona",
        "me salté una, vuelve",
        "mil gracias",
        "tengo el SC2",
        "9" * 30,
        "¿cuánto cuesta? ¿20?",
    ],
)
def test_what_is_no_single_whole_number_is_asked_again(text: str) -> None:
    assert read_value("number", text, TODAY, "es") is None


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "800 mil", 800_000),
        ("es", "800.000", 800_000),
        ("es", "$1.200.000", 1_200_000),
        ("es", "$ 1,200,000", 1_200_000),
        ("es", "1'200.000", 1_200_000),
        ("es", "1 200 000", 1_200_000),
        ("es", "1.200.000,50", 1_200_000),
        ("es", "palo y medio", 1_500_000),
        ("es", "un palo", 1_000_000),
        ("es", "2 palos", 2_000_000),
        ("es", "2 palos y medio", 2_500_000),
        ("es", "dos palos quinientos", 2_500_000),
        ("es", "millon doscientos", 1_200_000),
        ("es", "un millón doscientos", 1_200_000),
        ("es", "un millón doscientos mil", 1_200_000),
        ("es", "un millón y 200 mil", 1_200_000),
        ("es", "1 millon 200", 1_200_000),
        ("es", "un millon ochenta", 1_080_000),
        ("es", "1,5 millones", 1_500_000),
        ("es", "1.5 millones", 1_500_000),
        ("es", "tres millones cuatrocientos cincuenta mil", 3_450_000),
        ("es", "20 lucas", 20_000),
        ("es", "20k", 20_000),
        ("es", "medio millon", 500_000),
        ("es", "50 barras", 50_000),
        ("es", "mil quinientos", 1_500),
        ("es", "docientos mil", 200_000),
        ("es", "ochocientos cincuenta mil pesos", 850_000),
        ("es", "gano como 40 mil diarios", 40_000),
        ("es", "un sueldo de 900 mil", 900_000),
        ("es", "2019 pesos", 2_019),
        ("es", "1000", 1_000),
        ("es", "nada", 0),
        ("es", "0", 0),
        ("es", "no gano nada", 0),
        ("en", "800 thousand", 800_000),
        ("en", "half a million", 500_000),
        ("en", "one and a half million pesos", 1_500_000),
        ("fr", "huit cent mille", 800_000),
        ("fr", "un million et demi", 1_500_000),
        ("fr", "un million deux cent mille", 1_200_000),
        ("pt", "um milhão e meio", 1_500_000),
        ("pt", "duzentos e trinta e cinco mil", 235_000),
        ("ht", "uit san mil", 800_000),
        ("ht", "yon milyon edmi", 1_500_000),
        ("ht", "800 mil", 800_000),
    ],
)
def test_money_is_understood_as_it_is_said_in_colombia(language: str, text: str, expected: int) -> None:
    found = read_value("amount", text, TODAY, language)
    assert found == expected
    assert type(found) is int


@pytest.mark.parametrize(
    "text",
    [
        "20",
        "veinte",
        "20 pesos",
        "999",
        "1,5",
        "un palo cinco",
        "entre 500 y 800 mil",
        "15 mil y 20 mil",
        "un salario mínimo",
        "2019",
        "llegué en 2019",
        "mil gracias",
        "3001234567",
        "2000000000",
        "no sé",
    ],
)
def test_an_amount_that_may_mean_two_things_is_asked_again(text: str) -> None:
    assert read_value("amount", text, TODAY, "es") is None


@pytest.mark.parametrize("text", ["500 dólares", "US$ 500.000", "200 mil bolívares", "1.000 euros", "5000 Bs", "€2000"])
def test_money_of_another_country_is_not_taken_for_pesos(text: str) -> None:
    assert read_value("amount", text, TODAY, "es") is None
