"""Long polling: ask for updates, store each, and only then let Telegram forget them."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, Final, TypeVar

from telegram.error import InvalidToken, TelegramError

from bot.channels.base import Sleep
from bot.channels.pacing import backoff
from bot.channels.telegram.errors import explain
from bot.channels.telegram.inbound import chat_of
from bot.channels.telegram.request import FloodError

logger = logging.getLogger(__name__)

T = TypeVar("T")
Raw = Mapping[str, Any]

NETWORK_FIRST: Final = 1.0
NETWORK_MOST: Final = 60.0
"""Seconds between tries while Telegram is away; doubled from the first to the most, and scattered."""

STORE_MOST: Final = 5.0
"""The most seconds between tries while updates cannot be stored: people wait, and Telegram holds their messages."""

SET_ASIDE_AFTER: Final = 6
"""Tries after which an update that fails while others are stored is passed over, so that the others go on."""


class Poller:
    """The loop over getUpdates.

    ``fetch(offset)`` asks Telegram; an offset confirms every update below it. ``take(update)`` returns once the update
    is stored and raises if it could not be. The offset never passes an update that was not taken, with one exception:
    see ``SET_ASIDE_AFTER``. A chat's updates are taken in order, and none while an earlier one of the chat waits.
    """

    def __init__(
        self,
        fetch: Callable[[int | None], Coroutine[Any, Any, list[dict[str, Any]]]],
        take: Callable[[Raw], Awaitable[None]],
        sleep: Sleep,
        random: Callable[[], float],
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._sleep = sleep
        self._random = random
        self._tries: Counter[int] = Counter()
        self.trouble = ""
        """What keeps it from receiving just now, in words for the operator; empty when all is well."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Poll until ``stopping`` is set. Raises InvalidToken; survives everything else that can happen on the way."""
        offset: int | None = None
        away = failed = 0
        while not stopping.is_set():
            try:
                batch = await unless(stopping, self._fetch(offset))
            except InvalidToken:
                raise
            except TelegramError as error:
                away += 1
                self._say(explain(error))
                await unless(stopping, self._rest(error, away))
                continue
            if batch is None:
                return
            if away:
                away, self.trouble = 0, ""
                logger.info("telegram: connected again")
            # Everything below the offset is confirmed by now, and an empty answer means that nothing waits above it.
            # Asking without an offset from here on matters after a quiet week: update ids then begin anew anywhere,
            # https://core.telegram.org/bots/api#update
            offset = await self._take_all(sorted(batch, key=_id)) if batch else None
            failed = failed + 1 if self._tries else 0
            if failed:
                await unless(stopping, self._wait(backoff(failed, NETWORK_FIRST, STORE_MOST)))

    async def _take_all(self, batch: Sequence[Raw]) -> int:
        """Take what can be taken. Returns the new offset: the first update that is still to be taken, or the end."""
        waiting: list[int] = []
        held: set[str] = set()
        taken = 0
        for raw in batch:
            chat = chat_of(raw)
            if chat in held:
                waiting.append(_id(raw))
                continue
            try:
                await self._take(raw)
            except Exception as error:  # whatever the store raises, the update is not lost
                self._tries[_id(raw)] += 1
                logger.warning("telegram: an update could not be stored (%s); it stays with Telegram", _name(error))
                held.add(chat)
                waiting.append(_id(raw))
            else:
                taken += 1
                self._tries.pop(_id(raw), None)
        # Others were stored in this very round, so the store is well and the fault is the update's.
        hopeless = [ident for ident in waiting if self._tries[ident] >= SET_ASIDE_AFTER] if taken else []
        for ident in hopeless:
            logger.error("telegram: update %d cannot be stored and is set aside", ident)
        waiting = [ident for ident in waiting if ident not in hopeless]
        self._tries = Counter({ident: tries for ident, tries in self._tries.items() if ident in waiting and tries})
        return waiting[0] if waiting else _id(batch[-1]) + 1

    async def _rest(self, error: TelegramError, failures: int) -> None:
        if isinstance(error, FloodError):
            await self._sleep(error.seconds)
        else:
            await self._wait(backoff(failures, NETWORK_FIRST, NETWORK_MOST))

    async def _wait(self, seconds: float) -> None:
        """Between half of the time and all of it, so that many processes do not come back in the same moment."""
        await self._sleep(seconds * (0.5 + 0.5 * self._random()))

    def _say(self, words: str) -> None:
        """Log a trouble once, not at every try."""
        if words != self.trouble:
            logger.warning("telegram: %s", words)
            self.trouble = words


async def unless(stopping: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """Do the work, but drop it as soon as ``stopping`` is set; None then. Raises what the work raises."""
    doing = asyncio.ensure_future(work)
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({doing, stop}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        stop.cancel()
        await asyncio.gather(doing, stop, return_exceptions=True)


def _id(raw: Raw) -> int:
    return int(raw["update_id"])


def _name(error: Exception) -> str:
    return type(error).__name__
