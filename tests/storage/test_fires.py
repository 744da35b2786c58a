"""Promise 3: a check-in fires once, within the hours, or the reason it did not is recorded."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from bot.messages import Address
from bot.storage import NewFire, Store, hours
from bot.storage.models import AddressRow, FireRow, InboxRow
from tests.storage.helpers import (
    ANA,
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    NOON,
    SECOND,
    YES,
    claimed,
    deliver_all,
    message,
    record,
    rows,
    size,
    turn,
)

DUE = NOON + 15 * DAY
FIRE = NewFire("check_in_ppt", DUE, "ppt")
NIGHT = DUE + 10 * HOUR
"""22:00 in Bogotá."""
MORNING = DUE + 20 * HOUR
"""8:00 the next day."""


def fires(store: Store) -> list[tuple[str, str]]:
    return [(row["status"], row["reason"]) for row in rows(store, FireRow)]


def test_a_due_check_in_becomes_a_message_once(store: Store) -> None:
    person = turn(store, consent=YES, fires=(FIRE,))
    assert store.enqueue_due_fires(DUE - SECOND, 10) == 0
    assert store.enqueue_due_fires(DUE, 10) == 1
    assert store.enqueue_due_fires(DUE, 10) == 0
    claim = claimed(store, DUE)
    assert claim.person_id == person
    assert (claim.inbound.kind, claim.inbound.payload, claim.inbound.address) == ("fire", "check_in_ppt", ANA)
    store.commit_turn(record(claim, DUE, "¿Ya llegó tu PPT?"))
    assert deliver_all(store, DUE) == ["¿Ya llegó tu PPT?"]
    assert store.claim_next("w1", DUE + HOUR, LEASE) is None


def test_many_tickers_at_once_fire_each_once(store: Store) -> None:
    people = 12
    for number in range(people):
        turn(store, address=Address("telegram", str(number)), consent=YES, fires=(FIRE,))
    start = threading.Barrier(4)

    def tick(_: int) -> int:
        start.wait()
        return store.enqueue_due_fires(DUE, 100)

    with ThreadPoolExecutor(4) as pool:
        enqueued = sum(pool.map(tick, range(4)))
    enqueued += store.enqueue_due_fires(DUE, 100)
    assert enqueued == people
    assert len([row for row in rows(store, InboxRow) if row["kind"] == "fire"]) == people
    assert store.counts()["fires_pending"] == 0


def test_a_check_in_asked_for_again_is_moved_not_doubled(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    turn(store, fires=(NewFire("check_in_ppt", DUE + DAY, "ppt"), NewFire("check_in_ppt", DUE, "visa")))
    assert store.enqueue_due_fires(DUE, 10) == 1
    assert store.enqueue_due_fires(DUE + DAY, 10) == 1
    assert size(store, FireRow) == 2


def test_a_check_in_may_be_asked_for_again_once_it_fired(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    assert store.enqueue_due_fires(DUE, 10) == 1
    store.commit_turn(record(claimed(store, DUE), DUE, fires=(NewFire("check_in_ppt", DUE + DAY, "ppt"),)))
    assert store.enqueue_due_fires(DUE + DAY, 10) == 1


def test_only_so_many_are_taken_at_once_the_longest_due_first(store: Store) -> None:
    later, sooner = NewFire("later", DUE, "a"), NewFire("sooner", DUE - HOUR, "b")
    turn(store, consent=YES, fires=(later, sooner))
    assert store.enqueue_due_fires(DUE, 1) == 1
    assert claimed(store, DUE).inbound.payload == "sooner"


def test_without_consent_a_check_in_is_cancelled_and_says_why(store: Store) -> None:
    turn(store, fires=(FIRE,))
    assert store.enqueue_due_fires(DUE, 10) == 0
    assert fires(store) == [("cancelled", "no_consent")]
    assert store.claim_next("w1", DUE, LEASE) is None


def test_a_person_who_stopped_the_messages_gets_no_check_in(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,), stop_messages=True)
    assert store.enqueue_due_fires(DUE, 10) == 0
    assert fires(store) == [("cancelled", "stopped")]


def test_a_person_who_allowed_them_again_gets_it(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,), stop_messages=True)
    turn(store, stop_messages=False)
    assert store.enqueue_due_fires(DUE, 10) == 1


def test_a_person_who_blocked_the_bot_gets_no_check_in(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    store.block_address(ANA, NOON)
    assert store.enqueue_due_fires(DUE, 10) == 0
    assert fires(store) == [("cancelled", "blocked")]


def test_an_address_that_does_not_open_cancels_and_does_not_stop_the_others(store: Store, engine: Engine) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    with engine.begin() as connection:
        connection.execute(update(AddressRow).values(external_id=b"\x02k1damaged"))
    turn(store, address=Address("telegram", "sano"), consent=YES, fires=(FIRE,))
    assert store.enqueue_due_fires(DUE, 10) == 1
    assert fires(store) == [("cancelled", "unreadable"), ("enqueued", "")]


def test_after_hours_a_check_in_is_shifted_to_the_morning_not_dropped(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    assert store.enqueue_due_fires(NIGHT, 10) == 0
    assert store.enqueue_due_fires(MORNING - SECOND, 10) == 0
    assert [(row["wanted_at"], row["due_at"]) for row in rows(store, FireRow)] == [(DUE, MORNING)]
    assert store.enqueue_due_fires(MORNING, 10) == 1


def test_a_check_in_that_waited_in_the_queue_past_the_hours_waits_for_the_morning(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    assert store.enqueue_due_fires(DUE, 10) == 1
    store.receive(message("no puedo dormir", at=NIGHT))
    claim = claimed(store, NIGHT)
    assert claim.inbound.text == "no puedo dormir"
    store.commit_turn(record(claim, NIGHT))
    assert store.claim_next("w1", NIGHT, LEASE) is None
    assert store.enqueue_due_fires(MORNING, 10) == 1
    assert claimed(store, MORNING).inbound.kind == "fire"


def test_a_check_in_put_back_gives_way_to_one_asked_for_since(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    store.receive(message("una pregunta", at=DUE))
    in_work = claimed(store, DUE)
    assert store.enqueue_due_fires(DUE, 10) == 1
    store.commit_turn(record(in_work, DUE, fires=(NewFire("check_in_ppt", DUE + 30 * DAY, "ppt"),)))
    assert store.claim_next("w1", NIGHT, LEASE) is None
    assert fires(store) == [("cancelled", "replaced"), ("pending", "")]
    assert store.enqueue_due_fires(DUE + 30 * DAY, 10) == 1


@pytest.mark.parametrize(
    ("bogota", "is_open", "opens"),
    [
        ((7, 59), False, (10, 8)),
        ((8, 0), True, None),
        ((19, 59), True, None),
        ((20, 0), False, (11, 8)),
        ((0, 0), False, (10, 8)),
    ],
)
def test_the_hours_are_those_of_bogota(bogota: tuple[int, int], is_open: bool, opens: tuple[int, int] | None) -> None:
    moment = datetime(2026, 3, 10, *bogota, tzinfo=UTC) + timedelta(hours=5)
    assert hours.are_open(moment) is is_open
    if opens:
        assert hours.next_opening(moment) == datetime(2026, 3, opens[0], opens[1] + 5, tzinfo=UTC)


def test_a_message_of_a_channel_cannot_pass_for_a_check_in(store: Store) -> None:
    turn(store, consent=YES, fires=(FIRE,))
    store.receive(message("truco", external_id=f"fire:{rows(store, FireRow)[0]['id']}"))
    assert store.enqueue_due_fires(DUE, 10) == 1


def test_the_check_in_goes_to_the_address_used_last(store: Store, engine: Engine) -> None:
    person = turn(store, consent=YES, fires=(FIRE,))
    web = Address("web", "s1")
    turn(store, address=web, at=NOON + MINUTE)
    with engine.begin() as connection:
        connection.execute(update(AddressRow).values(person_id=person))
    assert store.enqueue_due_fires(DUE, 10) == 1
    assert claimed(store, DUE).inbound.address == web
