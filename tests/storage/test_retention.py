"""What is over its time goes, and nothing else does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from bot.storage import ConsentChange, NewCase, Store
from bot.storage.models import AnswerRow, InboxRow, OutboxRow, PersonRow, TranscriptRow
from bot.storage.retention import KINDS, RETENTION
from tests.storage.helpers import (
    ANA,
    DAY,
    HOUR,
    LUIS,
    MINUTE,
    NOON,
    YES,
    answer,
    claimed,
    deliver_all,
    message,
    rows,
    size,
    turn,
)

STATE = {"slots": {"age": 30}}


def purged(store: Store, at: datetime) -> dict[str, int]:
    return {kind: number for kind, number in store.purge(at).items() if number}


def test_the_working_state_of_who_did_not_consent_goes_after_a_day_without_a_word(store: Store) -> None:
    person = turn(store, state=STATE)
    assert "working_state" not in purged(store, NOON + DAY)
    assert purged(store, NOON + DAY + MINUTE) == {"working_state": 1}
    found = store.load_conversation(person)
    assert (found.state, found.bundle, found.turn) == ({}, None, 1)
    turn(store, "hola otra vez", at=NOON + 2 * DAY)


@pytest.mark.parametrize("decision", ["refused", "withdrawn"])
def test_it_goes_too_for_who_took_consent_back(store: Store, decision: Any) -> None:
    person = turn(store, state=STATE, consent=YES)
    turn(store, state=STATE, consent=ConsentChange(decision, "2026-01"))
    store.purge(NOON + DAY + MINUTE)
    assert store.load_conversation(person).state == {}


def test_the_working_state_of_who_consented_stays(store: Store) -> None:
    person = turn(store, state=STATE, consent=YES)
    store.purge(NOON + 400 * DAY)
    assert store.load_conversation(person).state == STATE


def test_a_message_that_waits_keeps_the_state_it_answers_to(store: Store) -> None:
    person = turn(store, state=STATE)
    store.receive(message("sigo", at=NOON + HOUR))
    store.purge(NOON + 3 * DAY)
    assert store.load_conversation(person).state == STATE


def test_what_was_sent_without_consent_goes_after_a_day_and_with_consent_after_a_month(store: Store) -> None:
    turn(store, "sin permiso")
    turn(store, "con permiso", address=LUIS, consent=YES)
    deliver_all(store)
    assert "sent_body" not in purged(store, NOON + DAY)
    assert purged(store, NOON + DAY + MINUTE) == {"working_state": 1, "sent_body": 1}
    assert [row["body"] is None for row in rows(store, OutboxRow)] == [True, False]
    assert store.history(ANA) == []
    store.purge(NOON + 30 * DAY)
    assert size(store, OutboxRow) == 2
    store.purge(NOON + 30 * DAY + MINUTE)
    assert size(store, OutboxRow) == 0
    assert [line.text for line in store.history(LUIS)] == ["con permiso"]


def test_a_message_that_could_not_be_sent_for_a_month_is_given_up(store: Store) -> None:
    turn(store, "viejo", consent=YES)
    store.purge(NOON + 30 * DAY)
    assert store.counts()["outbox_pending"] == 1
    store.purge(NOON + 30 * DAY + MINUTE)
    assert [(row["status"], row["error"], row["body"]) for row in rows(store, OutboxRow)] == [
        ("failed", "expired", None)
    ]


def test_handled_and_parked_messages_go_after_a_month_and_waiting_ones_never(store: Store) -> None:
    turn(store, consent=YES)
    store.receive(message("veneno"))
    store.park(claimed(store), NOON, "engine_error")
    store.receive(message("en espera"))
    store.purge(NOON + 30 * DAY)
    assert size(store, InboxRow) == 3
    store.purge(NOON + 30 * DAY + MINUTE)
    assert size(store, InboxRow) == 1
    assert claimed(store, NOON + 31 * DAY).inbound.text == "en espera"


def test_a_person_without_consent_goes_after_a_month_without_a_word(store: Store) -> None:
    turn(store, "hola")
    deliver_all(store)
    turn(store, address=LUIS, consent=YES, said="hola", answers=(answer("age", 30),))
    store.purge(NOON + 30 * DAY)
    assert size(store, PersonRow) == 2
    store.purge(NOON + 30 * DAY + MINUTE)
    assert [row["consent"] for row in rows(store, PersonRow)] == ["given"]
    assert (size(store, AnswerRow), size(store, TranscriptRow)) == (1, 1)


def test_a_person_without_consent_whom_the_team_attends_stays(store: Store) -> None:
    turn(store, cases=(NewCase("crisis", "violence", urgent=True),))
    store.purge(NOON + 60 * DAY)
    assert len(store.open_cases()) == 1


def test_a_dry_run_counts_what_the_purge_then_does_and_changes_nothing(store: Store) -> None:
    turn(store, "hola", state=STATE)
    deliver_all(store)
    at = NOON + 31 * DAY
    counted = store.purge(at, dry_run=True)
    assert counted == {**dict.fromkeys(KINDS, 0), "working_state": 1, "sent_body": 1, "sent_message": 1} | {
        "handled_inbox": 1,
        "person_without_consent": 1,
    }
    assert store.purge(at, dry_run=True) == counted
    assert store.purge(at) == counted
    assert not any(store.purge(at).values())


def test_each_kind_says_how_long_and_why(store: Store) -> None:
    assert set(store.purge(NOON, dry_run=True)) == {keep.kind for keep in RETENTION if keep.time}
    assert all(keep.why for keep in RETENTION)
    assert len({keep.kind for keep in RETENTION}) == len(RETENTION)
