"""The ticker: looks for what is due. The state is in the database; APScheduler only ticks.

So any number of processes may tick beside each other, and a restart forgets nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.storage import DatabaseAway

FIRES_EVERY = 20  # seconds
FIRES_AT_ONCE = 200
PURGE_MINUTE = 17  # of every hour: what is kept for 24 hours goes within 25
ZONE = "America/Bogota"

log = structlog.get_logger("amable.ticker")


class DueStore(Protocol):
    """What the ticker needs of the store."""

    def enqueue_due_fires(self, now: datetime, limit: int) -> int:
        """Due rows become inbox rows, once each."""

    def purge(self, now: datetime, dry_run: bool = False) -> dict[str, int]:
        """Forget what is past its retention."""


class Ticker:
    """Ticks from :meth:`start` to :meth:`stop`. ``found`` is called when a tick put something into the inbox."""

    def __init__(self, store: DueStore, *, clock: Callable[[], datetime], found: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._found = found
        self._scheduler: Any = AsyncIOScheduler(timezone=ZONE, job_defaults={"coalesce": True, "max_instances": 1})

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.add_job(self.fire_due, IntervalTrigger(seconds=FIRES_EVERY), id="fires")
        self._scheduler.add_job(self.purge, CronTrigger(minute=PURGE_MINUTE), id="purge")
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def fire_due(self) -> None:
        """Put what is due into the inbox."""
        try:
            count = await asyncio.to_thread(self._store.enqueue_due_fires, self._clock(), FIRES_AT_ONCE)
        except DatabaseAway:
            log.warning("database_away")
            return
        if count:
            log.info("fires_enqueued", count=count)
            self._found()

    async def purge(self) -> None:
        """Forget what is past its retention."""
        try:
            counts = await asyncio.to_thread(self._store.purge, self._clock())
        except DatabaseAway:
            log.warning("database_away")
            return
        log.info("purged", **counts)
