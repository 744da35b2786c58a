"""A page as PDF: one sheet with embedded fonts, letters large enough to read in print, and the title, language and
description of the code that screen readers use. It names no author, and no date but the day on which it was made."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Final, cast

import segno
from fpdf import FPDF, ViewerPreferences
from fpdf.fonts import TTFFont

from bot.documents.errors import DoesNotFit
from bot.documents.page import Page, Part

FONTS: Final = Path(__file__).parent / "fonts"
PAPER: Final = "letter"
"""The paper of Colombia."""
MARGIN: Final = 18.0
"""Millimetres, as all lengths here; what any printer can print."""
CODE: Final = 34.0
SIZES: Final = (12.0, 11.0, 10.0, 9.0)
"""Points of the text, the largest that fits; below 9 few can read a print."""
INDENT: Final = 6.0
_FAMILY = "DejaVu"
_NUMBERED = re.compile(r"(\d{1,2}\.) (.*)", re.DOTALL)

# It tells at INFO each table that it drops, many lines for a page.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def make_pdf(page: Page) -> bytes:
    """The PDF. Raises DoesNotFit."""
    for size in SIZES:
        pdf = FPDF(format=PAPER)
        try:
            _typeset(pdf, page, size)
            if pdf.page_no() == 1:
                return bytes(pdf.output())
        finally:
            _close_fonts(pdf)
    raise DoesNotFit(f"{len(page.parts)} paragraphs do not fit on one page")


def _close_fonts(pdf: FPDF) -> None:
    """fpdf2 leaves the font files open, and a service makes pages for months."""
    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def _typeset(pdf: FPDF, page: Page, size: float) -> None:
    pdf.set_lang(page.language)
    pdf.set_title(page.title)
    pdf.set_creator("Banco Amable")
    pdf.set_producer("fpdf2")
    pdf.set_creation_date(page.made_at.replace(hour=0, minute=0, second=0, microsecond=0))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN + (CODE + 4 if page.link else 0))
    pdf.add_font(_FAMILY, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(_FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.add_page()
    known = cast(TTFFont, pdf.fonts[_FAMILY.lower()]).cmap
    _line(pdf, page.title, size + 9, known, bold=True)
    pdf.ln(2)
    for part in page.parts:
        _set(pdf, part, size, known)
    if page.link and pdf.page_no() == 1:
        _place_code(pdf, page, size, known)


def _set(pdf: FPDF, part: Part, size: float, known: Collection[int]) -> None:
    if part.style == "heading":
        pdf.ln(size / 4)
        if pdf.will_page_break(size):  # a heading does not stand alone at the foot of a page
            pdf.add_page()
        pdf.start_section(_shown(part.text, known))
        _line(pdf, part.text, size + 2, known, bold=True)
        pdf.ln(0.8)
    elif part.style == "item":
        _hanging(pdf, "•", part.text, size, known)
    elif part.style == "step":
        numbered = _NUMBERED.fullmatch(part.text)
        if numbered:
            _hanging(pdf, numbered[1], numbered[2], size, known)
        else:
            _line(pdf, part.text, size, known)
    elif part.style == "small":
        pdf.ln(size / 6)
        _line(pdf, part.text, max(size - 2, SIZES[-1] - 0.5), known)
    else:
        _line(pdf, part.text, size, known)


def _line(pdf: FPDF, text: str, size: float, known: Collection[int], *, bold: bool = False) -> None:
    pdf.set_font(_FAMILY, "B" if bold else "", size)
    pdf.multi_cell(0, size * 0.5, _shown(text, known), align="L", new_x="LMARGIN", new_y="NEXT")


def _hanging(pdf: FPDF, mark: str, text: str, size: float, known: Collection[int]) -> None:
    """A paragraph with its mark before it."""
    pdf.set_font(_FAMILY, "", size)
    pdf.cell(INDENT, size * 0.5, mark)
    pdf.multi_cell(0, size * 0.5, _shown(text, known), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(size / 12)


def _place_code(pdf: FPDF, page: Page, size: float, known: Collection[int]) -> None:
    """The code at the foot of the page, what it does beside it, and the address for who has no camera."""
    picture = io.BytesIO()
    segno.make(page.link, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    top = pdf.h - MARGIN - CODE
    pdf.set_auto_page_break(False)
    pdf.image(picture, MARGIN, top, CODE, CODE, alt_text=f"{page.code_says} {page.link}".strip())
    pdf.set_font(_FAMILY, "", max(size - 1, SIZES[-1]))
    pdf.set_xy(MARGIN + CODE + 4, top + 8)
    pdf.multi_cell(0, size * 0.5, _shown(page.code_says, known), align="L", new_x="LEFT", new_y="NEXT")
    pdf.cell(0, size * 0.5, page.link, link=page.link)


def _shown(text: str, known: Collection[int]) -> str:
    """The text without signs that the font lacks (emoji): they would be printed as boxes, and told in the log."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(char if ord(char) in known or char == "\n" else " " for char in composed)
