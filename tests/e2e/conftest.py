"""The real service as a process of its own, on a state folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.standins.telegram import TelegramStandIn

ROOT = Path(__file__).resolve().parent.parent.parent
AMABLE = [sys.executable, "-m", "bot.cli"]
START_SECONDS = 90


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(state: Path, **settings: str) -> dict[str, str]:
    """The process's environment, with a state folder and settings of its own."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("AMABLE_")}
    return {**base, "AMABLE_STATE": str(state), **{f"AMABLE_{k.upper()}": v for k, v in settings.items()}}


@dataclass
class Running:
    """A running service: its address, its log, and the ways to end it."""

    url: str
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None

    def kill(self) -> None:
        """SIGKILL, as a power cut."""
        self.process.kill()
        self._ended(10)

    def stop(self) -> int:
        """SIGTERM, as an operator."""
        self.process.send_signal(signal.SIGTERM)
        return self._ended(30)

    def _ended(self, seconds: float) -> int:
        code = self.process.wait(seconds)
        if self.reader is not None:
            self.reader.join(5)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return code


@pytest.fixture
def start_service(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts services (``start_service(telegram_token=…)``); all are ended after the test."""
    started: list[Running] = []

    def start(state: Path = tmp_path / "state", **settings: str) -> Running:
        port = free_port()
        env = environment(state, port=str(port), log_format="json", **settings)
        process = subprocess.Popen(
            [*AMABLE, "run"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        running = Running(f"http://127.0.0.1:{port}", process)
        running.reader = threading.Thread(target=_gather, args=(process, running.log), daemon=True)
        running.reader.start()
        started.append(running)
        wait_for(lambda: _healthy(running), START_SECONDS, lambda: "\n".join(running.log))
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


def wait_for(condition: Callable[[], bool], seconds: float, explain: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so; fail with an explanation where it never is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError(f"not so after {seconds} s\n{explain()}")


def _gather(process: subprocess.Popen[str], log: list[str]) -> None:
    for line in process.stdout or ():
        log.append(line.rstrip("\n"))


def _healthy(running: Running) -> bool:
    if running.process.poll() is not None:
        raise AssertionError("the service ended:\n" + "\n".join(running.log))
    try:
        return httpx.get(f"{running.url}/healthz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
