"""YAML with its places: every mapping, list and key of a flow file knows the line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.flows.broken_yaml import not_utf8, yaml_fault
from bot.flows.errors import Fault
from bot.flows.model import Place

Plain = str | int | bool | None
MOST_PARTS = 100_000
"""Values that one file may hold once its aliases are written out; the largest of this repository holds 1 700."""
_HALF = re.compile("[\ud800-\udfff]")  # "\\ud800" in quotes: no database and no channel takes it
_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Node:
    """A value read from YAML together with its line. ``value`` is plain, a list of nodes or a dict of nodes."""

    value: Plain | list[Node] | dict[str, Node]
    place: Place

    def mapping(self) -> dict[str, Node]:
        """The value as a mapping, or an empty one where it is something else."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list[Node]:
        """The value as a list, or an empty one where it is something else."""
        return self.value if isinstance(self.value, list) else []

    def plain(self) -> object:
        """The value with the places taken away."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Fault]]:
    """Read one YAML text. Returns the root (None where it is empty or broken) and the faults of the YAML itself."""
    unreadable = not_utf8(text, file)
    if unreadable is not None:
        return None, [unreadable]
    faults: list[Fault] = []
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        if root is None:
            return None, [Fault("empty_file", Place(file, 1), "", "the file is empty", "Write flows: or delete it")]
        return _convert(root, file, faults, iter(range(MOST_PARTS))), faults
    except (yaml.YAMLError, RecursionError) as error:
        return None, [yaml_fault(error, text, file)]


def _convert(node: yaml.Node, file: str, faults: list[Fault], allowed: Iterator[int]) -> Node:
    if next(allowed, None) is None:
        raise yaml.composer.ComposerError(None, None, "aliases make it too long", node.start_mark)
    place = Place(file, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Node] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in mapping:
                line = key_node.start_mark.line + 1
                first = mapping[key].place.line
                faults.append(
                    Fault(
                        "duplicate_key",
                        Place(file, line),
                        "",
                        f"{key!r} stands twice in the same block, first at line {first}",
                        "Delete or rename one of them",
                    )
                )
            converted = _convert(value_node, file, faults, allowed)
            mapping[key] = Node(converted.value, Place(file, key_node.start_mark.line + 1))
        return Node(mapping, place)
    if isinstance(node, yaml.SequenceNode):
        return Node([_convert(item, file, faults, allowed) for item in node.value], place)
    return Node(_scalar(node), place)


def _scalar(node: yaml.Node) -> Plain:
    kind = node.tag.removeprefix("tag:yaml.org,2002:")
    # YAML 1.1 reads yes/no/on/off as booleans, 12:30 as 750, 010 as 8 and 1.50 as 1.5; in a flow they are as written.
    if kind == "bool" and node.value.lower() in ("true", "false"):
        return bool(node.value.lower() == "true")
    if kind == "int" and _WHOLE_NUMBER.fullmatch(node.value):
        return int(node.value)
    if kind == "null":
        return None
    if kind not in ("str", "bool", "int", "float", "timestamp", "value", "merge"):
        raise yaml.constructor.ConstructorError(
            None, None, f"could not determine a constructor for the tag {node.tag!r}", node.start_mark
        )
    text = str(node.value)
    if _HALF.search(text):
        raise yaml.constructor.ConstructorError(None, None, "half of a character", node.start_mark)
    return text


def flow_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every flow file below a folder as (name relative to the folder's parent, text), in a stable order."""
    for path in sorted(folder.rglob("*.yml")):
        yield path.relative_to(folder.parent).as_posix(), path.read_text(encoding="utf-8", errors="replace")
