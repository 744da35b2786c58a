"""What can go wrong in the web chat, and what a person reads of it."""

from __future__ import annotations

import math

from starlette.responses import JSONResponse

from bot.channels.web.ports import Gettext
from bot.channels.web.texts import refusal_texts


class WebChatError(Exception):
    """Base of the web chat's errors."""


class NotStarted(WebChatError):
    """The service has not begun to take messages yet, or takes no more."""


class Refused(WebChatError):
    """The request is not carried out. ``retry_after`` (seconds) is set where trying again makes sense.

    ``code`` is a short stable word for the page; :func:`bot.channels.web.texts.refusal_texts` has the words for it.
    """

    def __init__(self, status: int, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.retry_after = retry_after

    def response(self, gettext: Gettext) -> JSONResponse:
        """The answer that says so."""
        response = JSONResponse(
            {"error": {"code": self.code, "message": refusal_texts(gettext)[self.code]}}, status_code=self.status
        )
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(math.ceil(self.retry_after))
        return response
