"""What people read comes from the catalogue of their language, and a translator's change arrives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.i18n import Catalogues
from bot.i18n.catalogues import compile_catalogue
from bot.i18n.languages import CatalogueError, read_languages
from tests.i18n.conftest import Project


def test_a_text_is_read_in_the_language_and_falls_back_to_spanish(project: Project) -> None:
    catalogues = Catalogues(project.locales)
    assert catalogues.released == ("es", "pt")
    assert catalogues.text("pt", "Ninguno") == "Nenhum"
    assert catalogues.text("pt", "Algo nuevo") == "Algo nuevo"
    assert catalogues.text("ht", "Ninguno") == "Ninguno"


def test_a_change_in_the_po_file_is_read_before_and_after_compiling(project: Project) -> None:
    changed = project.po.read_text(encoding="utf-8").replace('"Nenhum"', '"Nenhum deles"')
    project.po.write_text(changed, encoding="utf-8")
    later = project.po.with_suffix(".mo").stat().st_mtime + 10
    os.utime(project.po, (later, later))
    assert Catalogues(project.locales).text("pt", "Ninguno") == "Nenhum deles"
    compile_catalogue(project.po)
    os.utime(project.po.with_suffix(".mo"), (later + 1, later + 1))
    assert Catalogues(project.locales).text("pt", "Ninguno") == "Nenhum deles"


def test_a_fuzzy_text_is_not_said(project: Project) -> None:
    catalogue = project.catalogue()
    catalogue["Ninguno"].flags.add("fuzzy")
    from bot.i18n.updating import write_catalogue

    write_catalogue(project.po, catalogue)
    compile_catalogue(project.po)
    assert Catalogues(project.locales).text("pt", "Ninguno") == "Ninguno"


def test_who_is_in_the_middle_of_an_older_release_still_reads_their_language(project: Project) -> None:
    text = project.flow.read_text(encoding="utf-8").replace(
        "¿Qué papel tienes?", "¿Cuál de estos tienes a la mano hoy?"
    )
    project.flow.write_text(text, encoding="utf-8")
    project.update()
    compile_catalogue(project.po)
    assert Catalogues(project.locales).text("pt", "¿Qué papel tienes?") == "Que documento você tem?"


def test_a_language_that_is_not_released_is_not_offered(project: Project) -> None:
    listed = project.locales / "languages.yml"
    listed.write_text(
        listed.read_text("utf-8").replace("Português, released: true", "Português, released: false"), "utf-8"
    )
    assert Catalogues(project.locales).released == ("es",)


def test_without_a_folder_there_is_spanish(tmp_path: Path) -> None:
    assert Catalogues(tmp_path / "none").released == ("es",)


@pytest.mark.parametrize("content", ["languages: 3", "source: es\nlanguages: {pt: {name: x}}", "a: [", "{}"])
def test_a_broken_list_of_languages_is_told_with_its_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "languages.yml").write_text(content, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"languages\.yml: cannot be read"):
        read_languages(tmp_path)
