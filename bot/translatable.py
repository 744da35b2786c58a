"""Marks a Spanish text where it is written, so that extraction finds it; it is translated when it is said."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  gettext's own name for it; Babel extracts it by default
    """The text itself. ``# L10n: …`` on the line before is shown to translators."""
    return text
