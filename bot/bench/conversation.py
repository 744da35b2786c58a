"""``amable bench conversation``: what a turn costs at turns 10, 100 and 1,000, ours beside plain Rasa, in one run.

Plain Rasa has the same NLU pipeline and one rule a topic (RulePolicy), on Rasa's own SQL tracker store (SQLite). Both
agents live in processes of their own, so that memory is each one's. A turn of ours is NLU, engine and the one commit of
everything, from a claimed message on. A turn of plain Rasa is NLU, policy, tracker saved. At a point of the
conversation the same messages are sent to both, free text and taps in turn.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.settings import Settings

POINTS = (10, 100, 1000)
SAMPLES = 30
KINDS = ("ours", "plain")


@dataclass(frozen=True, slots=True)
class Point:
    """Milliseconds of each sampled turn at one point of a conversation."""

    turn: int
    taps: tuple[float, ...]
    texts: tuple[float, ...]
    encoder: tuple[float, ...]
    commit: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one of the two gave."""

    points: tuple[Point, ...]
    memory_mb: float
    load_s: float
    train_s: float


def compare(settings: Settings, console: Console, points: Sequence[int] = POINTS, samples: int = SAMPLES) -> None:
    """Run both and print the table."""
    with tempfile.TemporaryDirectory(prefix="amable-bench-") as folder, Progress(console=console) as progress:
        measured = {}
        for kind in KINDS:
            task = progress.add_task(f"{kind}: train, load, talk", total=None)
            measured[kind] = _in_a_process(kind, settings, Path(folder) / kind, points, samples)
            progress.update(task, total=1, completed=1)
    _print(console, measured, points)


def _in_a_process(kind: str, settings: Settings, folder: Path, points: Sequence[int], samples: int) -> Measured:
    """Train in one process, talk in another: a service that trained would hold more memory than one that serves."""
    folder.mkdir()
    train_s = float(_run(kind, settings, "train", str(folder)))
    data = json.loads(_run(kind, settings, "talk", str(folder), json.dumps(list(points)), str(samples)))
    rows = tuple(
        Point(p["turn"], tuple(p["taps"]), tuple(p["texts"]), tuple(p["encoder"]), tuple(p["commit"]))
        for p in data["points"]
    )
    return Measured(rows, data["memory_mb"], data["load_s"], train_s)


def _run(kind: str, settings: Settings, *arguments: str) -> str:
    """Run one phase of one side; returns the last line of what it printed."""
    command = [sys.executable, "-W", "ignore", "-m", f"bot.bench.{kind}", *arguments]
    done = subprocess.run(  # noqa: S603  our own module
        command, cwd=settings.config.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"bot.bench.{kind} failed:\n{done.stderr[-3000:]}")
    return done.stdout.strip().splitlines()[-1]


def _print(console: Console, measured: dict[str, Measured], points: Sequence[int]) -> None:
    names = {"ours": "Banco Amable", "plain": "plain Rasa"}
    table = Table(title="A turn, in milliseconds (p50 / p95)", title_justify="left")
    for column in ("", "turn", "tap", "free text", "of it NLU (p50)", "of it commit (p50)"):
        table.add_column(column, justify="left" if column in ("",) else "right")
    for kind, result in measured.items():
        for point in result.points:
            table.add_row(
                names[kind],
                f"{point.turn:,}",
                _both(point.taps),
                _both(point.texts),
                _p50(point.encoder),
                _p50(point.commit),
            )
    console.print(table)
    other = Table(title="Memory, load, training, growth", title_justify="left")
    for column in ("", "memory MB", "load s", "train s", f"tap: turn {points[-1]:,} ÷ turn {points[0]}"):
        other.add_column(column, justify="right" if column else "left")
    for kind, result in measured.items():
        growth = statistics.median(result.points[-1].taps) / statistics.median(result.points[0].taps)
        other.add_row(
            names[kind], f"{result.memory_mb:.0f}", f"{result.load_s:.1f}", f"{result.train_s:.1f}", f"{growth:.2f}"
        )
    console.print(other)
    console.print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite, one thread"
    )


def _both(values: Sequence[float]) -> str:
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} / {ordered[int(len(ordered) * 0.95)]:.1f}"


def _p50(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.1f}" if values else "–"
