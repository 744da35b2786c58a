"""The real service as a process of its own, for the tests from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.services import START_SECONDS, Running, launch, wait_for
from tests.standins.telegram import TelegramStandIn


@pytest.fixture
def start_service(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts services (``start_service(telegram_token=…)``); all are ended after the test."""
    started: list[Running] = []

    def start(state: Path = tmp_path / "state", **settings: str) -> Running:
        running = launch(state, **settings)
        started.append(running)
        wait_for(running.healthy, START_SECONDS, lambda: "\n".join(running.log))
        return running

    yield start
    for running in started:
        if running.process.poll() is None:
            running.kill()


@pytest.fixture
def telegram() -> Iterator[TelegramStandIn]:
    """A local Bot API server."""
    with TelegramStandIn() as stand_in:
        yield stand_in
