"""Telephone numbers and free text. The numbers are made up."""

from __future__ import annotations

from datetime import date

import pytest

from bot.flows.values import MAX_TEXT, read_value

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("300 123 4567", "+573001234567"),
        ("3001234567", "+573001234567"),
        ("(300) 123-4567", "+573001234567"),
        ("mi número es 300 123 4567", "+573001234567"),
        ("+57 300 123 4567", "+573001234567"),
        ("573001234567", "+573001234567"),
        ("00 57 300 1234567", "+573001234567"),
        ("601 2345678", "+576012345678"),
        ("+58 414 1234567", "+584141234567"),
        ("58 414 1234567", "+584141234567"),
        ("0414-1234567", "+584141234567"),
        ("0412 123 45 67", "+584121234567"),
        ("+509 3412 3456", "+50934123456"),
    ],
)
def test_a_phone_is_read_as_e164(text: str, expected: str) -> None:
    assert read_value("phone", text, TODAY, "es") == expected


@pytest.mark.parametrize(
    "text", ["155", "300123", "no tengo", "300 123 4567 o 310 123 4567", "1234567890123456", "12345678901", "☎️"]
)
def test_what_is_no_single_phone_is_not_read(text: str) -> None:
    assert read_value("phone", text, TODAY, "es") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  vendo tintos \n", "vendo tintos"),
        ("uno\ndos", "uno\ndos"),
        ("nul\x00o", "nulo"),
        ("👩‍👧 familia", "👩‍👧 familia"),
        ("x" * MAX_TEXT, "x" * MAX_TEXT),
    ],
)
def test_a_text_is_kept_as_written(text: str, expected: str) -> None:
    assert read_value("text", text, TODAY, "es") == expected


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200b", "\x00", "x" * (MAX_TEXT + 1)])
def test_an_empty_or_endless_text_is_no_answer(text: str) -> None:
    assert read_value("text", text, TODAY, "es") is None


def test_options_belong_to_the_step_and_are_not_read_here() -> None:
    assert read_value("category", "ppt", TODAY, "es") is None
