"""What holds for any text at all: nothing raises, everything is plain, nothing is slow."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows.model import SlotType
from bot.flows.values import municipality_candidates, read_value, show_value
from bot.flows.values.tongues import ALL

TODAY = date(2026, 11, 24)
KINDS = st.sampled_from(get_args(SlotType))
LANGUAGES = st.sampled_from(["es", "en", "fr", "pt", "ht", "xx"])
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
WORDS = sorted(
    {word for tongue in ALL for table in (tongue.signs, tongue.numerals, tongue.scales) for word in table}
    | {
        "si",
        "no",
        "palo",
        "k",
        "$",
        "15/03/2024",
        "31/02",
        "2019",
        "29",
        "9999",
        "0",
        "12:30",
        "1.200.000",
        "san",
        "valle",
    }
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
GARBAGE = [
    "🙂" * 300,
    "🙂" * 10_000,
    "a" * 10_000,
    "1" * 10_000,
    "1 " * 250,
    "15/03/2024 " * 40,
    "hace " * 99,
    "san " * 120,
    "y " * 250,
    "\u0301" * 500,
    "ﷺ" * 500,
    "\x00\x1b[m",
    "'; DROP TABLE slots; --",
    "{fact:ppt_fee}",
    "٣٤ سنة",
    "三十四",
    "½ ¾",
]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=KINDS, text=st.one_of(st.text(max_size=120), PHRASES), today=DAYS, language=LANGUAGES)
def test_any_text_is_read_or_not_but_never_raises(kind: SlotType, text: str, today: date, language: str) -> None:
    value = read_value(kind, text, today, language)
    assert value is None or type(value) in (str, int, bool)
    assert json.loads(json.dumps(value)) == value
    shown = show_value(kind, value, language)
    assert (shown != "") == (value is not None)


@settings(max_examples=150, deadline=None)
@given(text=PHRASES, today=DAYS, language=LANGUAGES)
def test_a_date_is_always_a_day_within_reach(text: str, today: date, language: str) -> None:
    value = read_value("date", text, today, language)
    if value is not None:
        assert 1900 <= date.fromisoformat(str(value)).year <= today.year + 30


@settings(max_examples=100, deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2050, 12, 31)), language=LANGUAGES)
def test_a_date_that_is_shown_is_understood_when_it_is_typed_back(day: date, language: str) -> None:
    shown = show_value("date", day.isoformat(), language)
    assert read_value("date", shown, TODAY, language) == day.isoformat()


@settings(max_examples=100, deadline=None)
@given(amount=st.integers(min_value=2_101, max_value=10**9), language=LANGUAGES)
def test_an_amount_that_is_shown_is_understood_when_it_is_typed_back(amount: int, language: str) -> None:
    assert read_value("amount", show_value("amount", amount, language), TODAY, language) == amount


@pytest.mark.parametrize("kind", get_args(SlotType))
@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_refused_quickly(kind: SlotType, text: str) -> None:
    read_value(kind, "15", TODAY, "es")
    start = time.perf_counter()
    value = read_value(kind, text, TODAY, "es")
    municipality_candidates(text)
    assert time.perf_counter() - start < 0.25
    assert value is None or kind == "text"
