"""Long polling over real HTTP: from a phone to the inbox."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import Callable

import pytest

from bot.channels.telegram import TelegramChannel
from bot.messages import Address, Inbound, Outbound
from tests.channels.telegram.world import World
from tests.standins.telegram import TOKEN, TelegramStandIn

Open = Callable[..., TelegramChannel]


async def test_what_people_write_tap_and_send_reaches_the_inbox_in_order(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    telegram.text("1001", "/start feria")
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    telegram.tap("1001", "g|menu")
    telegram.edit("1001", "hola, perdón")
    telegram.media("1001", "voice")
    telegram.text("-7", "hola grupo")
    telegram.text("1002", "bonjour", language="fr")
    await world.until(lambda: len(world.received) == 6)
    assert [
        (each.address.external_id, each.kind, each.text or each.payload or each.media) for each in world.received
    ] == [
        ("1001", "start", "feria"),
        ("1001", "text", "hola"),
        ("1001", "tap", "g|menu"),
        ("1001", "edited", "hola, perdón"),
        ("1001", "media", "voice"),
        ("1002", "text", "bonjour"),
    ]
    await asyncio.to_thread(telegram.wait_confirmed)


async def test_nothing_is_acknowledged_before_it_is_stored(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    world.away = 3
    ident = telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: world.away == 1)
    assert telegram.state()["waiting"] == [ident]
    await world.until(lambda: len(world.received) == 1)
    await asyncio.to_thread(telegram.wait_confirmed)
    assert [each.text for each in world.received] == ["hola"]


async def test_a_repeated_update_is_handed_on_and_confirmed_again(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    telegram.push({"update_id": 9, **_text("hola")})
    telegram.push({"update_id": 8, **_text("antes")})
    telegram.push({"update_id": 9, **_text("hola")})
    await channel.start(world.receive)
    await asyncio.to_thread(telegram.wait_confirmed)
    assert [each.text for each in world.received] == ["antes", "hola"]


async def test_a_tap_is_answered_after_it_is_stored_and_typing_shows(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    storing, stored = asyncio.Event(), asyncio.Event()

    async def receive(inbound: Inbound) -> bool:
        storing.set()
        await stored.wait()
        return await world.receive(inbound)

    telegram.tap("1001", "g|menu")
    await channel.start(receive)
    await storing.wait()
    # A message there and back: whatever was asked of Telegram before has arrived.
    await channel.send(Outbound(1, Address("telegram", "1001"), "hola"))
    assert telegram.calls("answerCallbackQuery") == []
    assert telegram.calls("sendChatAction") == []
    stored.set()
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("answerCallbackQuery")))
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("sendChatAction")))
    assert telegram.calls("sendChatAction")[0]["action"] == "typing"


async def test_courtesies_may_fail(channel: TelegramChannel, telegram: TelegramStandIn, world: World) -> None:
    telegram.fault("flood", "answerCallbackQuery", times=-1, retry_after=600)
    telegram.fault("drop", "sendChatAction", times=-1)
    telegram.tap("1001", "g|menu")
    await channel.start(world.receive)
    telegram.text("1001", "hola")
    await world.until(lambda: len(world.received) == 2)
    assert channel.status == "receiving"


async def test_who_blocks_the_bot_is_noted(channel: TelegramChannel, telegram: TelegramStandIn, world: World) -> None:
    world.away = 1
    telegram.block("1001")
    await channel.start(world.receive)
    await world.until(lambda: bool(world.blocked))
    assert world.blocked == [Address("telegram", "1001")]
    await asyncio.to_thread(telegram.wait_confirmed)
    assert world.received == []


async def test_an_update_that_nobody_understands_does_not_stop_the_others(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.push({"message": {"text": "palabras sueltas"}})
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)
    assert "palabras sueltas" not in caplog.text
    assert "unreadable" in caplog.text


async def test_the_channel_starts_while_telegram_is_away(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    telegram.fault("refuse", "getMe", times=2)
    telegram.fault("gateway", "deleteWebhook")
    telegram.fault("server", "getUpdates", times=2)
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)
    assert world.slept == [1, 2, 4, 1, 2]


async def test_the_status_tells_an_interruption_and_its_end(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    told: list[str] = []
    world.on_sleep = lambda seconds: told.append(channel.status)
    telegram.fault("conflict", "getUpdates")
    telegram.text("1001", "hola")
    assert channel.status == "not started"
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)
    assert ["one reader at a time" in each for each in told] == [True]
    assert channel.status == "receiving"
    await channel.stop()
    assert channel.status == "stopped"


async def test_a_wrong_token_stops_the_channel_and_says_how_to_mend_it(
    open_channel: Open, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    channel = open_channel(token="99:a-wrong-token")
    await channel.start(world.receive)
    assert channel._work is not None
    await channel._work
    assert channel.status.startswith("stopped: ")
    assert "@BotFather" in caplog.text
    assert "AMABLE_TELEGRAM_TOKEN" in caplog.text
    assert "a-wrong-token" not in caplog.text


async def test_an_unreachable_address_never_raises_and_stops_at_once(open_channel: Open, world: World) -> None:
    with socket.socket() as taken:  # bound, never listening
        taken.bind(("127.0.0.1", 0))
        channel = open_channel(api=f"http://127.0.0.1:{taken.getsockname()[1]}")
        await channel.start(world.receive)
        await world.until(lambda: len(world.slept) >= 3)
        assert "trying again" in channel.status
        async with asyncio.timeout(1):
            await channel.stop()


async def test_stopping_in_the_middle_of_a_poll_is_prompt_and_starting_again_works(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    await channel.start(world.receive)
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("getUpdates")))
    async with asyncio.timeout(1):
        await channel.stop()
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)


async def test_menu_and_profile_are_published_in_every_language(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    await channel.start(world.receive)
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("setMyDescription")))
    published = {
        each.get("language_code", ""): json.loads(each["commands"]) for each in telegram.calls("setMyCommands")
    }
    assert set(published) == {"", "en", "ht"}
    assert published[""] == [{"command": "menu", "description": "Ver el menú"}]
    assert telegram.calls("setMyDescription")[0]["description"] == "Te acompaño paso a paso."


@pytest.mark.parametrize("fault", ["unknown", "bad", "server", "drop"])
async def test_a_server_that_knows_no_menus_and_webhooks_serves_all_the_same(
    channel: TelegramChannel,
    telegram: TelegramStandIn,
    world: World,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    telegram.fault(fault, "setMyCommands", times=-1)
    telegram.fault("unknown", "setMyDescription", times=-1)
    telegram.fault("unknown", "deleteWebhook", times=-1)
    telegram.text("1001", "hola")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 1)
    await asyncio.to_thread(telegram.wait_for, lambda: bool(telegram.calls("setMyDescription")))
    assert len(telegram.calls("setMyCommands")) == 1
    await channel.stop()
    assert caplog.text.count("setMyCommands was not taken") == 1


async def test_the_logs_of_a_day_hold_neither_token_nor_words(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "httpx", "httpcore", "telegram", "telegram.Bot"):
        caplog.set_level(logging.DEBUG, name)
    telegram.fault("conflict", "getUpdates")
    telegram.fault("garble", "getUpdates")
    telegram.text("1001", "palabras-de-nadie")
    telegram.tap("1001", "carga-de-nadie")
    await channel.start(world.receive)
    await world.until(lambda: len(world.received) == 2)
    await channel.stop()
    assert caplog.records
    for secret in (TOKEN, "palabras-de-nadie", "carga-de-nadie", "1001"):
        assert secret not in caplog.text


def _text(text: str) -> dict[str, object]:
    person = {"id": 1001, "is_bot": False, "first_name": "Nadie"}
    return {
        "message": {"message_id": 1, "date": 1, "chat": {"id": 1001, "type": "private"}, "from": person, "text": text}
    }
