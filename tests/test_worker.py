"""The worker and a database that comes and goes: nothing counts against the message, nothing ends the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.dialogue.worker import MOST_ATTEMPTS, Worker
from bot.storage import Claim, DatabaseAway, Store
from bot.storage.errors import DatabaseFault
from tests.fixtures_storage import (  # noqa: F401
    backend,
    database_url,
    engine,
    migrated_postgres,
    migrated_sqlite,
    postgres_engine,
    postgres_server,
    store,
    vault,
)
from tests.storage.helpers import NOON, message, record


class Handling:
    """Fails as often as it is told, then commits."""

    def __init__(self, store: Store, *errors: Exception) -> None:  # noqa: F811
        self.store, self.errors, self.done = store, list(errors), asyncio.Event()

    async def handle(self, claim: Claim, now: datetime) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.store.commit_turn(record(claim, now, "sí"))
        self.done.set()


def working(store: Store, handler: Handling) -> Worker:  # noqa: F811
    at = [NOON]

    async def rest(seconds: float) -> None:
        at[0] += timedelta(seconds=seconds)
        await asyncio.sleep(0)

    return Worker(store, handler, clock=lambda: at[0], name="w", sleep=rest)


async def until_done(worker: Worker, handler: Handling) -> None:
    running = asyncio.create_task(worker.run())
    try:
        async with asyncio.timeout(20):
            await handler.done.wait()
    finally:
        await worker.stop()
        await running


async def test_a_message_outlives_any_number_of_outages(store: Store) -> None:  # noqa: F811
    store.receive(message())
    handler = Handling(store, *[DatabaseAway("x")] * (2 * MOST_ATTEMPTS))
    await until_done(working(store, handler), handler)
    assert store.counts()["inbox_parked"] == 0


@pytest.mark.parametrize("error", [DatabaseFault("x"), RuntimeError("x")])
async def test_a_fault_while_claiming_does_not_end_the_worker(
    store: Store,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    store.receive(message())
    claim_next: Callable[..., Claim | None] = store.claim_next
    failures = [error, error]

    def claim(*values: object) -> Claim | None:
        if failures:
            raise failures.pop()
        return claim_next(*values)

    monkeypatch.setattr(store, "claim_next", claim)
    handler = Handling(store)
    await until_done(working(store, handler), handler)
