"""A stand-in of Telegram for the whole session, emptied before each test, and channels that talk to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import Profile, TelegramChannel, TelegramSettings
from tests.channels.telegram.world import World
from tests.standins.telegram import TelegramStandIn

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
PROFILE = Profile(
    commands={"es": [("menu", "Ver el menú")], "en": [("menu", "See the menu")], "ht": [("menu", "Gade meni an")]},
    description={"es": "Te acompaño paso a paso."},
)


@pytest.fixture(scope="session")
def server() -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as telegram:
        yield telegram


@pytest.fixture
def telegram(server: TelegramStandIn) -> TelegramStandIn:
    server.reset()
    return server


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
async def open_channel(telegram: TelegramStandIn, world: World) -> AsyncIterator[Callable[..., TelegramChannel]]:
    """Makes channels to the stand-in, and stops them after the test."""
    made: list[TelegramChannel] = []

    def make(token: str = telegram.token, api: str = telegram.url, **settings: str) -> TelegramChannel:
        channel = TelegramChannel(
            TelegramSettings(token, api, **settings),
            profile=PROFILE,
            clock=lambda: NOW,
            on_blocked=world.on_blocked,
            sleep=world.sleep,
            random=lambda: 1.0,
        )
        made.append(channel)
        return channel

    yield make
    for channel in made:
        await channel.stop()


@pytest.fixture
async def channel(open_channel: Callable[..., TelegramChannel]) -> TelegramChannel:
    """A channel that is not started: it can send."""
    return open_channel()
