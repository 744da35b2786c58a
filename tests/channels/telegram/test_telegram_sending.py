"""Sending over real HTTP: what arrives, and what each failure means."""

from __future__ import annotations

import logging
import socket
import traceback
from collections.abc import Callable

import httpx
import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.errors import WrongToken, send_error
from bot.channels.telegram.request import RefusedError
from bot.messages import Address, AnswerLost, Blocked, Button, Outbound, Rejected, SendError, Throttled, Unreachable
from tests.channels.telegram.world import World
from tests.standins.telegram import TOKEN, TelegramStandIn

SECRET_WORDS = "mi-prima-de-invención"


def out(text: str = SECRET_WORDS, *buttons: Button, chat: str = "1001") -> Outbound:
    return Outbound(1, Address("telegram", chat), text, buttons)


async def test_a_message_arrives_as_plain_text_with_its_buttons(
    channel: TelegramChannel, telegram: TelegramStandIn
) -> None:
    provider_id = await channel.send(
        out("Precio: <b>5*</b> https://example.org", Button("Sí", "o|1"), Button("No", "o|2"))
    )
    (sent,) = telegram.sent()
    assert (sent.chat, sent.text) == ("1001", "Precio: <b>5*</b> https://example.org")
    assert sent.buttons == ((("Sí", "o|1"), ("No", "o|2")),)
    assert str(sent.message_id) == provider_id
    assert "parse_mode" not in sent.params
    assert '"is_disabled": true' in sent.params["link_preview_options"]


async def test_a_delivered_message_counts_as_such_whatever_else_the_answer_holds(
    channel: TelegramChannel, telegram: TelegramStandIn
) -> None:
    telegram.message_extra = {"link_preview_options": "of next year", "entities": 7}
    provider_id = await channel.send(out())
    assert provider_id == str(telegram.sent()[0].message_id)


async def test_a_long_text_goes_in_parts_with_the_buttons_on_the_last(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    first, second = "Uno. " * 800, "Dos. " * 100
    provider_id = await channel.send(out(f"{first}\n\n{second}", Button("Sí", "o|1")))
    sent = telegram.sent()
    assert [each.text for each in sent] == [first.strip(), second.strip()]
    assert [bool(each.buttons) for each in sent] == [False, True]
    assert provider_id == str(sent[-1].message_id)
    assert world.slept == [1.0]


async def test_a_refused_second_part_never_repeats_the_first(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    # The fault begins when the first part is through.
    world.on_sleep = lambda seconds: telegram.fault("flood", retry_after=7) if seconds == 1.0 else None
    await channel.send(out("a" * 4096 + "\n\n" + "b" * 10))
    assert [each.text[0] for each in telegram.sent()] == ["a", "b"]
    assert world.slept == [1.0, 7.0]


async def test_a_second_part_that_cannot_be_sent_is_an_answer_lost(
    channel: TelegramChannel, telegram: TelegramStandIn, world: World
) -> None:
    world.on_sleep = lambda seconds: telegram.fault("server", times=-1)
    with pytest.raises(AnswerLost):
        await channel.send(out("a" * 4096 + "\n\n" + "b"))
    assert [each.text[0] for each in telegram.sent()] == ["a"]


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        ("flood", Throttled, 0),
        ("blocked", Blocked, 0),
        ("no_chat", Blocked, 0),
        ("bad", Rejected, 0),
        ("server", Unreachable, 0),
        ("unauthorized", WrongToken, 0),
        ("gateway", AnswerLost, 0),
        ("refuse", AnswerLost, 0),
        ("drop", AnswerLost, 1),
        ("garble", AnswerLost, 1),
    ],
)
async def test_what_a_failure_means_and_that_it_tells_no_secret(
    channel: TelegramChannel,
    telegram: TelegramStandIn,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    error: type[SendError],
    arrived: int,
) -> None:
    for name in ("", "httpx", "httpcore", "telegram", "telegram.Bot"):
        caplog.set_level(logging.DEBUG, name)
    telegram.fault(fault)
    with pytest.raises(error) as caught:
        await channel.send(out())
    assert type(caught.value) is error
    assert len(telegram.sent()) == arrived
    # A cause would be printed along by whoever logs the error, and its text is Telegram's.
    assert caught.value.__cause__ is None
    told = f"{''.join(traceback.format_exception(caught.value))} {caught.value!r} {caplog.text}"
    assert TOKEN not in told
    assert SECRET_WORDS not in told


async def test_a_success_tells_no_secret_either(channel: TelegramChannel, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "httpx", "httpcore", "telegram", "telegram.Bot"):
        caplog.set_level(logging.DEBUG, name)
    await channel.send(out())
    assert caplog.records
    assert TOKEN not in caplog.text
    assert SECRET_WORDS not in caplog.text
    assert TOKEN not in repr(channel._settings)


async def test_telegram_says_how_long_to_wait(channel: TelegramChannel, telegram: TelegramStandIn) -> None:
    telegram.fault("flood", retry_after=17)
    with pytest.raises(Throttled) as caught:
        await channel.send(out())
    assert caught.value.retry_after == 17


async def test_nobody_listening_is_unreachable(open_channel: Callable[..., TelegramChannel]) -> None:
    with socket.socket() as taken:  # bound, never listening
        taken.bind(("127.0.0.1", 0))
        channel = open_channel(api=f"http://127.0.0.1:{taken.getsockname()[1]}")
        with pytest.raises(Unreachable):
            await channel.send(out())


@pytest.mark.parametrize(
    ("status", "in_person", "error"),
    [
        (500, True, Unreachable),
        (503, True, Unreachable),
        (500, False, AnswerLost),
        (502, True, AnswerLost),
        (504, True, AnswerLost),
        (413, True, Rejected),
        (302, False, AnswerLost),
        (403, False, AnswerLost),
    ],
)
def test_only_the_bot_api_s_own_word_counts_as_not_taken(status: int, in_person: bool, error: type[SendError]) -> None:
    assert type(send_error(RefusedError(status, in_person))) is error


def test_a_wrong_token_is_tried_again_once_it_is_mended() -> None:
    assert issubclass(WrongToken, Unreachable)


@pytest.mark.parametrize(
    ("cause", "error"),
    [
        (httpx.ConnectTimeout(""), Unreachable),
        (httpx.ConnectError(""), Unreachable),
        (httpx.PoolTimeout(""), Unreachable),
        (httpx.ProxyError(""), Unreachable),
        (httpx.ReadTimeout(""), AnswerLost),
        (httpx.WriteTimeout(""), AnswerLost),
        (httpx.ReadError(""), AnswerLost),
        (httpx.RemoteProtocolError(""), AnswerLost),
    ],
)
@pytest.mark.parametrize("wrapper", [TimedOut, lambda: NetworkError("x")])
def test_only_what_surely_did_not_leave_may_be_sent_again(
    cause: httpx.HTTPError, error: type[SendError], wrapper: Callable[[], TelegramError]
) -> None:
    wrapped = wrapper()
    wrapped.__cause__ = cause
    assert type(send_error(wrapped)) is error


@pytest.mark.parametrize("bad", [out(" "), out(chat="@un_canal"), out("x", Button("Sí", "x" * 65))])
async def test_what_cannot_be_sent_is_rejected_before_anything_leaves(
    channel: TelegramChannel, telegram: TelegramStandIn, bad: Outbound
) -> None:
    with pytest.raises(Rejected):
        await channel.send(bad)
    assert telegram.calls("sendMessage") == []
