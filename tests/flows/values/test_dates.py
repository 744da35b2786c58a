"""Dates as people say them, in five languages. Today is Tuesday 24 November 2026."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.flows.values import read_value

TODAY = date(2026, 11, 24)

SPANISH = {
    # figures
    "15/03/2024": "2024-03-15",
    "15-3-24": "2024-03-15",
    "15.03.2024": "2024-03-15",
    "15 03 2024": "2024-03-15",
    "15 / 03 / 2024": "2024-03-15",
    "2024-03-15": "2024-03-15",
    "15032024": "2024-03-15",
    "5/6/98": "1998-06-05",
    "1/12/31": "2031-12-01",
    "12/2020": "2020-12-01",
    "24/12": "2025-12-24",
    "15/03/2024 10:30": "2024-03-15",
    # words
    "15 de marzo": "2026-03-15",
    "15 de diciembre": "2025-12-15",
    "el 15 de marzo del 2023": "2023-03-15",
    "quince de marzo de dos mil veinticuatro": "2024-03-15",
    "1ro de mayo": "2026-05-01",
    "1° de mayo de 2022": "2022-05-01",
    "primero de mayo de 2022": "2022-05-01",
    "15/mar/2024": "2024-03-15",
    "15-dic-20": "2020-12-15",
    "marzo 15 de 2021": "2021-03-15",
    "lunes 15 de marzo de 2021": "2021-03-15",
    "el 5 de nobiembre": "2026-11-05",
    "29 de febrero": "2024-02-29",
    "15 de 3 de 2024": "2024-03-15",
    # months and years
    "marzo 2023": "2023-03-01",
    "marzo del 24": "2024-03-01",
    "enero 98": "1998-01-01",
    "disiembre": "2025-12-01",
    "en enero": "2026-01-01",
    "en enero del año que viene": "2027-01-01",
    "diciembre pasado": "2025-12-01",
    "marzo del año pasado": "2025-03-01",
    "finales de agosto": "2026-08-25",
    "a mediados de enero": "2026-01-15",
    "a mediados de diciembre": "2025-12-15",
    "a finales del mes pasado": "2026-10-25",
    "principios de 2020": "2020-01-01",
    "2019": "2019-01-01",
    "entré en el 2019": "2019-01-01",
    "vence en marzo": "2027-03-01",
    # from today
    "ayer": "2026-11-23",
    "antier": "2026-11-22",
    "antes de ayer": "2026-11-22",
    "hoy": "2026-11-24",
    "mi cita es mañana": "2026-11-25",
    "pasado mañana": "2026-11-26",
    "hace dos meses": "2026-09-24",
    "hace 3 semanas": "2026-11-03",
    "hace un par de meses": "2026-09-24",
    "hace quince dias": "2026-11-09",
    "hace un año y medio": "2025-05-24",
    "hace año y medio": "2025-05-24",
    "hace medio año": "2026-05-24",
    "hace como 2 años y 3 meses": "2024-08-24",
    "dos años atrás": "2024-11-24",
    "hase 2 meces": "2026-09-24",
    "llevo 3 meses": "2026-08-24",
    "llevo en colombia dos años": "2024-11-24",
    "tengo 3 meses en colombia": "2026-08-24",
    "el mes pasado": "2026-10-01",
    "la semana pasada": "2026-11-16",
    "la semana antepasada": "2026-11-09",
    "el año pasado": "2025-01-01",
    "este mes": "2026-11-01",
    "el próximo mes": "2026-12-01",
    "el lunes": "2026-11-23",
    "el martes": "2026-11-17",
    "el lunes pasado": "2026-11-23",
    "el lunes de la semana pasada": "2026-11-16",
    "el próximo lunes": "2026-11-30",
    "el viernes que viene": "2026-11-27",
    "dentro de quince días": "2026-12-09",
    "en 15 dias": "2026-12-09",
    "de hoy en ocho": "2026-12-02",
    "el 15": "2026-11-15",
    "el 30": "2026-10-30",
    "el 15 del mes pasado": "2026-10-15",
    # sentences
    "más o menos en marzo de 2021": "2021-03-01",
    "llegué el 3 de marzo de 2020 con mis 2 hijos": "2020-03-03",
    "creo que fue ayer lunes": "2026-11-23",
}
ENGLISH = {
    "two months ago": "2026-09-24",
    "a year and a half ago": "2025-05-24",
    "half a year ago": "2026-05-24",
    "a couple of months ago": "2026-09-24",
    "last month": "2026-10-01",
    "March 15th, 2024": "2024-03-15",
    "15 March 2024": "2024-03-15",
    "3/25/2024": "2024-03-25",
    "the day before yesterday": "2026-11-22",
    "in two weeks": "2026-12-08",
    "two weeks from now": "2026-12-08",
    "mid January": "2026-01-15",
    "late August": "2026-08-25",
    "next monday": "2026-11-30",
    "May": "2026-05-01",
    "in march": "2026-03-01",
}
FRENCH = {
    "il y a deux mois": "2026-09-24",
    "il y a un an et demi": "2025-05-24",
    "l'année dernière": "2025-01-01",
    "le mois dernier": "2026-10-01",
    "la semaine dernière": "2026-11-16",
    "le 15 mars 2024": "2024-03-15",
    "1er mai 2022": "2022-05-01",
    "début mars": "2026-03-01",
    "fin août": "2026-08-25",
    "avant-hier": "2026-11-22",
    "dans 15 jours": "2026-12-09",
    "lundi dernier": "2026-11-23",
}
PORTUGUESE: dict[str, str | None] = {
    "há 3 semanas": "2026-11-03",
    "há dois meses": "2026-09-24",
    "há um ano e meio": "2025-05-24",
    "3 anos atrás": "2023-11-24",
    "faz 2 anos": "2024-11-24",
    "mês passado": "2026-10-01",
    "15 de março de 2024": "2024-03-15",
    "anteontem": "2026-11-22",
    "segunda-feira": "2026-11-23",
    "daqui a 15 dias": "2026-12-09",
    "fim de agosto": "2026-08-25",
    "no meio de março": "2026-03-15",
    "na segunda vez": None,
}
CREOLE = {
    "mwa pase": "2026-10-01",
    "de mwa pase": "2026-09-24",
    "sa gen de mwa": "2026-09-24",
    "sa gen twa mwa edmi": "2026-08-09",
    "sa fè 3 semèn": "2026-11-03",
    "2 mwa de sa": "2026-09-24",
    "yè": "2026-11-23",
    "avan yè": "2026-11-22",
    "jodi a": "2026-11-24",
    "15 mas 2024": "2024-03-15",
    "lane pase": "2025-01-01",
    "semèn pase": "2026-11-16",
    "nan 15 jou": "2026-12-09",
    "an mas": "2026-03-01",
    "fen out": "2026-08-25",
}
BY_LANGUAGE: dict[str, dict[str, str | None]] = {
    "es": {**SPANISH},
    "en": {**ENGLISH},
    "fr": {**FRENCH},
    "pt": PORTUGUESE,
    "ht": {**CREOLE},
}
ALL = [(language, text, expected) for language, rows in BY_LANGUAGE.items() for text, expected in rows.items()]


@pytest.mark.parametrize(("language", "text", "expected"), ALL)
def test_a_date_is_understood_as_people_say_it(language: str, text: str, expected: str | None) -> None:
    assert read_value("date", text, TODAY, language) == expected


@pytest.mark.parametrize("language", ["en", "fr", "pt", "ht"])
@pytest.mark.parametrize("text", ["hace dos meses", "15 de septiembre de 2023", "antier"])
def test_spanish_dates_are_understood_in_a_conversation_in_another_language(language: str, text: str) -> None:
    assert read_value("date", text, TODAY, language) == read_value("date", text, TODAY, "es") is not None


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2024",
        "31/02",
        "31 de abril",
        "30 de febrero de 2024",
        "99/99/9999",
        "15/13/2024",
        "15 de marzo de 1850",
        "1/1/2100",
    ],
)
def test_a_day_that_is_not_is_not_read_as_another(text: str) -> None:
    assert read_value("date", text, TODAY, "es") is None


@pytest.mark.parametrize(
    "text",
    ["15 o 16 de marzo", "entre 2018 y 2019", "entré en mayo de 2020 y salí en julio de 2021", "de enero a marzo"],
)
def test_two_days_are_asked_again_rather_than_guessed(text: str) -> None:
    assert read_value("date", text, TODAY, "es") is None


@pytest.mark.parametrize(
    "text",
    [
        "no me acuerdo",
        "no sé",
        "hace tiempo",
        "hace años",
        "hace unos meses",
        "en la pandemia",
        "15",
        "3 meses",
        "tengo 34 años",
        "tengo un hijo de 3 años",
        "vivo en la 15 con 20",
        "hoy no puedo",
        "mañana te digo",
        "trabajo de 8:00 a 17:00",
        "¿cuándo entré en 2020?",
        "no sé, ayer creo",
        "hay alguien disponible hoy?",
        "anoche otra vez me gritó y los niños vieron todo",
    ],
)
def test_what_names_no_day_is_not_a_date(text: str) -> None:
    assert read_value("date", text, TODAY, "es") is None


def test_spanish_words_are_no_creole_months() -> None:
    assert read_value("date", "no me acuerdo más", TODAY, "ht") is None


def test_a_permit_may_end_in_ten_years_but_a_birth_lies_in_the_last_century() -> None:
    assert read_value("date", "30/05/31", TODAY, "es") == "2031-05-30"
    assert read_value("date", "30/05/85", TODAY, "es") == "1985-05-30"


def test_a_form_that_only_the_fallback_knows() -> None:
    assert read_value("date", "2024.03.15T10:00", TODAY, "es") == "2024-03-15"


def test_the_last_day_of_a_month_moves_to_the_end_of_a_shorter_one() -> None:
    assert read_value("date", "hace un mes", date(2026, 3, 31), "es") == "2026-02-28"


def test_dates_are_read_fast_once_warm() -> None:
    texts = list(SPANISH)
    for text in texts:
        read_value("date", text, TODAY, "es")
    start = time.perf_counter()
    for number, text in enumerate(texts):
        read_value("date", f"{text} {'!' * (number % 7)}", TODAY, "es")
    assert (time.perf_counter() - start) / len(texts) < 0.01
