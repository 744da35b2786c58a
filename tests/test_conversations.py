"""The golden conversations say today what they said when they were read and found good."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.conversations.golden import EXPECTED, files, replay, rewrite


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_conversation_goes_as_it_was_read_and_found_good(path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite-conversations", default=False):
        rewrite(path)
    played = replay(path)
    if played.expected != played.actual:
        diff = "\n".join(difflib.unified_diff(played.expected, played.actual, "expected", "today", lineterm="", n=4))
        pytest.fail(
            f"{path.name} goes another way. If that is right: pytest --rewrite-conversations\n\n{diff}", pytrace=False
        )


@pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_rewriting_touches_nothing_but_the_replies(path: Path, tmp_path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    spoilt = tmp_path / path.name
    spoilt.write_text(_without_replies(source), encoding="utf-8")
    rewrite(spoilt)
    once = spoilt.read_text(encoding="utf-8")
    assert _without_replies(once) == _without_replies(source)
    assert replay(spoilt).expected == replay(spoilt).actual
    rewrite(spoilt)
    assert spoilt.read_text(encoding="utf-8") == once


def _without_replies(text: str) -> str:
    """What a person typed into the file: comments, titles, turns."""
    kept: list[str] = []
    skipping = False
    for line in text.splitlines():
        deeper = line.startswith("      ") or not line.strip()
        skipping = (skipping and deeper) or line.startswith(tuple(f"    {name}:" for name in EXPECTED))
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n"
