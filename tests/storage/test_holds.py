"""A legal hold keeps a case through an erasure, and nothing else."""

from __future__ import annotations

import pytest

from bot.storage import NewCase, Store
from bot.storage.errors import CaseUnknown
from bot.storage.models import CaseRow, PersonRow
from tests.storage.helpers import DAY, HOUR, NOON, arrive, deliver_all, rows, size, turn
from tests.storage.test_erasure import EVERYTHING, left

WHY = "Un juez pidió guardar este caso."
TWO = {**EVERYTHING, "cases": (NewCase("human", "menu"), NewCase("crisis", "violence", urgent=True))}


def held_case(store: Store) -> tuple[str, int]:
    person = turn(store, **TWO)
    case = store.open_cases()[0].id
    store.hold_case(case, WHY, NOON)
    return person, case


def test_a_held_case_outlives_the_erasure_alone(store: Store) -> None:
    person, case = held_case(store)
    receipt = store.receipt(store.erase_person(person, NOON + HOUR))
    assert left(store) == {"cases": 1, "inbox": 1, "people": 1}
    assert receipt is not None
    assert receipt.genuine
    assert (receipt.counts["cases"], receipt.counts["people"]) == (1, 0)
    assert [(found.id, found.held, found.language) for found in store.open_cases()] == [(case, True, "es")]


def test_it_outlives_the_persons_own_word_and_the_person_comes_back_new(store: Store) -> None:
    person, case = held_case(store)
    turn(store, "Adiós.", text="sí, borra", erase=True)
    assert deliver_all(store)[-1] == "Adiós."
    assert left(store) == {"cases": 1, "inbox": 2, "people": 1}
    back = arrive(store)
    assert back.person_id != person
    assert store.held_cases(back.person_id) == []
    assert [held.id for held in store.held_cases(person)] == [case]


def test_releasing_it_completes_the_erasure(store: Store) -> None:
    person, case = held_case(store)
    store.erase_person(person, NOON)
    store.release_hold(case)
    assert left(store) == {"inbox": 1}


def test_releasing_the_hold_of_who_is_here_changes_nothing_else(store: Store) -> None:
    person, case = held_case(store)
    store.release_hold(case)
    assert len(store.open_cases()) == 2
    assert store.held_cases(person) == []
    store.erase_person(person, NOON)
    assert left(store) == {"inbox": 1}


def test_a_second_hold_keeps_the_person_row_until_both_are_released(store: Store) -> None:
    person = turn(store, **TWO)
    first, second = (case.id for case in store.open_cases())
    for case in (first, second):
        store.hold_case(case, WHY, NOON)
    store.erase_person(person, NOON)
    store.release_hold(first)
    assert (size(store, CaseRow), size(store, PersonRow)) == (1, 1)
    store.release_hold(second)
    assert left(store) == {"inbox": 1}


def test_the_purge_leaves_it(store: Store) -> None:
    person, _ = held_case(store)
    store.erase_person(person, NOON)
    store.purge(NOON + 400 * DAY)
    assert left(store) == {"cases": 1, "people": 1}


def test_the_reason_is_sealed_and_told(store: Store) -> None:
    person, case = held_case(store)
    assert [(held.id, held.why) for held in store.held_cases(person)] == [(case, WHY)]
    exported = store.export_person(person)["cases"]
    assert isinstance(exported, list)
    assert WHY in [row["held_why"] for row in exported]
    assert all(WHY.encode() not in (row["held_why"] or b"") for row in rows(store, CaseRow))


def test_what_is_not_there_cannot_be_held(store: Store) -> None:
    with pytest.raises(CaseUnknown):
        store.hold_case(7, WHY, NOON)
    with pytest.raises(CaseUnknown):
        store.release_hold(7)
