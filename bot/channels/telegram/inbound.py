"""Telegram's update → what the service understands. Pure: it reads, and does nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update

from bot.channels.telegram.limits import START_PARAMETER
from bot.messages import Address, Inbound, InboundKind

NAME = "telegram"
MOST_CHAT_ID = 2**52
"""https://core.telegram.org/bots/api#chat ("at most 52 significant bits")"""

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]+)(?:@\w+)?(?P<rest>.*)", re.DOTALL)

# The first that a message has names it. Telegram sends a document beside an animation, and a location beside a venue.
_MEDIA = (
    ("voice", "voice"),
    ("audio", "audio"),
    ("photo", "photo"),
    ("video", "video"),
    ("video_note", "video"),
    ("animation", "video"),
    ("document", "document"),
    ("sticker", "sticker"),
    ("venue", "location"),
    ("location", "location"),
    ("contact", "contact"),
    ("poll", "other"),
    ("dice", "other"),
    ("story", "other"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A person wrote, tapped or sent something. ``callback_id`` is to be answered once the message is stored."""

    inbound: Inbound
    callback_id: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A person blocked the bot."""

    address: Address


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us. ``reason`` is a short word without content."""

    reason: str


Reading = Said | Left | Ignored


def read_update(raw: Mapping[str, object], now: datetime) -> Reading:
    """Read one update as Telegram sent it. An update that cannot be understood is ignored, never raised:
    it would come again for ever, and everybody's messages wait behind it.
    """
    try:
        return _read(Update.de_json(dict(raw), None), now)
    except Exception:  # python-telegram-bot raises whatever its constructors stumble over, and checks no types
        return Ignored("unreadable")


def _read(update: Update, now: datetime) -> Reading:
    if update.my_chat_member is not None:
        return _member(update.my_chat_member)
    if update.callback_query is not None:
        return _tap(update.update_id, update.callback_query, now)
    if update.edited_message is not None:
        return _message(update.update_id, update.edited_message, now, edited=True)
    if update.message is not None:
        return _message(update.update_id, update.message, now, edited=False)
    return Ignored("kind")


def chat_of(raw: Mapping[str, object]) -> str:
    """The chat that an update belongs to, as text; empty when it names none. For keeping a chat's updates in order."""
    for value in raw.values():
        if not isinstance(value, Mapping):
            continue
        holder = value["message"] if isinstance(value.get("message"), Mapping) else value
        chat = holder.get("chat")
        if isinstance(chat, Mapping):
            return str(chat.get("id", ""))
    return ""


def _member(change: ChatMemberUpdated) -> Reading:
    if change.chat.type != Chat.PRIVATE:
        return Ignored("group")
    if change.new_chat_member.status == ChatMember.BANNED:
        return Left(_address(change.chat))
    return Ignored("member")  # unblocked: the person's next message says so by itself


def _tap(update_id: int, query: CallbackQuery, now: datetime) -> Reading:
    if query.message is None or not query.data:
        return Ignored("tap")  # of an inline message or a game, which we never send
    if query.message.chat.type != Chat.PRIVATE:
        return Ignored("group")
    inbound = Inbound(
        address=_address(query.message.chat),
        external_id=str(update_id),
        kind="tap",
        received_at=now,
        payload=_clean(query.data),
        language_hint=_clean(query.from_user.language_code or ""),
    )
    return Said(inbound, callback_id=_clean(query.id))


def _message(update_id: int, message: Message, now: datetime, *, edited: bool) -> Reading:
    if message.chat.type != Chat.PRIVATE:
        return Ignored("group")
    media = next((name for attribute, name in _MEDIA if getattr(message, attribute)), "")
    text = _clean(message.text or message.caption or "")
    if not media and not text:
        return Ignored("service")  # a pinned message, a changed timer
    kind: InboundKind = "edited" if edited else "media" if media else "text"
    payload = ""
    command = _COMMAND.fullmatch(text) if kind == "text" else None
    if command is not None and command["name"].lower() == "start":
        parameter = command["rest"].strip()
        kind, text = "start", ""
        payload = parameter if START_PARAMETER.fullmatch(parameter) else ""
    elif command is not None:
        text = f"/{command['name']}{command['rest']}"
    inbound = Inbound(
        address=_address(message.chat),
        external_id=str(update_id),
        kind=kind,
        received_at=now,
        text=text,
        payload=payload,
        media=media,
        language_hint=_clean(message.from_user.language_code or "") if message.from_user else "",
    )
    return Said(inbound)


def _address(chat: Chat) -> Address:
    """Raises ValueError for what is not the id of a person: it could not be answered."""
    if type(chat.id) is not int or not 0 < chat.id < MOST_CHAT_ID:
        raise ValueError("not the id of a person")
    return Address(NAME, str(chat.id))


def _clean(text: str) -> str:
    """Text that every database and cipher takes: JSON may hold NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
