"""The worker: takes messages out of the inbox, one person at a time each, and never loses one.

A turn that fails is given back and tried again later; one that fails again and again is parked, and the person is told
that something went wrong on our side. A message whose lease ran out because a process died is taken up by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.storage import Claim, DatabaseAway, StaleClaim, Store

LEASE = timedelta(seconds=25)  # a dead worker delays its person by this and a look: less than 30 s
IDLE = 1.0  # seconds between looks when nothing wakes the worker
AWAY = 2.0  # seconds to wait while the database is away
MOST_ATTEMPTS = 5

log = structlog.get_logger("amable.worker")


class Handler(Protocol):
    """What works on one claim; :class:`bot.dialogue.runner.TurnRunner` in the service."""

    async def handle(self, claim: Claim, now: datetime) -> None:
        """Handle the message and commit."""


class Worker:
    """Runs up to ``concurrency`` turns side by side until it is stopped. ``failed`` is told each failure's code."""

    def __init__(
        self,
        store: Store,
        handler: Handler,
        *,
        clock: Callable[[], datetime],
        name: str,
        concurrency: int = 4,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        failed: Callable[[str], None] = lambda _error: None,
    ) -> None:
        self._store = store
        self._handler = handler
        self._clock = clock
        self._name = name
        self._sleep = sleep
        self._failed = failed
        self._slots = asyncio.Semaphore(concurrency)
        self._running: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """A message has come in: look at once."""
        self._wake.set()

    async def run(self) -> None:
        """Work until :meth:`stop`."""
        while not self._stopping:
            self._wake.clear()
            try:
                found = await self.step()
            except DatabaseAway:
                log.warning("database_away", wait_seconds=AWAY)
                await self._sleep(AWAY)
                continue
            except Exception as error:  # a worker that ended would leave everybody waiting until somebody looks
                log.error("claim_failed", error=str(getattr(error, "code", type(error).__name__)))
                await self._sleep(AWAY)
                continue
            if not found:
                await self._idle()

    async def stop(self) -> None:
        """Finish the turns in hand and end."""
        self._stopping = True
        self.wake()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def step(self) -> bool:
        """Claim one message and begin to work on it. False where there is none."""
        await self._slots.acquire()
        claim: Claim | None = None
        try:
            claim = await asyncio.to_thread(self._store.claim_next, self._name, self._clock(), LEASE)
        finally:
            if claim is None:
                self._slots.release()
        if claim is None:
            return False
        task = asyncio.create_task(self._work(claim))
        self._running.add(task)
        task.add_done_callback(self._finished)
        return True

    async def drain(self) -> None:
        """Work until the inbox is empty, one turn after the other: for the terminal and for tests."""
        while await self.step():
            await asyncio.wait(self._running)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._slots.release()
        self._wake.set()

    async def _work(self, claim: Claim) -> None:
        try:
            if claim.attempts >= MOST_ATTEMPTS:  # tries that killed the process count too: it must not go on so
                await asyncio.to_thread(self._store.park, claim, self._clock(), "attempts")
                return
            await self._handler.handle(claim, self._clock())
        except StaleClaim:
            log.info("turn_already_handled", inbox_id=claim.id)
        except DatabaseAway:
            self._failed(DatabaseAway.code)
            log.warning("database_away_in_turn", inbox_id=claim.id)
            await self._return(claim)
        except Exception as error:  # a turn must never take the worker down; the type is logged, never the text
            await self._give_back(claim, error)

    async def _give_back(self, claim: Claim, error: Exception) -> None:
        code = getattr(error, "code", type(error).__name__)
        self._failed(str(code))
        log.error("turn_failed", inbox_id=claim.id, attempt=claim.attempts + 1, error=str(code))
        now = self._clock()
        try:
            if claim.attempts + 1 >= MOST_ATTEMPTS:
                await asyncio.to_thread(self._store.park, claim, now, str(code))
            else:
                retry_at = now + timedelta(seconds=2 ** (claim.attempts + 1))
                await asyncio.to_thread(self._store.give_back, claim, now, str(code), retry_at)
        except (DatabaseAway, StaleClaim):
            log.warning("turn_not_given_back", inbox_id=claim.id)

    async def _return(self, claim: Claim) -> None:
        """Free a message whose turn the database did not take, as soon as it answers; no try of the message's."""
        until = self._clock() + LEASE
        while not self._stopping and self._clock() < until:  # after that the lease frees it
            await self._sleep(AWAY)
            try:
                now = self._clock()
                await asyncio.to_thread(self._store.give_back, claim, now, DatabaseAway.code, now)
                return
            except DatabaseAway:
                continue

    async def _idle(self) -> None:
        waker = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait({waker}, timeout=IDLE)
        finally:
            waker.cancel()
