"""What every channel offers, and what the sender needs of the store."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.channels.pacing import Pace
from bot.messages import Address, Inbound, Outbound

Clock = Callable[[], datetime]
"""Gives the present time, timezone-aware UTC."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits so many seconds; ``asyncio.sleep`` outside of tests."""

Receive = Callable[[Inbound], Awaitable[bool]]
"""Commits a message to the inbox. False: it was there before. Raises when it could not be stored."""


class Channel(Protocol):
    """One way to reach people.

    ``start`` returns soon and goes on in the background; a channel that cannot work (a wrong token, no network) says
    so in its log and its status, and never takes the service down. An update is acknowledged to the provider only
    after ``receive`` has returned; if ``receive`` raises, it is not acknowledged and comes again.
    """

    name: str

    async def send(self, out: Outbound) -> str:
        """Deliver one message and return the provider's id of it. Raises a subclass of ``bot.messages.SendError``."""
        ...

    async def start(self, receive: Receive) -> None:
        """Begin to hand what people write to ``receive``."""
        ...

    async def stop(self) -> None:
        """End promptly and free connections. Stop the sender first: a stopped channel cannot send."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A channel whose provider limits how often it may be written to; the sender keeps to its ``pace``."""

    pace: Pace


@runtime_checkable
class Linked(Protocol):
    """A channel with an address of its own that people open it by; empty while it is not known."""

    @property
    def link(self) -> str: ...


class OutboxStore(Protocol):
    """The part of ``bot.storage.Store`` that the sender uses. Synchronous; called from a thread."""

    def claim_outgoing(
        self, worker: str, now: datetime, lease: timedelta, channels: Collection[str]
    ) -> Outbound | None: ...

    def mark_sent(self, outbox_id: int, provider_id: str, now: datetime) -> None: ...

    def mark_retry(self, outbox_id: int, error: str, retry_at: datetime) -> None: ...

    def mark_failed(self, outbox_id: int, error: str, now: datetime) -> None: ...

    def mark_uncertain(self, outbox_id: int, error: str, now: datetime) -> None: ...

    def block_address(self, address: Address, now: datetime) -> None: ...

    def recover_sending(self, now: datetime) -> int: ...
