"""What a fact is: frozen data, as an editor wrote it and the loader checked it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a fact tells; it decides what ``value`` is and how ``say`` is checked against it."""

    AMOUNT = "amount"
    DATE = "date"
    PHONE = "phone"
    NORM = "norm"
    DEADLINE = "deadline"
    DURATION = "duration"
    LINK = "link"
    TEXT = "text"
    NUMBER = "number"


MONEY_UNITS = ("COP", "USD")
TIME_UNITS = ("hours", "days", "calendar_days", "working_days", "weeks", "months", "years")
COUNT_UNITS = ("percent", "UVT", "SMMLV", "points", "people", "permits", "calls", "option", "weeks", "years")
UNITS = {Kind.AMOUNT: MONEY_UNITS, Kind.DURATION: TIME_UNITS, Kind.NUMBER: COUNT_UNITS}
"""The units that each kind may have; a kind that is not here has none."""

Value = int | Decimal | str | None


class Confidence(StrEnum):
    """How far the research trusts a fact; it decides whether and how the bot says it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source gave it. A month or day of 0 is unknown, so a bare year sorts as the oldest."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2026``, ``2026-02`` or ``2026-02-10``. Raises ValueError for anything else."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError(text)
        parts = [int(part) for part in text.split("-")]
        date(*(parts + [1, 1])[:3])
        return cls(*parts)

    def __str__(self) -> str:
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part)


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it. ``org`` is the authority, ``via`` the outlet where it was read, ``date`` when it was known to hold.

    ``date`` is None where the research knew of none; such a fact is confirmed without naming a date.
    """

    org: str
    url: str
    date: PartialDate | None
    via: str = ""


@dataclass(frozen=True, slots=True)
class Confirm:
    """The official place where a person can confirm a fact."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``say`` is Spanish display text: a full sentence for kind ``text``, else words that fit in a sentence.

    ``value`` is what a machine reads: whole units of ``unit`` for an amount, an ISO date (or month) for ``date`` and
    ``deadline``, the digits as dialled for ``phone``, an address for ``link``. ``expires`` is the last day on which the
    fact may be said plainly; ``after_expiry`` (:mod:`bot.facts.past`) may let it be said with its year after that. A
    deadline that has passed is not an expired fact. ``file`` and ``line`` tell where it is written.
    """

    id: str
    research: str
    claim: str
    kind: Kind
    source: Source
    confirm_at: Confirm
    confidence: Confidence
    review_by: date
    value: Value = None
    unit: str = ""
    say: str = ""
    norm: str = ""
    valid_from: date | None = None
    expires: date | None = None
    after_expiry: str = "silent"
    changes: str = ""
    notes: str = ""
    file: str = ""
    line: int = 0
