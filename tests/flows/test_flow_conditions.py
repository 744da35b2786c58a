"""Conditions: what they mean, that an unanswered question opens no branch, and that a slip is told and never runs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.flows.condition_types import SlotShape, check_condition
from bot.flows.conditions import ConditionError, Scalar, parse_condition

TODAY = date(2026, 11, 24)
SHAPES = {
    "paper": SlotShape("category", frozenset({"card", "letter", None})),
    "other_paper": SlotShape("category", frozenset({"card"})),
    "sure": SlotShape("boolean", frozenset()),
    "children": SlotShape("number", frozenset()),
    "age": SlotShape("age", frozenset()),
    "income": SlotShape("amount", frozenset()),
    "entry": SlotShape("date", frozenset()),
    "town": SlotShape("municipality", frozenset()),
    "name": SlotShape("text", frozenset()),
}


def holds(source: str, today: date = TODAY, **slots: Scalar) -> bool:
    condition = parse_condition(source)
    check_condition(condition, SHAPES)
    return condition.holds(slots, today)


def refusal(source: str) -> tuple[str, str]:
    with pytest.raises(ConditionError) as caught:
        check_condition(parse_condition(source), SHAPES)
    return caught.value.fault, caught.value.mend


@pytest.mark.parametrize(
    ("source", "slots", "expected"),
    [
        ('slots.paper == "card"', {"paper": "card"}, True),
        ('slots.paper == "card"', {"paper": "letter"}, False),
        ('"card" == slots.paper', {"paper": "card"}, True),
        ('slots.paper != "card"', {"paper": "letter"}, True),
        ('slots.paper in ["card", "letter"]', {"paper": "letter"}, True),
        ('slots.paper not in ["card"]', {"paper": "letter"}, True),
        ('slots.paper not in ["card"]', {"paper": "card"}, False),
        ("slots.sure", {"sure": True}, True),
        ("slots.sure", {"sure": False}, False),
        ("not slots.sure", {"sure": False}, True),
        ("slots.sure == false", {"sure": False}, True),
        ("slots.children > 2", {"children": 3}, True),
        ("slots.children >= 3", {"children": 3}, True),
        ("slots.children < 3", {"children": 3}, False),
        ("slots.children <= 3", {"children": 3}, True),
        ("slots.income > -1", {"income": 0}, True),
        ("18 <= slots.age", {"age": 18}, True),
        ("slots.age > slots.children", {"age": 18, "children": 2}, True),
        ("slots.paper == slots.other_paper", {"paper": "card", "other_paper": "card"}, True),
        ('slots.entry < "2024-12-04"', {"entry": "2024-12-03"}, True),
        ('slots.entry < "2024-12-04"', {"entry": "2024-12-04"}, False),
        ('slots.town == "Maicao, La Guajira"', {"town": "Maicao, La Guajira"}, True),
    ],
)
def test_a_comparison(source: str, slots: dict[str, Scalar], expected: bool) -> None:
    assert holds(source, TODAY, **slots) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('slots.paper == "card" and slots.sure or slots.age > 17', True),
        ('slots.paper == "card" and (slots.sure or slots.age > 17)', False),
        ('not slots.paper == "card" and slots.age > 17', True),
        ('not (slots.paper == "card" or slots.age > 17)', False),
        ("not not slots.sure", False),
        ("slots.sure or slots.sure or slots.age > 17", True),
    ],
)
def test_and_binds_closer_than_or_and_not_closest(source: str, expected: bool) -> None:
    assert holds(source, paper="letter", sure=False, age=20) is expected


@pytest.mark.parametrize(
    "source",
    [
        'slots.paper == "card"',
        'slots.paper in ["card", "letter"]',
        'slots.paper not in ["card", "letter"]',
        "slots.sure",
        "slots.sure == false",
        "slots.children < 3",
        "slots.children >= 0",
        "slots.entry <= today",
        "slots.entry > today - 60",
        "slots.age > slots.children",
        "slots.paper is not null",
    ],
)
def test_an_unanswered_question_opens_no_branch(source: str) -> None:
    assert holds(source) is False
    assert holds(source, paper=None, sure=None, children=None, entry=None, age=None) is False


@pytest.mark.parametrize("source", ["slots.paper is null", "slots.paper == null", 'slots.paper != "card"'])
def test_what_is_unknown_is_null_and_no_value(source: str) -> None:
    assert holds(source) is True


def test_what_is_known_is_not_null() -> None:
    assert holds("slots.sure is not null", sure=False)
    assert not holds("slots.sure is null", sure=False)


@pytest.mark.parametrize(
    ("source", "first", "last"),
    [
        ("slots.entry < today", None, 1),
        ("slots.entry <= today", None, 0),
        ("slots.entry == today", 0, 0),
        ("slots.entry > today", -1, None),
        ("slots.entry >= today - 60", 60, None),
        ("slots.entry >= today -60", 60, None),
        ("slots.entry >= today-60", 60, None),
        ("slots.entry < today - 60", None, 61),
        ("slots.entry <= today + 30", None, -30),
    ],
)
def test_days_from_today(source: str, first: int | None, last: int | None) -> None:
    """``first`` and ``last`` are the most and the fewest days ago for which the condition still holds."""
    for ago in range(-40, 70):
        entry = (TODAY - timedelta(days=ago)).isoformat()
        expected = (first is None or ago <= first) and (last is None or ago >= last)
        assert holds(source, entry=entry) is expected, f"{ago} days ago"


def test_days_from_today_over_the_end_of_february() -> None:
    assert holds("slots.entry == today - 1", today=date(2028, 3, 1), entry="2028-02-29")
    assert holds("slots.entry == today - 1", today=date(2027, 3, 1), entry="2027-02-28")


def test_a_branch_may_open_on_a_day() -> None:
    source = 'today >= "2026-12-01"'
    assert not holds(source, today=date(2026, 11, 30))
    assert holds(source, today=date(2026, 12, 1))


def test_a_condition_knows_the_slots_that_it_reads() -> None:
    condition = parse_condition('slots.paper == "card" and not (slots.age > 17 or 3 < slots.children) and slots.sure')
    assert condition.slot_names() == {"paper", "age", "children", "sure"}


VALUE = 'use slots.name, today, "text", a number, true, false, null or a list'


@pytest.mark.parametrize(
    ("source", "fault", "mend"),
    [
        ("slots.paper = 3", "cannot read '= 3'", 'write slots.name == "value"; texts stand in double quotes'),
        ('slots.paper == "card', "cannot read '\"card'", 'write slots.name == "value"; texts stand in double quotes'),
        ("slots.paper ==", "it ends where a value should stand", VALUE),
        ("", "it ends where a value should stand", VALUE),
        ("paper == 3", "'paper' stands where a value should", VALUE),
        (
            "slots.sure slots.sure",
            "'slots.sure' stands where the condition should end",
            "join two conditions with and / or",
        ),
        ("(slots.sure", "')' is missing", "close every bracket that you open"),
        ('slots.paper is "card"', "'is' is only for null", 'compare values with ==, as in slots.x == "a"'),
        ('slots.paper not "card"', "'not' stands after a value", "write: slots.x not in [...]"),
        ("today", "today alone is no condition", "compare it: slots.entry_date < today"),
        ("slots.entry < today - soon", "today +/- wants a number of days", "write: today - 60"),
        ("slots.entry < today - 40000", "today and -40000 days is too far away", "write: today - 60"),
        ('slots.paper in ["card"', "a list is not closed", 'write: ["a", "b"]'),
        ('slots.paper in [["card"]]', "a list holds only plain values", 'write: ["a", "b"]'),
        ("slots.paper in [slots.other_paper]", "a list holds only plain values", 'write: ["a", "b"]'),
        ("slots.paper in []", "a list is empty", 'write: ["a", "b"]'),
        ('slots.paper == "card" or "letter"', "'letter' alone is no condition", 'write slots.x in ["a", "b"]'),
        ("slots.sure or true", "True alone is no condition", 'write slots.x in ["a", "b"]'),
        ('slots.sure and ["card"]', "a list alone is no condition", 'write slots.x in ["a", "b"]'),
        ("slots.age > 1234567890123456789", "the number 123456… is too long", "write a plain number"),
        (
            "(" * 30 + "slots.sure" + ")" * 30,
            "too many brackets or nots stand inside each other",
            "make two branches of it",
        ),
        ("not " * 30 + "slots.sure", "too many brackets or nots stand inside each other", "make two branches of it"),
        (
            "slots.sure or " * 80 + "slots.sure",
            "it has 1130 characters, at most 1000 are read",
            "make two branches of it",
        ),
    ],
)
def test_a_slip_of_the_pen(source: str, fault: str, mend: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(source)
    assert (caught.value.fault, caught.value.mend) == (fault, mend)


@pytest.mark.parametrize(
    ("source", "fault", "mend"),
    [
        ("slots.papr is null", "there is no slot 'papr'", "did you mean 'paper'?"),
        ("slots.weather is null", "there is no slot 'weather'", "write it under slots:, or mend the name"),
        ("slots.paper", "slot 'paper' is not boolean and stands alone", 'compare it: slots.x == "value"'),
        ('slots.paper == "visa"', "'visa' is no option of slot 'paper'", "its options are: card, letter"),
        ('slots.paper in ["card", "visa"]', "'visa' is no option of slot 'paper'", "its options are: card, letter"),
        ('slots.paper < "card"', "slot 'paper' (category) has no order", "use == or in with its values"),
        ("slots.town > slots.town", "slot 'town' (municipality) has no order", "use == or in with its values"),
        ('slots.sure == "yes"', "slot 'sure' is boolean, 'yes' is not", "compare with true or false"),
        ("slots.sure > true", "slot 'sure' (boolean) has no order", "use == or in with its values"),
        ('slots.age > "18"', "slot 'age' is a number, '18' is not", "compare with a plain number"),
        ("slots.age == true", "slot 'age' is a number, True is not", "compare with a plain number"),
        ("slots.name == 5", "slot 'name' is a text, 5 is not", "compare with a text in double quotes"),
        ('slots.entry < "4/12/2024"', "slot 'entry' is a date, '4/12/2024' is not", 'write it as "2024-12-31"'),
        ('slots.entry < "20241204"', "slot 'entry' is a date, '20241204' is not", 'write it as "2024-12-31"'),
        ('slots.entry < "2024-02-30"', "slot 'entry' is a date, '2024-02-30' is not", 'write it as "2024-12-31"'),
        ("slots.age < today", "slot 'age' (age) is compared with today", "only dates compare with today"),
        (
            "slots.age < slots.entry",
            "slots 'age' (age) and 'entry' (date) are of different types",
            "compare slots of one type",
        ),
        ('slots.paper == ["card"]', "a list is compared with ==", "use in or not in"),
        ('slots.paper in "card"', "'in' wants a list", 'write: slots.x in ["a", "b"]'),
        ("slots.paper not in slots.other_paper", "'not in' wants a list", 'write: slots.x in ["a", "b"]'),
        ('["card"] == slots.paper', "a list stands on the left", "write: slots.x in [...]"),
        ('slots.paper in ["card", null]', "null stands in a list", "write: slots.x is null or slots.x in [...]"),
        ("slots.age < null", "null has no order", "write: slots.x is null"),
        (
            "today < 5",
            "no slot is compared",
            'name one: slots.x == "a", or compare a date: today < "2024-12-31"',
        ),
        (
            '"card" == "card"',
            "no slot is compared",
            'name one: slots.x == "a", or compare a date: today < "2024-12-31"',
        ),
        (
            'slots.sure and not (slots.age > 3 or slots.paper == "visa")',
            "'visa' is no option of slot 'paper'",
            "its options are: card, letter",
        ),
    ],
)
def test_types_that_do_not_fit(source: str, fault: str, mend: str) -> None:
    parse_condition(source)  # it can be read: only its types are wrong
    assert refusal(source) == (fault, mend)


PIECES = st.sampled_from(
    [
        *(f"slots.{name}" for name in SHAPES),
        *("slots.nothing", "slots.", "today", "and", "or", "not", "in", "is", "null", "true", "false", "- 60", "+"),
        *(
            "==",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "=",
            "(",
            ")",
            "[",
            "]",
            ",",
            '"card"',
            '"2024-12-04"',
            '"',
            "3",
            "-3",
            "'a'",
        ),
    ]
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "paper": st.sampled_from(["card", "letter", None]),
        "other_paper": st.just("card"),
        "sure": st.booleans(),
        "children": st.integers(0, 20),
        "age": st.integers(0, 120),
        "income": st.integers(0, 10**9),
        "entry": st.dates().map(date.isoformat),
        "town": st.text(max_size=5),
        "name": st.text(max_size=5),
    },
)


@given(
    st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=40),
    ANSWERS,
    st.dates(date(1950, 1, 1), date(2150, 1, 1)),
)
@example("((((" * 500, {}, TODAY)
@example("not " * 249 + "x", {}, TODAY)
@example("slots.age == " + "9" * 900, {}, TODAY)
@example("slots.entry > today - 36500", {"entry": "2024-01-01"}, TODAY)
def test_a_condition_is_refused_or_it_answers(source: str, slots: dict[str, Scalar], today: date) -> None:
    """Whatever an editor writes: a ConditionError with a mend, or yes or no for any answers on any day."""
    told = None
    try:
        condition = parse_condition(source)
        check_condition(condition, SHAPES)
    except ConditionError as error:
        told = error
    if told is not None:
        assert told.fault
        assert told.mend
    else:
        assert condition.holds(slots, today) in (True, False)
        assert condition.slot_names() <= SHAPES.keys()


ATOMS = st.sampled_from(
    [
        'slots.paper == "card"',
        'slots.paper in ["card", "letter"]',
        "slots.paper is null",
        "slots.sure",
        "slots.age >= 18",
        "slots.children < slots.age",
        "slots.entry > today - 60",
        'today < "2030-01-01"',
    ]
)
SOUND = st.recursive(
    ATOMS,
    lambda part: (
        st.tuples(part, st.sampled_from(["and", "or"]), part).map(lambda three: f"({' '.join(three)})")
        | part.map(lambda one: f"not {one}")
    ),
    max_leaves=8,
)


@given(SOUND, SOUND, ANSWERS, st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_and_or_not_keep_the_laws_of_logic(one: str, other: str, slots: dict[str, Scalar], today: date) -> None:
    assert holds(f"{one} and {other}", today, **slots) == (holds(one, today, **slots) and holds(other, today, **slots))
    assert holds(f"{one} or {other}", today, **slots) == (holds(one, today, **slots) or holds(other, today, **slots))
    neither = holds(f"not ({one} or {other})", today, **slots)
    assert neither == holds(f"not {one} and not {other}", today, **slots)
