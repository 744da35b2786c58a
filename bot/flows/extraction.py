"""What translators get of the flows: a Babel extraction method, each text with its kind, its place and its limit.

The comments are written for somebody who sees Poedit or Weblate and no YAML. ``at most 24 characters`` in a comment
becomes Weblate's flag ``max-length:24`` (:mod:`bot.i18n.template`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from bot.flows.loading.fields import Faults
from bot.flows.loading.parts import read_card, read_partner, read_slot
from bot.flows.loading.plan_rules import read_plan_rule
from bot.flows.loading.steps import MENU_LABEL, QUESTION, ROW_DESCRIPTION, read_flow
from bot.flows.matching import SYNONYMS
from bot.flows.model import Card, Collect, Flow, PlanRule, Slot, Step
from bot.flows.source import Node, read_yaml

BUTTON_TITLE = 20
REPLY_BUTTONS = 3
CARD_LINES = (
    ("title", "title"), ("what", "what it is"), ("who", "for whom"), ("bring", "what to bring"), ("steps", "a step"),
    ("where", "where to go"), ("cost", "what it costs"), ("time", "how long it takes"),
    ("refused", "what to do when refused"), ("note", "a note"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extracted:
    """A text for translators: the line where it stands, its words, and what a translator must know."""

    line: int
    text: str
    comment: str


def extract_flows(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001  Babel's interface
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extraction method for ``flows/**.yml``. What does not load is passed over; ``amable check`` tells it."""
    for found in texts_for_translators(fileobj.read().decode(), getattr(fileobj, "name", "flows.yml")):
        yield found.line, None, found.text, [found.comment]


def texts_for_translators(text: str, file: str) -> Iterator[Extracted]:
    """Every text of one flow file that a person may read or write, in the order of the file."""
    root, _ = read_yaml(text, file)
    faults = Faults()
    for section, node in (root.mapping() if root else {}).items():
        reader = _READERS.get(section)
        for name, part in node.mapping().items() if reader else ():
            yield from _READERS[section](name, part, faults)


def _slot(name: str, node: Node, faults: Faults) -> Iterator[Extracted]:
    slot: Slot = read_slot(name, node, faults)
    line = slot.place.line
    yield Extracted(line, slot.label, f"slot {name}: what an answer is called, inside a sentence")
    if slot.words:
        kind = f"slot {name}: other names that people write for «{slot.label}»"
        yield Extracted(line, SYNONYMS.join(slot.words), f"{kind}; your own words, as many as you like, | between them")


def _flow(name: str, node: Node, faults: Faults) -> Iterator[Extracted]:
    flow: Flow = read_flow(name, node, faults)
    line = flow.place.line
    yield Extracted(line, flow.name, f"flow {name}: name in the menu, at most {MENU_LABEL} characters")
    yield Extracted(line, flow.description, f"flow {name}: description, at most {ROW_DESCRIPTION} characters")
    for step in flow.steps.values():
        where = f"flow {name}, step {step.id}"
        if step.say:
            yield Extracted(step.place.line, step.say, f"{where}: message")
        if step.collect is not None:
            yield from _question(step, step.collect, where)


def _question(step: Step, collect: Collect, where: str) -> Iterator[Extracted]:
    line = step.place.line
    yield Extracted(line, collect.ask, f"{where}: question, at most {QUESTION} characters")
    if collect.ask_again:
        yield Extracted(line, collect.ask_again, f"{where}: the question in other words, when it was not understood")
    yield Extracted(line, collect.why, f"{where}: why it is asked")
    for rejection in collect.rejections:
        yield Extracted(rejection.place.line, rejection.say, f"{where}: said when an answer cannot be right")
    shown = sum(not option.hidden for option in collect.options) + collect.optional
    most = BUTTON_TITLE if shown <= REPLY_BUTTONS else MENU_LABEL
    for option in collect.options:
        hidden = " (understood when written, never shown)" if option.hidden else f", at most {most} characters"
        yield Extracted(line, option.label, f"{where}: option label{hidden}")
        if option.description:
            kind = f"{where}: description of «{option.label}», at most {ROW_DESCRIPTION} characters"
            yield Extracted(line, option.description, kind)
        if option.urgent:
            signs = f"{where}: signs of an emergency («{option.label}»), taken without a question"
            yield Extracted(line, SYNONYMS.join(option.urgent), f"{signs}; your own words, | between them")
        if option.synonyms:
            kind = f"{where}: what people write instead of «{option.label}»"
            words = SYNONYMS.join(option.synonyms)
            yield Extracted(line, words, f"{kind}; your own words, as many as you like, | between them")


def _card(name: str, node: Node, faults: Faults) -> Iterator[Extracted]:
    card: Card = read_card(name, node, faults)
    for field, kind in CARD_LINES:
        found = getattr(card, field)
        for text in found if isinstance(found, tuple) else (found,):
            if text:
                yield Extracted(card.place.line, text, f"card {name}: {kind}")


def _rule(name: str, node: Node, faults: Faults) -> Iterator[Extracted]:
    rule: PlanRule = read_plan_rule(name, node, faults)
    for text, kind in (
        (rule.opportunity, "something in a person's favour, in the first person"),
        (rule.barrier, "something in a person's way, in the first person"),
        (rule.step, "what to do next"),
        (rule.step_after, "what to do next, once the route was walked"),
        (rule.word, "what a person writes to open the route"),
    ):
        if text:
            yield Extracted(rule.place.line, text, f"plan {name}: {kind}")


def _partner(name: str, node: Node, faults: Faults) -> Iterator[Extracted]:
    partner = read_partner(name, node, faults)
    yield Extracted(partner.place.line, partner.name, f"partner {name}: name of an institution; mostly kept as it is")


_READERS = {"slots": _slot, "flows": _flow, "cards": _card, "plan": _rule, "partners": _partner}
