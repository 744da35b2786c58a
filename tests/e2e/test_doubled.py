"""Promise: what comes twice, late, out of order or from an old keyboard does what it should, once."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.browser import Tab
from tests.harness.hooked import HookedTelegram
from tests.harness.kills import settle, started
from tests.harness.services import Running, wait_for
from tests.harness.zygote import Zygote

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def telegram() -> Iterator[HookedTelegram]:
    with HookedTelegram() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def running(telegram: HookedTelegram, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One service for all: each test has people of its own."""
    folder = tmp_path_factory.mktemp("service")
    with Zygote(folder) as zygote:
        service = started(Path(folder) / "state", zygote, telegram.settings)
        telegram.targets = [service.url]
        yield service
        service.kill()


def message(chat: str, text: str, update_id: int) -> dict[str, object]:
    """A text of one's own number."""
    person = {"id": int(chat), "first_name": "Nadie"}
    about = {"message_id": update_id, "date": 1_790_000_000, "chat": {**person, "type": "private"}}
    return {"update_id": update_id, "message": {**about, "from": {**person, "is_bot": False}, "text": text}}


def said(telegram: HookedTelegram, chat: str) -> list[str]:
    return [each.text for each in telegram.sent(chat)]


def test_an_update_that_comes_ten_times_is_handled_once(telegram: HookedTelegram, running: Running) -> None:
    for _ in range(10):
        telegram.push(message("71", "hola", 900_001))
    settle(telegram, running)
    once = len(said(telegram, "71"))
    telegram.push(message("71", "si acepto", 900_002))
    for _ in range(9):
        telegram.push(message("71", "hola", 900_001))
    settle(telegram, running)
    telegram.text("72", "hola")
    settle(telegram, running)
    assert once == len(said(telegram, "72"))
    telegram.text("72", "si acepto")
    settle(telegram, running)
    assert said(telegram, "71") == said(telegram, "72")


def test_updates_out_of_order_are_each_handled_once_as_they_come(telegram: HookedTelegram, running: Running) -> None:
    """Telegram promises no order where it delivers again; what came first was answered first, and nothing twice."""
    telegram.push(message("73", "hola", 910_005))
    telegram.push(message("73", "si acepto", 910_003))
    telegram.push(message("73", "menu", 910_004))
    telegram.push(message("73", "hola", 910_005))
    settle(telegram, running)
    for line in ("hola", "si acepto", "menu"):
        telegram.text("74", line)
        settle(telegram, running)
    assert said(telegram, "73") == said(telegram, "74")


def test_a_tap_on_last_week_s_keyboard_answers_no_other_question(telegram: HookedTelegram, running: Running) -> None:
    for line in ("hola", "si acepto", "papeles y permisos"):
        telegram.text("75", line)
        settle(telegram, running)
    keyboard = telegram.sent("75")[-1].buttons
    telegram.text("75", "venezuela")
    settle(telegram, running)
    question = telegram.sent("75")[-1]
    old = keyboard[0][0][1]
    for _ in range(2):
        telegram.tap("75", old)
        settle(telegram, running)
        answer = telegram.sent("75")[-1]
        assert answer.text.startswith("Ese botón es de una pregunta anterior")
        assert answer.buttons == question.buttons


def test_two_phones_are_two_conversations(telegram: HookedTelegram, running: Running) -> None:
    """Nothing ties the web chat to a Telegram account, and nothing may be guessed: a handset can be another's."""
    for line in ("hola", "si acepto", "papeles y permisos"):
        telegram.text("76", line)
        settle(telegram, running)
    tab = Tab(running.url)
    tab.say("hola")
    wait_for(running.idle, 30)
    assert tab.replies()[0].startswith("Soy Banco Amable")
    before = len(said(telegram, "76"))
    tab.say("si acepto")
    wait_for(running.idle, 30)
    assert len(said(telegram, "76")) == before
    tab.close()


def test_two_tabs_show_one_conversation_and_take_each_message_once(running: Running) -> None:
    first = Tab(running.url)
    first.say("hola")
    wait_for(running.idle, 30)
    second = Tab(running.url, first)
    second.say("si acepto")
    wait_for(running.idle, 30)
    assert first.replies() == second.replies()
    before = len(first.replies())
    client_id = secrets.token_hex(8)
    answers = [tab.post("menu", client_id).status_code for tab in (first, second, first)]
    wait_for(running.idle, 30)
    assert answers == [202, 202, 202]
    assert len(second.replies()) == before + 1
    first.close()
    second.close()
