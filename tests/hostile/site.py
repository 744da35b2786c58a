"""The service under fire: the real site, the real Store and the real engine in one process, without Rasa."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from fastapi import APIRouter, FastAPI

from bot.channels.site import make_site
from bot.channels.telegram import Profile, TelegramChannel, TelegramSettings, telegram_router
from bot.channels.watching import watching_router
from bot.channels.web import SECURITY_HEADERS, WebChannel, WebSettings, web_router
from bot.channels.web.settings import Allowance, RateLimits
from bot.dialogue.files import load_library
from bot.dialogue.records import record_of
from bot.dialogue.turns import TurnInHand
from bot.dialogue.understanding import NOT_PARSED, turn_of
from bot.flows.engine import advance
from bot.flows.state import State
from bot.messages import Inbound
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage import Store, open_store
from tests.hostile.odd import MARK
from tests.hostile.requests import SECRET, Hostile
from tests.standins.telegram import TelegramStandIn

LEASE = timedelta(seconds=60)
EVERYTHING = Allowance(1e9, 1e9)
ANY_RATE = RateLimits(EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING)
_RAW = re.compile(rf"<[^>]*{MARK}|{{{{[^}}]*{MARK}".encode())


class LogCatcher(logging.Handler):
    """Counts log lines that hold a mark of what was sent."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.leaks = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Look at a line."""
        self.leaks += MARK in record.getMessage()


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


class Target:
    """Takes hostile requests; :meth:`fire` gives what went wrong, as short words. Use as an async context."""

    def __init__(self, folder: Path) -> None:
        self.store: Store = open_store(f"sqlite:///{folder / 'hostile.db'}", folder / "keys")
        self.library = load_library(Settings())
        self.log = LogCatcher()
        self.turns = 0
        self._web = WebChannel()
        self._standin = TelegramStandIn()

    async def __aenter__(self) -> Self:
        self._standin.__enter__()
        self._telegram = TelegramChannel(
            TelegramSettings(self._standin.token, self._standin.url, "https://amable.example", SECRET),
            profile=Profile(commands={}),
            clock=utc_now,
            on_blocked=self._blocked,
        )
        await self._telegram.start(self._receive)
        await self._web.start(self._receive)
        # Below the middleware that makes a 500 of it, an error is one that nobody foresaw.
        transport = httpx.ASGITransport(self.app(), raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://amable.example")
        logging.getLogger().addHandler(self.log)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        logging.getLogger().removeHandler(self.log)
        await self._client.aclose()
        await self._telegram.stop()
        await self._web.stop()
        self._standin.__exit__(kind, error, at)
        self.store.close()

    def app(self) -> FastAPI:
        """The site, its limits of rate lifted."""
        return make_site(self.routers())

    def routers(self) -> list[APIRouter]:
        """All that the service serves."""
        return [
            watching_router(self.store, Metrics(), clock=utc_now, missing=dict),
            web_router(self._web, self.store, utc_now, WebSettings(limits=ANY_RATE)),
            telegram_router(self._telegram, SECRET),
        ]

    async def fire(self, request: Hostile) -> list[str]:
        """Send a request, work on what it left in the inbox, and judge both."""
        try:
            response = await self._client.request(
                request.method, request.address, content=request.body, headers=_bytes(request.headers)
            )
        except (httpx.InvalidURL, httpx.LocalProtocolError):
            return []  # httpx sends no such thing
        faults = list(judge(response))
        try:
            await asyncio.to_thread(self.settle)
        except Exception as error:  # any error of a turn is what is looked for here
            faults.append(f"turn: {type(error).__name__} at {_where(error)}")
            await asyncio.to_thread(self._drop)
        self._standin.reset()
        return faults

    def settle(self) -> None:
        """Handle what waits in the inbox as the worker does, with the engine alone."""
        while (claim := self.store.claim_next("hostile", utc_now(), LEASE)) is not None:
            conversation = self.store.load_conversation(claim.person_id)
            hand = TurnInHand(claim.inbound, utc_now(), self.library, claim, conversation)
            state = State.from_json(conversation.state)
            world = self.library.world_for(state, hand.now)
            after, events = advance(state, turn_of(claim.inbound, NOT_PARSED), world)
            after = State.from_json(json.loads(json.dumps(after.to_json())))
            self.store.commit_turn(record_of(hand, claim, after, events))
            self.turns += 1

    def _drop(self) -> None:
        later = utc_now() + 2 * LEASE
        while (claim := self.store.claim_next("hostile", later, LEASE)) is not None:
            self.store.park(claim, later, "hostile")

    async def _receive(self, inbound: Inbound) -> bool:
        return await asyncio.to_thread(self.store.receive, inbound)

    async def _blocked(self, address: Any) -> None:
        await asyncio.to_thread(self.store.block_address, address, utc_now())


def judge(response: httpx.Response) -> Iterable[str]:
    """What is wrong with an answer."""
    if response.status_code >= 500:
        yield f"status {response.status_code}"
    for name in SECURITY_HEADERS:
        if name not in response.headers:
            yield f"header {name} is missing"
    kind = response.headers.get("content-type", "")
    if "json" in kind and response.content:
        try:
            response.json()
        except ValueError:
            yield "broken JSON"
    elif _RAW.search(response.content):
        yield "unescaped"
    if b"Traceback" in response.content:
        yield "traceback"


@asynccontextmanager
async def target(folder: Path) -> AsyncIterator[Target]:
    """A target on a database in a folder."""
    async with Target(folder) as made:
        yield made


def _bytes(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("utf-8", "replace")) for name, value in headers.items()]


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
