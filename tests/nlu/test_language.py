"""The language of a message, and the cases in which nothing is said about it."""

from __future__ import annotations

import pytest

from bot.dialogue.nlu.language import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Necesito sacar un permiso para trabajar", "es"),
        ("chamo estoy buscando trabajo desde hace un mes", "es"),
        ("I need help with my papers please", "en"),
        ("Mwen bezwen travay, mwen pa gen papye", "ht"),
        ("J'ai besoin d'un visa pour mon mari", "fr"),
        ("Eu preciso de trabalho e não tenho documentos", "pt"),
    ],
)
def test_a_sentence_has_a_language(text: str, language: str) -> None:
    assert identify(text) == language


@pytest.mark.parametrize(
    "text", ["ok", "bye", "stop", "no", "hello friend", "oui merci", "1 2 3 4 5", "👍👍👍", "", "PPT"]
)
def test_one_or_two_words_never_name_a_language(text: str) -> None:
    assert identify(text) == ""
