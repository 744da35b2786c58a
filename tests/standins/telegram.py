"""A Bot API server of ours, on 127.0.0.1, for tests and for the kill harness.

It keeps to https://core.telegram.org/bots/api where our code could notice: updates stay until an offset confirms them,
one reader at a time, limits on texts and buttons, errors in Telegram's words. And it fails on demand.

In a test::

    with TelegramStandIn() as telegram:
        telegram.text("1001", "hola")                   # somebody writes
        telegram.fault("flood", retry_after=3)          # the next sendMessage is refused
        telegram.wait_sent(1)                           # what arrived at people's phones

As a process, driven over HTTP with the same names and arguments as JSON (prints its address)::

    python -m tests.standins.telegram --port 0
    curl -d '{"chat": "1001", "text": "hola"}' -H 'Content-Type: application/json' $URL/control/text
    curl $URL/control/sent?chat=1001
"""

from __future__ import annotations

import argparse
import asyncio
import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from aiohttp import web

TOKEN = "1234567:stand-in-token-of-nobody"

REFUSALS: Mapping[str, tuple[int, str]] = {
    "bad": (400, "Bad Request: BUTTON_DATA_INVALID"),
    "no_chat": (400, "Bad Request: chat not found"),
    "unauthorized": (401, "Unauthorized"),
    "blocked": (403, "Forbidden: bot was blocked by the user"),
    "unknown": (404, "Not Found: method not found"),
    "conflict": (409, "Conflict: terminated by other getUpdates request; make sure that only one bot is running"),
    "flood": (429, "Too Many Requests: retry after"),
    "server": (500, "Internal Server Error"),
    "gateway": (502, ""),
}
"""Faults before the call is taken. ``refuse`` cuts the line instead of answering; gateway's answer is HTML."""

LOST = ("drop", "hang", "garble")
"""Faults after the call was taken: the line is cut, no answer comes, or one that cannot be read."""

_YES = ("setMyCommands", "setMyDescription", "setMyShortDescription", "answerCallbackQuery", "sendChatAction")


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that arrived at a phone. ``buttons`` are rows of (label, payload); ``at`` is in seconds (epoch)."""

    chat: str
    message_id: int
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...]
    at: float
    params: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    content: bytes = field(default=b"", repr=False)
    """The file that came with it (then ``text`` is its caption), for tests in this process."""


@dataclass(frozen=True, slots=True)
class _Posted:
    """A file as it was posted."""

    name: str
    content: bytes


_NO_FILE = _Posted("", b"")


@dataclass(slots=True)
class _Fault:
    kind: str
    method: str
    times: int
    chat: str
    retry_after: float
    seconds: float


class TelegramStandIn:
    """See the module. Every method may be called from any thread."""

    def __init__(self, port: int = 0, token: str = TOKEN) -> None:
        self.url = ""
        self.token = token
        self.message_extra: Mapping[str, Any] = {}
        """Further fields of the answers to sendMessage, as a later version of the Bot API might have them."""
        self._port = port
        self._change = threading.Condition()
        self._started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="telegram-stand-in", daemon=True)
        self._news = asyncio.Event()
        self._next_update = 1
        self.reset()

    def start(self) -> Self:
        """Listen. ``url`` is set when it returns."""
        self._thread.start()
        self._started.wait(10)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What people do. Each returns the update's id.

    def text(self, chat: str, text: str, language: str = "es", **extra: Any) -> int:
        return self._says(chat, "message", language, {"text": text, **extra})

    def edit(self, chat: str, text: str, language: str = "es") -> int:
        return self._says(chat, "edited_message", language, {"text": text, "edit_date": int(time.time())})

    def media(self, chat: str, kind: str, caption: str = "", language: str = "es") -> int:
        content: dict[str, Any] = {kind: [_FILES["photo"]] if kind == "photo" else _FILES.get(kind, _FILES["photo"])}
        if caption:
            content["caption"] = caption
        return self._says(chat, "message", language, content)

    def tap(self, chat: str, data: str, language: str = "es") -> int:
        message = {"message_id": 1, "date": int(time.time()), "chat": _chat(chat), "text": "¿?"}
        query = {"id": f"q{time.monotonic_ns()}", "from": _user(chat, language), "chat_instance": "1", "data": data}
        return self.push({"callback_query": {**query, "message": message}})

    def block(self, chat: str) -> int:
        """The person blocks the bot."""
        me = {"id": 1234567, "is_bot": True, "first_name": "Banco Amable"}
        change = {
            "chat": _chat(chat),
            "from": _user(chat, "es"),
            "date": int(time.time()),
            "old_chat_member": {"status": "member", "user": me},
            "new_chat_member": {"status": "kicked", "user": me, "until_date": 0},
        }
        return self.push({"my_chat_member": change})

    def push(self, update: Mapping[str, Any]) -> int:
        """Any update, as it is; without ``update_id`` the next one is given. The same id twice is a repetition, a lower
        one than the last comes out of order."""
        with self._change:
            update_id = int(update.get("update_id", self._next_update))
            self._next_update = max(self._next_update, update_id + 1)
            self._updates.append({**update, "update_id": update_id})
        self._loop.call_soon_threadsafe(self._news.set)
        return update_id

    # What goes wrong

    def fault(
        self,
        kind: str,
        method: str = "sendMessage",
        times: int = 1,
        chat: str = "",
        retry_after: float = 1,
        seconds: float = 60,
    ) -> None:
        """Let the next ``times`` calls of a method (to one chat, if given) fail; -1: until :meth:`mend`."""
        if kind not in REFUSALS and kind not in LOST and kind != "refuse":
            raise ValueError(f"no such fault: {kind}")
        with self._change:
            self._faults.append(_Fault(kind, method, times, chat, retry_after, seconds))

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        with self._change:
            self._faults.clear()

    # What came of it

    def sent(self, chat: str = "") -> list[Sent]:
        """What arrived, in order; at one phone or at all."""
        with self._change:
            return [message for message in self._sent if not chat or message.chat == chat]

    def calls(self, method: str) -> list[Mapping[str, str]]:
        """The parameters of every call of a method, also of those that failed."""
        with self._change:
            return list(self._calls[method])

    def state(self) -> dict[str, Any]:
        with self._change:
            waiting = [update["update_id"] for update in self._updates]
            counts = {method: len(calls) for method, calls in self._calls.items()}
            return {"waiting": waiting, "webhook": self._webhook, "calls": counts, "sent": len(self._sent)}

    def wait_for(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something holds; TimeoutError otherwise."""
        with self._change:
            if not self._change.wait_for(holds, seconds):
                raise TimeoutError("the stand-in waited in vain")

    def wait_sent(self, count: int, chat: str = "", seconds: float = 10) -> list[Sent]:
        self.wait_for(lambda: len(self.sent(chat)) >= count, seconds)
        return self.sent(chat)

    def wait_confirmed(self, seconds: float = 10) -> None:
        """Wait until the bot has acknowledged every update."""
        self.wait_for(lambda: not self._updates, seconds)

    def reset(self) -> None:
        """Begin anew: no updates, messages, faults or webhook."""
        with self._change:
            self._updates: list[dict[str, Any]] = []
            self._next_update = 1
            self._next_message = 1
            self._sent: list[Sent] = []
            self._calls: defaultdict[str, list[Mapping[str, str]]] = defaultdict(list)
            self._faults: list[_Fault] = []
            self._webhook = ""
            self._reader = 0
            self.message_extra = {}

    # The server

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen())
        self._loop.run_forever()
        self._loop.run_until_complete(self._runner.cleanup())
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _listen(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_route("*", "/control/{verb}", self._control)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._started.set()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        if request.match_info["token"] != self.token:
            return _refusal("unauthorized")
        params, file = await _params(request)
        fault = self._note(method, params)
        if fault is not None and fault.kind == "refuse":
            return _cut(request)
        if fault is not None and fault.kind in REFUSALS:
            return _refusal(fault.kind, fault.retry_after)
        answer = await self._answer(method, params, file)
        if fault is None:
            return answer
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        return web.Response(text="<html>") if fault.kind == "garble" else _cut(request)

    def _note(self, method: str, params: Mapping[str, str]) -> _Fault | None:
        with self._change:
            self._calls[method].append(params)
            self._change.notify_all()
            for fault in self._faults:
                if fault.method == method and fault.times and fault.chat in ("", params.get("chat_id")):
                    fault.times -= 1
                    return fault
        return None

    async def _answer(self, method: str, params: Mapping[str, str], file: _Posted) -> web.Response:
        if method == "getMe":
            return _result({"id": 1234567, "is_bot": True, "first_name": "Banco Amable", "username": "amable_bot"})
        if method == "getUpdates":
            return await self._updates_for(params)
        if method == "sendMessage":
            return self._deliver(params)
        if method == "sendDocument":
            if not file.content:
                return _refusal_of(400, "Bad Request: there is no document in the request")
            return self._deliver({**params, "text": params.get("caption", "")}, file)
        if method in ("setWebhook", "deleteWebhook"):
            with self._change:
                self._webhook = params.get("url", "") if method == "setWebhook" else ""
            return _result(True)
        return _result(True) if method in _YES else _refusal("unknown")

    async def _updates_for(self, params: Mapping[str, str]) -> web.Response:
        if self._webhook:
            return _refusal("conflict")
        with self._change:
            self._reader += 1
            me, offset = self._reader, int(params.get("offset") or 0)
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self._change.notify_all()
        self._news.set()  # whoever waited is replaced
        until = time.monotonic() + float(params.get("timeout") or 0)
        while True:
            self._news.clear()
            with self._change:
                if me != self._reader:
                    return _refusal("conflict")
                batch = self._updates[: int(params.get("limit") or 100)]
            left = until - time.monotonic()
            if batch or left <= 0:
                return _result(batch)
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                continue

    def _deliver(self, params: Mapping[str, str], file: _Posted = _NO_FILE) -> web.Response:
        text = params.get("text", "")
        markup = json.loads(params.get("reply_markup") or "{}")
        rows = [[(key["text"], key["callback_data"]) for key in row] for row in markup.get("inline_keyboard", [])]
        if not text.strip() and not file.content:
            return _refusal_of(400, "Bad Request: message text is empty")
        if file.content and len(text.encode("utf-16-le")) // 2 > 1024:
            return _refusal_of(400, "Bad Request: message caption is too long")
        if len(text.encode("utf-16-le")) // 2 > 4096:
            return _refusal_of(400, "Bad Request: message is too long")
        if any(not 1 <= len(data.encode()) <= 64 for row in rows for _, data in row):
            return _refusal("bad")
        with self._change:
            chat, message_id = params["chat_id"], self._next_message
            self._next_message += 1
            buttons = tuple(tuple(row) for row in rows)
            self._sent.append(Sent(chat, message_id, text, buttons, time.time(), dict(params), file.name, file.content))
            self._change.notify_all()
        about = {"message_id": message_id, "date": int(time.time()), "chat": _chat(chat), "text": text}
        return _result({**about, **self.message_extra})

    async def _control(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        try:
            values = {**request.query, **(await request.json() if request.can_read_body else {})}
            if verb == "push":
                return web.json_response({"update_id": self.push(values)})
            if verb in ("text", "edit", "media", "tap", "block"):
                return web.json_response({"update_id": getattr(self, verb)(**values)})
            if verb == "sent":
                return web.json_response([_told(message) for message in self.sent(**values)])
            if verb in ("fault", "mend", "reset", "state", "calls"):
                return web.json_response(getattr(self, verb)(**values))
        except (TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response({"error": "no such control"}, status=404)

    def _says(self, chat: str, kind: str, language: str, content: Mapping[str, Any]) -> int:
        with self._change:
            message_id = self._next_message
            self._next_message += 1
        about = {"message_id": message_id, "date": int(time.time()), "chat": _chat(chat), "from": _user(chat, language)}
        return self.push({kind: {**about, **content}})


_FILE = {"file_id": "f", "file_unique_id": "u"}
_FILES: Mapping[str, dict[str, Any]] = {
    "voice": {**_FILE, "duration": 3},
    "audio": {**_FILE, "duration": 3},
    "photo": {**_FILE, "width": 10, "height": 10},
    "video": {**_FILE, "width": 10, "height": 10, "duration": 3},
    "document": _FILE,
    "sticker": {**_FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False},
    "location": {"latitude": 11.0, "longitude": -72.0},
    "contact": {"phone_number": "000", "first_name": "Nadie"},
}


def _chat(chat: str) -> dict[str, Any]:
    return {"id": int(chat), "type": "private" if int(chat) > 0 else "group", "first_name": "Nadie"}


def _user(chat: str, language: str) -> dict[str, Any]:
    return {"id": abs(int(chat)), "is_bot": False, "first_name": "Nadie", "language_code": language}


async def _params(request: web.Request) -> tuple[dict[str, str], _Posted]:
    """The parameters, and the file among them: posted as itself, or under a name that ``attach://`` refers to."""
    body = await request.json() if request.content_type == "application/json" else await request.post()
    files = [value for value in body.values() if isinstance(value, web.FileField)]
    posted = _Posted(files[0].filename, files[0].file.read()) if files else _NO_FILE
    values = (*request.query.items(), *body.items())
    return {key: str(value) for key, value in values if not isinstance(value, web.FileField)}, posted


def _told(message: Sent) -> dict[str, Any]:
    """A message as JSON: of a file, its size."""
    return {**asdict(message), "content": len(message.content)}


def _result(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(kind: str, retry_after: float = 1) -> web.Response:
    status, words = REFUSALS[kind]
    if kind == "gateway":
        return web.Response(status=status, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html")
    if kind == "flood":
        return _refusal_of(status, f"{words} {retry_after:g}", {"parameters": {"retry_after": retry_after}})
    return _refusal_of(status, words)


def _refusal_of(status: int, words: str, more: Mapping[str, object] | None = None) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": words, **(more or {})}, status=status)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Telegram Bot API stand-in on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free port; the address is printed")
    parser.add_argument("--token", default=TOKEN)
    values = parser.parse_args()
    with TelegramStandIn(values.port, values.token) as telegram:
        print(telegram.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
