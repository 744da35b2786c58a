"""From the files under ``flows/`` to a :class:`~bot.flows.model.FlowSet`, or every fault with its line and mend."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.flows.errors import Fault, FlowFileError
from bot.flows.loading.card_questions import read_card_questions
from bot.flows.loading.fields import Block, Faults
from bot.flows.loading.links import Linker, fill_options
from bot.flows.loading.parts import read_card, read_follow_up, read_partner, read_slot, read_words
from bot.flows.loading.plan_rules import check_plan, read_plan_rule
from bot.flows.loading.steps import read_flow
from bot.flows.model import FlowSet, Place, Words
from bot.flows.source import Node, flow_texts, read_yaml

__all__ = [
    "LANGUAGE_VERSION",
    "QUESTIONS_FILE",
    "TOP_FIELDS",
    "WORDS_FILE",
    "load_flows",
    "load_release",
    "load_texts",
    "release_of",
]

LANGUAGE_VERSION = 3
WORDS_FILE = "words.yml"
QUESTIONS_FILE = "card_questions.yml"
TOP_FIELDS = ("version", "slots", "flows", "cards", "follow_ups", "partners", "plan")
Part = TypeVar("Part")


def load_flows(folder: Path) -> FlowSet:
    """Load every ``*.yml`` below a folder. Raises :class:`FlowFileError` with all faults found."""
    return load_texts(flow_texts(folder))


def release_of(folder: Path) -> str:
    """The content of a folder as one text, which :func:`load_release` reads back; conversations are pinned to it."""
    return json.dumps(dict(flow_texts(folder)), ensure_ascii=False, sort_keys=True)


def load_release(release: str) -> FlowSet:
    """Load what :func:`release_of` made."""
    return load_texts(json.loads(release).items())


def load_texts(texts: Iterable[tuple[str, str]]) -> FlowSet:
    """Load flow files given as (name, text). Raises :class:`FlowFileError` with all faults found."""
    faults = Faults()
    digest = hashlib.sha256()
    parts: dict[str, dict[str, Node]] = {name: {} for name in TOP_FIELDS[1:]}
    words, questions = Words({}, {}, {}), Words({}, {}, {}).questions
    for file, text in texts:
        digest.update(file.encode() + b"\0" + text.encode() + b"\0")
        root, broken = read_yaml(text, file)
        faults.found.extend(broken)
        if root is None:
            continue
        if file.rsplit("/", 1)[-1] == WORDS_FILE:
            words = read_words(root, faults)
            continue
        if file.rsplit("/", 1)[-1] == QUESTIONS_FILE:
            questions = read_card_questions(root, faults)
            continue
        _gather(root, file, parts, faults)
    slots = _read(parts["slots"], read_slot, faults)
    flows = _read(parts["flows"], read_flow, faults)
    cards = _read(parts["cards"], read_card, faults)
    follow_ups = _read(parts["follow_ups"], read_follow_up, faults)
    partners = _read(parts["partners"], read_partner, faults)
    plan = _read(parts["plan"], read_plan_rule, faults)
    slots = fill_options(slots, flows)
    linker = Linker(slots, flows, cards, follow_ups, partners, faults)
    linker.check()
    check_plan(linker, plan)
    if faults.found:
        raise FlowFileError(tuple(sorted(faults.found, key=_order)))
    words = replace(words, questions=questions)
    return FlowSet(digest.hexdigest()[:16], slots, flows, cards, follow_ups, partners, plan, words)


def _order(fault: Fault) -> tuple[str, int]:
    return fault.place.file, fault.place.line


def _gather(root: Node, file: str, parts: Mapping[str, dict[str, Node]], faults: Faults) -> None:
    block = Block(root, "", faults)
    if not isinstance(root.value, dict):
        return
    block.only(TOP_FIELDS)
    version = block.fields.get("version")
    if version is None or version.value != LANGUAGE_VERSION:
        faults.add(
            "version",
            version.place if version else Place(file, 1),
            "",
            f"the file is written for version {version.plain()} of the flow language"
            if version
            else "no version stands here",
            f"Write version: {LANGUAGE_VERSION}",
        )
    for name in parts:
        if not block.has(name) or block.fields[name].value is None:
            continue
        for item, node in Block(block.fields[name], name, faults).fields.items():
            if item in parts[name]:
                first = parts[name][item].place
                faults.add(
                    "defined_twice",
                    node.place,
                    item,
                    f"{item!r} already stands in {first.file}:{first.line}",
                    "Keep one of them",
                )
            parts[name][item] = node


def _read(nodes: Mapping[str, Node], reader: Callable[[str, Node, Faults], Part], faults: Faults) -> dict[str, Part]:
    return {name: reader(name, node, faults) for name, node in nodes.items()}
