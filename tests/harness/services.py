"""The real service as a process of its own, on a state folder of its own: started, watched, killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.harness.zygote import Child, Zygote

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
    base["AMABLE_BURST"] = "0"  # people of tests write faster than anybody can
    return {**base, "AMABLE_STATE": str(state), **{f"AMABLE_{k.upper()}": v for k, v in settings.items()}}


@dataclass
class Running:
    """A running service: its address, its log, and the ways to end it."""

    url: str
    process: subprocess.Popen[str] | Child
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

    def counts(self) -> dict[str, int]:
        """The depths of the queues."""
        return dict(httpx.get(f"{self.url}/healthz", timeout=5).json())

    def healthy(self) -> bool:
        """Whether it answers; AssertionError where it has ended by itself."""
        if self.process.poll() is not None:
            raise AssertionError("the service ended:\n" + self.tail())
        try:
            return httpx.get(f"{self.url}/healthz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def idle(self) -> bool:
        """Whether nothing waits to be worked on or sent."""
        counts = self.counts()
        return counts["inbox_open"] == 0 and counts["outbox_pending"] == 0 and counts["outbox_sending"] == 0

    def tail(self) -> str:
        """The last lines of its log."""
        if isinstance(self.process, Child):
            self.log = self.process.log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(self.log[-40:])

    def _ended(self, seconds: float) -> int:
        code = self.process.wait(seconds)
        if self.reader is not None:
            self.reader.join(5)
        if isinstance(self.process, subprocess.Popen) and self.process.stdout is not None:
            self.process.stdout.close()
        return code


def launch(state: Path, zygote: Zygote | None = None, **settings: str) -> Running:
    """Start the service and return at once; it becomes healthy later, or ends. Forked where there is a zygote."""
    port = free_port()
    env = environment(state, port=str(port), log_format="json", **settings)
    if zygote is not None:
        ours = {name: value for name, value in env.items() if name.startswith("AMABLE_")}
        return Running(f"http://127.0.0.1:{port}", zygote.fork(ours))
    process = subprocess.Popen(
        [*AMABLE, "run"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    running = Running(f"http://127.0.0.1:{port}", process)
    running.reader = threading.Thread(target=_gather, args=(process, running.log), daemon=True)
    running.reader.start()
    return running


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
