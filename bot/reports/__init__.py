"""Documents made of the content for people who review it: one HTML file, offline, to read, print and sign."""

from __future__ import annotations

from bot.reports.document import content_report

__all__ = ["content_report"]
