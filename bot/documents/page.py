"""A page as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Style = Literal["heading", "text", "item", "step", "small"]


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph."""

    style: Style
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``link`` is what its code leads to, ``code_says`` what stands below the code and is read aloud for it.

    ``made_at`` is aware; it is the only date that the file's properties hold.
    """

    title: str
    language: str
    parts: tuple[Part, ...]
    made_at: datetime
    link: str = ""
    code_says: str = ""
