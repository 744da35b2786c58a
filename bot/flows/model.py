"""The parts of a route as plain frozen data: slots, flows, steps, options, cards.

These are what :mod:`bot.flows.loader` builds from YAML; texts are Spanish source texts with placeholders.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.flows.conditions import Condition

Value = str | int | bool | None
"""What a slot may hold: plain JSON. Dates are ISO strings, amounts whole pesos."""

SlotType = Literal[
    "category", "boolean", "text", "number", "age", "amount", "date", "municipality", "phone", "occupation"
]
FlowKind = Literal["route", "answer", "crisis", "check_in", "system"]
END = "END"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the files something stands, for messages to an editor."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing the bot can know about a person."""

    id: str
    type: SlotType
    label: str
    words: tuple[str, ...]
    depends_on: tuple[str, ...]
    transient: bool
    place: Place
    options: Mapping[str, Option] = field(default_factory=dict)
    """Every option that any step offers for this slot, by value: the labels of the summary."""
    sensitive: bool = False
    """Health, disability, ethnic belonging: not kept without consent, and never shown unasked."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a step offers."""

    value: Value
    label: str
    description: str
    synonyms: tuple[str, ...]
    hidden: bool
    urgent: tuple[str, ...] = ()
    """Signs of an emergency: a message that opens the flow with one of them is this answer already."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An answer that is understood but cannot be, and what is said then."""

    condition: Condition
    say: str
    place: Place


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of ``next``; ``condition`` is None for ``else``."""

    condition: Condition | None
    target: str
    place: Place


@dataclass(frozen=True, slots=True)
class Collect:
    """The question of a step."""

    slot: str
    ask: str
    ask_again: str
    why: str
    options: tuple[Option, ...]
    ask_before_filling: bool
    rejections: tuple[Rejection, ...]
    optional: bool = False
    """Whether the person may go on without answering: the slot then stays empty."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow: one kind of work, or speech (``say``, ``card``, ``refer``, ``follow_up`` together)."""

    id: str
    place: Place
    collect: Collect | None = None
    say: str = ""
    card: str = ""
    refer: str = ""
    follow_up: str = ""
    set_slots: tuple[tuple[str, Value], ...] = ()
    call: str = ""
    link: str = ""
    action: str = ""
    next: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A route, a short answer, a crisis reply or a system dialogue."""

    id: str
    name: str
    description: str
    kind: FlowKind
    menu: int | None
    intents: tuple[str, ...]
    steps: Mapping[str, Step]
    place: Place

    @property
    def first(self) -> Step:
        """The step where the flow begins."""
        return next(iter(self.steps.values()))

    def collects(self) -> Iterator[tuple[Step, Collect]]:
        """Every step that asks something, with its question."""
        for step in self.steps.values():
            if step.collect is not None:
                yield step, step.collect


@dataclass(frozen=True, slots=True)
class Card:
    """What a person keeps: what to bring, where to go, what it costs, what to do if refused."""

    id: str
    title: str
    what: str
    who: str
    bring: tuple[str, ...]
    steps: tuple[str, ...]
    where: str
    cost: str
    time: str
    refused: str
    note: str
    facts: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that is asked again some days later by starting a check-in flow."""

    id: str
    after_days: int
    flow: str
    place: Place


@dataclass(frozen=True, slots=True)
class Partner:
    """An institution that a step refers to; its address is a fact."""

    id: str
    name: str
    url_fact: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What follows for a person's plan where ``condition`` holds: something in their favour (``opportunity``), in their
    way (``barrier``), and what to do (``step``) within ``in_days`` days.

    The route that helps is opened by tapping ``flow`` or by writing ``word``. Once it was walked to its end, or one of
    ``cards`` was shown, ``step_after`` takes the step's place; without one the step is done. ``goals`` are values of
    ``main_goal`` for which the rule comes earlier. What is ``discreet`` is said in the chat and not printed.
    """

    id: str
    condition: Condition
    opportunity: str
    barrier: str
    step: str
    step_after: str
    priority: int
    in_days: int
    flow: str
    word: str
    cards: tuple[str, ...]
    goals: tuple[str, ...]
    discreet: bool
    place: Place


@dataclass(frozen=True, slots=True)
class FlowSet:
    """Everything under ``flows/`` at one moment. ``fingerprint`` names the release a conversation is pinned to."""

    fingerprint: str
    slots: Mapping[str, Slot]
    flows: Mapping[str, Flow]
    cards: Mapping[str, Card]
    follow_ups: Mapping[str, FollowUp]
    partners: Mapping[str, Partner]
    plan: Mapping[str, PlanRule]
    words: Words

    def flow_for_intent(self, intent: str) -> Flow | None:
        """The flow that an intent starts, or None."""
        return next((flow for flow in self.flows.values() if intent in flow.intents), None)

    def menu(self) -> tuple[Flow, ...]:
        """The flows of the main menu, in their order."""
        listed = [flow for flow in self.flows.values() if flow.menu is not None]
        return tuple(sorted(listed, key=lambda flow: (flow.menu or 0, flow.id)))


@dataclass(frozen=True, slots=True)
class Words:
    """Global words by language: what people write (``forms``), and the word shown to them (``labels``)."""

    forms: Mapping[str, Mapping[str, tuple[str, ...]]]
    labels: Mapping[str, Mapping[str, str]]
    commands: Mapping[str, tuple[tuple[str, str], ...]]
    questions: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """By language: how people ask for a part of a card (``flows/card_questions.yml``)."""
