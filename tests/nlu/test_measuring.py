"""The measures themselves: what the table of ``evaluate`` counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.nlu.comparing import main, variants
from bot.dialogue.nlu.measuring import certainty_of, macro_f1, make_split, score
from bot.dialogue.nlu.offline import Example


def parse(intent: str, second: str = "x", danger: str = "", oos: bool = False) -> dict[str, Any]:
    return {
        "intent": {"name": intent},
        "intent_ranking": [{"name": intent}, {"name": second}],
        "understanding": {"confidence": 0.9, "oos": oos},
        "danger": {"kind": "violence", "certainty": danger, "probability": 0.9} if danger else None,
    }


def test_scores_count_what_they_are_named_for() -> None:
    test = [
        Example("a", "crisis_violence"),
        Example("b", "crisis_violence"),
        Example("c", "oos"),
        Example("d", "meta_help"),
    ]
    parsed = [
        parse("crisis_violence", danger="sure"),
        parse("meta_help", second="crisis_violence", danger="unsure"),
        parse("meta_help", oos=True),
        parse("meta_help", danger="unsure"),
    ]
    found = score(test, parsed, [parse("oos", danger="unsure"), parse("oos")])
    assert (found.accuracy, found.top3) == (0.5, 0.75)
    assert (found.danger_found, found.danger_sure) == (1.0, 0.5)
    assert (found.alarms_hard, found.alarms_plain) == (0.5, 0.5)
    assert found.oos_found == 1.0


def test_without_a_danger_layer_a_crisis_intent_counts_as_danger() -> None:
    assert certainty_of({"intent": {"name": "crisis_suicide"}}) == "sure"
    assert certainty_of({"intent": {"name": "meta_help"}}) == ""


def test_macro_f1_weighs_small_labels_like_large_ones() -> None:
    assert macro_f1(["a"] * 9 + ["b"], ["a"] * 10) == pytest.approx((2 * 9 / 19 + 0) / 2)


def test_a_split_keeps_a_fifth_of_every_intent_and_shares_nothing() -> None:
    examples = [Example(f"{intent} {number}", intent) for intent in ("a", "b") for number in range(10)]
    split = make_split(examples, [f"n{number}" for number in range(10)], seed=3)
    assert Counter(example.intent for example in split.test) == {"a": 2, "b": 2}
    assert not set(split.train) & set(split.test)
    assert len(split.test_negatives) == 2
    assert split == make_split(examples, [f"n{number}" for number in range(10)], seed=3)


def test_variants_change_the_classifiers_only(pipeline: list[dict[str, Any]]) -> None:
    without = variants(pipeline)["e5"]
    assert [entry.get("gram_weight") for entry in without if entry["name"].endswith("TopicClassifier")] == [0.0]
    assert variants(pipeline)["as configured"] == pipeline


def test_evaluate_outside_the_repository_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(tmp_path / "config.yml")]) == 2
    assert "is missing" in capsys.readouterr().err
