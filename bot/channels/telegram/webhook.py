"""Telegram's webhook: an update is answered with 200 once it is stored, and not before."""

from __future__ import annotations

import hmac
import json
import logging
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.settings import WEBHOOK_PATH

logger = logging.getLogger(__name__)

TOKEN_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
"""https://core.telegram.org/bots/api#setwebhook"""

BODY_BYTES: Final = 1024 * 1024
"""Far above any update of a private chat (ours: Telegram states no number)."""


def telegram_router(channel: TelegramChannel, secret: str) -> APIRouter:
    """The route ``POST /telegram/webhook``.

    200: stored, seen before, or nothing for us. 401: not from Telegram. 413, 400: no update. 503: it could not be
    stored, and Telegram sends it again. Raises ValueError when ``secret`` is empty: anybody could write in anybody's
    name then.
    """
    if not secret:
        raise ValueError("a webhook without a secret is open to everybody; set AMABLE_TELEGRAM_WEBHOOK_SECRET")
    expected = secret.encode()
    router = APIRouter()

    @router.post(WEBHOOK_PATH, include_in_schema=False)
    async def webhook(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), expected):
            return Response(status_code=401)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            return Response(status_code=400)
        try:
            await channel.take(update)
        except Exception as error:  # whatever the store raises, Telegram is to send it again
            logger.warning("telegram: an update could not be stored (%s); asking for it again", type(error).__name__)
            return Response(status_code=503)
        return Response(status_code=200)

    return router


async def _body(request: Request) -> bytes | None:
    """The body; None as soon as it is too long, whatever Content-Length says."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES:
            return None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
