"""Texts and keyboards inside Telegram's limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import PayloadTooLong, split_text
from bot.channels.telegram.outbound import keyboard, units, with_descriptions
from bot.messages import Button, Rejected


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard([Button(label, f"o|{index}") for index, label in enumerate(labels)])
    assert markup is not None
    return [[key.text for key in row] for row in markup.inline_keyboard]


def test_short_labels_stand_two_in_a_row() -> None:
    assert rows("Sí", "No", "No sé") == [["Sí", "No"], ["No sé"]]


def test_one_long_label_gives_every_button_its_own_row() -> None:
    assert rows("Sí", "No tengo ningún papel") == [["Sí"], ["No tengo ningún papel"]]


def test_eighteen_characters_still_fit() -> None:
    assert rows("a" * 18, "b") == [["a" * 18, "b"]]
    assert rows("a" * 19, "b") == [["a" * 19], ["b"]]


def test_a_button_carries_its_payload() -> None:
    markup = keyboard([Button("Sí", "o|abc|1")])
    assert markup is not None
    assert markup.inline_keyboard[0][0].callback_data == "o|abc|1"


def test_no_buttons_no_keyboard() -> None:
    assert keyboard([]) is None


@pytest.mark.parametrize("payload", ["", "x" * 65, "ñ" * 33])
def test_a_payload_that_telegram_would_refuse_is_a_typed_error(payload: str) -> None:
    with pytest.raises(PayloadTooLong) as caught:
        keyboard([Button("Sí", payload)])
    assert isinstance(caught.value, Rejected)
    assert caught.value.code == "payload_too_long"


def test_sixty_four_bytes_pass() -> None:
    assert keyboard([Button("Sí", "ñ" * 32)]) is not None


def test_a_text_that_fits_stays_whole() -> None:
    text = "Uno.\n\nDos. " + "x" * 4000
    assert split_text(text) == (text,)


def test_blank_is_no_message() -> None:
    assert split_text(" \n ") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Lleva tu cédula.\n\nEs gratis. Pide cita.", ("Lleva tu cédula.", "Es gratis. Pide cita.")),
        ("Lleva tu cédula.\nEs gratis. Pide cita.", ("Lleva tu cédula.", "Es gratis. Pide cita.")),
        ("Lleva la cédula. Es gratis pedir cita", ("Lleva la cédula.", "Es gratis pedir cita")),
        ("Sí.\n\nLleva la cédula. Es gratis pedirlo", ("Sí.\n\nLleva la cédula.", "Es gratis pedirlo")),
        ("Lleva la cédula y el permiso contigo", ("Lleva la cédula y el", "permiso contigo")),
        ("abcdefghijklmnopqrstuvwxyz", ("abcdefghijklmnopqrstuv", "wxyz")),
    ],
)
def test_a_long_text_is_cut_at_the_best_border(text: str, parts: tuple[str, ...]) -> None:
    assert split_text(text, 22) == parts


def test_emoji_count_as_two_and_are_not_torn() -> None:
    assert split_text("😀" * 5, 4) == ("😀😀", "😀😀", "😀")


def test_the_parts_of_an_emoji_and_accents_stay_together() -> None:
    family = "👩\u200d👧"
    assert split_text("ab" + family + "cd", 6) == ("ab", family + "c", "d")
    assert split_text("abce\u0301f", 4) == ("abc", "e\u0301f")


@given(st.text(st.sampled_from("ab.\n ¿é😀\u0301"), max_size=400), st.integers(2, 40))
def test_nothing_but_blank_space_is_lost_and_every_part_fits(text: str, limit: int) -> None:
    parts = split_text(text, limit)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(part and units(part) <= limit for part in parts)


def test_descriptions_of_options_stand_in_the_text() -> None:
    """An inline button shows its label only, so what explains it goes into the message."""
    buttons = (Button("Se perdió", "o|1"), Button("Dato mal", "o|2", "Nombre o fecha con error"))
    assert with_descriptions("¿Qué pasó?", buttons) == "¿Qué pasó?\n\n• Dato mal: Nombre o fecha con error"
    assert with_descriptions("¿Qué pasó?", buttons[:1]) == "¿Qué pasó?"
