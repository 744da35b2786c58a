"""The short form of ``python -m tests.hostile.run``, and properties of what reads the outside world."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.inbound import Said, chat_of, read_update
from bot.channels.web.errors import Refused
from bot.channels.web.posted import MAX_TEXT, language_hint, read_posted
from bot.flows.errors import FlowFileError
from bot.flows.loading import load_texts
from bot.flows.state import Frame
from bot.flows.turn import Turn
from bot.messages import Inbound
from tests.flows.harness import CONSENTED, Talk, real_flows, real_world
from tests.hostile.files import BOMB, KEYS, good_backup, try_backup, try_flow_file
from tests.hostile.odd import FORMS, MARKUP, SCRIPTS, SQL, odd_text
from tests.hostile.requests import chat_post, webhook
from tests.hostile.run import bombard

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
MOST_GROWTH = 40
"""Megabytes that 240 requests may leave behind: a million characters kept of each would be far more."""

randoms = st.randoms(use_true_random=False)
many = settings(max_examples=300, deadline=None, derandomize=True)
QUESTIONS = [(flow.id, step.id) for flow in real_flows().flows.values() for step, _ in flow.collects()]


async def test_three_hundred_hostile_payloads_do_nothing(tmp_path: Path) -> None:
    result = await bombard(300, 1, tmp_path)
    assert result["faults"] == {}
    assert (result["crashes"], result["unescaped"], result["words_in_logs"]) == (0, 0, 0)
    memory = result["memory_mb"]
    assert isinstance(memory, dict)
    assert memory["late"] - memory["early"] < MOST_GROWTH


@many
@given(randoms)
def test_an_update_is_understood_or_ignored_and_never_raises(rng: Random) -> None:
    try:
        update = json.loads(webhook(rng, 7).body)
    except (ValueError, RecursionError):
        return
    if not isinstance(update, dict):
        return
    chat_of(update)
    reading = read_update(update, NOW)
    if isinstance(reading, Said):
        assert_storable(reading.inbound)
        assert reading.inbound.address.external_id.isdecimal()


@many
@given(randoms)
def test_a_posted_message_is_clean_or_refused(rng: Random) -> None:
    try:
        posted = read_posted(chat_post(rng, 7).body)
    except Refused:
        return
    assert len(posted.text) <= MAX_TEXT
    assert len(posted.payload.encode()) <= 64
    assert "\x00" not in posted.text + posted.payload
    posted.text.encode()


@many
@given(st.text())
def test_a_language_hint_is_a_language_or_nothing(header: str) -> None:
    assert len(language_hint(header)) < 100 or language_hint(header).isascii()


@many
@given(randoms)
def test_a_flow_file_loads_or_tells_its_faults(rng: Random) -> None:
    assert try_flow_file(rng) == []


def test_aliases_that_explode_are_told_with_their_line() -> None:
    with pytest.raises(FlowFileError, match="the aliases repeat too much"):
        load_texts([("flows/bomb.yml", BOMB)])


def test_half_of_a_character_in_a_flow_file_is_told() -> None:
    with pytest.raises(FlowFileError, match="half of a character"):
        load_texts([("flows/half.yml", 'version: 3\nflows:\n  a: "\\uD800"\n')])


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return good_backup(tmp_path_factory.mktemp("backup"), KEYS)


def test_a_damaged_backup_is_refused_and_nothing_else(backup: bytes, tmp_path: Path) -> None:
    for seed in range(300):
        assert try_backup(Random(seed), backup, KEYS, tmp_path) == [], f"seed {seed}"


@pytest.mark.parametrize(("flow", "step"), QUESTIONS, ids=["/".join(question) for question in QUESTIONS])
def test_any_text_at_any_question_is_answered(flow: str, step: str) -> None:
    rng = Random(f"{flow}/{step}")
    texts = [*MARKUP, *SQL, *SCRIPTS, *FORMS, *(odd_text(rng) for _ in range(10))]
    at_the_question = replace(CONSENTED, stack=(Frame(flow, step, asked=True),))
    for text in texts:
        # As a channel hands it on: NUL and halves of characters are taken out there.
        clean = text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        talk = Talk(real_world(), at_the_question)
        said = talk.turn(Turn("text", text=clean))
        assert said, f"nothing is said to {clean!r}"
        assert all(0 < len(message.text) <= 4096 for message in said)


def assert_storable(inbound: Inbound) -> None:
    """Every part is text that databases and ciphers take."""
    for part in (inbound.external_id, inbound.text, inbound.payload, inbound.media, inbound.language_hint):
        assert isinstance(part, str)
        part.encode()
        assert "\x00" not in part
