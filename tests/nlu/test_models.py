"""The plain models: what they learn, how they are stored, and that training is repeatable."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.dialogue.nlu.chargrams import CharGrams
from bot.dialogue.nlu.crossfit import cross_scores, folds
from bot.dialogue.nlu.danger_lexicon import DangerLexicon, Hit
from bot.dialogue.nlu.danger_model import SAFE, DangerLimits, DangerModel, decide
from bot.dialogue.nlu.softmax import Examples, Settings, SoftmaxModel, fit_temperature, softmax
from bot.dialogue.nlu.topic_model import Limits, TopicModel
from bot.dialogue.nlu.vocabulary import topic_of

LIMITS = DangerLimits(sure=0.9, unsure=0.4, sure_word=4.0, unsure_word=1.5, topic_weight=0.3)


@pytest.fixture
def examples() -> Examples:
    """Three labels that differ in vector and in words."""
    random = np.random.default_rng(1)
    words = {"papers": "permiso papel cita", "money": "plata banco giro", "crisis_violence": "golpea pega amenaza"}
    vectors, texts, labels = [], [], []
    for place, (label, vocabulary) in enumerate(words.items()):
        for number in range(8):
            vector = random.normal(scale=0.2, size=6)
            vector[place] += 1
            vectors.append(vector)
            texts.append(f"{vocabulary.split()[number % 3]} numero {number}")
            labels.append(label)
    return Examples(np.array(vectors, dtype=np.float32), tuple(texts), tuple(labels), tuple(texts))


def test_a_trained_model_tells_its_examples_apart(examples: Examples) -> None:
    model = SoftmaxModel.fit(examples, Settings())
    found = model.probabilities(examples.vectors, examples.texts)
    assert [model.labels[column] for column in found.argmax(axis=1)] == list(examples.labels)
    assert np.allclose(found.sum(axis=1), 1)


def test_two_trainings_give_equal_models(examples: Examples) -> None:
    first = TopicModel.fit(examples, Settings(), Limits(0.3, 0.1), seed=5)
    second = TopicModel.fit(examples, Settings(), Limits(0.3, 0.1), seed=5)
    assert first.classifier.temperature == second.classifier.temperature
    assert np.array_equal(first.classifier.vector_weights, second.classifier.vector_weights)
    assert np.array_equal(first.classifier.gram_weights, second.classifier.gram_weights)


def test_a_stored_topic_model_answers_as_before(examples: Examples, tmp_path: Path) -> None:
    model = TopicModel.fit(examples, Settings(), Limits(0.3, 0.1), seed=5)
    model.save(tmp_path)
    again = TopicModel.load(tmp_path, Limits(0.3, 0.1))
    assert again.rank(examples.vectors, examples.texts) == model.rank(examples.vectors, examples.texts)


def test_a_stored_danger_model_answers_as_before(examples: Examples, tmp_path: Path) -> None:
    lexicon = DangerLexicon(("me muero de risa",), (("violence", "sure", "me pega"),))
    model = DangerModel.fit(examples, lexicon, "some-encoder-1", Settings(), seed=5)
    model.save(tmp_path)
    again = DangerModel.load(tmp_path)
    assert again.encoder == "some-encoder-1"
    texts = [*examples.texts[:-1], "me pega"]
    nothing = [None] * len(texts)
    assert again.detect(examples.vectors, texts, nothing, LIMITS) == model.detect(
        examples.vectors, texts, nothing, LIMITS
    )


def test_a_model_file_with_objects_inside_is_refused(examples: Examples, tmp_path: Path) -> None:
    SoftmaxModel.fit(examples, Settings()).save(tmp_path, "topics")
    np.savez(tmp_path / "topics.npz", idf=np.array([object()]), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        SoftmaxModel.load(tmp_path, "topics")


def test_a_damaged_description_is_an_error(examples: Examples, tmp_path: Path) -> None:
    SoftmaxModel.fit(examples, Settings()).save(tmp_path, "topics")
    (tmp_path / "topics.json").write_text(json.dumps({"labels": []}), encoding="utf-8")
    with pytest.raises(KeyError):
        SoftmaxModel.load(tmp_path, "topics")


def test_one_label_is_too_few(examples: Examples) -> None:
    with pytest.raises(ValueError, match="two labels"):
        SoftmaxModel.fit(examples.at(np.arange(8)), Settings())


def test_unknown_words_leave_the_grams_empty() -> None:
    grams = CharGrams.fit(["hola hola", "hola"], 2, 5, 2)
    assert grams.transform(["xyz", "hola"]).getnnz(axis=1).tolist()[0] == 0
    assert np.isclose(np.linalg.norm(grams.transform(["hola"]).toarray()), 1)


def test_variants_of_an_example_stay_on_one_side(examples: Examples) -> None:
    groups = tuple(f"g{row // 2}" for row in range(24))
    paired = Examples(examples.vectors, examples.texts, examples.labels, groups)
    assigned = folds(paired, 4, seed=3)
    assert all(assigned[row] == assigned[row + 1] for row in range(0, 24, 2))
    assert set(assigned.tolist()) == {0, 1, 2, 3}


def test_cross_scores_come_from_models_that_did_not_see_the_row(examples: Examples) -> None:
    wrong = Examples(
        examples.vectors, examples.texts, ("money", *examples.labels[1:]), examples.groups
    )  # the first row is mislabelled: a model that saw it would repeat the mistake
    scores = cross_scores(wrong, Settings(strength=1000), count=4, seed=0)
    assert sorted(set(wrong.labels))[int(scores[0].argmax())] == "papers"


def test_the_temperature_cools_overconfident_scores() -> None:
    scores = np.array([[9.0, 0.0], [9.0, 0.0], [9.0, 0.0], [0.0, 9.0]])
    labels = ["a", "a", "b", "b"]  # right three times in four
    temperature = fit_temperature(scores, labels, ["a", "b"])
    assert softmax(scores / temperature)[0, 0] == pytest.approx(0.75, abs=0.02)


def judged(ranking: list[tuple[str, float]]) -> tuple[bool, list[str]]:
    model = TopicModel.__new__(TopicModel)
    object.__setattr__(model, "limits", Limits(act=0.4, margin=0.1))
    found = model.judge(ranking)
    return found["oos"], found["ambiguous"]


@pytest.mark.parametrize(
    ("ranking", "oos", "ambiguous"),
    [
        ([("a", 0.9), ("b", 0.05), ("c", 0.01)], False, []),
        ([("a", 0.3), ("b", 0.1), ("c", 0.1)], True, []),
        ([("oos", 0.9), ("b", 0.05), ("c", 0.01)], True, []),
        ([("a", 0.45), ("b", 0.41), ("c", 0.02)], False, ["a", "b"]),
        ([("a", 0.32), ("b", 0.3), ("c", 0.28)], False, ["a", "b", "c"]),
        ([("a", 0.45), ("oos", 0.41), ("c", 0.02)], False, []),
        ([("a", 0.15), ("b", 0.12), ("c", 0.11)], True, []),
    ],
)
def test_what_may_be_acted_upon(ranking: list[tuple[str, float]], oos: bool, ambiguous: list[str]) -> None:
    assert judged(ranking) == (oos, ambiguous)


@pytest.mark.parametrize(
    ("violence", "hits", "expected"),
    [
        (0.95, [], "sure"),
        (0.5, [], "unsure"),
        (0.2, [], ""),
        (0.2, [Hit("violence", "sure")], "sure"),
        (0.001, [Hit("violence", "sure")], "unsure"),
        (0.2, [Hit("violence", "unsure")], "unsure"),
        (0.01, [Hit("violence", "unsure")], ""),
    ],
)
def test_lexicon_and_classifier_are_heard_together(violence: float, hits: list[Hit], expected: str) -> None:
    found = decide({SAFE: 1 - violence, "violence": violence, "suicide": 0.0}, hits, None, LIMITS)
    assert (found["certainty"] if found else "") == expected


def test_a_sure_word_names_the_kind_where_the_classifier_hesitates() -> None:
    chances = {SAFE: 0.4, "violence": 0.32, "child_risk": 0.28}
    found = decide(chances, [Hit("child_risk", "sure")], None, LIMITS)
    assert found is not None
    assert found["kind"] == "child_risk"


def test_a_clear_harmless_topic_calms_a_doubtful_alarm() -> None:
    chances = {SAFE: 0.5, "suicide": 0.5}
    asked = decide(chances, [], None, LIMITS)
    assert asked is not None
    assert asked["certainty"] == "unsure"
    assert decide(chances, [], 0.001, LIMITS) is None
    assert decide({SAFE: 0.02, "suicide": 0.98}, [], 0.01, LIMITS) is not None


@pytest.mark.parametrize(
    ("intent", "topic"),
    [
        ("regularization_ppt", "regularization.ppt"),
        ("crisis_child_risk", "crisis.child_risk"),
        ("meta_go_back", "meta.go_back"),
        ("oos", "oos"),
    ],
)
def test_topics_of_intents(intent: str, topic: str) -> None:
    assert topic_of(intent) == topic
