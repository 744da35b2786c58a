"""Promise 2: what goes out is in order, and is never repeated."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, update

from bot.messages import Address
from bot.storage import NewMessage, Store
from bot.storage.models import OutboxRow
from bot.storage.outbox import MAX_ATTEMPTS
from tests.storage.helpers import (
    ANA,
    CHANNELS,
    LEASE,
    LUIS,
    MINUTE,
    NOON,
    SECOND,
    arrive,
    deliver_all,
    message,
    must_send,
    outgoing,
    record,
    rows,
    turn,
)


def test_each_address_gets_its_messages_in_order(store: Store) -> None:
    turn(store, "uno", "dos")
    turn(store, "otro", address=LUIS)
    first = must_send(store)
    other = must_send(store)
    assert (first.text, other.text) == ("uno", "otro")
    assert outgoing(store) is None
    store.mark_sent(first.id, "p1", NOON)
    assert must_send(store).text == "dos"


def test_many_senders_keep_the_order_and_send_each_once(store: Store) -> None:
    addresses, each = 4, 6
    for number in range(addresses):
        says = tuple(NewMessage(str(index)) for index in range(each))
        turn(store, address=Address("telegram", str(number)), messages=says)
    sent: list[tuple[Address, str]] = []
    guard = threading.Lock()

    def send(name: str) -> None:
        while True:
            out = store.claim_outgoing(name, NOON, LEASE, CHANNELS)
            with guard:
                if len(sent) == addresses * each:
                    return
                if out is None:
                    continue
                sent.append((out.address, out.text))
            store.mark_sent(out.id, f"p{out.id}", NOON)

    with ThreadPoolExecutor(4) as pool:
        for job in [pool.submit(send, f"s{number}") for number in range(4)]:
            job.result(timeout=30)
    for number in range(addresses):
        got = [text for address, text in sent if address == Address("telegram", str(number))]
        assert got == [str(index) for index in range(each)]


def test_a_channel_takes_its_own_messages_only(store: Store) -> None:
    turn(store, "por web", address=Address("web", "s1"))
    assert outgoing(store, channels=("telegram",)) is None
    out = outgoing(store, channels=("web",))
    assert out is not None
    assert out.text == "por web"


def test_a_retry_waits_for_its_time_and_keeps_the_order(store: Store) -> None:
    turn(store, "uno", "dos")
    store.mark_retry(must_send(store).id, "throttled", NOON + MINUTE)
    assert outgoing(store, NOON + MINUTE - SECOND) is None
    assert deliver_all(store, NOON + MINUTE) == ["uno", "dos"]


def test_after_enough_tries_a_message_fails_and_the_next_one_goes(store: Store) -> None:
    turn(store, "uno", "dos")
    for _ in range(MAX_ATTEMPTS):
        out = must_send(store)
        assert out.text == "uno"
        store.mark_retry(out.id, "unreachable", NOON)
    assert deliver_all(store) == ["dos"]
    first, _ = rows(store, OutboxRow)
    assert (first["status"], first["error"]) == ("failed", "unreachable")


@pytest.mark.parametrize("wait", ["throttled", "paced"])
def test_waiting_for_the_provider_is_not_a_try(store: Store, wait: str) -> None:
    turn(store, "uno")
    for _ in range(3 * MAX_ATTEMPTS):
        store.mark_retry(must_send(store).id, wait, NOON)
    assert deliver_all(store) == ["uno"]


@pytest.mark.parametrize("ending", ["sent", "failed", "uncertain"])
def test_a_finished_message_does_not_hold_the_next_one(store: Store, ending: str) -> None:
    turn(store, "uno", "dos")
    first = must_send(store)
    if ending == "sent":
        store.mark_sent(first.id, "p1", NOON)
    elif ending == "failed":
        store.mark_failed(first.id, "rejected", NOON)
    else:
        store.mark_uncertain(first.id, "answer_lost", NOON)
    assert deliver_all(store) == ["dos"]
    assert [row["status"] for row in rows(store, OutboxRow)] == [ending, "sent"]


def test_what_a_dead_sender_left_is_uncertain_and_not_sent_again(store: Store) -> None:
    turn(store, "uno", "dos")
    first = must_send(store)
    assert store.recover_sending(NOON + LEASE - SECOND) == 0
    assert store.recover_sending(NOON + LEASE) == 1
    assert store.recover_sending(NOON + LEASE) == 0
    assert deliver_all(store, NOON + LEASE) == ["dos"]
    assert store.counts()["outbox_uncertain"] == 1
    store.mark_retry(first.id, "unreachable", NOON)
    store.mark_failed(first.id, "rejected", NOON)
    assert outgoing(store, NOON + LEASE) is None
    assert store.counts()["outbox_uncertain"] == 1


def test_an_answer_that_comes_late_settles_an_uncertain_message(store: Store) -> None:
    turn(store, "uno")
    out = must_send(store)
    store.recover_sending(NOON + LEASE)
    store.mark_sent(out.id, "p1", NOON + LEASE)
    assert [row["status"] for row in rows(store, OutboxRow)] == ["sent"]


def test_a_sent_message_stays_sent(store: Store) -> None:
    turn(store, "uno")
    out = must_send(store)
    store.mark_sent(out.id, "p1", NOON)
    store.mark_retry(out.id, "unreachable", NOON)
    store.mark_uncertain(out.id, "answer_lost", NOON)
    assert [row["status"] for row in rows(store, OutboxRow)] == ["sent"]
    assert outgoing(store) is None


def test_nothing_goes_to_an_address_that_blocked_the_bot_until_it_writes_again(store: Store) -> None:
    turn(store, "uno", "dos", "tres")
    first = must_send(store)
    store.block_address(ANA, NOON)
    store.mark_failed(first.id, "blocked", NOON)
    assert outgoing(store) is None
    assert {(row["status"], row["error"]) for row in rows(store, OutboxRow)} == {("failed", "blocked")}

    claim = arrive(store, "volví")
    store.commit_turn(record(claim, NOON, "qué bueno"))
    assert deliver_all(store) == ["qué bueno"]


def test_a_turn_that_ends_after_the_block_sends_nothing(store: Store) -> None:
    claim = arrive(store)
    store.block_address(ANA, NOON)
    store.commit_turn(record(claim, NOON, "uno"))
    assert outgoing(store) is None
    assert [(row["status"], row["error"]) for row in rows(store, OutboxRow)] == [("failed", "blocked")]


def test_a_repeated_old_message_does_not_lift_the_block(store: Store) -> None:
    old = message(external_id="1")
    store.receive(old)
    store.block_address(ANA, NOON)
    store.receive(old)
    (claim,) = [store.claim_next("w1", NOON, LEASE)]
    assert claim is not None
    store.commit_turn(record(claim, NOON, "uno"))
    assert outgoing(store) is None


def test_blocking_an_unknown_address_is_harmless(store: Store) -> None:
    store.block_address(ANA, NOON)
    turn(store, "uno")
    assert deliver_all(store) == ["uno"]


def test_a_message_that_does_not_open_fails_and_does_not_stop_the_others(store: Store, engine: Engine) -> None:
    turn(store, "dañado")
    with engine.begin() as connection:
        connection.execute(update(OutboxRow).values(body=b"\x02k1damaged"))
    turn(store, "sano")
    assert deliver_all(store) == ["sano"]
    assert store.counts()["outbox_failed"] == 1


def test_a_sender_that_comes_back_late_cannot_mark_a_newer_message(store: Store) -> None:
    person = turn(store, "viejo")
    old = must_send(store)
    store.erase_person(person, NOON)
    turn(store, "nuevo", address=LUIS)
    new = must_send(store)
    assert new.id > old.id
    store.mark_failed(old.id, "rejected", NOON)
    assert [row["status"] for row in rows(store, OutboxRow)] == ["sending"]
