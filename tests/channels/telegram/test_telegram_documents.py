"""A page through sendDocument, over real HTTP."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.errors import DocumentRefused
from bot.channels.telegram.limits import CAPTION_UNITS
from bot.messages import Address, AnswerLost, Attachment, Blocked, Outbound, SendError, Throttled, Unreachable
from tests.channels.telegram.world import World
from tests.standins.telegram import TelegramStandIn

CONTENT = b"%PDF-1.4\n" + bytes(range(256)) * 40
CAPTION = "Aquí está tu plan, mi-prima-de-invención."


def out(caption: str = CAPTION, content: bytes = CONTENT) -> Outbound:
    page = Attachment("mi-plan.pdf", "application/pdf", content)
    return Outbound(1, Address("telegram", "1001"), caption, kind="document", attachment=page)


async def test_the_page_arrives_whole_with_its_caption_in_one_call(
    channel: TelegramChannel, telegram: TelegramStandIn
) -> None:
    provider_id = await channel.send(out())
    (sent,) = telegram.sent()
    assert (sent.chat, sent.text, sent.file, sent.content) == ("1001", CAPTION, "mi-plan.pdf", CONTENT)
    assert provider_id == str(sent.message_id)
    assert telegram.calls("sendMessage") == []


async def test_a_delivered_page_counts_as_such_whatever_else_the_answer_holds(
    channel: TelegramChannel, telegram: TelegramStandIn
) -> None:
    telegram.message_extra = {"document": "of next year", "caption_entities": 7}
    assert await channel.send(out()) == str(telegram.sent()[0].message_id)


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        ("flood", Throttled, 0),
        ("blocked", Blocked, 0),
        ("no_chat", Blocked, 0),
        ("bad", DocumentRefused, 0),
        ("server", Unreachable, 0),
        ("gateway", AnswerLost, 0),
        ("drop", AnswerLost, 1),
        ("garble", AnswerLost, 1),
    ],
)
async def test_each_failure_tells_whether_it_may_be_sent_again(
    channel: TelegramChannel,
    telegram: TelegramStandIn,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    error: type[SendError],
    arrived: int,
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fault(fault, "sendDocument")
    with pytest.raises(SendError) as raised:
        await channel.send(out())
    assert type(raised.value) is error
    assert len(telegram.sent()) == arrived
    said = caplog.text + str(raised.value)
    assert "mi-prima-de-invención" not in said
    assert "%PDF" not in said


@pytest.mark.parametrize("bad", [out("a" * (CAPTION_UNITS + 1)), out(content=b"x" * 50_000_001)])
async def test_what_telegram_would_not_take_is_refused_before_anything_leaves(
    channel: TelegramChannel, telegram: TelegramStandIn, bad: Outbound
) -> None:
    with pytest.raises(DocumentRefused):
        await channel.send(bad)
    assert telegram.calls("sendDocument") == []


async def test_a_connected_channel_knows_its_own_link(channel: TelegramChannel, world: World) -> None:
    assert channel.link == ""
    await channel.start(world.receive)
    async with asyncio.timeout(10):
        while channel.status != "receiving":
            await asyncio.sleep(0.01)
    assert channel.link == "https://t.me/amable_bot"
