"""A person is told of a case that the law wants kept: in *mis datos*, and in the goodbye."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from bot.dialogue.own_data import FILE, own_data_file
from bot.dialogue.policy import EVENTS_SLOT, STATE_SLOT
from bot.dialogue.tracker_store import AmableTrackerStore
from bot.dialogue.turns import TURN, TurnInHand
from bot.dialogue.world import Library
from bot.flows.events import DataWanted, EraseWanted, Event, Said, events_to_json
from bot.flows.state import State
from bot.messages import Outbound
from bot.storage import NewCase, Store
from bot.storage.attachments import MOST_BYTES
from tests.flows.harness import real_facts, real_flows
from tests.storage.helpers import NOON, YES, answer, arrive, deliver_all, outgoing, turn

WHY = "Un juez pidió guardar este caso."


@dataclass
class Tracker:
    """As much of Rasa's tracker as saving reads."""

    slots: dict[str, Any]

    def get_slot(self, name: str) -> Any:
        return self.slots[name]


async def said_after(store: Store, *events: Event) -> str:
    """What the person reads when a turn makes these events."""
    return "\n\n".join(out.text for out in await sent_after(store, *events))


async def sent_after(store: Store, *events: Event) -> list[Outbound]:
    """What is sent when a turn makes these events."""
    claim = arrive(store, "sí")
    library = Library(real_flows(), real_facts())
    hand = TurnInHand(claim.inbound, NOON, library, claim, store.load_conversation(claim.person_id))
    token = TURN.set(hand)
    try:
        tracker = Tracker({EVENTS_SLOT: events_to_json(events), STATE_SLOT: State().to_json()})
        await AmableTrackerStore(Domain.empty(), store).save(tracker)  # type: ignore[arg-type]
    finally:
        TURN.reset(token)
    sent = []
    while (out := outgoing(store)) is not None:
        store.mark_sent(out.id, f"p{out.id}", NOON)
        sent.append(out)
    return sent


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


async def test_own_data_come_as_a_file_too(store: Store) -> None:
    turn(store, text="vivo en Maicao", consent=YES, said="vivo en Maicao", answers=(answer("age", 30),))
    deliver_all(store)
    sent = await sent_after(store, DataWanted())
    (file,) = [out.attachment for out in sent if out.attachment]
    held = json.loads(file.content)
    assert (file.name, sent[-1].text) == ("mis-datos.json", FILE)
    assert held["answers"][0]["value"] == 30
    assert any("vivo en Maicao" in str(line["body"]) for line in held["transcript"])


def test_a_file_that_is_too_large_leaves_the_pages_out_or_is_not_sent() -> None:
    page = {"name": "mi-plan.pdf", "content": "A" * MOST_BYTES}
    file = own_data_file({"answers": [{"slot": "age", "value": 30}], "attachments": [page]})
    assert file is not None
    assert json.loads(file.content)["attachments"] == [{"name": "mi-plan.pdf", "content": None}]
    assert own_data_file({"transcript": [{"body": "a" * MOST_BYTES}]}) is None


def test_an_earlier_file_is_not_in_the_next_one() -> None:
    file = own_data_file({"attachments": [{"name": "mis-datos.json", "content": "AAAA"}]})
    assert file is not None
    assert b"AAAA" not in file.content
