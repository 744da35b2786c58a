"""The webhook: who may call, and what each answer promises."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.telegram import TelegramChannel, TelegramSettings, TelegramSettingsError, telegram_router
from tests.channels.telegram.world import World
from tests.standins.telegram import TelegramStandIn

SECRET = "un-secreto_de-prueba"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
PERSON = {"id": 1001, "is_bot": False, "first_name": "Nadie"}
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 1001, "type": "private"},
        "from": PERSON,
        "text": "hola",
    },
}


@pytest.fixture
async def hooked(open_channel: Callable[..., TelegramChannel]) -> TelegramChannel:
    return open_channel(webhook_url="https://amable.example", webhook_secret=SECRET)


@pytest.fixture
async def client(hooked: TelegramChannel) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(telegram_router(hooked, SECRET))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://amable.example") as web:
        yield web


async def post(client: httpx.AsyncClient, body: bytes, headers: dict[str, str] | None = None) -> int:
    answer = await client.post("/telegram/webhook", content=body, headers=HEADER if headers is None else headers)
    return answer.status_code


async def test_an_update_is_stored_and_then_answered(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World
) -> None:
    await hooked.start(world.receive)
    assert await post(client, json.dumps(UPDATE).encode()) == 200
    assert [each.text for each in world.received] == ["hola"]


async def test_a_repetition_is_answered_like_the_first(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World
) -> None:
    await hooked.start(world.receive)
    assert [await post(client, json.dumps(UPDATE).encode()) for _ in range(2)] == [200, 200]
    assert len(world.received) == 1


async def test_an_update_that_cannot_be_stored_is_asked_for_again(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World
) -> None:
    await hooked.start(world.receive)
    world.away = 1
    assert await post(client, json.dumps(UPDATE).encode()) == 503
    assert await post(client, json.dumps(UPDATE).encode()) == 200
    assert len(world.received) == 1


async def test_before_the_start_and_after_the_stop_telegram_keeps_the_update(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World
) -> None:
    assert await post(client, json.dumps(UPDATE).encode()) == 503
    await hooked.start(world.receive)
    await hooked.stop()
    assert await post(client, json.dumps(UPDATE).encode()) == 503
    assert world.received == []


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}],
)
async def test_nobody_else_may_write(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World, headers: dict[str, str]
) -> None:
    await hooked.start(world.receive)
    assert await post(client, json.dumps(UPDATE).encode(), headers) == 401
    assert world.received == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'{"update_id": "5"}', 400),
        (b"[" * 200_000, 400),
        (b'{"update_id": 5, "x": "' + b"x" * 1_100_000 + b'"}', 413),
        (b'{"update_id": 5, "message": {"text": "sin chat"}}', 200),
        (b'{"update_id": 5, "of_next_year": {}}', 200),
    ],
)
async def test_bodies_that_are_no_message(
    client: httpx.AsyncClient, hooked: TelegramChannel, world: World, body: bytes, status: int
) -> None:
    await hooked.start(world.receive)
    assert await post(client, body) == status
    assert world.received == []


async def test_a_body_without_a_length_is_cut_off_too(client: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b" " * 65_536

    answer = await client.post("/telegram/webhook", content=endless(), headers=HEADER)
    assert answer.status_code == 413


async def test_the_start_tells_telegram_where_to_call(
    hooked: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    await hooked.start(world.receive)
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("setWebhook")))
    (call,) = telegram.calls("setWebhook")
    assert call["url"] == "https://amable.example/telegram/webhook"
    assert call["secret_token"] == SECRET
    assert "callback_query" in json.loads(call["allowed_updates"])
    assert telegram.calls("getUpdates") == []


async def test_a_refused_address_stops_the_channel_and_says_how_to_mend_it(
    hooked: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    telegram.fault("bad", "setWebhook")
    await hooked.start(world.receive)
    assert hooked._work is not None
    await hooked._work
    assert "AMABLE_TELEGRAM_WEBHOOK_URL" in hooked.status


async def test_polling_takes_an_old_webhook_away(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)
    assert telegram.calls("deleteWebhook")[0].get("drop_pending_updates", "false").lower() == "false"


def test_a_webhook_without_a_secret_is_refused() -> None:
    with pytest.raises(TelegramSettingsError, match="AMABLE_TELEGRAM_WEBHOOK_SECRET"):
        TelegramSettings("1:x", webhook_url="https://amable.example")
    with pytest.raises(TelegramSettingsError, match="AMABLE_TELEGRAM_WEBHOOK_SECRET"):
        TelegramSettings("1:x", webhook_url="https://amable.example", webhook_secret="con espacio")


def test_an_empty_token_says_what_to_set() -> None:
    with pytest.raises(TelegramSettingsError, match="AMABLE_TELEGRAM_TOKEN"):
        TelegramSettings(" ")


def test_a_full_webhook_address_is_taken_as_it_is() -> None:
    settings = TelegramSettings("1:x", webhook_url="https://a.example/telegram/webhook", webhook_secret="s")
    assert settings.webhook_address == "https://a.example/telegram/webhook"


async def test_a_router_without_a_secret_is_not_made(channel: TelegramChannel) -> None:
    with pytest.raises(ValueError, match="open to everybody"):
        telegram_router(channel, "")
