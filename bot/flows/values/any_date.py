"""The last resort for dates: ``dateparser`` for the absolute forms that our own patterns do not know.

It is imported at the first need, because that takes longer than reading a thousand answers. Its relative readings are
left out: they would take "12" or "3 meses" for a day.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from bot.flows.values.tongues import tongue

_LONGEST = 60
_KNOWN = {"es", "en", "fr", "pt"}


def parse_any_date(text: str, today: date, language: str) -> date | None:
    """The day of an absolute date such as ``"Fri, 15 Mar 2024 10:00"``; None if it is none, or has no day and month."""
    if len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return None
    import dateparser

    own = tongue(language).code
    languages = [code for code in (own, "es") if code in _KNOWN]
    settings: dict[str, Any] = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 (dateparser wants it naive)
        "REQUIRE_PARTS": ["day", "month"],
        "PARSERS": ["absolute-time"],
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        parsed = dateparser.parse(text, languages=list(dict.fromkeys(languages)), settings=settings)
    except (ValueError, OverflowError):
        return None
    return None if parsed is None else parsed.date()
