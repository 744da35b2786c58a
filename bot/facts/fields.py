"""Reads the fields of one fact, each by its own rule, and notes every fault instead of stopping at the first."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.facts.errors import FactError
from bot.facts.model import PartialDate, Value
from bot.facts.source import Entry, Scalar, keys_left

UNDATED = "n/a"
"""How the research writes a source without a date."""

_ADDRESS = re.compile(r"https://[\w.-]+\.[a-z]{2,}(/\S*)?")


@dataclass
class Fields:
    """The fields of one fact (or of its ``source`` or ``confirm_at``). Faults are added to ``errors``."""

    file: str
    fact: str
    line: int
    entries: dict[str, Entry]
    errors: list[FactError] = field(default_factory=list)
    inside: str = ""

    def wrong(self, key: str, fault: str, mend: str) -> None:
        """Note a fault at the line of ``key``, or of the whole block where the key is missing."""
        line = self.entries[key].line if key in self.entries else self.line
        self.errors.append(FactError(self.file, line, self.fact, fault, mend))

    def only(self, known: Iterable[str]) -> None:
        """Refuse keys that a fact does not have."""
        names = tuple(known)
        for key, _ in keys_left(self.entries, names):
            close = difflib.get_close_matches(key, names, n=1)
            mend = f"Write {close[0]!r} instead" if close else f"Known keys: {', '.join(names)}"
            self.wrong(key, f"unknown key {self.inside + key!r}", mend)

    def text(self, key: str, example: str = "") -> str:
        """One line of text. With an ``example`` the field is required and the example tells how to mend it."""
        entry = self.entries.get(key)
        if entry is None or (isinstance(entry.value, Scalar) and not entry.value.text):
            if example:
                self.wrong(key, f"{self.inside + key!r} is missing", f"Add it, for example {example}")
            return ""
        if not isinstance(entry.value, Scalar):
            self.wrong(key, f"{self.inside + key!r} must be a single value", "Write it on one line after the colon")
            return ""
        if "\n" in entry.value.text:
            self.wrong(key, f"{self.inside + key!r} has more than one line", "Write it on one line")
        return entry.value.text

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """One word of a list; required."""
        word = self.text(key, f"{key}: {allowed[0]}")
        if word and word not in allowed:
            self.wrong(key, f"{key!r} is {word!r}", f"Use one of: {', '.join(allowed)}")
            return ""
        return word

    def day(self, key: str, required: bool = False) -> date | None:
        """A full date."""
        word = self.text(key, f"{key}: 2027-01-31" if required else "")
        if not word:
            return None
        try:
            return date.fromisoformat(word)
        except ValueError:
            self.wrong(key, f"{key!r} is {word!r}, which is no date", "Write year-month-day, as 2027-01-31")
            return None

    def seen(self, key: str) -> PartialDate | None:
        """The date of a source: a day, a month, a year, or ``n/a``; required."""
        word = self.text(key, f'{key}: "2026-02"')
        if not word or word == UNDATED:
            return None
        try:
            return PartialDate.parse(word)
        except ValueError:
            mend = f'Write "2026-02-10", "2026-02", "2026" or {UNDATED}'
            self.wrong(key, f"{self.inside + key!r} is {word!r}, which is no date", mend)
            return None

    def address(self, key: str) -> str:
        """A web address; required and never empty."""
        word = self.text(key, f"{key}: https://www.migracioncolombia.gov.co")
        if word and not _ADDRESS.fullmatch(word):
            self.wrong(key, f"{self.inside + key!r} is {word!r}, which is no web address", "Begin it with https://")
        return word

    def value(self, key: str, numeric: bool) -> Value:
        """A machine value. Where it is ``numeric``, digits are a number; else they are text, as a year or a phone."""
        entry = self.entries.get(key)
        word = self.text(key)
        if entry is None or not word or not isinstance(entry.value, Scalar):
            return None
        if not numeric:
            return word
        if entry.value.kind == "int" and re.fullmatch(r"\d+", word):
            return int(word)
        if entry.value.kind == "float" and re.fullmatch(r"\d+\.\d+", word):
            return Decimal(word)
        return word

    def block(self, key: str, example: str) -> Fields | None:
        """The fields below a key; required."""
        entry = self.entries.get(key)
        if entry is None or not isinstance(entry.value, dict):
            self.wrong(key, f"{key!r} is missing or holds no fields", f"Add it, for example {example}")
            return None
        return Fields(self.file, self.fact, entry.line, entry.value, self.errors, f"{key}.")
