"""Promise 1: no message is handled twice, none is lost, and each person's are handled in order."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import Engine, make_url, update
from sqlalchemy.exc import StatementError

from bot.messages import Address, Inbound
from bot.storage import DatabaseAway, StaleClaim, Store, Vault, open_database
from bot.storage.models import InboxRow, PersonRow
from bot.storage.people import find_or_create
from bot.storage.work import working
from tests.storage.helpers import (
    ANA,
    HOUR,
    LEASE,
    LUIS,
    MINUTE,
    NOON,
    SECOND,
    arrive,
    claimed,
    deliver_all,
    message,
    record,
    rows,
    size,
    turn,
)


def test_a_message_comes_out_as_it_went_in(store: Store) -> None:
    sent = Inbound(
        Address("web", "sesión-ñ"),
        "id-1",
        "tap",
        NOON + MINUTE,
        text="Sí, señora 🙂",
        payload="f:regularization/document/ppt",
        media="voice",
        language_hint="ht",
        extra={"name": "Invented"},
    )
    assert store.receive(sent)
    assert claimed(store).inbound == sent


def test_ten_repetitions_are_one_message(store: Store) -> None:
    repeated = message(external_id="77")
    assert [store.receive(repeated) for _ in range(10)] == [True] + [False] * 9
    claim = claimed(store)
    store.commit_turn(record(claim))
    assert not store.receive(repeated)
    assert store.claim_next("w1", NOON + HOUR, LEASE) is None


def test_repetitions_at_the_same_moment_are_one_message_of_one_person(store: Store) -> None:
    repeated = message(external_id="77")
    start = threading.Barrier(10)

    def receive(_: int) -> bool:
        start.wait()
        return store.receive(repeated)

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(receive, range(10))) == 1
    assert size(store, PersonRow) == size(store, InboxRow) == 1


def test_first_messages_at_the_same_moment_make_one_person(store: Store) -> None:
    start = threading.Barrier(8)

    def receive(number: int) -> bool:
        start.wait()
        return store.receive(message(external_id=f"first-{number}"))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(receive, range(8)))
    assert size(store, PersonRow) == 1
    assert {row["person_id"] for row in rows(store, InboxRow)} == {rows(store, PersonRow)[0]["id"]}


def test_the_same_id_on_another_channel_is_another_message(store: Store) -> None:
    assert store.receive(message(external_id="5"))
    assert store.receive(message(address=Address("web", "abc"), external_id="5"))
    assert size(store, PersonRow) == 2


def test_a_later_message_waits_for_the_earlier_one(store: Store) -> None:
    for text in ("uno", "dos"):
        store.receive(message(text))
    store.receive(message("otra", LUIS))
    first = claimed(store)
    other = claimed(store)
    assert (first.inbound.text, other.inbound.text) == ("uno", "otra")
    assert store.claim_next("w2", NOON, LEASE) is None
    store.commit_turn(record(first))
    assert claimed(store).inbound.text == "dos"


def test_many_workers_keep_each_persons_order(store: Store) -> None:
    people, each = 5, 6
    in_hand: set[str] = set()
    handled: list[tuple[str, str]] = []
    overlaps: list[str] = []
    guard = threading.Lock()

    def write(number: int) -> None:
        for index in range(each):
            store.receive(message(str(index), Address("telegram", str(number))))

    def work(name: str) -> None:
        while True:
            claim = store.claim_next(name, NOON, LEASE)
            with guard:
                if len(handled) == people * each:
                    return
                if claim is None:
                    continue
                if claim.person_id in in_hand:
                    overlaps.append(claim.person_id)
                in_hand.add(claim.person_id)
                handled.append((claim.person_id, claim.inbound.text))
            with guard:
                in_hand.discard(claim.person_id)
            store.commit_turn(record(claim, NOON, "bien"))

    with ThreadPoolExecutor(people + 4) as pool:
        jobs = [pool.submit(write, number) for number in range(people)]
        jobs += [pool.submit(work, f"w{number}") for number in range(4)]
        for job in jobs:
            job.result(timeout=30)
    assert overlaps == []
    for person in {person for person, _ in handled}:
        assert [text for owner, text in handled if owner == person] == [str(index) for index in range(each)]
    assert len(handled) == people * each
    assert len(deliver_all(store)) == people * each


@pytest.mark.postgres
def test_two_processes_cannot_take_numbers_in_one_order_and_commit_in_the_other(
    migrated_postgres: str, vault: Vault
) -> None:
    patient = open_database(migrated_postgres)
    hurried = open_database(
        make_url(migrated_postgres)
        .update_query_dict({"options": "-c lock_timeout=50"})
        .render_as_string(hide_password=False)
    )
    address = Address("telegram", "only-here")
    store = Store(patient, vault)
    assert store.receive(message(address=address))
    try:
        with working(patient, vault, str) as half_done:
            find_or_create(half_done, address, NOON)
            with pytest.raises(DatabaseAway):
                Store(hurried, vault).receive(message(address=address))
        assert Store(hurried, vault).receive(message(address=address))
    finally:
        patient.dispose()
        hurried.dispose()


def test_after_a_crash_the_message_is_handled_again_and_the_late_worker_loses(store: Store) -> None:
    late = arrive(store)
    assert store.claim_next("w2", NOON + LEASE - SECOND, LEASE) is None
    second = claimed(store, NOON + LEASE, "w2")
    assert second.inbound == late.inbound
    assert second.attempts == 1
    with pytest.raises(StaleClaim):
        store.commit_turn(record(late, NOON, "del primero"))
    store.commit_turn(record(second, NOON, "del segundo"))
    with pytest.raises(StaleClaim):
        store.commit_turn(record(second, NOON, "otra vez"))
    assert deliver_all(store) == ["del segundo"]


def test_a_slow_worker_whose_claim_nobody_took_may_still_finish(store: Store) -> None:
    claim = arrive(store)
    store.commit_turn(record(claim, NOON + HOUR, "tarde"))
    assert deliver_all(store) == ["tarde"]


def test_a_message_given_back_waits_for_its_time_and_holds_the_later_ones(store: Store) -> None:
    claim = arrive(store, "uno")
    store.receive(message("dos"))
    store.give_back(claim, NOON, "engine_error", NOON + MINUTE)
    assert store.claim_next("w1", NOON, LEASE) is None
    again = claimed(store, NOON + MINUTE)
    assert (again.inbound.text, again.attempts) == ("uno", 1)


def test_a_database_that_was_away_is_no_try_of_the_message(store: Store) -> None:
    claim = arrive(store, "uno")
    for _ in range(10):
        store.give_back(claim, NOON, DatabaseAway.code, NOON)
        claim = claimed(store)
    assert claim.attempts == 0


def test_a_parked_message_lets_the_later_ones_pass(store: Store) -> None:
    claim = arrive(store, "veneno")
    store.receive(message("dos"))
    store.park(claim, NOON, "engine_error")
    assert claimed(store).inbound.text == "dos"
    assert store.counts()["inbox_parked"] == 1
    with pytest.raises(StaleClaim):
        store.commit_turn(record(claim))


def test_a_lost_claim_cannot_give_back_or_park(store: Store) -> None:
    late = arrive(store)
    owner = claimed(store, NOON + HOUR, "w2")
    store.give_back(late, NOON + HOUR, "x", NOON + HOUR)
    store.park(late, NOON + HOUR, "x")
    assert store.claim_next("w3", NOON + HOUR, LEASE) is None
    store.commit_turn(record(owner))


def test_a_message_that_does_not_open_is_parked_and_does_not_stop_the_others(store: Store, engine: Engine) -> None:
    store.receive(message("dañado"))
    with engine.begin() as connection:
        connection.execute(update(InboxRow).values(payload=b"\x02k1damaged"))
    store.receive(message("sano", LUIS))
    assert claimed(store).inbound.text == "sano"
    (parked,) = (row for row in rows(store, InboxRow) if row["parked_at"])
    assert parked["error"] == "unreadable"


def test_the_content_of_a_handled_message_is_dropped(store: Store) -> None:
    turn(store, text="algo mío")
    assert [row["payload"] for row in rows(store, InboxRow)] == [None]


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="timezone-aware"):
        store.receive(replace(message(), received_at=datetime(2026, 3, 10, 12)))  # noqa: DTZ001
    assert size(store, InboxRow) == 0


def test_a_person_keeps_their_id(store: Store) -> None:
    assert turn(store) == turn(store, address=ANA)
    assert turn(store) != turn(store, address=LUIS)
