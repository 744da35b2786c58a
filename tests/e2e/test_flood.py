"""A flood on the real service: one kind word, silence, and help for who is in danger."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.flood import SLOW_DOWN
from tests.harness.kills import settle
from tests.harness.services import Running
from tests.standins.telegram import TelegramStandIn

Start = Callable[..., Running]


def test_a_flood_on_telegram_is_told_once_and_danger_is_answered(
    start_service: Start, telegram: TelegramStandIn
) -> None:
    running = start_service(telegram_token=telegram.token, telegram_api=telegram.url, burst="3")
    for _ in range(40):
        telegram.text("77", "hola")
    telegram.text("77", "mi marido me pega y tengo miedo")
    settle(telegram, running)
    said = [message.text for message in telegram.sent("77")]
    assert said.count(SLOW_DOWN) == 1
    assert len(said) < 20
    assert any("123" in text or "155" in text for text in said[-3:])
    assert running.counts()["cases_urgent"] == 1
    assert running.stop() == 0
