"""Global words are found exactly, with typos, as commands, in every language; and not where something else is meant."""

from __future__ import annotations

import pytest

from bot.flows.globals import GlobalWord, global_words
from bot.flows.model import Words
from tests.flows.harness import real_flows

WORDS = global_words(real_flows().words)
NAMES = (
    "menu", "back", "change", "summary", "help", "person", "language", "later", "stop", "my_data", "erase", "exit",
)  # fmt: skip


@pytest.mark.parametrize("language", ["es", "en", "fr", "pt", "ht"])
@pytest.mark.parametrize("name", NAMES)
def test_every_form_of_every_language_is_its_word(language: str, name: str) -> None:
    for form in real_flows().words.forms[language][name]:
        found = WORDS.exact(form)
        assert found is not None, form
        assert found.name == name, form


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MENÚ", "menu"),
        ("  menu!! ", "menu"),
        ("¿por qué?", "help"),
        ("Más tarde.", "later"),
        ("salir rapido", "exit"),
        ("borrar mis datos", "erase"),
        ("Borrar  mis   datos", "erase"),
    ],
)
def test_case_accents_and_marks_do_not_matter(text: str, name: str) -> None:
    found = WORDS.exact(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("cambiar mi nacionalidad", GlobalWord("change", "mi nacionalidad")),
        ("Cambiar NACIONALIDAD a colombiana", GlobalWord("change", "nacionalidad a colombiana")),
        ("me equivoqué en mi documento", GlobalWord("change", "mi documento")),
        ("cambiar", GlobalWord("change")),
    ],
)
def test_change_takes_what_to_change_along(text: str, word: GlobalWord) -> None:
    assert WORDS.exact(text) == word


def test_a_long_story_that_begins_like_a_correction_is_none() -> None:
    assert WORDS.exact("cambiar de vida es lo que quiero desde que llegué a este país con mis hijos") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/menu", "menu"),
        ("/atras", "back"),
        ("/persona@banco_amable_bot", "person"),
        ("/misdatos", "my_data"),
        ("/borrarmisdatos por favor", "erase"),
        ("/salir", "exit"),
    ],
)
def test_commands_are_global_words(text: str, name: str) -> None:
    assert WORDS.exact(text) == GlobalWord(name)


@pytest.mark.parametrize("text", ["/start", "/foo", "/", "//"])
def test_an_unknown_command_is_none(text: str) -> None:
    assert WORDS.exact(text) is None


@pytest.mark.parametrize(
    ("text", "name"), [("ayudaa", "help"), ("resumne", "summary"), ("persnoa", "person"), ("mas tardee", "later")]
)
def test_a_typo_of_the_persons_language_is_forgiven(text: str, name: str) -> None:
    assert WORDS.exact(text) is not None or WORDS.typo(text, "es") == GlobalWord(name)


@pytest.mark.parametrize(
    "text", ["volvi", "menor", "pare", "ayer", "mi datil favorito es grande", "", "persona natural colombiana"]
)
def test_what_only_resembles_a_global_word_is_none(text: str) -> None:
    assert WORDS.typo(text, "es") is None


def test_a_typo_counts_in_the_persons_language_only() -> None:
    assert WORDS.typo("languagee", "en") == GlobalWord("language")
    assert WORDS.typo("languagee", "es") is None


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("sí", "es", "yes"),
        ("Oui", "fr", "yes"),
        ("wi", "ht", "yes"),
        ("no", "es", "no"),
        ("no", "fr", "no"),
        ("claro que sí", "en", "yes"),
        ("más", "es", "more"),
        ("prefiero no decir", "es", "skip"),
        ("oui", "es", ""),
        ("quizás", "es", ""),
        ("", "es", ""),
        ("👍", "es", ""),
    ],
)
def test_yes_no_more_and_skip_are_known_in_the_language_and_in_spanish(text: str, language: str, answer: str) -> None:
    assert WORDS.answer(text, language) == answer


@pytest.mark.parametrize("text", ["😀", "", "…", "مرحبا", "\u200b"])
def test_a_text_without_letters_is_no_global_word(text: str) -> None:
    assert WORDS.exact(text) is None
    assert WORDS.typo(text, "es") is None


def test_the_finder_is_made_once_for_each_release() -> None:
    assert global_words(real_flows().words) is global_words(real_flows().words)
    other = Words({"es": {"menu": ("carta",)}}, {}, {})
    assert global_words(other).exact("carta") == GlobalWord("menu")
    assert global_words(other).exact("menú") is None
