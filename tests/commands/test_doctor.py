"""``amable doctor`` tells an operator what is wrong, and how to mend it."""

from __future__ import annotations

import base64
import re
import shutil
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.storage import open_store
from bot.settings import Settings
from tests.standins.telegram import TelegramStandIn
from tests.storage.helpers import NOON, arrive

Doctor = Callable[..., tuple[int, str]]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The state folder of an installation in order."""
    folder = tmp_path / "var"
    open_store(Settings(state=folder)).close()
    return folder


@pytest.fixture
def doctor(state: Path) -> Doctor:
    def run(**env: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["doctor"], env={"AMABLE_STATE": str(state), **env})
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.exit_code, result.output

    return run


def test_everything_in_order(doctor: Doctor) -> None:
    code, said = doctor()
    assert code == 0, said
    assert "✓ keys: those of the database" in said
    assert "✓ database: answers" in said
    assert "! telegram: off" in said


def test_before_the_first_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor"], env={"AMABLE_STATE": str(tmp_path / "new")})
    assert result.exit_code == 0
    assert "`amable run` makes it" in result.output
    assert not (tmp_path / "new").exists()


def test_a_lost_key_file(doctor: Doctor, state: Path) -> None:
    (state / "keys").unlink()
    code, said = doctor()
    assert code == 1
    assert "Put the copy of the key file back" in said
    assert not (state / "keys").exists()


def test_other_keys(doctor: Doctor) -> None:
    key, lookup = (base64.b64encode(bytes(range(start, start + 32))).decode() for start in (1, 50))
    code, said = doctor(AMABLE_KEYS=f"k1:{key}", AMABLE_LOOKUP_KEY=lookup)
    assert code == 1
    assert "nothing was changed" in said
    assert key not in said


def test_an_exposed_key_file(doctor: Doctor, state: Path) -> None:
    (state / "keys").chmod(0o644)
    code, said = doctor()
    assert (code, "readable by you alone" in said) == (1, True)


def test_a_database_that_is_away(doctor: Doctor) -> None:
    code, said = doctor(AMABLE_DATABASE_URL="postgresql://nobody:secret-word@127.0.0.1:1/none")
    assert (code, "Start the database" in said) == (1, True)
    assert "secret-word" not in said


@pytest.mark.parametrize(("free", "sign"), [(50_000_000, "✗ disk"), (900_000_000, "! disk"), (9_000_000_000, "✓ disk")])
def test_little_room(doctor: Doctor, monkeypatch: pytest.MonkeyPatch, free: int, sign: str) -> None:
    def usage(_path: Any) -> Any:
        return Usage(10**10, 0, free)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    assert sign in doctor()[1]


def test_a_message_that_waits_since_long(doctor: Doctor, state: Path) -> None:
    store = open_store(Settings(state=state))
    arrive(store, "hola", at=NOON)
    store.close()
    assert "Is the service running?" in doctor()[1]


def test_the_telegram_token(doctor: Doctor) -> None:
    with TelegramStandIn() as telegram:
        good = doctor(AMABLE_TELEGRAM_TOKEN=telegram.token, AMABLE_TELEGRAM_API=telegram.url)
        assert "✓ telegram: @" in good[1]
        assert re.search(r"✓ clock: \d s from Telegram's", good[1])
        code, said = doctor(AMABLE_TELEGRAM_TOKEN="77:wrong-token", AMABLE_TELEGRAM_API=telegram.url)
        assert (code, "Take the token from @BotFather anew" in said) == (1, True)
        assert "wrong-token" not in said
    code, said = doctor(AMABLE_TELEGRAM_TOKEN="77:wrong-token", AMABLE_TELEGRAM_API=telegram.url)
    assert (code, "not reached" in said, "wrong-token" in said) == (1, True, False)


def test_a_redis_that_is_away(doctor: Doctor) -> None:
    code, said = doctor(AMABLE_REDIS_URL="redis://127.0.0.1:1/0")
    assert (code, "redis: does not answer" in said) == (1, True)


def test_a_flow_that_does_not_load(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "broken.yml").write_text("version: 3\nflows: [")
    code, said = doctor(AMABLE_FLOWS=str(tmp_path / "flows"))
    assert (code, "`amable check` names file" in said) == (1, True)
