"""The pipeline of config.yml inside Rasa: trained by Rasa, loaded by Rasa's agent, read by ``classify``."""

from __future__ import annotations

import tarfile
import warnings
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import structlog
import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.exceptions import InvalidConfigException

from bot.dialogue.nlu.classify import classify, from_parse
from bot.dialogue.nlu.courtesy import courteous
from bot.dialogue.nlu.offline import Example, OfflineNlu

Pipeline = list[dict[str, Any]]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


@pytest.fixture(scope="module")
def archive(small_examples: list[Example], pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model archive made by ``rasa train nlu``."""
    folder = tmp_path_factory.mktemp("rasa")
    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in small_examples:
        by_intent[example.intent].append(example.text)
    nlu = [{"intent": name, "examples": "".join(f"- {text}\n" for text in by_intent[name])} for name in by_intent]
    entities = ["municipality", "nationality", "document", "amount", "date"]
    files = {
        "nlu.yml": {"version": "3.1", "nlu": nlu},
        "domain.yml": {"version": "3.1", "intents": sorted(by_intent), "entities": entities},
        "config.yml": {"recipe": "default.v1", "assistant_id": "test", "language": "es", "pipeline": pipeline},
    }
    for name, content in files.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = train_nlu(
            str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), domain=str(folder / "domain.yml")
        )
    return Path(model)


@pytest.fixture(scope="module")
def agent(archive: Path) -> Agent:
    return Agent.load(str(archive))


async def test_rasa_gives_every_property_that_the_dialogue_reads(agent: Agent) -> None:
    parsed = await agent.parse_message("soy venezolana, vivo en Medallo y busco trabajo")
    assert parsed["intent"]["name"] == "work_find_job"
    assert len(parsed["intent_ranking"]) == 6
    assert parsed["language"] == "es"
    assert {entity["entity"]: entity["value"] for entity in parsed["entities"]} == {
        "nationality": "VE",
        "municipality": "Medellín",
    }
    assert set(parsed["understanding"]) == {"confidence", "runner_up", "oos", "ambiguous"}
    assert "danger" not in parsed


async def test_danger_is_told_with_kind_and_certainty(agent: Agent) -> None:
    parsed = await agent.parse_message("anoche mi marido me golpeó")
    assert parsed["danger"]["kind"] == "violence"
    assert parsed["danger"]["certainty"] == "sure"


async def test_classify_gives_the_topic(agent: Agent) -> None:
    found = await classify(agent, "hola buenas, quiero sacar el ppt")
    assert (found.topic, found.intent) == ("regularization.ppt", "regularization_ppt")
    assert found.text == "hola buenas, quiero sacar el ppt"
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_a_message_without_words_is_out_of_scope(agent: Agent, text: str) -> None:
    assert (await classify(agent, text)).topic == "oos"


@pytest.mark.parametrize(
    "text", ["🙂", "?", "1", "a" * 5000, "\x00\u200b", "/start", "ñandú " * 400, "mwen pa konprann"]
)
async def test_any_message_is_understood_as_something(agent: Agent, text: str) -> None:
    assert (await classify(agent, text)).topic


async def test_what_a_person_writes_is_not_logged(agent: Agent, capfd: pytest.CaptureFixture[str]) -> None:
    assert structlog.get_config()["processors"]
    await agent.parse_message("me llamo Rosalba Quintero y busco trabajo")
    shown = capfd.readouterr()
    assert "Rosalba" not in shown.out + shown.err


def test_the_archive_holds_data_only(archive: Path) -> None:
    with tarfile.open(archive) as files:
        names = [member.name for member in files.getmembers() if member.isfile()]
    assert any(name.endswith("topics.npz") for name in names)
    assert {Path(name).suffix for name in names} <= {".json", ".npz"}


def test_training_twice_gives_the_same_answers(
    small_examples: list[Example], pipeline: Pipeline, tmp_path: Path
) -> None:
    texts = ["quiero trabajar", "me duele todo, me quiero morir", "hola"]
    first = OfflineNlu.train(pipeline, small_examples, tmp_path / "first").parse(texts)
    second = OfflineNlu.train(pipeline, small_examples, tmp_path / "second").parse(texts)
    assert first == second


def test_sure_danger_takes_the_place_of_the_topic() -> None:
    parsed = {
        "text": "…",
        "intent": {"name": "work_unpaid_wages"},
        "understanding": {"confidence": 0.5, "oos": False},
        "danger": {"kind": "trafficking", "certainty": "sure", "probability": 0.97},
    }
    found = from_parse(parsed)
    assert (found.topic, found.intent, found.confidence) == ("crisis.trafficking", "crisis_trafficking", 0.97)


def test_unsure_danger_leaves_the_topic() -> None:
    parsed = {
        "intent": {"name": "work_unpaid_wages"},
        "understanding": {"confidence": 0.5, "oos": False},
        "danger": {"kind": "trafficking", "certainty": "unsure", "probability": 0.5},
    }
    assert from_parse(parsed).topic == "work.unpaid_wages"


def test_a_courteous_copy_is_always_the_same() -> None:
    assert courteous("necesito empleo") == courteous("necesito empleo")
    assert "necesito empleo" in courteous("necesito empleo")


@pytest.mark.parametrize(
    ("component", "values", "says"),
    [
        ("DangerDetector", {"sure": 0.3, "unsure": 0.6}, "unsure <= sure"),
        ("DangerDetector", {"lexicon": "/nowhere/lexicon_*.yml"}, "no danger lexicon"),
        ("TopicClassifier", {"act": 40}, "act must be between 0 and 1"),
        ("SentenceEncoderFeaturizer", {"encoder": "word2vec"}, "word2vec"),
    ],
)
def test_a_wrong_setting_stops_the_training_and_is_named(
    small_examples: list[Example], pipeline: Pipeline, tmp_path: Path, component: str, values: dict[str, Any], says: str
) -> None:
    wrong = [entry | values if entry["name"].endswith(component) else entry for entry in pipeline]
    with pytest.raises(InvalidConfigException, match=says):
        OfflineNlu.train(wrong, small_examples, tmp_path)


def test_training_data_without_danger_stop_the_training(pipeline: Pipeline, tmp_path: Path) -> None:
    harmless = [Example(text, intent) for intent in ("a", "b") for text in (f"{intent} uno", f"{intent} dos")]
    with pytest.raises(InvalidConfigException, match="crisis_"):
        OfflineNlu.train(pipeline, harmless, tmp_path)


def test_negatives_of_another_shape_are_named(
    small_examples: list[Example], pipeline: Pipeline, tmp_path: Path
) -> None:
    wrong_file = tmp_path / "es_hard_negatives.yml"
    wrong_file.write_text("negatives: {a: b}\n", encoding="utf-8")
    wrong = [entry | {"negatives": str(wrong_file)} if "negatives" in entry else entry for entry in pipeline]
    with pytest.raises(InvalidConfigException, match=r"es_hard_negatives\.yml: expected the key negatives"):
        OfflineNlu.train(wrong, small_examples, tmp_path / "model")
