"""What is new in a conversation, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import Clock
from bot.channels.web.channel import WebChannel
from bot.channels.web.ports import History, Line
from bot.messages import Address, Button, Outbound

MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class News:
    """Lines that a reader has not seen. ``restarted``: they are of a new conversation, and what it shows is gone."""

    lines: Sequence[Line]
    restarted: bool = False

    @property
    def more(self) -> bool:
        """Whether there may be more lines at once."""
        return len(self.lines) >= MAX_LINES


@dataclass(frozen=True, slots=True)
class _SentLine:
    id: int
    at: datetime
    text: str
    buttons: Sequence[Button]
    kind: str
    file: str = ""
    direction: str = "out"


class Reader:
    """Reads conversations for the page. Raises storage's errors."""

    def __init__(
        self,
        store: History,
        channel: WebChannel,
        clock: Clock,
        monotonic: Callable[[], float],
        reread_seconds: float,
    ) -> None:
        self._store = store
        self._channel = channel
        self._clock = clock
        self._monotonic = monotonic
        self._reread_seconds = reread_seconds

    async def news(self, address: Address, after: int, wait: float, gone: Callable[[], Awaitable[bool]]) -> News:
        """The lines after an id: at once where there are some, else when one comes, or none after ``wait`` seconds.

        ``gone`` tells whether the reader went away, so that nobody is waited for in vain.
        """
        deadline = self._monotonic() + wait
        with self._channel.listening(address) as bell:
            while True:
                news = await self._look(address, after)
                left = deadline - self._monotonic()
                if news.lines or left <= 0 or bell is None or not self._channel.open or await gone():
                    return news
                await bell.wait(min(left, self._reread_seconds))

    async def _look(self, address: Address, after: int) -> News:
        news = await asyncio.to_thread(self._stored, address, after)
        # Without an id it is a page that opens: what was erased a moment ago is not shown again there.
        if not after or news.restarted:
            return news
        known = {line.id for line in news.lines}
        sent = [_as_line(out, self._clock()) for out in self._channel.sent_lately(address)]
        missed = [line for line in sent if line.id > after and line.id not in known]
        return News(sorted([*news.lines, *missed], key=lambda line: line.id)) if missed else news

    def _stored(self, address: Address, after: int) -> News:
        if not after:
            return News(self._store.history(address, limit=MAX_LINES))
        newest = self._store.history(address, limit=1)
        if not newest or newest[-1].id == after:
            return News(())
        # Ids count up along a conversation: a newest line before the one already read belongs to another one, begun
        # after the person had everything erased.
        restarted = newest[-1].id < after
        return News(self._store.history(address, 0 if restarted else after, MAX_LINES), restarted)


def _as_line(out: Outbound, at: datetime) -> _SentLine:
    file = out.attachment.name if out.attachment is not None else ""
    return _SentLine(int(out.extra.get("line", 0)), at, out.text, out.buttons, out.kind, file)
