"""The web channel. A message is delivered by being in the conversation; the channel only wakes who waits for it."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from bot.channels.base import Receive
from bot.channels.web.errors import NotStarted
from bot.channels.web.recent import RecentlySent
from bot.messages import Address, Inbound, Outbound

CHANNEL_NAME = "web"
MAX_WAITING = 2_000
MAX_WAITING_EACH = 6  # a person with more tabs than this reads by coming back, which the page does on its own


class Bell:
    """Rung when there may be something new to read."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, now or at the next wait."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait to be rung, at most so long; a ring that came before counts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        self._rung.clear()


class WebChannel:
    """The channel "web". ``send`` and the readers belong to one event loop."""

    name = CHANNEL_NAME

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        max_waiting: int = MAX_WAITING,
        max_waiting_each: int = MAX_WAITING_EACH,
    ) -> None:
        self._monotonic = monotonic
        self._max_waiting = max_waiting
        self._max_waiting_each = max_waiting_each
        self._receive: Receive | None = None
        self._bells: defaultdict[str, list[Bell]] = defaultdict(list)
        self._waiting = 0
        self._recent = RecentlySent()

    @property
    def open(self) -> bool:
        """Whether messages are taken. Readers stop waiting when it is not, so a restart does not hang on them."""
        return self._receive is not None

    @property
    def waiting(self) -> int:
        """How many readers wait at this moment."""
        return self._waiting

    async def start(self, receive: Receive) -> None:
        """Take messages from now on, and hand them to ``receive``."""
        self._receive = receive

    async def stop(self) -> None:
        """Take no more messages, and let every waiting reader go."""
        self._receive = None
        for bells in self._bells.values():
            for bell in bells:
                bell.ring()

    async def accept(self, inbound: Inbound) -> None:
        """Hand over what a person wrote; when this returns, it is committed. Raises NotStarted, or storage's error."""
        if self._receive is None:
            raise NotStarted
        await self._receive(inbound)

    async def send(self, out: Outbound) -> str:
        """Deliver: the page reads the outbox row itself, so nothing is left but to wake its readers."""
        self._recent.add(out, self._monotonic())
        for bell in self._bells.get(out.address.external_id, ()):
            bell.ring()
        return f"{CHANNEL_NAME}:{out.id}"

    def sent_lately(self, address: Address) -> Sequence[Outbound]:
        """What was sent there in the last two minutes, oldest first."""
        return self._recent.to(address.external_id, self._monotonic())

    @contextmanager
    def listening(self, address: Address) -> Iterator[Bell | None]:
        """A bell for a reader of this address while the block runs; None where too many wait already."""
        if (
            self._waiting >= self._max_waiting
            or len(self._bells.get(address.external_id, ())) >= self._max_waiting_each
        ):
            yield None
            return
        bell = Bell()
        bells = self._bells[address.external_id]
        bells.append(bell)
        self._waiting += 1
        try:
            yield bell
        finally:
            self._waiting -= 1
            bells.remove(bell)
            if not bells:
                self._bells.pop(address.external_id, None)
