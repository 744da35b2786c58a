"""What an operator types to keep, move and clear the data, with the words that they read."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.commands import keeping
from bot.storage import Store, Vault, ensure_local_keys, open_database
from bot.storage.models import AnswerRow, InboxRow
from tests.storage.helpers import DAY, LUIS, NOON, YES, answer, rows, turn

NEW_KEY = base64.b64encode(bytes(range(100, 132))).decode()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state folder of an installation where two people have spoken."""
    folder = tmp_path / "var"
    store = opened(folder)
    turn(store, "Hola", text="hola", consent=YES, answers=(answer("age", 30), answer("municipality", "05001")))
    turn(store, "Hola", text="buenas", address=LUIS, consent=YES, answers=(answer("age", 19),))
    store.close()
    return folder


def opened(folder: Path) -> Store:
    """The store of a state folder, as the service opens it."""
    from bot.commands.storage import open_store
    from bot.settings import Settings

    return open_store(Settings(state=folder))


def amable(*words: str, state: Path, **env: str) -> Result:
    """Run a command; it must not show a stack trace."""
    result = CliRunner().invoke(app, list(words), env={"AMABLE_STATE": str(state), "COLUMNS": "200", **env})
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def keys_of(state: Path) -> Mapping[str, str]:
    lines = (state / "keys").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if not line.startswith("#"))


def test_a_backup_is_restored_on_another_machine(state: Path, tmp_path: Path) -> None:
    made = amable("backup", state=state)
    assert made.exit_code == 0
    (path,) = (state / "backups").iterdir()
    assert str(path) in made.output
    assert "keep a copy of them" in made.output
    other = tmp_path / "other"
    restored = amable("restore", str(path), state=other, **keys_of(state))
    assert restored.exit_code == 0, restored.output
    store = Store(open_database(f"sqlite:///{other / 'amable.db'}"), ensure_local_keys(state / "keys")[0])
    assert len(rows(store, AnswerRow)) == 3


def test_restoring_without_the_keys_says_so_and_makes_none(state: Path, tmp_path: Path) -> None:
    amable("backup", "--to", str(tmp_path / "b"), state=state)
    result = amable("restore", str(tmp_path / "b"), state=tmp_path / "other")
    assert result.exit_code == 1
    assert "AMABLE_KEYS" in result.output
    assert not (tmp_path / "other" / "keys").exists()


def test_a_backup_is_not_restored_over_data(state: Path, tmp_path: Path) -> None:
    amable("backup", "--to", str(tmp_path / "b"), state=state)
    result = amable("restore", str(tmp_path / "b"), state=state)
    assert (result.exit_code, "already holds rows" in result.output) == (1, True)
    assert "Set AMABLE_STATE to a new folder" in result.output


@pytest.mark.parametrize("name", ["there", "missing"])
def test_clear_words_for_wrong_files(name: str, state: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("my letters")
    written = amable("backup", "--to", str(tmp_path / "there"), state=state)
    assert (written.exit_code, "is there already" in written.output) == (1, True)
    read = amable("restore", str(tmp_path / name), state=tmp_path / "new", **keys_of(state))
    assert read.exit_code == 1
    assert ("no backup of this program" if name == "there" else "there is no") in read.output


def test_rotation_goes_on_where_it_was_stopped(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = keys_of(state)
    both = {**old, "AMABLE_KEYS": f"{old['AMABLE_KEYS']},k2:{NEW_KEY}"}
    monkeypatch.setattr(keeping, "BATCH", 3)
    real, calls = Store.reseal, []

    def stopped(self: Store, limit: int = 500) -> int:
        calls.append(limit)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, limit)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "reseal", stopped)
        CliRunner().invoke(app, ["keys", "rotate"], env={"AMABLE_STATE": str(state), **both})
    first = amable("keys", "rotate", state=state, **both)
    assert first.exit_code == 0, first.output
    again = amable("keys", "rotate", state=state, **both)
    assert "✓ 0 values moved" in again.output
    only_new = Vault.from_settings(f"k2:{NEW_KEY}", old["AMABLE_LOOKUP_KEY"])
    store = Store(open_database(f"sqlite:///{state / 'amable.db'}"), only_new)
    store.verify_keys()
    person = rows(store, AnswerRow)[0]["person_id"]
    assert store.export_person(person)["answers"]


def test_a_dry_purge_counts_and_removes_nothing(state: Path) -> None:
    store = opened(state)
    before = len(rows(store, InboxRow))
    counted = amable("purge", "--dry-run", state=state)
    assert "would be removed" in counted.output
    assert len(rows(store, InboxRow)) == before
    amable("purge", state=state)  # the messages of the test lie months back
    assert (NOON + 30 * DAY).year == 2026
    assert rows(store, InboxRow) == []
