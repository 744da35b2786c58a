"""``python -m tests.hostile.run --count 10000``: payloads that nobody should send, and what they did, as JSON."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.hostile.files import KEYS, good_backup, try_backup, try_flow_file
from tests.hostile.requests import hostile
from tests.hostile.site import target

FILES_SHARE = 0.2
"""How much of all payloads are files: one in five, half of them flows and half backups."""
WARM_UP = 0.2
"""Share of the run after which memory is measured first: caches and pools have filled then."""


def rss_megabytes() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def bombard(count: int, seed: int, folder: Path, tick: Callable[[], None] = lambda: None) -> dict[str, object]:
    """Fire ``count`` payloads; what came of it. The same seed sends the same."""
    rng = Random(seed)
    faults: Counter[str] = Counter()
    first: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    good = good_backup(folder, KEYS)
    early, began = rss_megabytes(), time.monotonic()
    async with target(folder) as site:
        for number in range(count):
            own = Random(rng.random())
            draw = own.random()
            if draw < FILES_SHARE / 2:
                kinds["flow file"] += 1
                found = try_flow_file(own)
            elif draw < FILES_SHARE:
                kinds["backup"] += 1
                found = try_backup(own, good, KEYS, folder)
            else:
                request = hostile(own, number)
                kinds[request.address.partition("?")[0] if request.method == "POST" else "reading"] += 1
                found = await site.fire(request)
            faults.update(found)
            for fault in found:
                first.setdefault(fault, number)
            if number == int(count * WARM_UP):
                early = rss_megabytes()
            tick()
        return {
            "count": count,
            "seed": seed,
            "kinds": dict(sorted(kinds.items())),
            "turns": site.turns,
            "crashes": sum(times for fault, times in faults.items() if fault != "unescaped"),
            "unescaped": faults["unescaped"],
            "words_in_logs": site.log.leaks,
            "faults": {fault: {"times": times, "first": first[fault]} for fault, times in faults.most_common()},
            "memory_mb": {"early": round(early), "late": round(rss_megabytes())},
            "seconds": round(time.monotonic() - began, 1),
        }


def main() -> int:
    """Run, print JSON, and end with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    columns = TextColumn("Hostile payloads"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=options.count)
        result = asyncio.run(bombard(options.count, options.seed, Path(folder), lambda: bar.advance(task)))
    print(json.dumps(result, indent=2, ensure_ascii=False))
    return 1 if result["crashes"] or result["unescaped"] or result["words_in_logs"] else 0


if __name__ == "__main__":
    sys.exit(main())
