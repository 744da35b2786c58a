"""The service: everything composed in one process. Channels, inbox, worker, Rasa's agent, outbox, sender, ticker."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from rasa.core.agent import Agent

from bot.channels.base import Channel, Linked
from bot.channels.sender import LEASE, Sender
from bot.channels.terminal import CHANNEL
from bot.dialogue.agent import load_agent
from bot.dialogue.files import load_library
from bot.dialogue.flood import Flood, Unhurried
from bot.dialogue.runner import TurnRunner
from bot.dialogue.worker import Worker
from bot.dialogue.world import Library
from bot.flows.loading import release_of
from bot.followups.ticker import Ticker
from bot.messages import Address, Attachment, Inbound
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage import Line, Store
from bot.storage.errors import StorageError

REFUSED_FOR = timedelta(seconds=15)
"""For so long after a message that could not be stored the process is not ready, unless one could be stored since."""

log = structlog.get_logger("amable.service")


def utc_now() -> datetime:
    """The clock of a running service."""
    return datetime.now(UTC)


def process_name() -> str:
    """Names this process in claims: host, process id."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass
class Parts:
    """What a service is made of, ready to run."""

    settings: Settings
    store: Store
    library: Library
    agent: Agent
    channels: Mapping[str, Channel]
    worker: Worker
    sender: Sender
    ticker: Ticker
    metrics: Metrics


def assemble(
    settings: Settings, store: Store, model: Path, make_channels: Callable[[Library], Mapping[str, Channel]]
) -> Parts:
    """Load flows, facts and model, and join them to the store and the channels. Nothing runs yet."""
    library = load_library(settings)
    library.fetch = store.load_release
    channels = make_channels(library)
    store.save_release(library.current.fingerprint, release_of(settings.flows), utc_now())
    metrics = Metrics()
    sender = Sender(store, channels, utc_now, asyncio.sleep, process_name(), observe=metrics.sent)

    def observe(kind: str, seconds: float, read: str) -> None:
        metrics.turn(kind, seconds)
        metrics.read(read)

    agent = load_agent(
        model,
        store,
        redis_url=settings.redis_url,
        committed=lambda ids: sender.wake() if ids else None,
        public_link=lambda: settings.public_link or _own_link(channels),
    )
    runner = TurnRunner(agent, store, library, observe)

    async def in_danger(text: str) -> bool:
        return bool((await agent.parse_message(text)).get("danger"))

    worker = Worker(
        store,
        Unhurried(runner, store, library, in_danger, Flood(settings.burst)) if settings.burst else runner,
        clock=utc_now,
        name=process_name(),
        concurrency=settings.workers,
        failed=metrics.turn_failed,
    )
    ticker = Ticker(store, clock=utc_now, found=worker.wake)
    return Parts(settings, store, library, agent, channels, worker, sender, ticker, metrics)


def _own_link(channels: Mapping[str, Channel]) -> str:
    """The public address of a channel that has one and knows it by now."""
    return next((channel.link for channel in channels.values() if isinstance(channel, Linked) and channel.link), "")


class Service:
    """The parts at work, from :meth:`start` to :meth:`stop`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._tasks: list[asyncio.Task[None]] = []
        self._not_stored: datetime | None = None

    async def start(self) -> None:
        """Start worker, sender and ticker, then the channels. Returns when all are running."""
        parts = self.parts
        self._tasks = [asyncio.create_task(parts.worker.run()), asyncio.create_task(parts.sender.run())]
        parts.ticker.start()
        for channel in parts.channels.values():
            await channel.start(self.receive)
        log.info("service_started", channels=sorted(parts.channels), release=parts.library.current.fingerprint)

    def missing(self) -> dict[str, str]:
        """What keeps the service from working on messages: a part, and why. Empty where it works."""
        if not self._tasks:
            return {"service": "starting"}
        lacks = {name: "ended" for name, task in zip(("worker", "sender"), self._tasks, strict=True) if task.done()}
        # A full disk may take a small write and refuse a message: what became of the last message is the truth.
        if self._not_stored is not None and utc_now() - self._not_stored < REFUSED_FOR:
            lacks["inbox"] = "takes nothing"
        return lacks

    async def stop(self) -> None:
        """Take no more messages, finish what is in hand, end."""
        parts = self.parts
        parts.ticker.stop()
        await parts.worker.stop()
        await parts.sender.stop()
        for channel in parts.channels.values():
            await channel.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        log.info("service_stopped")

    async def receive(self, inbound: Inbound) -> bool:
        """Commit a message to the inbox, then wake the worker. False: it was there before."""
        try:
            fresh = await asyncio.to_thread(self.parts.store.receive, inbound)
        except StorageError:
            self._not_stored = utc_now()
            raise
        self._not_stored = None
        if fresh:
            self.parts.worker.wake()
        return fresh


class InlineService:
    """The parts worked by hand, for the terminal: one message is settled before the next is read."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    async def receive(self, inbound: Inbound) -> bool:
        """Commit a message to the inbox."""
        return await asyncio.to_thread(self.parts.store.receive, inbound)

    async def settle(self) -> None:
        """Work until the inbox is empty; the terminal reads the replies from the conversation's lines."""
        await self.parts.worker.drain()
        while out := await asyncio.to_thread(
            self.parts.store.claim_outgoing, process_name(), utc_now(), LEASE, (CHANNEL,)
        ):
            await asyncio.to_thread(self.parts.store.mark_sent, out.id, f"{CHANNEL}:{out.id}", utc_now())

    def lines(self, address: Address, after: int) -> list[Line]:
        """The lines of a conversation after one."""
        return self.parts.store.history(address, after)

    def attachment(self, address: Address, line: int) -> Attachment | None:
        """The file of a line."""
        return self.parts.store.attachment(address, line)

    def now(self) -> datetime:
        """The clock."""
        return utc_now()
