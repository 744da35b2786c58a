"""Catalogues, languages, plural and date formats. Spanish is the source; a missing translation falls back to it."""

from __future__ import annotations

from bot.i18n.catalogues import SOURCE, Catalogues

__all__ = ["SOURCE", "Catalogues"]
