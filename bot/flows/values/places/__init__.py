"""Colombia's municipalities: their DIVIPOLA codes found in what people write."""

from __future__ import annotations

from bot.flows.values.places.atlas import Municipality, by_code
from bot.flows.values.places.names import CAPITAL_DISTRICT
from bot.flows.values.places.reading import municipality_candidates, read_municipality

__all__ = ["Municipality", "by_code", "municipality_candidates", "read_municipality", "show_municipality"]


def show_municipality(code: str) -> str:
    """``"Maicao (La Guajira)"``; a code that is none is given back."""
    found = by_code(code)
    if found is None:
        return code
    return found.name if code == CAPITAL_DISTRICT else f"{found.name} ({found.department})"
