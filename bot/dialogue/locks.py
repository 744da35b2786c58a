"""The lock of a conversation in Redis, for several processes: it spares work, and is never what order hangs on.

Order and mutual exclusion of a person's messages come from the claims in the database; two turns of one person at the
same time could only cost one of them its work. So a Redis that is slow, away or restarted delays nobody for long: the
turn goes on without the lock.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from redis.asyncio import Redis
from redis.exceptions import RedisError

LIFETIME = 20.0
"""Seconds until a lock falls open by itself, as one of a killed process must. Below the lease of a claim
(``bot.dialogue.worker.LEASE``), so that whoever takes the message up again does not find it closed."""
REDIS_MOST = 1.0
"""Seconds that Redis may take to answer."""
WITHOUT = 5.0
"""Seconds for which Redis is not asked again after it failed."""
LOOK_EVERY = 0.05
PREFIX = "amable:lock:"
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
"""A lock that fell open and was taken by another is not ours to delete."""

log = structlog.get_logger("amable.locks")


class RedisLocks(LockStore):
    """Rasa's interface to locks in Redis. ``lock`` never raises and waits at most ``LIFETIME`` seconds."""

    def __init__(self, url: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._redis = Redis.from_url(url, socket_timeout=REDIS_MOST, socket_connect_timeout=REDIS_MOST)
        self._monotonic = monotonic
        self._away_until = 0.0

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LIFETIME, wait_time_in_seconds: float = LOOK_EVERY
    ) -> AsyncGenerator[TicketLock, None]:
        """Hold the conversation's lock while the block runs, or do without it."""
        key, mine = PREFIX + conversation_id, secrets.token_hex(8)
        held = await self._acquire(key, mine, min(lock_lifetime, LIFETIME), wait_time_in_seconds)
        try:
            yield TicketLock(conversation_id)
        finally:
            if held:
                await self._release(key, mine)

    async def close(self) -> None:
        """Close the connections."""
        with suppress(RedisError, OSError):
            await self._redis.aclose()

    async def _acquire(self, key: str, mine: str, lifetime: float, every: float) -> bool:
        deadline = self._monotonic() + lifetime
        while self._monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(REDIS_MOST):
                    if await self._redis.set(key, mine, nx=True, px=round(1000 * lifetime)):
                        return True
            except (RedisError, OSError) as error:
                self._without(error)
                return False
            if self._monotonic() >= deadline:
                log.warning("lock_held_too_long")
                return False
            await asyncio.sleep(every)
        return False

    async def _release(self, key: str, mine: str) -> None:
        try:
            async with asyncio.timeout(REDIS_MOST):
                await self._redis.eval(_RELEASE, 1, key, mine)
        except (RedisError, OSError) as error:  # it falls open by itself
            self._without(error)

    def _without(self, error: Exception) -> None:
        self._away_until = self._monotonic() + WITHOUT
        log.warning("redis_away", error=type(error).__name__, without_seconds=WITHOUT)
