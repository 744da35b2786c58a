"""A hundred messages in five seconds: told once, stored all, danger answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.dialogue.flood import BURST, SLOW_DOWN, Flood, Unhurried
from bot.dialogue.world import Library
from bot.flows.state import Frame, State
from bot.messages import Address, Inbound
from bot.storage import Claim, Store
from bot.storage.models import InboxRow, TranscriptRow
from tests.flows.harness import real_facts, real_flows
from tests.storage.helpers import ANA, LUIS, MINUTE, NOON, SECOND, YES, claimed, deliver_all, record, rows, size

QUICK = timedelta(milliseconds=50)
MANY = 100


@dataclass
class Answering:
    """Stands for the runner: answers what it is given."""

    store: Store
    state: dict[str, object] = field(default_factory=dict)
    given: list[str] = field(default_factory=list)

    async def handle(self, claim: Claim, now: datetime) -> None:
        self.given.append(claim.inbound.text)
        said = f"Leí: {claim.inbound.text}"
        self.store.commit_turn(record(claim, now, said, state=self.state, consent=YES, said=claim.inbound.text))


async def in_danger(text: str) -> bool:
    return "me pega" in text


@pytest.fixture
def answering(store: Store) -> Answering:
    return Answering(store)


@pytest.fixture
def unhurried(store: Store, answering: Answering) -> Unhurried:
    return Unhurried(answering, store, Library(real_flows(), real_facts()), in_danger, Flood())


def inbound(number: int, at: datetime, text: str = "", kind: str = "text", address: Address = ANA) -> Inbound:
    payload = "g|menu" if kind == "tap" else ""
    return Inbound(address, f"f{number}", kind, at, text or f"mensaje {number}", payload)  # type: ignore[arg-type]


async def work(store: Store, unhurried: Unhurried, *messages: Inbound) -> list[str]:
    """The messages come in, are all worked on, and the answers go out."""
    for message in messages:
        assert store.receive(message)
    for message in messages:
        await unhurried.handle(claimed(store, message.received_at), message.received_at)
    return deliver_all(store, messages[-1].received_at)


def flood(count: int = MANY, at: datetime = NOON) -> list[Inbound]:
    return [inbound(number, at + number * QUICK) for number in range(count)]


async def test_a_flood_is_answered_once_and_stored_whole(
    store: Store, unhurried: Unhurried, answering: Answering
) -> None:
    said = await work(store, unhurried, *flood())
    assert said.count(SLOW_DOWN) == 1
    assert len(said) == len(answering.given) + 1 <= BURST + 6
    assert said[-1] == SLOW_DOWN
    assert size(store, InboxRow) == MANY
    assert [row["handled_at"] is None for row in rows(store, InboxRow)] == [False] * MANY
    assert len(rows(store, TranscriptRow, direction="in")) == MANY


async def test_who_goes_slower_is_answered_again(store: Store, unhurried: Unhurried) -> None:
    await work(store, unhurried, *flood())
    rested = NOON + MANY * QUICK + 4 * SECOND
    assert await work(store, unhurried, inbound(900, rested)) == ["Leí: mensaje 900"]


async def test_another_flood_is_told_again(store: Store, unhurried: Unhurried) -> None:
    await work(store, unhurried, *flood())
    again = [inbound(1000 + number, NOON + MINUTE + number * QUICK) for number in range(MANY)]
    assert (await work(store, unhurried, *again)).count(SLOW_DOWN) == 1


async def test_danger_in_a_flood_is_never_skipped(store: Store, unhurried: Unhurried) -> None:
    await work(store, unhurried, *flood())
    help_me = inbound(500, NOON + MANY * QUICK, "ayuda mi marido me pega")
    assert await work(store, unhurried, help_me) == ["Leí: ayuda mi marido me pega"]


async def test_nothing_is_skipped_in_the_middle_of_a_crisis(
    store: Store, unhurried: Unhurried, answering: Answering
) -> None:
    answering.state = State(stack=(Frame("crisis_violence", "x", "crisis"),)).to_json()
    said = await work(store, unhurried, *flood())
    assert len(said) == MANY
    assert SLOW_DOWN not in said


async def test_a_flood_of_taps_is_told_too_and_a_second_try_is_not_counted(
    store: Store, unhurried: Unhurried, answering: Answering
) -> None:
    taps = [inbound(number, NOON, "", "tap") for number in range(BURST)]
    await work(store, unhurried, *taps)
    store.receive(inbound(70, NOON))
    failed = claimed(store, NOON)
    store.give_back(failed, NOON, "x", NOON)
    await unhurried.handle(claimed(store, NOON), NOON)
    assert answering.given[-1] == "mensaje 70"
    assert await work(store, unhurried, inbound(71, NOON, "", "tap")) == ["Leí: mensaje 70", SLOW_DOWN]


async def test_one_person_does_not_slow_another(store: Store, unhurried: Unhurried) -> None:
    await work(store, unhurried, *flood())
    other = inbound(800, NOON + MANY * QUICK, address=LUIS)
    assert await work(store, unhurried, other) == ["Leí: mensaje 800"]


async def test_a_backlog_after_a_breakdown_is_no_flood(store: Store, unhurried: Unhurried) -> None:
    """Messages count by when they came, not by when they are read."""
    said = await work(store, unhurried, *(inbound(number, NOON + number * 2 * SECOND) for number in range(60)))
    assert SLOW_DOWN not in said
    assert len(said) == 60


def test_the_counters_do_not_grow_without_bound() -> None:
    counters = Flood(most_people=50)
    for number in range(1_000):
        counters.judge(f"p{number}", NOON)
    assert len(counters) == 50


def test_a_clock_that_goes_back_does_no_harm() -> None:
    counters = Flood(burst=2)
    assert counters.judge("a", NOON) == "answer"
    assert counters.judge("a", NOON - MINUTE) == "answer"
    assert counters.judge("a", NOON) == "tell"
