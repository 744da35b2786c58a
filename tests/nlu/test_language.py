"""The language of a message, and the cases in which nothing is said about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.nlu.language_model import LanguageModel
from bot.dialogue.nlu.offline import read_languages

ROOT = Path(__file__).parents[2]
# Rasa's readers of training data import further old libraries when they are first used.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    """Learned from the repository's training data."""
    return LanguageModel.fit((example.text, example.language) for example in read_languages(ROOT / "nlu"))


SENTENCES = [
    ("Necesito sacar un permiso para trabajar", "es"),
    ("chamo estoy buscando trabajo desde hace un mes", "es"),
    ("I need help with my papers please", "en"),
    ("Mwen bezwen travay, mwen pa gen papye", "ht"),
    ("J'ai besoin d'un visa pour mon mari", "fr"),
    ("Eu preciso de trabalho e não tenho documentos", "pt"),
]


@pytest.mark.parametrize(("text", "language"), SENTENCES)
def test_a_sentence_has_a_language(model: LanguageModel, text: str, language: str) -> None:
    assert model.identify(text) == language


@pytest.mark.parametrize(("text", "language"), SENTENCES)
def test_without_training_data_a_sentence_has_one_too(text: str, language: str) -> None:
    assert LanguageModel().identify(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("m pa jwen travay", "ht"),
        ("kijan pou m fe sisben", "ht"),
        ("jcherche du boulot svp", "fr"),
        ("to procurando emprego", "pt"),
        ("q hago pa sacar cita", "es"),
        ("how i get d ppt", "en"),
    ],
)
def test_short_misspelled_lines_are_known(model: LanguageModel, text: str, language: str) -> None:
    assert model.identify(text) == language


@pytest.mark.parametrize(("text", "language"), [("bonjou", "ht"), ("bonswa", "ht"), ("obrigado", "pt")])
def test_a_word_of_one_language_alone_names_it(model: LanguageModel, text: str, language: str) -> None:
    assert model.identify(text) == language


@pytest.mark.parametrize(
    "text", ["ok", "bye", "stop", "no", "hello friend", "oui merci", "1 2 3 4 5", "👍👍👍", "", "PPT", "hola", "hello"]
)
def test_words_that_travel_never_name_a_language(model: LanguageModel, text: str) -> None:
    assert model.identify(text) == ""
    assert LanguageModel().identify(text) == ""


def test_a_saved_model_says_the_same(model: LanguageModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = LanguageModel.load(tmp_path)
    assert [loaded.identify(text) for text, _ in SENTENCES] == [language for _, language in SENTENCES]
    assert loaded.words == model.words
