"""Reads what the page posts. Nothing of it is trusted: size, form and characters are checked here, once."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from starlette.requests import ClientDisconnect, Request

from bot.channels.web.errors import Refused
from bot.messages import Address, Inbound

MAX_BODY = 16 * 1024  # bytes
MAX_TEXT = 4_000  # characters
MAX_PAYLOAD = 64  # bytes; a button's payload everywhere in the service, see bot.messages.Button

PostedKind = Literal["text", "tap", "start"]
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
_START = re.compile(r"[A-Za-z0-9_-]{0,64}")  # as Telegram's deep links, so that one link works on every channel
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*(?:[,;]|$)")


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as the page posts it; ``client_id`` is the browser's own random name of it."""

    client_id: str
    kind: PostedKind
    text: str
    payload: str

    def inbound(self, address: Address, received_at: datetime, language_hint: str) -> Inbound:
        """The message for the inbox. Its id holds part of the address: two browsers may choose one client id."""
        return Inbound(
            address=address,
            external_id=f"{address.external_id[:32]}:{self.client_id}",
            kind=self.kind,
            received_at=received_at,
            text=self.text,
            payload=self.payload,
            language_hint=language_hint,
        )


async def read_body(request: Request) -> bytes:
    """The body, never more than ``MAX_BODY`` of it in memory. Raises Refused."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                raise Refused(413, "body_too_long")
    except ClientDisconnect:
        raise Refused(400, "bad_json") from None
    return bytes(body)


def read_posted(body: bytes) -> Posted:
    """Read and check a posted message. Raises Refused with a code that says what is wrong."""
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(400, "bad_json") from None
    if not isinstance(fields, dict):
        raise Refused(400, "bad_json")
    values = {name: fields.get(name, "") for name in ("client_id", "kind", "text", "payload")}
    if not all(isinstance(value, str) for value in values.values()):
        raise Refused(400, "bad_field")
    return _checked(**values)


def _checked(client_id: str, kind: str, text: str, payload: str) -> Posted:
    if not _CLIENT_ID.fullmatch(client_id) or kind not in get_args(PostedKind):
        raise Refused(400, "bad_field")
    if len(text) > MAX_TEXT:
        raise Refused(413, "text_too_long")
    text = _CONTROL.sub("", text.replace("\r\n", "\n")).strip()
    if kind == "text" and not text:
        raise Refused(400, "empty")
    if _CONTROL.search(payload) or len(payload.encode()) > MAX_PAYLOAD:
        raise Refused(400, "bad_field")
    if (kind == "text" and payload) or (kind == "tap" and not payload):
        raise Refused(400, "bad_field")
    if kind == "start" and not _START.fullmatch(payload):
        raise Refused(400, "bad_field")
    return Posted(client_id, cast(PostedKind, kind), text, payload)


def language_hint(accept_language: str) -> str:
    """The first language of an ``Accept-Language`` header ("es-VE"), or nothing where it is no language."""
    match = _LANGUAGE.match(accept_language)
    return match.group(1) if match else ""
