"""YAML with its lines: every key of a fact file knows where it stands, so that an error can name the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import yaml

from bot.facts.errors import FactError

ScalarKind = Literal["text", "int", "float", "other"]

# libyaml's reader is some twenty times faster; a wheel without it still works.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SCALAR_KINDS: dict[str, ScalarKind] = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "int",
    "tag:yaml.org,2002:float": "float",
}


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its characters as written (quotes taken away) and what YAML takes it for."""

    text: str
    kind: ScalarKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under a key. ``line`` is the line of the key, counted from 1."""

    line: int
    value: Scalar | dict[str, Entry] | None
    """None where a list or nothing that a fact file knows stands there."""


def read_source(text: str, file: str) -> tuple[dict[str, Entry], list[FactError]]:
    """Read a file's text. Returns its top keys (empty where it is no mapping) and the faults of the YAML itself."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        fault = f"this is not YAML: {(error.problem or 'broken').strip()}"
        mend = "Check the indentation, the colons and the quotes of this line"
        return {}, [FactError(file, line, "", fault, mend)]
    except yaml.YAMLError:
        return {}, [FactError(file, 1, "", "this is not plain text", "Save the file as UTF-8 text")]
    if not isinstance(root, yaml.MappingNode):
        mend = "Begin the file with version: 1 and facts:"
        return {}, [FactError(file, 1, "", "the file holds no facts", mend)]
    errors: list[FactError] = []
    return _mapping(root, file, (), errors), errors


def _mapping(node: yaml.MappingNode, file: str, path: tuple[str, ...], errors: list[FactError]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in entries:
            fault = f"{key!r} is written twice, first at line {entries[key].line}"
            fact = (*path, key)[1] if path else ""
            errors.append(FactError(file, line, fact, fault, "Delete or rename one of them"))
            continue
        entries[key] = Entry(line, _value(value_node, file, (*path, key), errors))
    return entries


def _value(node: object, file: str, path: tuple[str, ...], errors: list[FactError]) -> Scalar | dict[str, Entry] | None:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, path, errors)
    if isinstance(node, yaml.ScalarNode):
        return Scalar(str(node.value).strip(), _SCALAR_KINDS.get(str(node.tag), "other"))
    return None


def keys_left(entries: dict[str, Entry], known: Iterable[str]) -> list[tuple[str, int]]:
    """The keys that nobody knows, with their lines."""
    allowed = set(known)
    return [(key, entry.line) for key, entry in entries.items() if key not in allowed]
