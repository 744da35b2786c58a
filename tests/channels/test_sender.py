"""The sender on a real Store, with a channel that does as told and a time that passes when everything else is done."""

from __future__ import annotations

import asyncio
import shutil
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.base import Receive
from bot.channels.pacing import Pace
from bot.channels.sender import LEASE, SEND_MOST, Sender
from bot.channels.telegram import Profile, TelegramChannel, TelegramSettings
from bot.messages import Address, AnswerLost, Blocked, Inbound, Outbound, Rejected, Throttled, Unreachable
from bot.storage import DatabaseAway, NewMessage, Store, TurnRecord, Vault, open_database, upgrade
from tests.standins.telegram import TelegramStandIn

NOON = datetime(2026, 3, 10, 17, tzinfo=UTC)
ANA, LUIS, EVA = (Address("telegram", name) for name in ("1001", "1002", "1003"))
_ids = count(1)


class AtOnce(ThreadPoolExecutor):
    """Runs what goes to a thread on the spot, so that a test's order of events is always the same."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


class Time:
    """A clock that moves on to the next sleeper's end, and only when nothing else is left to do."""

    def __init__(self) -> None:
        self.now = NOON
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        end: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + timedelta(seconds=seconds), end))
        await end

    async def until(self, holds: Callable[[], bool], most: float = 3600) -> None:
        """Let time pass until something holds; AssertionError if it does not within ``most`` seconds."""
        last = self.now + timedelta(seconds=most)
        while True:
            await self.settle()
            if holds():
                return
            self._sleepers = [each for each in self._sleepers if not each[1].done()]
            at, end = min(self._sleepers, key=lambda each: each[0])
            assert at <= last, "it did not come about"
            self.now = max(self.now, at)
            end.set_result(None)

    async def pass_by(self, seconds: float) -> None:
        end = self.now + timedelta(seconds=seconds)
        await self.until(lambda: self.now >= end, seconds + 10)

    async def settle(self) -> None:
        for _ in range(60):
            await asyncio.sleep(0)

    def seconds(self) -> float:
        return (self.now - NOON).total_seconds()


@dataclass
class Phone:
    """A channel. ``outcomes`` are raised by the next sends, in order; None delivers."""

    time: Time
    name: str = "telegram"
    pace: Pace = field(default_factory=lambda: Pace(per_chat=1, overall=30))
    outcomes: deque[Exception | None] = field(default_factory=deque)
    per_chat: dict[str, Exception] = field(default_factory=dict)
    arrived: list[tuple[float, str, str]] = field(default_factory=list)
    tried: list[tuple[float, str]] = field(default_factory=list)
    gate: asyncio.Event | None = None
    busy: int = 0
    most_busy: int = 0

    async def send(self, out: Outbound) -> str:
        self.tried.append((self.time.seconds(), out.text))
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        try:
            if self.gate is not None:
                await self.gate.wait()
        finally:
            self.busy -= 1
        outcome = self.outcomes.popleft() if self.outcomes else self.per_chat.get(out.address.external_id)
        if outcome is not None:
            raise outcome
        self.arrived.append((self.time.seconds(), out.address.external_id, out.text))
        return f"p{out.id}"

    async def start(self, receive: Receive) -> None: ...

    async def stop(self) -> None: ...

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text in self.arrived]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sender") / "migrated.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def store(migrated: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "amable.db"
    shutil.copy(migrated, path)
    store = Store(open_database(f"sqlite:///{path}"), Vault([("k1", bytes(32))], bytes(range(32))))
    store.verify_keys()
    yield store
    store.close()


@pytest.fixture
async def time() -> Time:
    asyncio.get_running_loop().set_default_executor(AtOnce())
    return Time()


@pytest.fixture
async def phone(time: Time) -> Phone:
    return Phone(time)


def say(store: Store, address: Address, *texts: str, at: datetime = NOON) -> None:
    """Somebody writes, and is answered with these messages."""
    assert store.receive(Inbound(address, f"m{next(_ids)}", "text", at, text="hola"))
    claim = store.claim_next("w1", at, timedelta(seconds=60))
    assert claim is not None
    messages = tuple(NewMessage(words) for words in texts)
    store.commit_turn(TurnRecord(claim, claim.person_id, at, {"stack": []}, "r1", "es", messages=messages))


def outbox(store: Store) -> list[tuple[str, str]]:
    """Status and error of every message, in order."""
    with store._engine.connect() as connection:
        return [
            (row.status, row.error) for row in connection.execute(text("SELECT status, error FROM outbox ORDER BY id"))
        ]


def settled(store: Store) -> Callable[[], bool]:
    return lambda: all(status not in ("pending", "sending") for status, _ in outbox(store))


@asynccontextmanager
async def sending(store: Any, phone: Phone, **limits: Any) -> AsyncIterator[Sender]:
    sender = Sender(store, {phone.name: phone}, phone.time.clock, phone.time.sleep, "s1", **limits)
    running = asyncio.create_task(sender.run())
    await phone.time.settle()
    yield sender
    await _through(phone.time, sender.stop())
    await running


async def _through(time: Time, work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    await time.until(task.done)


async def test_messages_of_a_chat_arrive_in_order_a_second_apart(store: Store, time: Time, phone: Phone) -> None:
    say(store, ANA, "uno", "dos", "tres")
    async with sending(store, phone):
        await time.until(settled(store))
    assert phone.texts == ["uno", "dos", "tres"]
    assert [at for at, _, _ in phone.arrived] == pytest.approx([0, 1, 2], abs=0.01)
    assert outbox(store) == [("sent", "")] * 3


async def test_chats_do_not_wait_for_each_other(store: Store, time: Time, phone: Phone) -> None:
    say(store, ANA, "uno", "dos")
    say(store, LUIS, "un", "deux")
    async with sending(store, phone):
        await time.until(settled(store))
    assert [at for at, _, _ in phone.arrived] == pytest.approx([0, 0.033, 1, 1.033], abs=0.04)


async def test_while_a_message_waits_for_its_pace_it_is_not_marked_as_sending(
    store: Store, time: Time, phone: Phone
) -> None:
    say(store, ANA, "uno", "dos")
    async with sending(store, phone):
        await time.until(lambda: phone.texts == ["uno"])
        await time.settle()
        assert [status for status, _ in outbox(store)] == ["sent", "pending"]


async def test_a_wake_is_answered_at_once(store: Store, time: Time, phone: Phone) -> None:
    async with sending(store, phone) as sender:
        await time.pass_by(10)
        before = time.seconds()
        say(store, ANA, "uno")
        sender.wake()
        await time.settle()
        assert phone.arrived == [(before, "1001", "uno")]


async def test_without_a_wake_the_outbox_is_looked_at_each_second(store: Store, time: Time, phone: Phone) -> None:
    async with sending(store, phone):
        await time.pass_by(10)
        before = time.seconds()
        say(store, ANA, "uno")
        await time.until(lambda: phone.texts == ["uno"])
        assert time.seconds() - before <= 1


async def test_several_addresses_are_served_together_but_not_too_many(store: Store, time: Time, phone: Phone) -> None:
    phone.pace = Pace(per_chat=1, overall=1_000_000)
    phone.gate = asyncio.Event()
    for number in range(12):
        say(store, Address("telegram", str(2000 + number)), "hola")
    async with sending(store, phone, at_once=5):
        await time.until(lambda: phone.busy == 5)
        await time.pass_by(2)
        phone.gate.set()
        await time.until(settled(store))
    assert phone.most_busy == 5
    assert len(phone.arrived) == 12


async def test_one_chat_is_never_written_to_by_two_at_once(store: Store, time: Time, phone: Phone) -> None:
    phone.pace = Pace(per_chat=1000, overall=1000)
    phone.gate = asyncio.Event()
    say(store, ANA, "uno", "dos", "tres")
    async with sending(store, phone):
        await time.pass_by(3)
        assert phone.busy == 1
        phone.gate.set()
        await time.until(settled(store))
    assert phone.texts == ["uno", "dos", "tres"]


async def test_a_throttled_chat_waits_and_the_others_go_on(store: Store, time: Time, phone: Phone) -> None:
    phone.outcomes.append(Throttled(30))
    say(store, ANA, "uno")
    say(store, LUIS, "un")
    async with sending(store, phone):
        await time.until(settled(store))
    assert phone.texts == ["un", "uno"]
    assert [at for at, _, _ in phone.arrived] == pytest.approx([0.033, 30], abs=0.04)


async def test_two_throttled_chats_silence_the_channel(store: Store, time: Time, phone: Phone) -> None:
    phone.outcomes.extend([Throttled(30), Throttled(30)])
    say(store, ANA, "uno")
    say(store, LUIS, "un")
    async with sending(store, phone):
        await time.until(lambda: len(phone.tried) == 2)
        say(store, EVA, "one")
        await time.until(settled(store))
    assert min(at for at, _, _ in phone.arrived) == pytest.approx(30, abs=0.1)
    assert sorted(phone.texts) == ["one", "un", "uno"]


async def test_an_unreachable_provider_is_tried_again_ever_later(store: Store, time: Time, phone: Phone) -> None:
    phone.outcomes.extend([Unreachable("x")] * 5)
    say(store, ANA, "uno")
    async with sending(store, phone):
        await time.until(settled(store))
    assert [at for at, _ in phone.tried] == pytest.approx([0, 2, 6, 14, 30, 62], abs=0.2)
    assert phone.texts == ["uno"]
    assert outbox(store)[0][0] == "sent"


async def test_while_a_provider_is_away_one_message_goes_ahead_to_see(store: Store, time: Time, phone: Phone) -> None:
    phone.per_chat = {str(2000 + number): Unreachable("x") for number in range(30)}
    for number in range(30):
        say(store, Address("telegram", str(2000 + number)), "hola")
    async with sending(store, phone, at_once=1):
        await time.pass_by(600)
        assert len(phone.tried) <= 12
        phone.per_chat.clear()
        await time.until(settled(store), most=1200)
    assert {status for status, _ in outbox(store)} == {"sent"}


async def test_one_message_that_alone_fails_does_not_hold_up_the_others(store: Store, time: Time, phone: Phone) -> None:
    phone.per_chat = {ANA.external_id: Unreachable("x")}
    say(store, ANA, "uno")
    for number in range(10):
        say(store, Address("telegram", str(2000 + number)), "hola")
    async with sending(store, phone):
        await time.until(lambda: len(phone.arrived) == 10, most=30)


async def test_once_a_provider_answers_the_waits_begin_small_again(store: Store, time: Time, phone: Phone) -> None:
    phone.outcomes.extend([Unreachable("x")] * 4)
    say(store, ANA, "uno")
    async with sending(store, phone) as sender:
        await time.until(settled(store))
        before = time.seconds()
        phone.outcomes.append(Unreachable("x"))
        say(store, LUIS, "un", at=time.now)
        sender.wake()
        await time.until(settled(store))
        assert time.seconds() - before < 4


async def test_the_later_messages_of_a_chat_wait_for_the_one_that_is_tried_again(
    store: Store, time: Time, phone: Phone
) -> None:
    phone.outcomes.append(Unreachable("x"))
    say(store, ANA, "uno", "dos")
    async with sending(store, phone):
        await time.until(settled(store))
    assert phone.texts == ["uno", "dos"]


async def test_who_blocked_the_bot_gets_nothing_more_until_they_write(store: Store, time: Time, phone: Phone) -> None:
    phone.outcomes.append(Blocked("x"))
    say(store, ANA, "uno", "dos")
    async with sending(store, phone) as sender:
        await time.until(settled(store))
        assert phone.texts == []
        assert [each[0] for each in outbox(store)] == ["failed", "failed"]
        say(store, ANA, "tres", at=time.now)
        sender.wake()
        await time.until(lambda: phone.texts == ["tres"])


@pytest.mark.parametrize(
    ("outcome", "status", "error"),
    [
        (Rejected("x"), "failed", "rejected"),
        (AnswerLost("x"), "uncertain", "answer_lost"),
        (TimeoutError(), "uncertain", "answer_lost"),
        (KeyError("palabras de nadie"), "uncertain", "KeyError"),
    ],
)
async def test_what_must_not_be_repeated_is_not_and_the_next_goes_on(
    store: Store,
    time: Time,
    phone: Phone,
    caplog: pytest.LogCaptureFixture,
    outcome: Exception,
    status: str,
    error: str,
) -> None:
    phone.outcomes.append(outcome)
    say(store, ANA, "uno", "dos")
    async with sending(store, phone):
        await time.until(settled(store))
        await time.pass_by(70)
    assert outbox(store)[0] == (status, error)
    assert phone.texts == ["dos"]
    assert [words for _, words in phone.tried] == ["uno", "dos"]
    assert "palabras de nadie" not in caplog.text
    assert "1001" not in caplog.text


async def test_a_send_without_end_is_an_answer_lost(store: Store, phone: Phone) -> None:
    phone.gate = asyncio.Event()
    say(store, ANA, "uno")
    async with sending(store, phone, send_most=0.02), asyncio.timeout(5):
        while not settled(store)():
            await asyncio.sleep(0.005)
    assert outbox(store) == [("uncertain", "answer_lost")]


class Stormy:
    """A Store whose named methods fail for a number of calls, as if the database were away."""

    def __init__(self, store: Store, error: Exception, **fails: int) -> None:
        self._store = store
        self._error = error
        self.fails = fails

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        def call(*values: Any) -> Any:
            if self.fails.get(name):
                self.fails[name] -= 1
                raise self._error
            return method(*values)

        return call


async def test_the_database_may_be_away_before_and_after_a_send(store: Store, time: Time, phone: Phone) -> None:
    say(store, ANA, "uno")
    stormy = Stormy(store, DatabaseAway("x"), recover_sending=5, claim_outgoing=5, mark_sent=5)
    async with sending(stormy, phone):
        await time.until(settled(store))
    assert phone.texts == ["uno"]
    assert [status for status, _ in outbox(store)] == ["sent"]
    assert not any(stormy.fails.values())


async def test_an_outcome_that_cannot_be_stored_is_never_sent_again(store: Store, time: Time, phone: Phone) -> None:
    say(store, ANA, "uno", "dos")
    async with sending(Stormy(store, RuntimeError("x"), mark_sent=1), phone):
        await time.until(settled(store))
    assert phone.texts == ["uno", "dos"]
    assert [status for status, _ in outbox(store)] == ["uncertain", "sent"]


async def test_what_a_dead_process_left_half_sent_becomes_uncertain_and_the_rest_goes(
    store: Store, time: Time, phone: Phone
) -> None:
    say(store, ANA, "uno", "dos")
    assert store.claim_outgoing("dead", NOON, timedelta(seconds=60), ["telegram"]) is not None
    async with sending(store, phone):
        await time.until(settled(store))
    assert phone.texts == ["dos"]
    assert [status for status, _ in outbox(store)] == ["uncertain", "sent"]


async def test_a_claim_that_took_most_of_its_lease_is_not_sent_any_more(store: Store, time: Time, phone: Phone) -> None:
    """Another process would take it for lost while it is sent, and send the next one beside it."""
    say(store, ANA, "uno")
    claims: list[int] = []

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def claim_outgoing(self, *values: Any) -> Outbound | None:
            out = store.claim_outgoing(*values)
            if out is not None:
                claims.append(out.id)
                time.now += timedelta(seconds=20 if len(claims) == 1 else 0)
            return out

    async with sending(Slow(), phone):
        await time.until(settled(store))
    assert len(claims) == 2
    assert phone.texts == ["uno"]
    assert outbox(store) == [("sent", "")]


def test_who_died_over_a_message_delays_its_address_by_less_than_thirty_seconds() -> None:
    assert timedelta(seconds=SEND_MOST) < LEASE < timedelta(seconds=30)


async def test_stopping_lets_the_message_under_way_be_settled(store: Store, time: Time, phone: Phone) -> None:
    phone.gate = asyncio.Event()
    say(store, ANA, "uno", "dos")
    async with sending(store, phone) as sender:
        await time.until(lambda: phone.busy == 1)
        stopping = asyncio.create_task(sender.stop())
        await time.settle()
        assert not stopping.done()
        phone.gate.set()
        await stopping
    assert [status for status, _ in outbox(store)] == ["sent", "pending"]


async def test_a_channel_without_limits_is_not_paced(store: Store, time: Time, phone: Phone) -> None:
    class Screen:
        """A channel with no ``pace``."""

        name = "web"
        send, start, stop = phone.send, phone.start, phone.stop

    say(store, Address("web", "w1"), "uno", "dos", "tres")
    sender = Sender(store, {"web": Screen()}, time.clock, time.sleep, "s1")
    running = asyncio.create_task(sender.run())
    await time.until(settled(store))
    await sender.stop()
    await running
    assert {at for at, _, _ in phone.arrived} == {0.0}


async def test_a_wake_from_another_thread_and_before_the_start_does_no_harm(
    store: Store, time: Time, phone: Phone
) -> None:
    sender = Sender(store, {"telegram": phone}, time.clock, time.sleep, "s1")
    sender.wake()
    say(store, ANA, "uno")
    running = asyncio.create_task(sender.run())
    await time.until(settled(store))
    with ThreadPoolExecutor() as threads:
        threads.submit(sender.wake).result()
    await sender.stop()
    await running
    sender.wake()
    assert phone.texts == ["uno"]


async def test_from_the_outbox_to_telegram_with_its_faults(store: Store) -> None:
    """The whole way on real HTTP, in real time."""

    async def on_blocked(address: Address) -> None: ...

    with TelegramStandIn() as telegram:
        channel = TelegramChannel(
            TelegramSettings(telegram.token, telegram.url),
            profile=Profile({}),
            clock=lambda: datetime.now(UTC),
            on_blocked=on_blocked,
        )
        telegram.fault("flood", retry_after=1, chat="1001")
        telegram.fault("drop", chat="1002")
        telegram.fault("blocked", chat="1003")
        for address, words in ((ANA, "uno"), (LUIS, "un"), (EVA, "one")):
            say(store, address, words)
        sender = Sender(store, {"telegram": channel}, lambda: datetime.now(UTC), asyncio.sleep, "s1")
        running = asyncio.create_task(sender.run())
        await asyncio.to_thread(telegram.wait_sent, 2)
        async with asyncio.timeout(5):
            while not settled(store)():
                await asyncio.sleep(0.01)
        await sender.stop()
        await running
        await channel.stop()
        assert outbox(store) == [("sent", ""), ("uncertain", "answer_lost"), ("failed", "blocked")]
        assert sorted(each.text for each in telegram.sent()) == ["un", "uno"]
        times = {each.text: each.at for each in telegram.sent()}
        assert times["uno"] - times["un"] >= 0.9
