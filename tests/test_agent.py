"""What Rasa must not come between: a turn that was not stored is told to the worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.agent import load_agent
from bot.dialogue.files import load_library
from bot.dialogue.runner import TurnRunner
from bot.dialogue.training import model_path
from bot.settings import Settings
from bot.storage import DatabaseAway, StaleClaim, open_store
from tests.storage.helpers import LEASE, NOON, message

pytestmark = pytest.mark.filterwarnings("ignore:::rasa", "ignore:::tensorflow", "ignore::DeprecationWarning")


async def test_an_error_of_the_commit_reaches_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, store = Settings(), open_store(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "keys")
    runner = TurnRunner(load_agent(model_path(settings), store), store, load_library(settings))
    store.receive(message())
    claim = store.claim_next("w", NOON, LEASE)
    assert claim is not None
    for error in (DatabaseAway("x"), StaleClaim("x")):

        def fails(_record: object, error: Exception = error) -> None:
            raise error

        with monkeypatch.context() as patched:
            patched.setattr(store, "commit_turn", fails)
            with pytest.raises(type(error)):
                await runner.handle(claim, NOON)
    await runner.handle(claim, NOON)
    assert store.counts()["inbox_open"] == 0
    store.close()
