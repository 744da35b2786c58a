"""The terminal as a channel: a chat to read and type, and a pipe for conversations in scripts."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TextIO

from bot.messages import Address, Attachment, Button, Inbound, InboundKind, Outbound
from bot.storage import Line

CHANNEL = "terminal"
PATIENCE = 60.0  # seconds to wait for a reply that another process may be working on
LOOK_EVERY = 0.05
DOCUMENTS = Path("documents")
"""Where files are saved, below the folder in which the terminal was opened."""


class TerminalChannel:
    """Delivers nothing by itself: the terminal reads the conversation's lines, as the web chat does."""

    name = CHANNEL

    async def start(self, receive: Callable[[Inbound], Awaitable[bool]]) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def send(self, out: Outbound) -> str:
        """The line stands in the conversation already."""
        return f"terminal:{out.id}"


class Service(Protocol):
    """What the terminal needs of the service it runs in."""

    async def receive(self, inbound: Inbound) -> bool:
        """Keep a message in the inbox."""

    async def settle(self) -> None:
        """Work until the inbox and the outbox are empty."""

    def lines(self, address: Address, after: int) -> list[Line]:
        """The lines of a conversation after one."""

    def attachment(self, address: Address, line: int) -> Attachment | None:
        """The file of a line."""

    def now(self) -> datetime:
        """The clock."""


class Terminal:
    """One person at a terminal. Replies go to ``out``, files into the folder ``documents``."""

    def __init__(self, service: Service, person: str, out: TextIO, *, echo: bool, documents: Path = DOCUMENTS) -> None:
        self._service = service
        self._address = Address(CHANNEL, person)
        self._out = out
        self._echo = echo
        self._documents = documents
        self._seen = 0
        self._buttons: Sequence[Button] = ()

    async def run(self, read: Callable[[], Awaitable[str | None]], *, greet: bool) -> None:
        """Talk until the input ends."""
        self._seen = max((line.id for line in self._service.lines(self._address, 0)), default=0)
        if greet:
            await self._send(self._inbound("start"))
        while (line := await read()) is not None:
            if not line.strip():
                continue
            if self._echo:
                self._print(f"> {line}")
            await self._send(self._of(line.strip()))

    def _of(self, line: str) -> Inbound:
        """A number taps the option of that number, as a finger would; anything else is written."""
        if line.isdigit() and 1 <= int(line) <= len(self._buttons):
            return self._inbound("tap", payload=self._buttons[int(line) - 1].payload)
        if line.startswith("/start"):
            return self._inbound("start", payload=line.removeprefix("/start").strip())
        return self._inbound("text", text=line)

    def _inbound(self, kind: InboundKind, *, text: str = "", payload: str = "") -> Inbound:
        return Inbound(
            self._address,
            uuid.uuid4().hex,
            kind,
            self._service.now(),
            text=text,
            payload=payload,
        )

    async def _send(self, inbound: Inbound) -> None:
        await self._service.receive(inbound)
        waited = 0.0
        while waited < PATIENCE:
            await self._service.settle()
            if self._show():
                return
            await asyncio.sleep(LOOK_EVERY)  # another process holds the turn: its reply will stand in the lines
            waited += LOOK_EVERY

    def _show(self) -> bool:
        lines = [line for line in self._service.lines(self._address, self._seen) if line.id > self._seen]
        for line in lines:
            self._seen = max(self._seen, line.id)
            if line.direction == "out":
                self._print(line.text)
                if line.file:
                    self._save(line)
                self._buttons = line.buttons
                for number, button in enumerate(line.buttons, start=1):
                    more = f" ({button.description})" if button.description else ""
                    self._print(f"  {number}. {button.label}{more}")
                self._print("")
        return any(line.direction == "out" for line in lines)

    def _save(self, line: Line) -> None:
        """Put a file where only this user can read it, and tell where it is."""
        found = self._service.attachment(self._address, line.id)
        if found is None:
            return
        self._documents.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._documents / f"{line.id}-{found.name}"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(found.content)
        self._print(f"  → {path}")

    def _print(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()
