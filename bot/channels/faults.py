"""What is done about an error that nobody foresaw: an answer without a word about it, and one line in the log."""

from __future__ import annotations

import logging

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)


class Faults:
    """ASGI middleware. The log gets the error's type alone: its text may hold what somebody wrote.

    It stands inside the security headers, which Starlette's own answer to an error would go out without.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; an error before the answer began becomes a 500, one after it ends the connection."""
        begun = False

        async def noticing(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noticing)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            log.error("a request failed (%s)", type(error).__name__)
            await PlainTextResponse("Internal Server Error", 500)(scope, receive, send)
