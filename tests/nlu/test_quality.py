"""The real training data, held against messages that another hand wrote without sight of them.

Floors lie a little below what was measured (docs/decisions/0009-nlu-pipeline.md): a change that falls through one has
made the service worse for people. Sentence vectors of the training data are kept in ``var/cache``; the first run,
which makes them, takes a minute or two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.nlu.classify import from_parse
from bot.dialogue.nlu.measuring import certainty_of, share
from bot.dialogue.nlu.offline import OfflineNlu, read_examples, read_pipeline
from bot.dialogue.nlu.requests import joined, split_requests

ROOT = Path(__file__).parents[2]
TESTS = Path(__file__).parent
# Rasa's readers of training data import further old libraries when they are first used.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def nlu(tmp_path_factory: pytest.TempPathFactory) -> OfflineNlu:
    pipeline = [
        {key: str(ROOT / value) if key in ("cache", "lexicon", "negatives") else value for key, value in entry.items()}
        for entry in read_pipeline(ROOT / "config.yml")
    ]
    return OfflineNlu.train(pipeline, read_examples(ROOT / "nlu" / "es"), tmp_path_factory.mktemp("quality"))


@pytest.fixture(scope="module")
def understood(nlu: OfflineNlu) -> list[tuple[str, dict[str, Any]]]:
    """The topic of each held-out message, and what was made of it."""
    messages = [
        message
        for name in HELD_OUT
        for message in yaml.safe_load((TESTS / name).read_text(encoding="utf-8"))["messages"]
    ]
    parsed = nlu.parse([message["text"] for message in messages])
    return [(message["topic"], found) for message, found in zip(messages, parsed, strict=True)]


@pytest.fixture(scope="module")
def alarms(nlu: OfflineNlu) -> list[str]:
    """The certainty of danger, or "", in messages that only sound dangerous."""
    messages = yaml.safe_load((TESTS / "heldout_danger_negatives_es.yml").read_text(encoding="utf-8"))["messages"]
    return [certainty_of(found) for found in nlu.parse(messages)]


def requests_of(nlu: OfflineNlu, text: str) -> set[str]:
    """The topics that a message is said to ask for."""
    parts = split_requests(text)
    whole, *others = nlu.parse([text, *parts])
    read = joined(whole, others) if parts else whole
    return {read["intent"]["name"], *read["understanding"].get("also", ())}


def test_topics(understood: list[tuple[str, dict[str, Any]]]) -> None:
    assert share(from_parse(found).topic == topic for topic, found in understood) >= 0.85


@pytest.mark.parametrize(
    ("family", "floor"),
    [
        ("regularization.", 0.84),
        ("crisis.", 0.85),
        ("meta.", 0.86),
        ("oos", 0.74),
        ("titles.", 0.8),
        ("finance.", 0.8),
        ("work.", 0.75),
        ("protection.", 0.75),
        ("community.", 0.8),
    ],
)
def test_topics_of_each_family(understood: list[tuple[str, dict[str, Any]]], family: str, floor: float) -> None:
    right = [from_parse(found).topic == topic for topic, found in understood if topic.startswith(family)]
    assert len(right) >= 20
    assert share(right) >= floor


def test_two_requests_are_both_kept_and_one_is_seldom_split(nlu: OfflineNlu) -> None:
    double = yaml.safe_load((TESTS / "double_requests_es.yml").read_text(encoding="utf-8"))
    held = yaml.safe_load((TESTS / "heldout_es.yml").read_text(encoding="utf-8"))["messages"]
    assert share(requests_of(nlu, row["text"]) == set(row["topics"]) for row in double["messages"]) >= 0.8
    assert [text for text in double["single"] if len(requests_of(nlu, text)) > 1] == []
    assert share(len(requests_of(nlu, row["text"])) > 1 for row in held) <= 0.01


@pytest.mark.parametrize("kind", ["violence", "suicide", "trafficking", "child_risk"])
def test_danger_is_noticed(understood: list[tuple[str, dict[str, Any]]], kind: str) -> None:
    certainties = [certainty_of(found) for topic, found in understood if topic == f"crisis.{kind}"]
    assert share(bool(certainty) for certainty in certainties) >= 0.97
    assert share(certainty == "sure" for certainty in certainties) >= 0.7


def test_scary_words_without_danger_are_seldom_taken_for_it(alarms: list[str]) -> None:
    assert share(certainty == "sure" for certainty in alarms) <= 0.05
    assert share(bool(certainty) for certainty in alarms) <= 0.22


def test_ordinary_messages_are_hardly_ever_asked_about_danger(understood: list[tuple[str, dict[str, Any]]]) -> None:
    ordinary = [certainty_of(found) for topic, found in understood if not topic.startswith("crisis.")]
    assert share(certainty == "sure" for certainty in ordinary) <= 0.02
    assert share(bool(certainty) for certainty in ordinary) <= 0.08


def test_the_confidence_may_be_believed(understood: list[tuple[str, dict[str, Any]]]) -> None:
    sure = [
        found["intent"]["name"] == topic.replace(".", "_")
        for topic, found in understood
        if found["understanding"]["confidence"] >= 0.8
    ]
    assert len(sure) >= 200
    assert share(sure) >= 0.9
