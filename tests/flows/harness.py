"""A person who talks to the pure engine: no Rasa, no database, no clock.

Every turn goes through JSON and back, as it does between two messages in the service, so no test can pass on a state
that would not survive the night.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from bot.facts import FactBook, load_facts
from bot.flows.engine import advance, needs_understanding
from bot.flows.events import Button, Event, Said, SlotSet, StepReached, events_from_json, events_to_json
from bot.flows.loading import load_flows, load_texts
from bot.flows.model import Flow, FlowSet, Value
from bot.flows.state import State
from bot.flows.turn import Danger, Turn, Understanding, World
from bot.i18n import Catalogues

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 24)
CONSENTED = State(consent="given", greeted=True)


@cache
def real_flows() -> FlowSet:
    """The flows of this repository, loaded once."""
    return load_flows(ROOT / "flows")


@cache
def real_facts() -> FactBook:
    """The facts of this repository, loaded once."""
    return load_facts(ROOT / "facts")


@cache
def real_catalogues() -> Catalogues:
    """The catalogues of this repository, loaded once."""
    return Catalogues(ROOT / "locales")


def real_world(today: date = TODAY) -> World:
    """The repository's flows, facts and released languages on a day."""
    catalogues = real_catalogues()
    return World(real_flows(), real_facts(), today, catalogues.text, catalogues.released, catalogues.names)


@cache
def _system() -> tuple[tuple[str, str], ...]:
    """What the engine itself needs: global words, permission, language, stop, erasure, crisis."""
    names = ("words", "card_questions", "system", "crisis")
    return tuple((f"flows/{name}.yml", (ROOT / "flows" / f"{name}.yml").read_text(encoding="utf-8")) for name in names)


@cache
def small_flows(text: str) -> FlowSet:
    """Flows written in a test (without ``version``), beside the real system flows and global words."""
    return load_texts([*_system(), ("flows/test.yml", f"version: 3\n{text}")])


def small_world(text: str, today: date = TODAY, facts: FactBook | None = None) -> World:
    """A world of flows written in a test, with the real system flows and facts."""
    return World(small_flows(text), facts or real_facts(), today)


def talk_in(text: str, flow: str, *, state: State = CONSENTED) -> Talk:
    """Somebody who gave their consent and has just begun a flow written in a test."""
    talk = Talk(small_world(text), state)
    talk.start(f"route_{flow}")
    return talk


class Talk:
    """One conversation. ``events`` are those of the last turn; ``reached`` gathers every step of all turns."""

    def __init__(self, world: World, state: State = State()) -> None:  # noqa: B008  frozen
        self.world = world
        self.state = state
        self.events: tuple[Event, ...] = ()
        self.reached: set[tuple[str, str]] = set()
        self.buttons: tuple[Button, ...] = ()
        """The last buttons that the person saw."""
        self.seen: tuple[Button, ...] = ()
        """All buttons that stand in the chat."""

    def fork(self) -> Talk:
        """The same conversation, to be led another way."""
        other = Talk(self.world, self.state)
        other.events, other.buttons, other.seen, other.reached = self.events, self.buttons, self.seen, self.reached
        return other

    # what the person does

    def say(
        self,
        text: str,
        intent: str = "",
        *,
        danger: str | Danger | None = None,
        ambiguous: Collection[str] = (),
        oos: bool = False,
        language: str = "",
    ) -> list[Said]:
        """Write a text. What the NLU is said to make of it counts only where the service would ask the NLU."""
        turn = Turn("text", text=text)
        if needs_understanding(self.state, turn, self.world):
            turn = replace(turn, understanding=_read(intent, danger, ambiguous, oos, language))
        return self.turn(turn)

    def tap(self, label: str | int) -> list[Said]:
        """Tap one of the last buttons by its label or its number from 1."""
        if isinstance(label, int):
            return self.tap_payload(self.buttons[label - 1].payload)
        found = [button for button in self.buttons if button.label == label]
        shown = [button.label for button in self.buttons]
        assert found, f"no button {label!r}; the last buttons are {shown}"
        return self.tap_payload(found[0].payload)

    def tap_old(self, label: str) -> list[Said]:
        """Scroll up and tap the first button of that label."""
        return self.tap_payload(next(button.payload for button in self.seen if button.label == label))

    def tap_payload(self, payload: str) -> list[Said]:
        """Tap a button of any time by what it carries."""
        return self.turn(Turn("tap", payload=payload))

    def start(self, payload: str = "", hint: str = "") -> list[Said]:
        """Open the chat, perhaps by a deep link; ``hint`` is the language of the phone."""
        return self.turn(Turn("start", payload=payload, language_hint=hint))

    def media(self, kind: str, caption: str = "") -> list[Said]:
        """Send a voice note, a photo, …"""
        return self.turn(Turn("media", text=caption, media=kind))

    def edit(self, text: str) -> list[Said]:
        """Edit an earlier message."""
        return self.turn(Turn("edited", text=text))

    def fire(self, flow: str) -> list[Said]:
        """A check-in falls due."""
        return self.turn(Turn("fire", payload=flow))

    def turn(self, turn: Turn) -> list[Said]:
        """Any turn. The state and the events must survive JSON."""
        state, self.events = advance(self.state, turn, self.world)
        self.state = State.from_json(json.loads(json.dumps(state.to_json())))
        assert self.state == state, "the state does not survive JSON"
        assert events_from_json(json.loads(json.dumps(events_to_json(self.events)))) == self.events
        self.reached |= {(e.flow, e.step) for e in self.events if isinstance(e, StepReached)}
        self.seen += tuple(button for said in self.said for button in said.buttons)
        self.buttons = next((said.buttons for said in reversed(self.said) if said.buttons), self.buttons)
        return self.said

    # what came back

    @property
    def said(self) -> list[Said]:
        """The messages of the last turn."""
        return [event for event in self.events if isinstance(event, Said)]

    @property
    def text(self) -> str:
        """The texts of the last turn as one."""
        return "\n\n".join(said.text for said in self.said)

    @property
    def labels(self) -> list[str]:
        """The labels of the last buttons."""
        return [button.label for button in self.buttons]

    @property
    def changed(self) -> dict[str, Value]:
        """The answers that the last turn gave or took back."""
        return {event.slot: event.value for event in self.events if isinstance(event, SlotSet)}

    @property
    def at(self) -> str:
        """The question that waits, as ``flow/step``; empty where none does."""
        if not self.state.stack or not self.state.stack[-1].asked:
            return ""
        return f"{self.state.stack[-1].flow}/{self.state.stack[-1].step}"

    def of(self, kind: type[Event]) -> list[Event]:
        """The events of one type of the last turn."""
        return [event for event in self.events if type(event) is kind]


def steps_of(flow: Flow) -> set[tuple[str, str]]:
    """Every step of a flow, as :attr:`Talk.reached` counts them."""
    return {(flow.id, step) for step in flow.steps}


def _read(
    intent: str, danger: str | Danger | None, ambiguous: Collection[str], oos: bool, language: str
) -> Understanding:
    found = Danger(danger, "sure") if isinstance(danger, str) else danger  # type: ignore[arg-type]
    return Understanding(
        intent=intent,
        confidence=0.9 if intent else 0.0,
        out_of_scope=oos,
        ambiguous=tuple(ambiguous),
        danger=found,
        language=language,
    )
