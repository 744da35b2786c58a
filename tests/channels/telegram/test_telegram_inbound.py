"""What Telegram's updates mean."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.inbound import Ignored, Left, Said, chat_of, read_update
from bot.messages import Address, Inbound

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
PERSON = {"id": 1001, "is_bot": False, "first_name": "Nadie", "language_code": "es-CO"}
CHAT = {"id": 1001, "type": "private", "first_name": "Nadie"}
GROUP = {"id": -5, "type": "supergroup", "title": "Vecinos"}
FILE = {"file_id": "f", "file_unique_id": "u"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 7, "date": 1772463600, "chat": CHAT, "from": PERSON, **content}


def said(update: dict[str, Any]) -> Inbound:
    reading = read_update({"update_id": 42, **update}, NOW)
    assert isinstance(reading, Said)
    return reading.inbound


def test_a_text_keeps_everything_that_the_service_needs() -> None:
    assert said({"message": message(text="necesito el PPT")}) == Inbound(
        address=Address("telegram", "1001"),
        external_id="42",
        kind="text",
        received_at=NOW,
        text="necesito el PPT",
        language_hint="es-CO",
    )


@pytest.mark.parametrize(
    ("text", "kind", "words", "payload"),
    [
        ("/start", "start", "", ""),
        ("/start feria_maicao-2", "start", "", "feria_maicao-2"),
        ("/START x", "start", "", "x"),
        ("/start@amable_bot x", "start", "", "x"),
        ("/start no es un enlace", "start", "", ""),
        ("/start " + "a" * 65, "start", "", ""),
        ("/menu", "text", "/menu", ""),
        ("/cambiar@amable_bot mi edad", "text", "/cambiar mi edad", ""),
        ("/started", "text", "/started", ""),
        ("1/2", "text", "1/2", ""),
        ("/ menú", "text", "/ menú", ""),
    ],
)
def test_commands(text: str, kind: str, words: str, payload: str) -> None:
    inbound = said({"message": message(text=text)})
    assert (inbound.kind, inbound.text, inbound.payload) == (kind, words, payload)


def test_a_tap_carries_its_data_and_what_to_answer() -> None:
    query = {"id": "q1", "from": PERSON, "chat_instance": "c", "data": "g|menu", "message": message(text="¿?")}
    reading = read_update({"update_id": 42, "callback_query": query}, NOW)
    assert isinstance(reading, Said)
    assert (reading.inbound.kind, reading.inbound.payload, reading.callback_id) == ("tap", "g|menu", "q1")
    assert reading.inbound.text == ""


def test_a_tap_under_a_message_too_old_to_be_shown_still_counts() -> None:
    old = {"message_id": 7, "date": 0, "chat": CHAT}
    query = {"id": "q1", "from": PERSON, "chat_instance": "c", "data": "g|menu", "message": old}
    assert said({"callback_query": query}).address == Address("telegram", "1001")


def test_an_edited_message_is_told_from_a_new_one() -> None:
    inbound = said({"edited_message": message(text="/start hola", edit_date=1772463700)})
    assert (inbound.kind, inbound.text) == ("edited", "/start hola")


SIZE = {"width": 9, "height": 9}


@pytest.mark.parametrize(
    ("content", "media"),
    [
        ({"voice": {**FILE, "duration": 3}}, "voice"),
        ({"audio": {**FILE, "duration": 3}}, "audio"),
        ({"photo": [{**FILE, **SIZE}]}, "photo"),
        ({"video": {**FILE, **SIZE, "duration": 3}}, "video"),
        ({"video_note": {**FILE, "length": 9, "duration": 3}}, "video"),
        ({"animation": {**FILE, **SIZE, "duration": 3}, "document": FILE}, "video"),
        ({"document": FILE}, "document"),
        (
            {"sticker": {**FILE, **SIZE, "type": "regular", "is_animated": False, "is_video": False}},
            "sticker",
        ),
        ({"location": {"latitude": 11.0, "longitude": -72.0}}, "location"),
        ({"contact": {"phone_number": "000", "first_name": "Nadie"}}, "contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "other"),
    ],
)
def test_media_are_named_and_nothing_of_them_is_kept(content: dict[str, Any], media: str) -> None:
    inbound = said({"message": message(**content)})
    assert (inbound.kind, inbound.media, inbound.text) == ("media", media, "")
    assert not inbound.extra


def test_a_caption_is_the_text_of_a_photo() -> None:
    inbound = said({"message": message(photo=[{**FILE, **SIZE}], caption="/start es mi cédula")})
    assert (inbound.kind, inbound.media, inbound.text) == ("media", "photo", "/start es mi cédula")


def member(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    me = {"id": 1, "is_bot": True, "first_name": "Banco Amable"}
    more = {"until_date": 0} if status == "kicked" else {}
    old = {"status": "left", "user": me}
    new = {"status": status, "user": me, **more}
    change = {"chat": chat, "from": PERSON, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 42, "my_chat_member": change}


def test_a_person_who_blocks_the_bot_left() -> None:
    assert read_update(member("kicked"), NOW) == Left(Address("telegram", "1001"))


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        (member("member"), "member"),
        (member("kicked", GROUP), "group"),
        ({"update_id": 42, "message": message(text="hola") | {"chat": GROUP}}, "group"),
        ({"update_id": 42, "edited_message": message(text="hola", edit_date=2) | {"chat": GROUP}}, "group"),
        (
            {
                "update_id": 42,
                "callback_query": {
                    "id": "q",
                    "from": PERSON,
                    "chat_instance": "c",
                    "data": "x",
                    "message": message(text="¿?") | {"chat": GROUP},
                },
            },
            "group",
        ),
        ({"update_id": 42, "channel_post": {"message_id": 1, "date": 1, "chat": GROUP, "text": "x"}}, "kind"),
        ({"update_id": 42, "something_of_next_year": {"x": 1}}, "kind"),
        ({"update_id": 42, "message": message(delete_chat_photo=True)}, "service"),
        ({"update_id": 42, "callback_query": {"id": "q", "from": PERSON, "chat_instance": "c", "data": "x"}}, "tap"),
        ({"update_id": 42, "message": {"text": "sin chat"}}, "unreadable"),
        ({"update_id": 42, "message": "no es un objeto"}, "unreadable"),
    ],
)
def test_what_is_not_for_us_is_ignored_with_a_reason(update: dict[str, Any], reason: str) -> None:
    assert read_update(update, NOW) == Ignored(reason)


def test_text_that_no_database_takes_is_cleaned() -> None:
    text = said({"message": message(text="ho\x00la \ud83d\ude00 \ud83d")}).text
    assert text == "hola 😀 \ufffd"


def test_a_person_without_language_gives_no_hint() -> None:
    assert (
        said({"message": message(text="hola") | {"from": {"id": 1, "is_bot": False, "first_name": "N"}}}).language_hint
        == ""
    )


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"update_id": 1, "message": message(text="x")}, "1001"),
        ({"update_id": 1, "callback_query": {"id": "q", "message": message(text="x")}}, "1001"),
        (member("kicked"), "1001"),
        ({"update_id": 1, "poll": {"id": "p"}}, ""),
        ({"update_id": 1}, ""),
    ],
)
def test_the_chat_of_an_update(update: dict[str, Any], chat: str) -> None:
    assert chat_of(update) == chat
