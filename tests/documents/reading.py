"""Reading a PDF back, as a viewer does."""

from __future__ import annotations

import pypdfium2


def text_of(content: bytes) -> str:
    """The text of all pages, each line as it stands."""
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        return "\n".join(pages).replace("\r\n", "\n")
    finally:
        document.close()


def flowing(content: bytes) -> str:
    """The text with the line breaks of the typesetting taken away."""
    return " ".join(text_of(content).split())


def properties_of(content: bytes) -> dict[str, str]:
    """Title, author and so on."""
    document = pypdfium2.PdfDocument(content)
    try:
        return {name: value for name, value in document.get_metadata_dict().items() if value}
    finally:
        document.close()


def pages_of(content: bytes) -> int:
    """How many pages it has."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def boxes_of(content: bytes) -> list[tuple[str, float, float, float, float]]:
    """Every printed sign of the first page: the sign, left, bottom, right, top in points."""
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[0].get_textpage()
        signs = [(text.get_text_range(index, 1), *text.get_charbox(index)) for index in range(text.count_chars())]
        return [sign for sign in signs if sign[0].strip()]
    finally:
        document.close()
