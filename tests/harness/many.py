"""Many processes on one PostgreSQL and one Redis: is everybody's order kept, and how much more do they get done?

Telegram by webhook, delivered to the processes in turn as by a balancer. First one undisturbed person writes the
stream: what they get is what all must get. Then everything is in the queue at once, and the clock runs until all of it
is answered. The stand-in, PostgreSQL and Redis run on the same machine; the figures say what each of them took.

    uv run python -m tests.harness.many --processes 1 2 4
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from tests.harness.hooked import HookedTelegram
from tests.harness.kills import SCRIPT, database_of, in_order, in_the_database
from tests.harness.services import START_SECONDS, Running, launch, wait_for
from tests.harness.zygote import Child, Zygote

REDIS = os.environ.get("AMABLE_TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
SETTLE_SECONDS = 600
PROBE = "500"


@dataclass(frozen=True)
class Outcome:
    """One measurement. ``cpu``: seconds of processor time of each component while the clock ran; 2 cores have two a
    second, shared with whatever else the machine did (``load`` is its load average at the end)."""

    processes: int
    people: int
    messages: int
    lost: int
    handled_twice: int
    doubled_or_disordered: int
    missing: int
    uncertain: int
    parked: int
    work_seconds: float
    turns_a_second: float
    sent_seconds: float
    turns_each: list[int]
    cpu: dict[str, float] = field(default_factory=dict)
    load: float = 0.0

    @property
    def kept(self) -> bool:
        """Whether nothing was lost, done twice or out of order."""
        wrong = self.lost + self.handled_twice + self.doubled_or_disordered + self.missing + self.parked
        return wrong == 0


def measure(processes: int, state: Path, *, people: int, lines: int, redis_url: str = REDIS) -> Outcome:
    """Lead one measurement to its end, on a PostgreSQL database of its own."""
    written = [SCRIPT[number % len(SCRIPT)] for number in range(lines)]
    chats = [str(1001 + number) for number in range(people)]
    with ExitStack() as stack:
        database = stack.enter_context(database_of("postgres"))
        telegram = stack.enter_context(HookedTelegram())
        zygote = stack.enter_context(Zygote(state.parent))
        common = {**telegram.settings, "database_url": database, "redis_url": redis_url}
        running = [launch(state, zygote, **common) for _ in range(processes)]
        try:
            for each in running:
                wait_for(each.healthy, START_SECONDS, each.tail)
            telegram.targets = [each.url for each in running]
            # Each process answers once before the clock runs: the first turns load what the later ones have.
            for number in range(2 * processes):
                telegram.text(str(400 + number), written[0])
            for line in written:
                telegram.text(PROBE, line)
                _answered(telegram, running)
            expected = [message.text for message in telegram.sent(PROBE)]
            before, cpu_before = [_turns(each) for each in running], _cpu(running, zygote)
            telegram.targets = []  # the postmen wait until everything is written
            for line in written:
                for chat in chats:
                    telegram.text(chat, line)
            began = time.monotonic()
            telegram.targets = [each.url for each in running]
            wanted = sum(before) + people * lines
            wait_for(lambda: sum(_turns(each) for each in running) >= wanted, SETTLE_SECONDS, running[0].tail)
            worked = time.monotonic() - began
            cpu_after = _cpu(running, zygote)
            _answered(telegram, running)
            sent = time.monotonic() - began
            after = [_turns(each) for each in running]
        finally:
            for each in running:
                each.kill()
        got = {chat: [message.text for message in telegram.sent(chat)] for chat in chats}
        turns, _, parked, uncertain = in_the_database(database, state)
    known = [turn for turn in turns if turn >= lines]
    return Outcome(
        processes=processes,
        people=people,
        messages=people * lines,
        lost=max(0, people + 1 - len(known)),
        handled_twice=sum(turn - lines for turn in known),
        doubled_or_disordered=sum(not in_order(texts, expected) for texts in got.values()),
        missing=sum(len(expected) - len(texts) for texts in got.values()),
        uncertain=uncertain,
        parked=parked,
        work_seconds=round(worked, 2),
        turns_a_second=round(people * lines / worked, 1),
        sent_seconds=round(sent, 2),
        turns_each=[now - then for now, then in zip(after, before, strict=True)],
        cpu={name: round(cpu_after[name] - cpu_before.get(name, 0.0), 2) for name in cpu_after},
        load=round(os.getloadavg()[0], 2),
    )


def _answered(telegram: HookedTelegram, running: Sequence[Running]) -> None:
    telegram.wait_confirmed(SETTLE_SECONDS)
    wait_for(running[0].idle, SETTLE_SECONDS, running[0].tail)


def _turns(running: Running) -> int:
    """Turns that a process has committed, by its own metrics."""
    page = httpx.get(f"{running.url}/metrics", timeout=30).text
    values = [line.split()[-1] for line in page.splitlines() if line.startswith("amable_turn_seconds_count")]
    return round(sum(map(float, values)))


def _cpu(running: Sequence[Running], zygote: Zygote) -> dict[str, float]:
    """Processor seconds since each component began, as the kernel counts them."""
    services = sum(_seconds(each.process.pid) for each in running if isinstance(each.process, Child))
    mine = time.process_time()  # the stand-in and the balancer are threads of this process
    return {"services": services, "postgres": _named("postgres"), "redis": _named("redis-server"), "harness": mine}


def _named(name: str) -> float:
    """Of all processes of a name, children that have ended included: others that use the server count too."""
    found = subprocess.run(["pgrep", "-x", name], capture_output=True, text=True).stdout.split()
    return sum(_seconds(int(pid), ended=True) for pid in found)


def _seconds(pid: int, ended: bool = False) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    ticks = int(fields[11]) + int(fields[12]) + (int(fields[13]) + int(fields[14]) if ended else 0)
    return ticks / os.sysconf("SC_CLK_TCK")


def series(
    counts: Sequence[int], people: int, lines: int, say: Callable[[str], None] = lambda _line: None
) -> dict[str, object]:
    """Measure with each number of processes in turn."""
    outcomes = []
    for processes in counts:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "state").mkdir(mode=0o700)
            outcomes.append(measure(processes, Path(folder) / "state", people=people, lines=lines))
        say(f"{processes}: {outcomes[-1].turns_a_second} turns a second")
    first = outcomes[0].turns_a_second
    return {
        "cores": os.cpu_count(),
        "kept": all(outcome.kept for outcome in outcomes),
        "times_the_first": {each.processes: round(each.turns_a_second / first, 2) for each in outcomes},
        "runs": [asdict(outcome) for outcome in outcomes],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="1, 2 and 4 service processes on one database: order and throughput")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--people", type=int, default=24)
    parser.add_argument("--lines", type=int, default=28, help="messages that each person writes")
    values = parser.parse_args()
    found = series(values.processes, values.people, values.lines, lambda line: print(line, flush=True))
    print(json.dumps(found, indent=2))
    raise SystemExit(0 if found["kept"] else 1)


if __name__ == "__main__":
    main()
