"""Reading the fields of a YAML block: what is missing, misspelt or of the wrong kind becomes a fault with its line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

from bot.flows.errors import Fault
from bot.flows.model import Place, Value
from bot.flows.source import Node

ID_PATTERN = "[a-z][a-z0-9_]{0,39}"


class Faults:
    """Collects faults while a file is read, so that an editor sees all of them at once."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, code: str, place: Place, where: str, fault: str, mend: str) -> None:
        """Note one fault."""
        self.found.append(Fault(code, place, where, fault, mend))


class Block:
    """One YAML mapping, read field by field."""

    def __init__(self, node: Node, where: str, faults: Faults) -> None:
        self.place = node.place
        self.where = where
        self.faults = faults
        self.fields = node.mapping()
        self.readable = isinstance(node.value, dict)
        """Whether it is a mapping at all. Where it is not, that alone is told, and no field is missed."""
        if not self.readable:
            faults.add(
                "not_a_block", node.place, where, "a block of fields should stand here", "Write key: value lines"
            )

    def only(self, known: Collection[str]) -> None:
        """Every field must be one of these."""
        for name, node in self.fields.items():
            if name not in known:
                close = difflib.get_close_matches(name, known, 1)
                mend = f"Did you mean {close[0]!r}?" if close else f"Known here: {', '.join(sorted(known))}"
                self.faults.add("unknown_field", node.place, self.where, f"unknown field {name!r}", mend)

    def has(self, name: str) -> bool:
        """Whether the field stands in the block."""
        return name in self.fields

    def line(self, name: str) -> Place:
        """Where a field stands, or the block where it is missing."""
        return self.fields[name].place if name in self.fields else self.place

    def missing(self, name: str, mend: str) -> None:
        """Note that a field is missing or empty."""
        if self.readable:
            self.faults.add("missing_field", self.line(name), self.where, f"{name!r} is missing", mend)

    def text(self, name: str, *, required: bool = False, most: int = 0) -> str:
        """A text field, stripped; empty where it is left out. ``most`` is the largest number of characters."""
        node = self.fields.get(name)
        if node is None or node.value is None or (isinstance(node.value, str) and not node.value.strip()):
            if required:
                self.missing(name, f"Write {name}: …")
            return ""
        if not isinstance(node.value, str | int) or isinstance(node.value, bool):
            mend = f'Put it in quotes, as in {name}: "…"'
            self.faults.add("not_text", node.place, self.where, f"{name!r} should be a text", mend)
            return ""
        text = str(node.value).strip()
        if most and len(text) > most:
            self.faults.add(
                "too_long",
                node.place,
                self.where,
                f"{name!r} has {len(text)} characters, at most {most} fit",
                "Say it shorter",
            )
        return text

    def texts(self, name: str, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        node = self.fields.get(name)
        if node is None or (required and node.value in (None, [])):
            if required:
                self.missing(name, f"Write {name}: [one, two]")
            return ()
        if not isinstance(node.value, list) or any(
            isinstance(item.value, dict | list) or item.value is None for item in node.items()
        ):
            self.faults.add(
                "not_a_list", node.place, self.where, f"{name!r} should be a list of texts", f"Write {name}: [one, two]"
            )
            return ()
        return tuple(_as_text(item).strip() for item in node.items())

    def flag(self, name: str) -> bool:
        """A field that is true or false; false where it is left out."""
        node = self.fields.get(name)
        if node is None:
            return False
        if not isinstance(node.value, bool):
            self.faults.add(
                "not_a_flag", node.place, self.where, f"{name!r} should be true or false", f"Write {name}: true"
            )
            return False
        return node.value

    def number(self, name: str, *, least: int = 0) -> int | None:
        """A whole number, or None where it is left out."""
        node = self.fields.get(name)
        if node is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, int) or node.value < least:
            self.faults.add(
                "not_a_number",
                node.place,
                self.where,
                f"{name!r} should be a whole number from {least}",
                f"Write {name}: {max(least, 1)}",
            )
            return None
        return node.value

    def choice(self, name: str, known: Collection[str], default: str) -> str:
        """One of a few words."""
        text = self.text(name)
        if not text:
            return default
        if text not in known:
            self.faults.add(
                "unknown_choice",
                self.line(name),
                self.where,
                f"{name!r} is {text!r}",
                f"Use one of: {', '.join(sorted(known))}",
            )
            return default
        return text


def check_id(name: str, place: Place, where: str, faults: Faults) -> None:
    """Ids are short, lower case, without accents: they travel in button payloads and deep links."""
    if not re.fullmatch(ID_PATTERN, name):
        faults.add(
            "bad_id",
            place,
            where,
            f"{name!r} is no id",
            "Ids are lower-case letters, digits and _, at most 40, the first a letter",
        )


def slot_value(node: Node, name: str, where: str, faults: Faults) -> Value:
    """A slot's value as written in YAML; ``name`` is the field or slot that it is given to."""
    if isinstance(node.value, dict | list):
        fault = f"{name!r} should be one word, number, true or false"
        faults.add("not_a_value", node.place, where, fault, f"Write {name}: a_short_name")
        return None
    return node.value


def sentence(text: str) -> str:
    """The text with a capital letter first, the rest as it is."""
    return text[:1].upper() + text[1:]


def _as_text(node: Node) -> str:
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value)
