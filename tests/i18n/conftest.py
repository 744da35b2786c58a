"""A small project with flows, facts and a program of its own, whose catalogues a test may change."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from bot.i18n.catalogues import compile_catalogue, open_catalogue, po_path
from bot.i18n.checks import check_catalogues
from bot.i18n.updating import TEMPLATE, template_text, update, write_catalogue

ROOT = Path(__file__).parents[2]
FLOW = """\
version: 3
slots:
  paper: {type: category, label: tu papel, words: [papel, carné]}
flows:
  office:
    name: Tu trámite
    description: Qué papel llevar
    steps:
      - id: paper
        collect: paper
        ask: ¿Qué papel tienes?
        why: Para saber qué te sirve.
        options:
          - {value: ppt, label: Carné PPT, synonyms: [ppt, carnet]}
          - {value: none, label: Ninguno}
      - id: bye
        say: Cuesta {fact:office_fee}. Ve con calma.
"""
LANGUAGES = """\
source: es
languages:
  es: {name: Español, released: true, native_review: ""}
  pt: {name: Português, released: true, native_review: ""}
"""
PORTUGUESE = {
    "tu papel": "seu documento",
    "papel|carné": "papel|carteirinha",
    "Tu trámite": "Seu trâmite",
    "Qué papel llevar": "Que documento levar",
    "¿Qué papel tienes?": "Que documento você tem?",
    "Para saber qué te sirve.": "Para saber o que serve para você.",
    "Carné PPT": "Carteira PPT",
    "ppt|carnet": "ppt|carteira",
    "Ninguno": "Nenhum",
    "Cuesta {fact:office_fee}. Ve con calma.": "Custa {fact:office_fee}. Vá com calma.",
}


@dataclass(frozen=True)
class Project:
    """A folder with ``flows/`` and ``locales/``."""

    root: Path

    @property
    def locales(self) -> Path:
        return self.root / "locales"

    @property
    def flow(self) -> Path:
        return self.root / "flows" / "office.yml"

    @property
    def po(self) -> Path:
        return po_path(self.locales, "pt")

    def catalogue(self) -> Catalog:
        return open_catalogue(self.po)

    def translate(self, texts: dict[str, str]) -> None:
        """Put translations into the catalogue and compile it, as Poedit does."""
        catalogue = self.catalogue()
        for source, text in texts.items():
            catalogue[source].string = text
        write_catalogue(self.po, catalogue)
        compile_catalogue(self.po)

    def update(self) -> None:
        """What ``amable locales update`` does."""
        (self.locales / TEMPLATE).write_bytes(template_text(self.root, self.locales))
        update(self.root, self.locales, "pt")

    def faults(self) -> list[str]:
        """What ``amable check`` tells of the catalogues."""
        return [f"{fault.code}: {fault.message}" for fault in check_catalogues(self.root, self.locales)]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project whose Portuguese catalogue is complete."""
    made = Project(tmp_path)
    made.flow.parent.mkdir()
    made.flow.write_text(FLOW, encoding="utf-8")
    made.locales.mkdir()
    shutil.copy(ROOT / "locales" / "babel.cfg", made.locales)
    (made.locales / "languages.yml").write_text(LANGUAGES, encoding="utf-8")
    made.update()
    made.translate(PORTUGUESE)
    return made
