"""The lock in Redis: it keeps two turns apart, falls open by itself, and is done without where Redis is away."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from redis import Redis
from sqlalchemy import make_url

from bot.dialogue.locks import LIFETIME, PREFIX, REDIS_MOST, WITHOUT, RedisLocks
from bot.dialogue.worker import IDLE, LEASE
from tests.harness.proxy import Proxy
from tests.harness.services import free_port

URL = os.environ.get("AMABLE_TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
pytestmark = pytest.mark.redis


@pytest.fixture(scope="module")
def redis_url() -> str:
    try:
        with Redis.from_url(URL, socket_connect_timeout=2) as client:
            client.ping()
    except OSError:
        if os.environ.get("AMABLE_REQUIRE_SERVICES") == "1":
            pytest.fail("Redis is required, and not reached")
        pytest.skip("no Redis")
    return URL


@pytest.fixture
def line(redis_url: str) -> Iterator[Proxy]:
    there = make_url(redis_url)
    with Proxy(there.host or "127.0.0.1", there.port or 6379) as proxy:
        yield proxy


@pytest.fixture
async def locks(line: Proxy) -> AsyncIterator[RedisLocks]:
    made = RedisLocks(make_url(URL).set(port=line.port).render_as_string(hide_password=False))
    yield made
    await made.close()


@pytest.fixture
def person() -> str:
    return secrets.token_hex(8)


async def hold(locks: RedisLocks, person: str, diary: list[str], name: str, until: asyncio.Event | None = None) -> None:
    async with locks.lock(person):
        diary.append(f"{name} in")
        if until is not None:
            await until.wait()
        diary.append(f"{name} out")


async def test_two_turns_of_one_person_are_kept_apart(locks: RedisLocks, person: str) -> None:
    diary: list[str] = []
    go = asyncio.Event()
    first = asyncio.create_task(hold(locks, person, diary, "a", go))
    while not diary:
        await asyncio.sleep(0.01)
    second = asyncio.create_task(hold(locks, person, diary, "b"))
    await hold(locks, person + "other", diary, "c")
    go.set()
    await asyncio.gather(first, second)
    assert diary == ["a in", "c in", "c out", "a out", "b in", "b out"]


async def test_a_lock_of_a_killed_process_falls_open_before_its_lease_ends(locks: RedisLocks, person: str) -> None:
    with Redis.from_url(URL) as client:
        client.set(PREFIX + person, "dead", px=300)
        began = time.monotonic()
        await hold(locks, person, [], "a")
        assert 0.2 < time.monotonic() - began < 2
        async with locks.lock(person):
            assert 0 < client.pttl(PREFIX + person) <= 1000 * LIFETIME
    assert LEASE.total_seconds() > LIFETIME
    assert LEASE.total_seconds() + IDLE < 30


async def test_a_lock_that_another_holds_by_now_is_left_to_it(locks: RedisLocks, person: str) -> None:
    with Redis.from_url(URL) as client:
        async with locks.lock(person):
            client.set(PREFIX + person, "another", px=5_000)
        assert client.get(PREFIX + person) == b"another"
        client.delete(PREFIX + person)


@pytest.mark.parametrize("how", ["cut", "silence"])
async def test_without_redis_a_turn_goes_on_and_the_next_does_not_even_ask(
    how: str, locks: RedisLocks, line: Proxy, person: str
) -> None:
    await hold(locks, person, [], "before")
    getattr(line, how)()
    began = time.monotonic()
    diary: list[str] = []
    await hold(locks, person, diary, "first")
    assert time.monotonic() - began < 3 * REDIS_MOST
    began = time.monotonic()
    await hold(locks, person, diary, "second")
    assert time.monotonic() - began < REDIS_MOST / 2
    assert len(diary) == 4


async def test_it_is_asked_again_when_it_is_back(line: Proxy, person: str) -> None:
    now = [0.0]
    locks = RedisLocks(make_url(URL).set(port=line.port).render_as_string(hide_password=False), lambda: now[0])
    line.cut()
    await hold(locks, person, [], "away")
    line.mend()
    now[0] += WITHOUT
    with Redis.from_url(URL) as client:
        async with locks.lock(person):
            assert client.exists(PREFIX + person)
        assert not client.exists(PREFIX + person)
    await locks.close()


async def test_nobody_there_from_the_beginning_is_no_fault(person: str) -> None:
    locks = RedisLocks(f"redis://127.0.0.1:{free_port()}/0")
    diary: list[str] = []
    await hold(locks, person, diary, "a")
    assert diary == ["a in", "a out"]
    await locks.close()
