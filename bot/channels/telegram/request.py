"""python-telegram-bot's HTTP client, made to tell more and to log less.

It tells more: an answer that is a refusal keeps its status and whether it is the Bot API's own word or a gateway's.
It logs less: httpx logs every address at INFO, and the address holds the token; python-telegram-bot logs parameters at
DEBUG and unreadable answers at ERROR, and those hold what people wrote.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from telegram._utils.defaultvalue import DEFAULT_NONE
from telegram._utils.types import ODVInput
from telegram.error import TelegramError
from telegram.request import HTTPXRequest, RequestData

RETRY_AFTER_UNSAID: Final = 5.0
"""Seconds to wait after a 429 that names no time."""

_SENDS = ("/sendMessage", "/sendDocument")
_TELLTALE_LOGGERS = ("httpx", "telegram.Bot")


class FloodError(TelegramError):
    """Too many requests: wait ``seconds``. (python-telegram-bot's own RetryAfter warns of deprecation when read.)"""

    def __init__(self, seconds: float) -> None:
        super().__init__("flood control")
        self.seconds = seconds


class RefusedError(TelegramError):
    """An answer that is neither a success nor one of the refusals that python-telegram-bot has a class for.

    ``in_person``: the Bot API itself answered (its JSON says ``"ok": false``); otherwise something between us did.
    """

    def __init__(self, status: int, in_person: bool) -> None:
        super().__init__(f"status {status}")
        self.status = status
        self.in_person = in_person


class QuietRequest(HTTPXRequest):
    """See the module. Creating one silences the loggers that would tell the token or people's words."""

    def __init__(self, *, connections: int, read_timeout: float) -> None:
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=5,
            read_timeout=read_timeout,
            write_timeout=10,
            pool_timeout=5,
        )
        for name in _TELLTALE_LOGGERS:
            # A filter, not a level: it holds even where the operator turns on debugging afterwards.
            logging.getLogger(name).addFilter(_troubles_only)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """As the parent's; raises :class:`FloodError` and :class:`RefusedError` besides."""
        status, payload = await super().do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if status < 300:
            if url.endswith(_SENDS):
                payload = _only_the_id(_object(payload)) or payload
            return status, payload
        said = _object(payload)
        in_person = said.get("ok") is False
        parameters = said.get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, Mapping) else None
        if status == 429 or seconds is not None:
            raise FloodError(float(seconds) if isinstance(seconds, int | float) else RETRY_AFTER_UNSAID)
        if not in_person or status not in (400, 401, 403, 404, 409):
            raise RefusedError(status, in_person)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the parent's, without writing the payload into the log."""
        try:
            said = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise TelegramError("the answer is not a JSON object")
        return said

    async def updates(self, bot_url: str, query: Mapping[str, object], wait: float) -> list[dict[str, Any]]:
        """Fetch updates as Telegram wrote them. ``wait`` is how many seconds the server may hold the request.

        ``Bot.get_updates`` reads the whole batch at once, so that one update that it cannot read would hide the others
        and come back for ever; and it writes the batch into the log.
        """
        url = f"{bot_url}/getUpdates?{urlencode(query)}"
        said = self.parse_json_payload(await self.retrieve(url, read_timeout=wait + 10))
        result = said.get("result")
        if not isinstance(result, list):
            raise TelegramError("the answer holds no list of updates")
        return [update for update in result if isinstance(update, dict) and isinstance(update.get("update_id"), int)]


def _only_the_id(said: Mapping[str, object]) -> bytes:
    """The answer to a sent message, cut down to its id; empty if there is none.

    Telegram gives the whole message back, and nothing else of it is used. A field of a later version that
    python-telegram-bot stumbles over must not make a delivered message an uncertain one.
    """
    sent = said.get("result")
    if said.get("ok") is not True or not isinstance(sent, Mapping) or not isinstance(sent.get("message_id"), int):
        return b""
    message = {"message_id": sent["message_id"], "date": 0, "chat": {"id": 0, "type": "private"}}
    return json.dumps({"ok": True, "result": message}).encode()


def _troubles_only(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _object(payload: bytes) -> Mapping[str, object]:
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, Mapping) else {}
