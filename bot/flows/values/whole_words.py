"""Looking for whole words in a folded text."""

from __future__ import annotations

from collections.abc import Iterable


def has_phrase(folded: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in the text as whole words."""
    padded = f" {folded} "
    return any(f" {phrase} " in padded for phrase in phrases)
