"""The web chat over HTTP: the page, its files, and the three things that it asks for: write, read, leave."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable
from functools import wraps

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from bot.channels.base import Clock
from bot.channels.web.assets import Assets, document, render_page
from bot.channels.web.channel import WebChannel
from bot.channels.web.errors import NotStarted, Refused
from bot.channels.web.guard import Guard
from bot.channels.web.identity import address_of, forget_token, new_token, set_token, token_of
from bot.channels.web.ports import Gettext, History, Line
from bot.channels.web.posted import language_hint, read_body, read_posted
from bot.channels.web.reading import Reader
from bot.channels.web.settings import WebSettings
from bot.storage.errors import StorageError

MAX_WAIT = 25  # seconds; mobile carriers and proxies cut a silent connection after 30
_MAX_ID = 2**63 - 1
_MOST_DIGITS = 18
_RETRY_AFTER_AWAY = 5.0
_FILE_HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""A file is saved, not shown: nothing of it is kept by the browser or a proxy, or runs on our origin."""

log = logging.getLogger(__name__)

Endpoint = Callable[..., Awaitable[Response]]


def _untranslated(_language: str) -> Gettext:
    return lambda text: text


def web_router(
    channel: WebChannel,
    store: History,
    clock: Clock,
    settings: WebSettings | None = None,
    gettext_for: Callable[[str], Gettext] = _untranslated,
    monotonic: Callable[[], float] = time.monotonic,
    make_token: Callable[[], str] = new_token,
) -> APIRouter:
    """The web chat's routes, to be included at the root of a site.

    ``clock`` gives the aware time that messages are stamped with; ``gettext_for`` the translation into a language of
    ``settings.languages``. Whoever includes the router also calls :func:`bot.channels.web.security_headers`, and
    starts ``channel``: until then, writing is answered with 503.
    """
    chat = _WebChat(channel, store, clock, settings or WebSettings(), gettext_for, monotonic, make_token)
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/", chat.page, methods=["GET", "HEAD"])
    router.add_api_route("/chat/static/{fingerprint}/{name}", chat.answered(chat.static), methods=["GET", "HEAD"])
    router.add_api_route("/chat/messages", chat.answered(chat.write), methods=["POST"])
    router.add_api_route("/chat/messages", chat.answered(chat.read), methods=["GET"])
    router.add_api_route("/chat/files/{line}", chat.answered(chat.file), methods=["GET"])
    router.add_api_route("/chat/leave", chat.answered(chat.leave), methods=["POST"])
    return router


class _WebChat:
    def __init__(
        self,
        channel: WebChannel,
        store: History,
        clock: Clock,
        settings: WebSettings,
        gettext_for: Callable[[str], Gettext],
        monotonic: Callable[[], float],
        make_token: Callable[[], str],
    ) -> None:
        self._channel = channel
        self._store = store
        self._clock = clock
        self._settings = settings
        self._gettext_for = gettext_for
        self._make_token = make_token
        self._reader = Reader(store, channel, clock, monotonic, settings.reread_seconds)
        self._guard = Guard(settings.public_origins, settings.limits, monotonic)
        self._assets = Assets()
        self._pages = {
            language: render_page(self._assets, language, gettext_for(language), self._settings)
            for language in settings.languages
        }

    def answered(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, with its refusals told in the reader's language."""

        @wraps(endpoint)
        async def answer(request: Request, **parts: str) -> Response:
            try:
                return await endpoint(request, **parts)
            except Refused as refused:
                return refused.response(self._gettext_for(self._language(request)))

        return answer

    async def page(self, request: Request) -> Response:
        return self._pages[self._language(request)].response(request, {"Content-Language": self._language(request)})

    async def static(self, request: Request, fingerprint: str, name: str) -> Response:
        found = self._assets.response(request, fingerprint, name)
        if found is None:
            raise Refused(404, "not_found")
        return found

    async def write(self, request: Request) -> Response:
        """Take a message; 202 once it is committed. The first one of a browser begins its conversation."""
        self._guard.own_page(request)
        known = token_of(request)
        token = known or self._make_token()
        address = address_of(token)
        self._guard.may_post(request, address, new=known is None)
        posted = read_posted(await read_body(request))
        hint = language_hint(request.headers.get("accept-language", ""))
        try:
            await self._channel.accept(posted.inbound(address, self._clock(), hint))
        except (StorageError, NotStarted) as error:
            raise _away("write", error) from None
        response = JSONResponse({"taken": posted.client_id}, status_code=202)
        # A session cookie is set once: set again by an answer that comes late, it would undo a quick exit.
        if known is None or self._settings.cookie_max_age is not None:
            set_token(response, request, token, self._settings.cookie_max_age)
        return response

    async def read(self, request: Request) -> Response:
        """The lines after an id, at once where there are some, else when one comes or the wait is over."""
        after = _number(request, "after", _MAX_ID)
        wait = _number(request, "wait", MAX_WAIT)
        token = token_of(request)
        if token is None:
            return JSONResponse({"session": False, "lines": [], "more": False, "restarted": False})
        address = address_of(token)
        self._guard.may_read(request, address)
        try:
            news = await self._reader.news(address, after, wait, request.is_disconnected)
        except StorageError as error:
            raise _away("read", error) from None
        body = {
            "session": True,
            "lines": [_line(line) for line in news.lines],
            "more": news.more,
            "restarted": news.restarted,
        }
        return document(json.dumps(body, ensure_ascii=False).encode(), "application/json").response(request)

    async def file(self, request: Request, line: str) -> Response:
        """The file of a line, to whoever holds the conversation's token; to everybody else there is none."""
        token = token_of(request)
        if token is None or not line.isascii() or not line.isdigit() or len(line) > _MOST_DIGITS:
            raise Refused(404, "no_file")
        address = address_of(token)
        self._guard.may_read(request, address)
        try:
            found = await asyncio.to_thread(self._store.attachment, address, int(line))
        except StorageError as error:
            raise _away("open a file", error) from None
        if found is None:
            raise Refused(404, "no_file")
        return Response(found.content, media_type=found.media_type, headers=_FILE_HEADERS | _named(found.name))

    async def leave(self, request: Request) -> Response:
        """Take the conversation out of this browser."""
        self._guard.own_page(request, beacon=True)
        response = Response(status_code=204)
        forget_token(response, request)
        return response

    def _language(self, request: Request) -> str:
        languages = self._settings.languages
        wanted = [request.query_params.get("lang", ""), *request.headers.get("accept-language", "").split(",")]
        for tag in wanted:
            primary = language_hint(tag).split("-")[0].lower()
            if primary in languages:
                return primary
        return languages[0]


def _away(doing: str, error: Exception) -> Refused:
    # Only the error's type: its text may hold more than a log should.
    log.warning("web chat cannot %s: storage is away (%s)", doing, type(error).__name__)
    return Refused(503, "away", _RETRY_AFTER_AWAY)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _number(request: Request, name: str, most: int) -> int:
    """A number of the query, brought down to ``most``; 0 where it is not there. Raises Refused."""
    text = request.query_params.get(name, "") or "0"
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        raise Refused(400, "bad_field")
    return min(int(text), most)


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "who": "bot" if line.direction == "out" else "person",
        "text": line.text,
        "kind": line.kind,
        "at": line.at.isoformat(),
        "file": {"name": line.file, "href": f"/chat/files/{line.id}"} if line.file else None,
        "buttons": [
            {"label": button.label, "payload": button.payload, "description": button.description}
            for button in line.buttons
        ],
    }
