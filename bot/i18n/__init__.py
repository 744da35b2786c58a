"""Languages and catalogues: from the Spanish source text to what a person reads in their own language."""

from __future__ import annotations

from bot.i18n.catalogues import Catalogues

__all__ = ["Catalogues"]
