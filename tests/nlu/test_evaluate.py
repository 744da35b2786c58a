"""What ``amable nlu evaluate`` counts, on readings made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.dialogue.nlu.confusion import draw_confusion
from bot.dialogue.nlu.evaluate import Reading, calibration_error, cross_validate, measure, topic_scores
from bot.dialogue.nlu.heldout import held_out_languages, read_held_out
from bot.dialogue.nlu.offline import Example

TESTS = Path(__file__).parent
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def parse(
    intent: str, *, oos: bool = False, danger: str = "", sure: float = 0.9, language: str = "ht"
) -> dict[str, Any]:
    """A parse as the pipeline gives it."""
    return {
        "text": "x",
        "intent": {"name": intent, "confidence": sure},
        "understanding": {"confidence": sure, "oos": oos},
        "danger": {"kind": "violence", "certainty": danger, "probability": 0.95} if danger else None,
        "language": language,
    }


READING = Reading(
    "ht",
    (
        ("mwen bezwen travay kounye a", "work.find_job", parse("work_find_job")),
        ("ki kote gen travay isit", "work.find_job", parse("work_cv", language="fr")),
        ("konbyen goud pou yon dola", "oos", parse("finance_credit", oos=True)),
        ("mari m ap bat mwen", "crisis.violence", parse("crisis_violence", danger="sure")),
        ("m pè", "crisis.violence", parse("psychosocial_support", danger="unsure", language="")),
    ),
    (("liy la ap touye m", parse("oos", danger="unsure")), ("m mouri ak grangou", parse("oos"))),
)


def test_a_reading_is_counted_as_the_dialogue_acts_upon_it() -> None:
    row = measure(READING)
    assert (row.messages, row.accuracy) == (5, 0.6)
    assert (row.danger_found, row.danger_sure) == (1.0, 0.5)
    assert (row.alarms_sure, row.alarms_soft) == (0.0, 0.5)
    assert (row.plain_sure, row.plain_soft) == (0.0, 0.0)
    assert row.oos_refused == 1.0
    assert row.language_right == 0.75  # "m pè" is too short to count


def test_confidence_that_is_too_high_is_told_as_an_error() -> None:
    sure = tuple((f"{n}", "work.cv", parse("work_cv" if n < 5 else "oos", sure=0.95)) for n in range(10))
    assert calibration_error(Reading("es", sure, ())) == pytest.approx(0.45)


def test_each_topic_is_told_with_what_was_missed() -> None:
    found = {score.topic: score for score in topic_scores(READING)}
    assert (found["work.find_job"].recall, found["work.find_job"].precision) == (0.5, 1.0)
    assert found["work.find_job"].missed == (("work.cv", "ki kote gen travay isit"),)
    assert found["oos"].f1 == 1.0


def test_the_confusion_is_drawn(tmp_path: Path) -> None:
    draw_confusion(READING, tmp_path / "pictures" / "ht.png")
    assert (tmp_path / "pictures" / "ht.png").read_bytes().startswith(b"\x89PNG")


def test_every_language_has_held_out_messages_of_every_kind() -> None:
    assert held_out_languages(TESTS) == ("en", "es", "fr", "ht", "pt")
    for language in held_out_languages(TESTS):
        held = read_held_out(TESTS, language)
        assert len(held.messages) >= 500
        assert len(held.harmless) >= 100
        assert {topic for _, topic in held.messages} == {topic for _, topic in read_held_out(TESTS, "fr").messages}


def test_a_held_out_file_of_another_shape_is_told(tmp_path: Path) -> None:
    (tmp_path / "heldout_xx.yml").write_text("lines: []", encoding="utf-8")
    with pytest.raises(ValueError, match=r"heldout_xx\.yml: expected the key messages"):
        read_held_out(tmp_path, "xx")


def test_cross_validation_reads_each_example_once(
    pipeline: list[dict[str, Any]], small_examples: list[Example]
) -> None:
    spoken = [Example(each.text, each.intent, "es") for each in small_examples]
    (reading,) = cross_validate(pipeline, spoken, folds=2, seed=1)
    assert reading.language == "es"
    assert [text for text, *_ in reading.rows] == [each.text for each in spoken]


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["nlu", "evaluate", "--config", str(tmp_path / "none.yml")])
    assert result.exit_code == 1
    assert "is missing" in result.output
