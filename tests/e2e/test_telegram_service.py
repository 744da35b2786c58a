"""The service on Telegram's HTTP interface: the same conversation as everywhere."""

from __future__ import annotations

from collections.abc import Callable

from tests.harness.kills import settle
from tests.harness.services import Running
from tests.standins.telegram import TelegramStandIn

Start = Callable[..., Running]


def texts(telegram: TelegramStandIn, chat: str) -> list[str]:
    """What one person has on the phone."""
    return [message.text for message in telegram.sent(chat)]


def test_the_conversation_over_telegram(start_service: Start, telegram: TelegramStandIn) -> None:
    """Text, a tap, a deep link and media over the Bot API; the card arrives."""
    running = start_service(telegram_token=telegram.token, telegram_api=telegram.url)
    telegram.text("77", "/start route_ppt_lost")
    telegram.wait_sent(1, "77", 30)
    consent = telegram.sent("77")[0]
    assert "Banco Amable" in consent.text
    telegram.tap("77", consent.buttons[0][0][1])
    settle(telegram, running)
    telegram.media("77", "voice")
    settle(telegram, running)
    assert any("nota de voz" in text for text in texts(telegram, "77"))
    telegram.text("77", "se perdioo")
    settle(telegram, running)
    assert any("DUPLICADO DEL PPT" in text for text in texts(telegram, "77"))
    assert running.stop() == 0
