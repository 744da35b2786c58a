"""Promise 1 in short: twenty kills. The long form, with its figures: docs/promises.md."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from tests.fixtures_storage import postgres_server  # noqa: F401
from tests.harness.kills import database_of, run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("database", "kills"), [("sqlite", 12), pytest.param("postgres", 8, marks=pytest.mark.postgres)]
)
def test_killed_anywhere_nothing_is_lost_or_doubled(
    database: str, kills: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "postgres":
        request.getfixturevalue("postgres_server")
    with database_of(database) as url:
        outcome = run(url, tmp_path / "state", kills=kills, people=6, lines=14, seed=7)
    print(asdict(outcome))
    assert outcome.kept, asdict(outcome)
    assert outcome.messages == 7 * 14
