"""From the engine's word to the phone: the page is made once, committed with its turn, and told to no log.

The real engine, Rasa's tracker, the real store, the real sender and a channel over real HTTP; only the NLU is left out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet

from bot.channels.sender import Sender
from bot.channels.telegram import Profile, TelegramChannel, TelegramSettings
from bot.channels.terminal import TerminalChannel
from bot.dialogue.policy import EVENTS_SLOT, STATE_SLOT
from bot.dialogue.tracker_store import AmableTrackerStore
from bot.dialogue.turns import TURN, TurnInHand
from bot.dialogue.world import Library
from bot.flows.events import DocumentMade, Paragraph, events_to_json
from bot.messages import Address, Inbound
from bot.service import _own_link
from bot.storage import StaleClaim, Store, open_store
from bot.storage.models import AttachmentRow, OutboxRow, TranscriptRow
from tests.documents.reading import flowing
from tests.flows.harness import CONSENTED, Talk, real_facts, real_flows, real_world
from tests.standins.telegram import TelegramStandIn
from tests.storage.helpers import rows, size

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
ANA = Address("telegram", "1001")
LIBRARY = Library(real_flows(), real_facts())


def domain() -> Domain:
    """What Rasa has to know here: the two slots of the engine, made anew because Rasa takes the mapping apart."""
    slots = {
        name: {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
        for name in (STATE_SLOT, EVENTS_SLOT)
    }
    return Domain.from_dict({"version": "3.1", "intents": [], "slots": slots})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'chat.db'}", tmp_path / "keys")
    yield store
    store.close()


def told(**slots: object) -> Talk:
    talk = Talk(real_world(), CONSENTED)
    talk.state = type(talk.state).from_json({**talk.state.to_json(), "slots": slots})
    return talk


async def commit(store: Store, talk: Talk, text: str, link: str = "https://t.me/amable_bot", times: int = 1) -> None:
    """Commit the last turn of a talk as the service does; ``times`` more than once as after a crash."""
    store.receive(Inbound(ANA, f"m{text}{size(store, OutboxRow)}", "text", NOW, text=text))
    claim = store.claim_next("w", NOW, timedelta(seconds=30))
    assert claim is not None
    tracker_store = AmableTrackerStore(domain(), store, public_link=lambda: link)
    hand = TurnInHand(claim.inbound, NOW, LIBRARY, claim, store.load_conversation(claim.person_id))
    token = TURN.set(hand)
    try:
        tracker = await tracker_store.retrieve(claim.person_id)
        assert tracker is not None
        tracker.update(SlotSet(STATE_SLOT, talk.state.to_json()))
        tracker.update(SlotSet(EVENTS_SLOT, events_to_json(talk.events)))
        for _ in range(times):
            await tracker_store.save(tracker)
    finally:
        TURN.reset(token)


def plan_talk() -> Talk:
    talk = told(main_goal="work", work_situation="unemployed", account="none", colombian_document="none")
    talk.say("mi plan", "plan_mine")
    return talk


def cv_talk() -> Talk:
    talk = told(education_level="secondary", municipality="44430")
    for text, intent in (("hoja de vida", "work_cv"), ("hacerla así", ""), ("sí", ""), ("Inventada Deprueba", "")):
        talk.say(text, intent)
    talk.say("no")
    return talk


async def test_the_plan_s_page_goes_after_its_card_and_says_the_same(store: Store) -> None:
    talk = plan_talk()
    await commit(store, talk, "mi plan")
    kinds = [row["kind"] for row in rows(store, OutboxRow)]
    assert kinds == ["card", "document", "ask"]
    line = store.history(ANA)[1]
    page = store.attachment(ANA, line.id)
    assert page is not None
    said = flowing(page.content)
    for line_of_card in talk.said[0].text.split("\n"):
        if line_of_card[:2] in ("1.", "2.", "3."):
            assert line_of_card in said
    assert "permiso para estar" not in said
    assert "https://t.me/amable_bot?start=route_my_plan" in said


@pytest.mark.parametrize(("link", "logged"), [("", []), ("ftp://nowhere", ["document_without_code"])])
async def test_without_a_link_or_with_a_wrong_one_the_page_has_no_code(
    store: Store, link: str, logged: list[str]
) -> None:
    with structlog.testing.capture_logs() as logs:
        await commit(store, plan_talk(), "mi plan", link=link)
    assert [entry["event"] for entry in logs] == logged
    page = store.attachment(ANA, store.history(ANA)[1].id)
    assert page is not None
    assert "t.me" not in flowing(page.content)
    assert b"/Subtype /Image" not in page.content


async def test_a_page_that_cannot_be_made_leaves_the_turn_whole(store: Store) -> None:
    talk = plan_talk()
    long = tuple(Paragraph("text", "Inventada " * 90) for _ in range(30))
    talk.events = tuple(replace(e, page=long) if isinstance(e, DocumentMade) else e for e in talk.events)
    with structlog.testing.capture_logs() as logs:
        await commit(store, talk, "mi plan")
    assert [row["kind"] for row in rows(store, OutboxRow)] == ["card", "ask"]
    assert logs == [
        {"event": "document_not_made", "document": "mi-plan.pdf", "error": "document_too_long", "log_level": "error"}
    ]


class OfTelegram(TerminalChannel):
    """A channel that has learnt its link."""

    link = "https://t.me/amable_bot"


def test_the_link_is_that_of_the_channel_that_knows_one() -> None:
    assert _own_link({"terminal": TerminalChannel()}) == ""
    assert _own_link({"terminal": TerminalChannel(), "telegram": OfTelegram()}) == OfTelegram.link


async def test_a_turn_committed_twice_makes_one_page(store: Store) -> None:
    with pytest.raises(StaleClaim):
        await commit(store, plan_talk(), "mi plan", times=2)
    assert size(store, AttachmentRow) == 1


async def test_the_name_on_a_cv_is_in_the_page_and_in_no_transcript_answer_state_or_log(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    consent = Talk(real_world())
    consent.say("hola", "meta_greet")
    consent.tap("Sí, acepto")
    await commit(store, consent, "sí, acepto")

    naming = told(education_level="secondary", municipality="44430")
    for text, intent in (("hoja de vida", "work_cv"), ("hacerla así", ""), ("sí", "")):
        naming.say(text, intent)
    naming.say("Inventada Deprueba")
    await commit(store, naming, "Inventada Deprueba")
    with structlog.testing.capture_logs() as logs:
        await commit(store, cv_talk(), "no")

    (row,) = rows(store, AttachmentRow)
    assert row["name"] == "hoja-de-vida.pdf"
    line = next(line for line in store.history(ANA) if line.file)
    page = store.attachment(ANA, line.id)
    assert page is not None
    assert "Inventada Deprueba" in flowing(page.content)

    held = store.export_person(rows(store, OutboxRow)[0]["person_id"])
    for table in ("transcript", "answers", "conversation"):
        assert "Inventada" not in str(held[table]), table
    assert size(store, TranscriptRow) > 0
    assert "Inventada" not in caplog.text
    assert "Inventada" not in str(logs)


async def test_it_reaches_a_telegram_chat_once_although_the_first_try_fails(store: Store) -> None:
    with TelegramStandIn() as telegram:
        channel = TelegramChannel(
            TelegramSettings(telegram.token, telegram.url),
            profile=Profile(commands={}),
            clock=lambda: datetime.now(UTC),
            on_blocked=lambda _address: asyncio.sleep(0),
        )
        telegram.fault("server", "sendDocument")
        await commit(store, plan_talk(), "mi plan")
        sender = Sender(store, {"telegram": channel}, lambda: datetime.now(UTC), asyncio.sleep, "s")
        task = asyncio.create_task(sender.run())
        try:
            await asyncio.to_thread(telegram.wait_sent, 3, "1001", 30)
        finally:
            await sender.stop()
            await task
            await channel.stop()
        assert [message.file for message in telegram.sent("1001")] == ["", "mi-plan.pdf", ""]
        assert len(telegram.calls("sendDocument")) == 2
        assert telegram.sent("1001")[1].content.startswith(b"%PDF")
    assert {row["status"] for row in rows(store, OutboxRow)} == {"sent"}
