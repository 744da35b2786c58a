"""What the web chat needs of the outside: a conversation to read, and the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.messages import Address, Attachment, Button

Gettext = Callable[[str], str]


class Line(Protocol):
    """One line of a conversation. ``direction`` is ``in`` or ``out``; ``id`` grows along the conversation."""

    @property
    def id(self) -> int: ...
    @property
    def direction(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def buttons(self) -> Sequence[Button]: ...
    @property
    def kind(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class History(Protocol):
    """The part of ``bot.storage.Store`` that the web chat reads. Synchronous; called from a thread.

    Without ``after`` it gives the newest ``limit`` lines, with it the next ``limit``; both oldest first.
    """

    def attachment(self, address: Address, line_id: int) -> Attachment | None: ...

    def history(self, address: Address, after: int = 0, limit: int = 200) -> Sequence[Line]: ...
