"""What a phone's keyboard does to Spanish does not change what is understood."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.nlu.folding import MAX_CHARACTERS, aligned, bare, fold


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Holaaaaa!!!", "hola!"),
        ("tngo q   sacar el PPT xq se me perdio", "tengo que sacar el ppt porque se me perdio"),
        ("xfa ayudenme tb a mi", "por favor ayudenme también a mi"),
        ("kiero trabajo aki", "quiero trabajo aquí"),
        ("gano 20 k diarios", "gano 20 mil diarios"),
        ("k hago", "que hago"),
        ("¿¿Cómo está, señora??", "¿cómo está, señora?"),
        ("jajajajaja ok", "jaja ok"),
        ("kkkkk vou morrer de rir", "jaja vou morrer de rir"),
        ("my boss kills me LOOOL", "my boss kills me jaja"),
        ("mdrrr rsrsrs hehehe lmao", "jaja jaja jaja jaja"),
        ("🆘 mi vecina", "auxilio mi vecina"),
        ("perro y calle y leer", "perro y calle y leer"),
        ("“comillas” raras", '"comillas" raras'),
        ("con\u200b invisible\ufe0f", "con invisible"),
    ],
)
def test_fold_undoes_chat_spelling(written: str, read: str) -> None:
    assert fold(written) == read


def test_bare_keeps_letters_and_digits_only() -> None:
    assert bare("¿Cómo  está, señora Ñañez? 2024!") == "como esta senora nanez 2024"


def test_words_of_other_languages_are_not_taken_for_abbreviations() -> None:
    assert fold("mwen pa gen papye") == "mwen pa gen papye"
    assert fold("d'où viens tu, x raison") == "d'où viens tu, x raison"


def test_words_that_only_begin_like_laughter_stay() -> None:
    assert fold("he ha lola halo rs mdp") == "he ha lola halo rs mdp"


def test_a_very_long_message_is_read_from_its_beginning() -> None:
    assert len(fold("ayuda " * 5000)) <= MAX_CHARACTERS


@given(st.text(max_size=300))
def test_aligned_text_has_every_character_in_its_place(text: str) -> None:
    assert len(aligned(text)) == len(text)


@given(st.text(max_size=300))
def test_bare_text_never_holds_anything_but_letters_digits_and_single_spaces(text: str) -> None:
    assert re.fullmatch(r"(?:[0-9a-z]+(?: [0-9a-z]+)*)?", bare(text))
