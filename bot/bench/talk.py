"""What both sides of the conversation benchmark say, and how they report."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

TEXTS = (
    "perdi mi ppt q hago",
    "y cuanto cuesta la cedula de extranjeria?",
    "tengo un bebe q nacio aqui y no se como registrarlo",
    "me da miedo volver a mi pais",
    "gracias mi amor",
)
PAGE = os.sysconf("SC_PAGE_SIZE")

Send = Callable[[bool, int], Awaitable[float]]
"""Send one message (a tap where the flag is true, else free text number so-and-so); gives the turn's milliseconds."""


def memory_mb() -> float:
    """Resident memory of this process now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


async def sample(send: Send, samples: int) -> tuple[list[float], list[float]]:
    """Milliseconds of so many taps and so many free texts, in turn."""
    taps: list[float] = []
    texts: list[float] = []
    for number in range(samples):
        for tap, times in ((True, taps), (False, texts)):
            times.append(await send(tap, number))
    return taps, texts


def report(points: Sequence[dict[str, object]], memory: float, load: float) -> None:
    """Print the result as one JSON line, the last of the output."""
    print(json.dumps({"points": points, "memory_mb": memory, "load_s": load}))
