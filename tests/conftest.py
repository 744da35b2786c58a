"""Fixtures for all tests: no network beyond this machine, a clean environment, one trained model."""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest

from bot.dialogue.quiet import silence_rasa

silence_rasa()
pytest_plugins = ["tests.conversations.plugin"]
LOCAL = ("127.0.0.1", "localhost", "::1", "", "0.0.0.0")


class OffMachine(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise OffMachine(f"a test connects to {address[0]!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the developer's shell reaches a test, save where the services are."""
    for name in os.environ:
        if name.startswith("AMABLE_") and not name.startswith(("AMABLE_TEST_", "AMABLE_REQUIRE_")):
            monkeypatch.delenv(name)
