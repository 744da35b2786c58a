"""The service on Telegram's HTTP interface: the same conversation, and a SIGKILL in the middle of it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.e2e.conftest import Running, wait_for
from tests.standins.telegram import TelegramStandIn

STREAM = (
    "hola",
    "si acepto",
    "papeles y permisos",
    "otro pais",
    "atras",
    "venezuela",
    "ppt perdido o con eror",
    "se perdioo",
    "resumen",
)
PEOPLE = ("501", "502", "503", "504")
Start = Callable[..., Running]


def settings_for(telegram: TelegramStandIn) -> dict[str, str]:
    """The service's settings for the stand-in."""
    return {"telegram_token": telegram.token, "telegram_api": telegram.url}


def texts(telegram: TelegramStandIn, chat: str) -> list[str]:
    """What one person has on the phone."""
    return [message.text for message in telegram.sent(chat)]


def settle(telegram: TelegramStandIn, running: Running, seconds: float = 90) -> None:
    """Wait until nothing is under way and nothing has come for a while."""

    def idle() -> bool:
        counts = httpx.get(f"{running.url}/healthz", timeout=5).json()
        return counts["inbox_open"] == 0 and counts["outbox_pending"] == 0 and counts["outbox_sending"] == 0

    telegram.wait_confirmed(seconds)
    wait_for(idle, seconds, lambda: "\n".join(running.log[-20:]))


def test_the_conversation_over_telegram(start_service: Start, telegram: TelegramStandIn) -> None:
    """Text, a tap, a deep link and media over the Bot API; the card arrives."""
    running = start_service(**settings_for(telegram))
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


def test_killed_in_the_middle_nothing_is_lost_or_doubled(
    start_service: Start, telegram: TelegramStandIn, tmp_path: Path
) -> None:
    """Four people write while the service is killed three times; each ends with what an undisturbed person gets.

    A message that was under way to Telegram at the kill may be missing on the phone, and is then marked uncertain.
    """
    chance = random.Random(20261124)
    state = tmp_path / "state"
    running = start_service(state, **settings_for(telegram))
    for line in STREAM:
        telegram.text("500", line)
        settle(telegram, running)
    expected = texts(telegram, "500")
    for person in PEOPLE:
        for line in STREAM:
            telegram.text(person, line)
    for _ in range(3):
        time.sleep(chance.uniform(0.1, 1.5))  # a kill has no event to wait for
        running.kill()
        running = start_service(state, **settings_for(telegram))
    settle(telegram, running, 120)
    uncertain = httpx.get(f"{running.url}/healthz", timeout=5).json()["outbox_uncertain"]
    missing = 0
    for person in PEOPLE:
        got = texts(telegram, person)
        remaining = iter(expected)
        assert all(text in remaining for text in got), f"{person}: doubled, or out of order"
        missing += len(expected) - len(got)
    assert missing <= uncertain, "a reply was lost and is not marked uncertain"
