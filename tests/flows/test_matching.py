"""Which option a text means: numbers, labels, synonyms, parts, typos, and never the opposite."""

from __future__ import annotations

import pytest

from bot.flows.folding import begin_sentence, fold
from bot.flows.matching import (
    candidate,
    is_aside,
    looks_like_question,
    match_exact,
    match_inside,
    match_number,
    match_part,
    match_typo,
)

COUNTRIES = [
    candidate(0, "Venezuela", "soy venezolana", "vzla"),
    candidate(1, "Colombia", "soy de aquí"),
    candidate(2, "Otro país", "otro", "soy de otro lado"),
    candidate(3, "Ningún país", "no tengo país", "ninguno"),
]
TALK = [candidate(0, "No puedo hablar", "está aquí"), candidate(1, "Sigamos la guía", "estoy bien")]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2", 2),
        ("2.", 2),
        ("2)", 2),
        ("la 2", 2),
        ("La  2", 2),
        ("opción 2", 2),
        ("la opción 2", 2),
        ("número 12", 12),
        ("#3", 3),
        ("la segunda", 2),
        ("Primera", 1),
        ("el primero", 1),
        ("décima", 10),
    ],
)
def test_a_number_of_the_list_is_read_as_people_write_it(text: str, number: int) -> None:
    assert match_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "dos hijos", "2 hijos", "2024", "15/03/2024", "1.500", "2-3", "la casa", "segundo piso"]
)
def test_what_is_more_than_a_number_of_the_list_is_none(text: str) -> None:
    assert match_number(text) is None


@pytest.mark.parametrize(
    "text", ["Venezuela", "VENEZUELA", "  venezuela!! ", "vzla", "Soy Venezolana.", "¡venezuelaaaa!"]
)
def test_case_accents_and_marks_do_not_matter(text: str) -> None:
    assert match_exact(text, COUNTRIES) == 0


def test_a_form_of_two_options_means_neither() -> None:
    assert match_exact("aquí", [candidate(0, "Sí", "aquí"), candidate(1, "No", "aquí")]) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("hola, soy venezolana y tengo dos hijos", 0),
        ("yo soy de aquí de toda la vida", 1),
        ("la verdad es que no tengo país", 3),
        ("creo que otro", 2),
        ("soy de otro lado, de otro", 2),
    ],
)
def test_an_option_is_found_inside_a_sentence(text: str, index: int) -> None:
    assert match_inside(text, COUNTRIES) == index


@pytest.mark.parametrize(
    "text",
    [
        "no soy venezolana",
        "nunca estuve en venezuela",
        "venezuela o colombia",
        "¿y si soy de venezuela?",
        "que pasa si soy venezolana",
        "donde queda colombia",
        "nada de eso",
    ],
)
def test_a_denied_a_doubled_or_an_asked_option_is_no_answer(text: str) -> None:
    assert match_inside(text, COUNTRIES) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [("venesuela", 0), ("benezuela", 0), ("Colmbia", 1), ("otro pais", 2), ("ningun pais", 3), ("colombiia", 1)],
)
def test_a_typo_is_forgiven(text: str, index: int) -> None:
    assert match_exact(text, COUNTRIES) == index or match_typo(text, COUNTRIES) == index


@pytest.mark.parametrize("text", ["ven", "xyz", "canadá", "perú", "¿venesuela?", "colombia venezuela"])
def test_what_is_far_or_short_is_no_typo(text: str) -> None:
    assert match_typo(text, COUNTRIES) is None


def test_a_word_that_is_near_to_two_options_is_left_to_be_asked() -> None:
    assert match_typo("la cara", [candidate(0, "la casa"), candidate(1, "la capa")]) is None


@pytest.mark.parametrize("match", [match_inside, match_part, match_typo])
@pytest.mark.parametrize("text", ["puedo hablar", "sí puedo hablar", "ya puedo hablar"])
def test_a_dropped_no_never_turns_an_answer_round(match: object, text: str) -> None:
    assert callable(match)
    assert match(text, TALK) is None


@pytest.mark.parametrize("text", ["no estoy bien", "no, no estoy bien"])
def test_an_added_no_never_turns_an_answer_round(text: str) -> None:
    assert match_inside(text, TALK) is None
    assert match_part(text, TALK) is None
    assert match_typo(text, TALK) is None


def test_part_of_a_label_is_enough_where_it_is_one_options_alone() -> None:
    menu = [candidate(0, "Papeles y permisos"), candidate(1, "Bebés y niños"), candidate(2, "Niños y colegio")]
    assert match_part("papeles", menu) == 0
    assert match_part("bebes", menu) == 1
    assert match_part("niños", menu) is None
    assert match_part("y", menu) is None
    assert match_part("permi", menu) is None


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("soy venezolana", False),
        ("hola soy venezolana señor", False),
        ("yo venezuela de nacimiento", True),
        ("mi vecina de venezuela quiere saber algo", True),
        ("de venezuela señor", False),
    ],
)
def test_an_option_is_said_aside_where_most_of_the_message_is_something_else(text: str, aside: bool) -> None:
    assert is_aside(text, COUNTRIES[0]) is aside


@pytest.mark.parametrize(
    "text", ["¿cuánto vale?", "cuanto vale la visa", "que es el rumv", "y si no tengo", "como hago", "xq"]
)
def test_a_question_is_seen_without_its_marks(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", ["quiero la visa", "comoquiera", "si claro", "cuentas", ""])
def test_a_statement_is_no_question(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize("text", ["😀😀", "…", "", "   ", "\u200b\u200e", "مرحبا", "你好"])
def test_a_text_without_latin_letters_or_digits_matches_nothing(text: str) -> None:
    assert fold(text) == ""
    for match in (match_exact, match_inside, match_part, match_typo):
        assert match(text, COUNTRIES) is None
    assert match_number(text) is None


def test_folding_keeps_what_numbers_need() -> None:
    assert fold("¡¡Holaaaa, ¿cómo  estás?") == "hola como estas"
    assert fold("15/03/2024") == "15/03/2024"
    assert fold("$1.500, gracias.") == "1.500 gracias"
    assert fold("10000") == "10000"
    assert fold("Años") == "anos"


def test_a_label_begins_large_and_keeps_its_abbreviations() -> None:
    assert begin_sentence("estado del PPT") == "Estado del PPT"
    assert begin_sentence("") == ""
