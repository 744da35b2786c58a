"""Empties the outbox: claims messages, keeps to each provider's pace, sends, and writes down what became of each."""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.channels.base import Channel, Clock, OutboxStore, Paced, Sleep
from bot.channels.pacing import Pacer, Pauses, backoff
from bot.messages import AnswerLost, Blocked, Outbound, SendError, Throttled, Unreachable
from bot.storage.errors import DatabaseAway

logger = logging.getLogger(__name__)

IDLE: Final = 1.0
"""Seconds between looks into the outbox when nobody wakes the sender (another process may have written to it)."""

AT_ONCE: Final = 8
"""Messages under way at the same time, each to another address."""

SEND_MOST: Final = 24.0
"""Seconds that a send may take; above the channels' own time limits. What takes longer may have been delivered."""

LEASE: Final = timedelta(seconds=28)
"""How long a claimed message is ours; longer than ``SEND_MOST``, so that nobody takes it for lost while it is sent. The
address's later messages wait so long for a process that died: less than 30 s."""

SEND_LEAST: Final = 5.0
"""A claim that came back so late from a busy database that less of the lease is left is given up unsent."""

RECOVER_EVERY: Final = timedelta(seconds=15)
"""How often messages that a dead process left half sent are looked for."""

RETRY_FIRST: Final = 2.0
RETRY_MOST: Final = 300.0
"""Seconds between the tries of one message that does not reach its provider: 2, 4, 8 ... 300. The store counts the
tries, and fails the message in the end."""

STORE_MOST: Final = 5.0
"""The most seconds between tries while the database is away."""

STOP_MOST: Final = 45.0
"""Seconds that :meth:`Sender.stop` waits for messages under way."""

_REMEMBERED: Final = 10_000


class Sender:
    """Delivers the outbox through ``channels`` (name → channel) until :meth:`stop`.

    A message is claimed only in the moment in which it may be sent: one that must wait for the pace goes back into the
    outbox. So a crash finds as few messages as can be in the state ``sending``, of which nobody knows whether they were
    delivered. ``worker`` names this process in the claims; ``observe`` is told the channel and outcome of each try.
    The store is called in a thread.
    """

    def __init__(
        self,
        store: OutboxStore,
        channels: Mapping[str, Channel],
        clock: Clock,
        sleep: Sleep,
        worker: str,
        *,
        at_once: int = AT_ONCE,
        send_most: float = SEND_MOST,
        observe: Callable[[str, str], None] = lambda _channel, _outcome: None,
    ) -> None:
        self._store = store
        self._channels = dict(channels)
        self._clock = clock
        self._sleep = sleep
        self._worker = worker
        self._at_once = at_once
        self._send_most = send_most
        self._observe = observe
        self._pacers = {name: Pacer(each.pace) for name, each in channels.items() if isinstance(each, Paced)}
        self._pauses = {name: Pauses(RETRY_FIRST, RETRY_MOST) for name in channels}
        self._attempts: OrderedDict[int, int] = OrderedDict()
        self._under_way: set[asyncio.Task[None]] = set()
        self._due: list[datetime] = []
        self._recover_at: datetime | None = None
        self._bell = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False
        self._ended = asyncio.Event()
        self._ended.set()

    def wake(self) -> None:
        """Say that the outbox has something new. From any thread; harmless at any time."""
        if self._loop is None:
            self._bell.set()
        elif not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._bell.set)

    async def run(self) -> None:
        """Send until :meth:`stop`. No fault of a channel or of the database ends it."""
        self._loop = asyncio.get_running_loop()
        self._ended.clear()
        failures = 0
        try:
            while not self._stopping:
                try:
                    wait = await self._round()
                    failures = 0
                except Exception as error:
                    failures += 1
                    wait = backoff(failures, IDLE, STORE_MOST)
                    self._note_trouble(error, failures)
                if wait > 0:
                    await self._idle(wait)
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=STOP_MOST)
        finally:
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)
            self._loop = None
            self._ended.set()

    async def stop(self) -> None:
        """Claim nothing more, and return when the messages under way are settled and :meth:`run` has ended; at most
        45 s later."""
        self._stopping = True
        self.wake()
        await self._ended.wait()

    async def _round(self) -> float:
        """Claim and begin to send one message. Returns the seconds to rest; 0 when there may be more to do at once."""
        now = self._clock()
        if self._recover_at is None or now >= self._recover_at:
            lost = await asyncio.to_thread(self._store.recover_sending, now)
            self._recover_at = now + RECOVER_EVERY
            if lost:
                logger.warning("sender: %d messages of a process that ended may or may not have been delivered", lost)
        if len(self._under_way) >= self._at_once:
            return IDLE  # the end of any of them rings the bell
        waits = {name: self._wait_of(name, now) for name in self._channels}
        ready = [name for name, wait in waits.items() if wait <= 0]
        if not ready:
            return min([IDLE, *waits.values()])
        out = await asyncio.to_thread(self._store.claim_outgoing, self._worker, now, LEASE, ready)
        if out is None:
            return min([IDLE, *(wait for wait in waits.values() if wait > 0), self._next_due(now)])
        left = SEND_MOST - (self._clock() - now).total_seconds()
        if left < SEND_LEAST:
            await self._again(out, "paced", 0.0)
            return 0.0
        pacer = self._pacers.get(out.address.channel)
        wait = pacer.wait_for(out.address.external_id, self._clock().timestamp()) if pacer else 0.0
        if wait > 0:
            await self._again(out, "paced", wait)
            return 0.0
        task = asyncio.create_task(self._deliver(out, min(self._send_most, left)))
        self._under_way.add(task)
        task.add_done_callback(self._settled)
        return 0.0

    async def _deliver(self, out: Outbound, most: float) -> None:
        """Send one message, in so many seconds, and write down the outcome. Raises nothing."""
        store, channel = self._store, out.address.channel
        pauses = self._pauses[channel]
        try:
            async with asyncio.timeout(most):
                provider_id = await self._channels[channel].send(out)
        except Throttled as error:
            self._report(out, error.code)
            pauses.throttled(out.address.external_id, self._clock().timestamp(), error.retry_after)
            await self._again(out, error.code, error.retry_after)
        except Unreachable as error:
            self._report(out, error.code)
            now = self._clock().timestamp()
            pauses.unreachable(now)
            # At least twice the pause, so that the next to go ahead is another message and the tries are shared.
            wait = max(backoff(self._count(out.id), RETRY_FIRST, RETRY_MOST), 2 * pauses.remaining(now))
            await self._again(out, error.code, wait)
        except (AnswerLost, TimeoutError):
            self._report(out, AnswerLost.code)
            await self._mark(out, store.mark_uncertain, out.id, AnswerLost.code, self._clock())
        except SendError as error:
            pauses.reached()
            self._report(out, error.code)
            await self._mark(out, store.mark_failed, out.id, error.code, self._clock())
            if isinstance(error, Blocked):
                await self._mark(out, store.block_address, out.address, self._clock())
        except Exception as error:
            # Whether it was delivered cannot be known, so it is not sent again. The error's text may hold anything:
            # only its type is told.
            kind = type(error).__name__
            self._report(out, f"unforeseen {kind}")
            await self._mark(out, store.mark_uncertain, out.id, kind, self._clock())
        else:
            pauses.reached()
            self._observe(channel, "sent")
            self._attempts.pop(out.id, None)
            await self._mark(out, store.mark_sent, out.id, provider_id, self._clock())

    async def _again(self, out: Outbound, error: str, seconds: float) -> None:
        """Put a message that was surely not delivered back into the outbox, to be sent after so many seconds."""
        retry_at = self._clock() + timedelta(seconds=seconds)
        heapq.heappush(self._due, retry_at)
        await self._mark(out, self._store.mark_retry, out.id, error, retry_at)

    async def _mark(self, out: Outbound, write: Callable[..., None], *values: object) -> None:
        """Write an outcome, as soon as the database lets us: what was sent must not be forgotten."""
        failures = 0
        while True:
            try:
                await asyncio.to_thread(write, *values)
                return
            except DatabaseAway as error:
                failures += 1
                self._note_trouble(error, failures)
                await self._sleep(backoff(failures, IDLE, STORE_MOST))
            except Exception as error:
                # Its lease runs out, and it becomes "uncertain" like a crashed process's.
                logger.error("sender: the outcome of message %d was not stored (%s)", out.id, type(error).__name__)
                return

    async def _idle(self, seconds: float) -> None:
        """Rest until the time is over or the bell rings."""
        tasks = [asyncio.ensure_future(self._bell.wait()), asyncio.ensure_future(self._sleep(seconds))]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        self._bell.clear()

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._bell.set()

    def _wait_of(self, name: str, now: datetime) -> float:
        """Seconds for which a channel as a whole must be silent."""
        pacer = self._pacers.get(name)
        at = now.timestamp()
        return max(self._pauses[name].remaining(at), pacer.wait_overall(at) if pacer else 0.0)

    def _next_due(self, now: datetime) -> float:
        while self._due and self._due[0] <= now:
            heapq.heappop(self._due)
        return (self._due[0] - now).total_seconds() if self._due else IDLE

    def _count(self, outbox_id: int) -> int:
        """Count a failed try. In memory only: after a restart the waits begin small again, which does no harm."""
        attempts = self._attempts.pop(outbox_id, 0) + 1
        self._attempts[outbox_id] = attempts
        if len(self._attempts) > _REMEMBERED:
            self._attempts.popitem(last=False)
        return attempts

    def _report(self, out: Outbound, code: str) -> None:
        self._observe(out.address.channel, code)
        logger.warning("sender: message %d by %s: %s", out.id, out.address.channel, code)

    def _note_trouble(self, error: Exception, failures: int) -> None:
        """Log the first of a row of failures; the others say nothing new."""
        if failures == 1:
            logger.warning("sender: the outbox cannot be used (%s); trying again", type(error).__name__)
