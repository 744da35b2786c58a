"""Hostile requests over every route that the service has: Telegram's webhook, the web chat, the pages for machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any, Final
from urllib.parse import quote

from tests.hostile.odd import COOKIES, MARKUP, NUMBERS, WORDS, odd_ascii, odd_body, odd_text, odd_value, spoiled

SECRET: Final = "secreto-de-prueba"
TOKEN_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Hostile:
    """One request. ``address`` is path and query as they go over the wire."""

    method: str
    address: str
    body: bytes
    headers: dict[str, str]


def webhook(rng: Random, number: int) -> Hostile:
    """An update that begins well and is then put out of shape, or a body that is none."""
    chat = {"id": rng.choice((1001, 1002, 1003, *NUMBERS)), "type": "private"}
    person = {"id": 1001, "is_bot": False, "first_name": odd_text(rng, 60), "language_code": "es"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": odd_text(rng)}
    shapes: tuple[dict[str, Any], ...] = (
        {"message": message},
        {"message": {**message, "text": "/start " + odd_text(rng, 90)}},
        {"edited_message": {**message, "edit_date": 2}},
        {"message": {**message, rng.choice(("photo", "voice", "contact", "location", "sticker")): odd_value(rng)}},
        {"callback_query": {"id": "1", "from": person, "chat_instance": "1", "message": message, "data": _tap(rng)}},
        {"my_chat_member": {"chat": chat, "from": person, "date": 1, "old_chat_member": odd_value(rng)}},
        {rng.choice(("inline_query", "poll", "channel_post", "message", "chat_join_request")): odd_value(rng)},
    )
    update: Any = {"update_id": number if rng.random() < 0.9 else rng.choice(NUMBERS), **rng.choice(shapes)}
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        update = spoiled(rng, update)
    body, headers = odd_body(rng, update)
    secret = SECRET if rng.random() < 0.95 else odd_ascii(rng)
    return Hostile("POST", "/telegram/webhook", body, {**headers, TOKEN_HEADER: secret})


def chat_post(rng: Random, number: int) -> Hostile:
    """A message of the page, or nearly."""
    kind = rng.choice(("text", "text", "text", "tap", "start"))
    message: Any = {
        "client_id": f"client-{number:06}",
        "kind": kind,
        "text": odd_text(rng) if kind == "text" else "",
        "payload": _tap(rng) if kind == "tap" else "",
    }
    if rng.random() < 0.4:
        message = spoiled(rng, message)
    body, headers = odd_body(rng, message)
    path = rng.choice(("/chat/messages",) * 9 + ("/chat/leave",))
    return Hostile("POST", path, body, {**headers, **_browser(rng)})


def reading(rng: Random, number: int) -> Hostile:
    """A look at a route, with an odd query."""
    odd = quote(odd_text(rng, 60).encode("utf-8", "surrogatepass"))
    after = rng.choice(("0", "1", str(rng.choice(NUMBERS)), odd, "9" * 5_000))
    path = rng.choice(
        (
            f"/?lang={odd}",
            f"/chat/messages?after={after}&wait=0",
            f"/chat/messages?wait=0&after={odd}&after=1",
            f"/chat/static/{odd}/{odd}",
            f"/chat/static/..%2f..%2f/{odd}",
            f"/{odd}",
            "/healthz",
            "/readyz",
            "/metrics",
            "/telegram/webhook",
        )
    )
    method = rng.choice(("GET", "GET", "GET", "HEAD", "PUT", "DELETE", "OPTIONS"))
    return Hostile(method, path, b"", _browser(rng))


MAKERS: Final[tuple[Callable[[Random, int], Hostile], ...]] = (webhook, webhook, chat_post, chat_post, reading)


def hostile(rng: Random, number: int) -> Hostile:
    """Any of them. ``number`` makes ids that were not seen before."""
    return rng.choice(MAKERS)(rng, number)


def _tap(rng: Random) -> str:
    return rng.choice(("g|menu", "g|erase", "b|resume", "o|a|b|1", "r|reminder", *MARKUP, *WORDS, odd_text(rng, 64)))


def _browser(rng: Random) -> dict[str, str]:
    headers = {"X-Amable": "1", "Cookie": f"amable_chat={rng.randrange(30):043}"}
    if rng.random() < 0.2:
        headers["Cookie"] = rng.choice(COOKIES)
    if rng.random() < 0.2:
        headers["Accept-Language"] = odd_ascii(rng)
    if rng.random() < 0.1:
        headers[rng.choice(("Origin", "Host", "Referer", "Content-Length", "X-Forwarded-For"))] = odd_ascii(rng)
    return headers
