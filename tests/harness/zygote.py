"""A process that has imported the service and forks it on demand: Rasa's imports take ten seconds, a fork none.

What runs after the fork is ``amable run`` as ever: it loads the model, opens the database, listens. Nothing is shared
with the parent but code that was read, so killing a child is killing a service.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass
class Child:
    """A forked service, with the part of ``Popen`` that the harness uses."""

    pid: int
    log_file: Path

    def poll(self) -> int | None:
        """None while it runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return -1
        return None

    def send_signal(self, number: int) -> None:
        """Signal it, if it is still there."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """Wait for its end. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the service did not end in {seconds} s")
            time.sleep(0.01)
        return 0


class Zygote:
    """The parent. Use as a context; :meth:`fork` gives a child that runs ``amable run``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    def __enter__(self) -> Self:
        words = [sys.executable, "-m", "tests.harness.zygote"]
        root = Path(__file__).resolve().parents[2]
        self._process = subprocess.Popen(words, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._read()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def fork(self, env: dict[str, str]) -> Child:
        """A new service with these environment variables besides its parent's."""
        self._number += 1
        log_file = self._folder / f"service-{self._number}.log"
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"env": env, "log": str(log_file)}) + "\n")
        self._process.stdin.flush()
        return Child(int(self._read()), log_file)

    def _read(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("the zygote ended")
        return line.strip()


def main() -> None:
    """Import the service, say so, then fork a child for every line of standard input."""
    import bot.cli
    import bot.serving

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(order["env"], order["log"], bot.cli.app)
        print(pid, flush=True)


def _become(env: dict[str, str], log: str, app: object) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    for name in [name for name in os.environ if name.startswith("AMABLE_")]:
        del os.environ[name]
    os.environ.update(env)
    handle = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(handle, number)
    os.close(0)
    try:
        app(["run"], standalone_mode=False)  # type: ignore[operator]
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
