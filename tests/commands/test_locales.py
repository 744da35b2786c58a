"""``amable locales …`` on a copy of the repository's catalogues."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.i18n import Catalogues
from bot.settings import ROOT


@pytest.fixture
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy that a test may change, without compiled files."""
    folder = tmp_path / "locales"
    shutil.copytree(ROOT / "locales", folder, ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setenv("AMABLE_LOCALES", str(folder))
    return folder


def amable(*words: str) -> Result:
    return CliRunner().invoke(app, ["locales", *words])


def test_status_has_a_row_for_each_language_and_says_who_read_it(locales: Path) -> None:
    lines = amable("status").output.splitlines()
    rows = {line.split()[0]: line for line in lines if line[:3].strip() in ("ht", "fr", "en", "pt")}
    assert set(rows) == {"ht", "fr", "en", "pt"}
    assert all("not yet" in row for row in rows.values())


def test_a_changed_po_file_is_compiled_and_read(locales: Path) -> None:
    path = locales / "pt" / "LC_MESSAGES" / "messages.po"
    before = Catalogues(locales).text("pt", "Ver el menú")
    changed = path.read_text(encoding="utf-8").replace(f'"{before}"', '"Abrir o menu"')
    path.write_text(changed, encoding="utf-8")
    assert amable("compile").exit_code == 0
    assert path.with_suffix(".mo").is_file()
    assert Catalogues(locales).text("pt", "Ver el menú") == "Abrir o menu"


def test_a_portuguese_label_that_is_too_long_makes_check_red(locales: Path) -> None:
    path = locales / "pt" / "LC_MESSAGES" / "messages.po"
    before = Catalogues(locales).text("pt", "Ver el menú")
    changed = path.read_text(encoding="utf-8").replace(f'"{before}"', '"Quero ver o menu inteiro"')
    path.write_text(changed, encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "--today", "2026-11-24"])
    assert result.exit_code == 1
    assert "'Quero ver o menu inteiro' has 24 characters in pt, at most 20 fit" in result.output
    assert "[too_long]" in result.output


def test_an_update_without_changes_leaves_every_catalogue_as_it_is(locales: Path) -> None:
    before = {path: path.read_bytes() for path in locales.glob("*/LC_MESSAGES/messages.po")}
    assert "0 to translate, 0 fuzzy" in amable("update").output
    assert {path: path.read_bytes() for path in before} == before


def test_review_begins_with_danger_and_consent(locales: Path) -> None:
    first = amable("review", "ht").output.splitlines()[0]
    assert "flow c" in first
    assert amable("review", "xx").exit_code == 1


@pytest.mark.parametrize("command", [["locales", "status"], ["locales", "compile"], ["locales", "update"], ["check"]])
def test_a_damaged_catalogue_is_told_with_its_file_and_kept(locales: Path, command: list[str]) -> None:
    path = locales / "ht" / "LC_MESSAGES" / "messages.po"
    damaged = path.read_text(encoding="utf-8") + '\nmsgid "uno"\nmsgid "dos"\nmsgstr "de"\n'
    path.write_text(damaged, encoding="utf-8")
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert f"{path}: cannot be read" in result.output
    assert path.read_text(encoding="utf-8") == damaged


def test_a_compilation_that_fails_half_way_leaves_the_old_file(locales: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    amable("compile")
    path = locales / "ht" / "LC_MESSAGES" / "messages.mo"
    before = path.read_bytes()

    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert amable("compile").exit_code == 1
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))
