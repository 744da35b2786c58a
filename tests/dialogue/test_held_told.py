"""A person is told of a case that the law wants kept: in *mis datos*, and in the goodbye."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from bot.dialogue.policy import EVENTS_SLOT, STATE_SLOT
from bot.dialogue.tracker_store import AmableTrackerStore
from bot.dialogue.turns import TURN, TurnInHand
from bot.dialogue.world import Library
from bot.flows.events import DataWanted, EraseWanted, Event, Said, events_to_json
from bot.flows.state import State
from bot.storage import NewCase, Store
from tests.flows.harness import real_facts, real_flows
from tests.storage.helpers import NOON, arrive, deliver_all, turn

WHY = "Un juez pidió guardar este caso."


@dataclass
class Tracker:
    """As much of Rasa's tracker as saving reads."""

    slots: dict[str, Any]

    def get_slot(self, name: str) -> Any:
        return self.slots[name]


async def said_after(store: Store, *events: Event) -> str:
    """What the person reads when a turn makes these events."""
    claim = arrive(store, "sí")
    library = Library(real_flows(), real_facts())
    hand = TurnInHand(claim.inbound, NOON, library, claim, store.load_conversation(claim.person_id))
    token = TURN.set(hand)
    try:
        tracker = Tracker({EVENTS_SLOT: events_to_json(events), STATE_SLOT: State().to_json()})
        await AmableTrackerStore(Domain.empty(), store).save(tracker)  # type: ignore[arg-type]
    finally:
        TURN.reset(token)
    return "\n\n".join(deliver_all(store))


@pytest.fixture
def case(store: Store) -> int:
    """A held case of the person who writes."""
    turn(store, cases=(NewCase("human", "menu"), NewCase("human", "menu")))
    number = store.open_cases()[0].id
    store.hold_case(number, WHY, NOON)
    return number


async def test_own_data_name_the_case_and_the_reason(store: Store, case: int) -> None:
    said = await said_after(store, DataWanted())
    assert f"tu caso número {case}" in said
    assert WHY in said


async def test_the_goodbye_names_what_stays_and_why(store: Store, case: int) -> None:
    said = await said_after(store, Said("Listo. Borré todo."), EraseWanted())
    assert f"tu caso número {case}" in said
    assert WHY in said
    assert "recibo" in said


async def test_without_a_hold_nothing_is_said_of_one(store: Store) -> None:
    turn(store, cases=(NewCase("human", "menu"),))
    assert "obligación" not in await said_after(store, DataWanted())
    assert "obligación" not in await said_after(store, EraseWanted())
