"""Messages that nobody tuned on: ``tests/nlu/heldout_*.yml``, by other hands without sight of the training data.

For measuring only. A file belongs to the language that its name ends with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class HeldOut:
    """The messages of one language: each with its topic, and harmless ones that only sound dangerous."""

    language: str
    messages: tuple[tuple[str, str], ...]
    """(text, topic)"""
    harmless: tuple[str, ...]


def read_held_out(folder: Path, language: str) -> HeldOut:
    """All files of a language. Empty where there is none. Raises ``ValueError`` for a file of another shape."""
    messages: list[tuple[str, str]] = []
    harmless: list[str] = []
    for path in sorted(folder.glob(f"heldout_*{language}.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = content.get("messages") if isinstance(content, dict) else None
        if not isinstance(rows, list):
            raise ValueError(f"{path}: expected the key messages with a list")
        for row in rows:
            if isinstance(row, str):
                harmless.append(row)
            else:
                messages.append((str(row["text"]), str(row["topic"])))
    return HeldOut(language, tuple(messages), tuple(harmless))


def held_out_languages(folder: Path) -> tuple[str, ...]:
    """The languages that there are files for."""
    return tuple(sorted({path.stem.rpartition("_")[2] for path in folder.glob("heldout_*.yml")}))
