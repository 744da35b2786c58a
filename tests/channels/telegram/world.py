"""What a channel is given in tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.messages import Address, Inbound


@dataclass
class World:
    """What the channel is given: an inbox that may be away, and a time that passes at once."""

    received: list[Inbound] = field(default_factory=list)
    blocked: list[Address] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)
    away: int = 0
    """How many calls of ``receive`` and ``on_blocked`` still fail; -1: all."""
    on_sleep: Callable[[float], None] = lambda seconds: None
    """What happens in the world while the channel rests."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, inbound: Inbound) -> bool:
        self._maybe_away()
        fresh = inbound.external_id not in [known.external_id for known in self.received]
        if fresh:
            self.received.append(inbound)
        self._changed.set()
        return fresh

    async def on_blocked(self, address: Address) -> None:
        self._maybe_away()
        self.blocked.append(address)
        self._changed.set()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.on_sleep(seconds)
        self._changed.set()
        await asyncio.sleep(0.001)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something that the channel brings about holds."""
        async with asyncio.timeout(10):
            while not holds():
                self._changed.clear()
                await self._changed.wait()

    def _maybe_away(self) -> None:
        if self.away:
            self.away -= 1
            self._changed.set()
            raise ConnectionError("the database is away")
