"""One good invented fact, to be spoilt one field at a time, and the folder in which it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD: dict[str, str] = {
    "research": "REG-06",
    "claim": "Fee of a blue card",
    "kind": "amount",
    "value": "20000",
    "unit": "COP",
    "say": '"20.000 pesos"',
    "source": '{org: Oficina Azul, url: "https://azul.example.org/fees", date: "2026-02"}',
    "confirm_at": '{name: Oficina Azul, url: "https://azul.example.org"}',
    "confidence": "medium",
    "expires": "2026-12-31",
    "review_by": "2027-01-31",
}
"""Field by field as YAML text. ``research`` is on line 4, the others follow in this order."""

Lines = Callable[..., str]


def fact_lines(fact_id: str = "blue_card_fee", **changes: str | None) -> str:
    """The good fact as YAML with fields changed, added or (None) taken away."""
    fields = {**GOOD, **changes}
    rows = [f"    {key}: {text}" for key, text in fields.items() if text is not None]
    return "\n".join([f"  {fact_id}:", *rows]) + "\n"


@pytest.fixture
def lines() -> Lines:
    return fact_lines


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Writes fact files: each keyword is a file's name and the lines of its facts."""

    def write(**files: str) -> Path:
        for name, facts in files.items():
            (tmp_path / f"{name}.yml").write_text(f"version: 1\nfacts:\n{facts}", encoding="utf-8")
        return tmp_path

    return write
