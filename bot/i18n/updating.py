"""Bringing catalogues up to date with the sources: new texts come in, changed ones are marked fuzzy, none is lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.i18n.catalogues import open_catalogue, po_path, put
from bot.i18n.template import HEADER_DATE, make_template

TEMPLATE = "messages.pot"
WIDTH = 110
_COMMENT = """\
# Banco Amable 2.0. How to work on this file: docs/translating.md.
# Keep {fact:…}, {slot:…} and {…} as they are. "max-length" counts characters of your own text."""


def template_text(root: Path, locales: Path) -> bytes:
    """The template as a file."""
    return _written(make_template(root, locales))


def update(root: Path, locales: Path, language: str) -> Catalog:
    """Merge the sources into the catalogue of a language, and write it. A catalogue that is not there yet is begun.

    A text that changed a little keeps its translation, marked fuzzy; one that is gone stays at the end as obsolete.
    """
    template = make_template(root, locales)
    path = po_path(locales, language)
    catalogue = open_catalogue(path) if path.is_file() else new_catalogue(language)
    catalogue.update(template, update_creation_date=False)
    write_catalogue(path, catalogue)
    return catalogue


def new_catalogue(language: str) -> Catalog:
    """An empty catalogue."""
    return Catalog(
        locale=language,
        project="Banco Amable",
        version="2.0",
        charset="utf-8",
        header_comment=_COMMENT,
        creation_date=HEADER_DATE,
        revision_date=HEADER_DATE,
        last_translator="a machine; natives who have read it stand in locales/languages.yml",
        language_team=language,
        msgid_bugs_address="the issues of the repository",
        fuzzy=False,
    )


def write_catalogue(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that a change of one text changes its own lines only."""
    put(path, _written(catalogue))


def _written(catalogue: Catalog) -> bytes:
    content = BytesIO()
    write_po(content, catalogue, width=WIDTH, include_lineno=False, include_previous=True)
    return content.getvalue()
