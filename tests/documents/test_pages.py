"""A page to keep: one sheet, all of its words to be read back, and nothing in it that was not meant."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.documents import DoesNotFit, Page, Part, WrongLink, deep_link, make_pdf
from tests.documents.reading import boxes_of, flowing, pages_of, properties_of, text_of

MADE = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
PARTS = (
    Part("text", "Lo que quiero: conseguir trabajo."),
    Part("heading", "Lo que falta resolver"),
    Part("item", "No tengo EPS."),
    Part("heading", "Mis próximos pasos"),
    Part("step", "1. Pide cupo. Mi meta: 1 de diciembre de 2026. Para saber cómo, escribe «cupo en el colegio»."),
    Part("small", "Hecho con Banco Amable."),
)
LINK = "https://t.me/amable_bot?start=route_my_plan"


def page(*parts: Part, link: str = LINK) -> Page:
    return Page("Mi plan", "es", parts or PARTS, MADE, link, "Apunta la cámara a este cuadro.")


def test_every_word_can_be_read_back() -> None:
    said = flowing(make_pdf(page()))
    for part in PARTS:
        assert part.text in said
    assert "Apunta la cámara a este cuadro." in said
    assert LINK in said


@pytest.mark.parametrize(
    "text",
    [
        "Ñandú, pingüino, ¿qué?, «sí»",
        "é à ç œ – “ou” €",
        "São João, coração",
        "Mwen bezwen èd, kòb, ayisyèn",
        "I’m fine",
    ],
    ids=["es", "fr", "pt", "ht", "en"],
)
def test_the_letters_of_each_language_are_there(text: str) -> None:
    assert text in flowing(make_pdf(page(Part("text", text))))


def test_what_no_font_has_is_left_out_and_not_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = flowing(make_pdf(page(Part("text", "Sí 🙂 y 中 no"))))
    assert "Sí y no" in " ".join(said.split())
    assert "中" not in caplog.text
    assert "missing" not in caplog.text


def test_the_properties_hold_title_and_day_and_nobody() -> None:
    assert properties_of(make_pdf(page())) == {
        "Title": "Mi plan",
        "Creator": "Banco Amable",
        "Producer": "fpdf2",
        "CreationDate": "D:20261124000000Z",
    }


def test_screen_readers_get_language_title_and_a_description_of_the_code() -> None:
    content = make_pdf(page())
    assert b"/Lang (es)" in content
    assert b"/DisplayDocTitle true" in content
    assert b"/Alt" in content
    assert b"/StructTreeRoot" in content
    assert b"/Outlines" in content


@pytest.mark.parametrize("style", ["item", "step", "text", "small", "heading"])
@pytest.mark.parametrize("text", ["Pide cupo. Es un derecho de todos.", "12. Pide cupo. Es un derecho.", "Sin punto"])
def test_no_two_words_are_printed_over_each_other(style: str, text: str) -> None:
    content = make_pdf(page(Part(style, text), Part("text", "Otra línea")))  # type: ignore[arg-type]
    boxes = boxes_of(content)
    assert len(boxes) > 30
    for index, (char, left, bottom, right, top) in enumerate(boxes):
        for other, left2, bottom2, right2, top2 in boxes[index + 1 :]:
            wide = min(right, right2) - max(left, left2)
            high = min(top, top2) - max(bottom, bottom2)
            assert wide <= 0.6 or high <= 0.6, f"{char!r} and {other!r} overlap"


def test_without_a_link_there_is_no_code_and_no_address() -> None:
    content = make_pdf(page(link=""))
    assert b"/Subtype /Image" not in content
    assert b"/Subtype /Image" in make_pdf(page())
    assert "Apunta" not in flowing(content)


def test_the_same_page_is_the_same_file() -> None:
    assert make_pdf(page()) == make_pdf(page())


def test_a_long_page_is_set_smaller_and_stays_one_sheet() -> None:
    parts = tuple(Part("item", f"Renglón {number}: " + "palabras y más palabras " * 2) for number in range(30))
    content = make_pdf(page(*parts))
    assert pages_of(content) == 1
    assert "Renglón 29" in flowing(content)


def test_what_no_size_makes_fit_is_a_typed_error_without_the_text() -> None:
    with pytest.raises(DoesNotFit) as raised:
        make_pdf(page(*(Part("text", "Inventada " * 80) for _ in range(30))))
    assert "Inventada" not in str(raised.value)
    assert raised.value.code == "document_too_long"


def test_it_weighs_little() -> None:
    assert len(make_pdf(page())) < 60_000


def test_lines_keep_their_order() -> None:
    said = text_of(make_pdf(page()))
    places = [said.index(word) for word in ("Mi plan", "Lo que quiero", "No tengo EPS", "Mis próximos", "1.", "Hecho")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("public", "leads_to"),
    [
        ("", ""),
        ("https://t.me/amable_bot", LINK),
        ("https://t.me/amable_bot/", LINK),
        ("https://chat.example.org/", "https://chat.example.org/?r=route_my_plan"),
    ],
)
def test_the_code_opens_the_flow_in_telegram_and_in_the_web_chat(public: str, leads_to: str) -> None:
    assert deep_link(public, "my_plan") == leads_to


@pytest.mark.parametrize(
    "wrong",
    ["t.me/amable_bot", "https://t.me", "https://t.me/x?start=y", "javascript:alert(1)", "https://", "ftp://x/y"],
)
def test_a_link_that_would_lead_astray_is_refused(wrong: str) -> None:
    with pytest.raises(WrongLink):
        deep_link(wrong, "my_plan")
