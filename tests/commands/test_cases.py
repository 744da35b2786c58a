"""``amable cases``: the list, the hold and its release."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.settings import Settings
from bot.storage import NewCase
from bot.storage import open_store as open_with
from tests.storage.helpers import turn


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder with one open case."""
    monkeypatch.setenv("AMABLE_STATE", str(tmp_path))
    store = open_with(Settings().database, tmp_path / "keys")
    turn(store, cases=(NewCase("human", "menu"),))
    store.close()
    return tmp_path


def amable(*words: str) -> tuple[int, str]:
    """Exit code and all output of a command."""
    done = CliRunner().invoke(app, list(words))
    return done.exit_code, done.output


def test_a_case_is_held_and_released(state: Path) -> None:
    assert amable("cases")[1].count("held") == 1  # the column's title
    code, said = amable("cases", "hold", "1", "--why", "Un juez lo pidió.")
    assert (code, "Case 1 is held" in said) == (0, True)
    assert amable("cases")[1].count("held") == 2
    assert amable("cases", "release", "1")[0] == 0
    assert amable("cases")[1].count("held") == 1


@pytest.mark.parametrize("words", [("hold", "9", "--why", "Un juez."), ("release", "9"), ("hold", "1", "--why", " ")])
def test_what_cannot_be_held_is_told(state: Path, words: tuple[str, ...]) -> None:
    code, said = amable("cases", *words)
    assert code == 1
    assert "✗" in said
    assert "Traceback" not in said
