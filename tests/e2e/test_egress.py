"""No library phones home: every connection of the real service is written down, from its first import to its end.

Python's audit events tell what Python opens or looks up, in all threads; strace, where it is there, what native code
opens too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.harness import services
from tests.harness.services import ROOT, START_SECONDS, environment, launch, wait_for

HOOK = """
import json, os, sys
_log = os.open(os.environ["EGRESS_LOG"], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

def _write(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        os.write(_log, (json.dumps([event, os.getpid(), repr(args[1])]) + "\\n").encode())
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        os.write(_log, (json.dumps([event, os.getpid(), repr(args[0])]) + "\\n").encode())

sys.addaudithook(_write)
os.write(_log, (json.dumps(["started", os.getpid(), " ".join(sys.orig_argv)]) + "\\n").encode())
"""
LOCAL = re.compile(r"127\.0\.0\.1|localhost|'::1'|^None$|^b?''$|^'/|^b'\\\\x00|^''")
OUTSIDE = re.compile(r'sin6?_addr=.*?"(?!127\.|::1")([^"]+)"')
CALLS = "trace=connect,sendto,sendmsg"
STRACE = shutil.which("strace")


class Egress:
    """What processes with the hook wrote down."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "egress.log"
        self.trace = folder / "trace.log"

    def lines(self) -> list[list[Any]]:
        """All events."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def pid_of(self, word: str) -> int:
        """The newest process that was started with a word."""
        return next(int(pid) for event, pid, words in reversed(self.lines()) if event == "started" and word in words)

    def outside(self) -> list[str]:
        """Every address that is not this machine."""
        seen = [f"{event} {what}" for event, _, what in self.lines() if event != "started" and not LOCAL.search(what)]
        if self.trace.exists():
            seen += OUTSIDE.findall(self.trace.read_text(encoding="utf-8", errors="replace"))
        return seen


@pytest.fixture
def egress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Egress:
    """Puts the hook before everything that a Python process imports."""
    folder = tmp_path / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    egress = Egress(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(ROOT)]))
    monkeypatch.setenv("EGRESS_LOG", str(egress.log))
    return egress


def test_the_service_connects_to_this_machine_alone(
    egress: Egress, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if STRACE is None and os.environ.get("AMABLE_REQUIRE_SERVICES") == "1":
        pytest.fail("strace is required, and is not installed")
    traced = STRACE is not None and subprocess.run([STRACE, "-qq", "true"], check=False).returncode == 0
    if traced:
        words = [
            str(STRACE),
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            CALLS,
            "-o",
            str(egress.trace),
        ]
        monkeypatch.setattr(services, "AMABLE", [*words, *services.AMABLE])
    running = launch(tmp_path / "state")
    try:
        wait_for(running.healthy, 3 * START_SECONDS, running.tail)
        headers = {"X-Amable": "1", "Origin": running.url}
        with httpx.Client(base_url=running.url, headers=headers, timeout=40) as browser:
            message = {"client_id": "client-0001", "kind": "text", "text": "perdi mi ppt q hago", "payload": ""}
            assert browser.post("/chat/messages", json=message).status_code == 202
            assert browser.get("/chat/messages", params={"wait": 20}).json()["lines"]
        os.kill(egress.pid_of("bot.cli"), signal.SIGTERM)
        assert running._ended(60) == 0, running.tail()
    finally:
        if running.process.poll() is None:
            os.kill(egress.pid_of("bot.cli"), signal.SIGKILL)
            running.kill()
    assert not traced or egress.trace.stat().st_size, "strace wrote nothing down"
    assert egress.outside() == []


def test_importing_what_trains_connects_to_nobody_and_wakes_neither_telemetry_nor_sentry(
    egress: Egress, tmp_path: Path
) -> None:
    script = (
        "import bot.dialogue.training, rasa.model_training, rasa.telemetry, sentry_sdk;"
        "rasa.telemetry.initialize_telemetry(); rasa.telemetry.initialize_error_reporting();"
        "print(rasa.telemetry.is_telemetry_enabled(), sentry_sdk.get_client().is_active())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=ROOT,
        env=environment(tmp_path / "state"),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.split() == ["False", "False"], done.stderr
    assert egress.outside() == []


def test_the_hook_sees_what_leaves(egress: Egress, tmp_path: Path) -> None:
    """Else the tests above would pass on a hook that is not there."""
    script = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment(tmp_path), timeout=60, check=False)
    assert any("192.0.2.1" in line for line in egress.outside())
