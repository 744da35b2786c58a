"""Which words of a text are names of places: municipalities, departments, places abroad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.flows.values.places.atlas import Atlas
from bot.flows.values.places.names import NOT_HERE

_BETWEEN = frozenset("de del en departamento depto dpto estado d".split())
"""Words between a municipality and its department."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A name of a place, at the words ``start`` up to ``end``. Sucre is a municipality and a department."""

    name: str
    start: int
    end: int
    codes: tuple[str, ...]
    """Municipalities of that name."""
    department: str
    """Code of the department of that name, or nothing; once :func:`paired`, of the one said beside a municipality."""
    abroad: bool
    bare: bool
    """Whether the name lacks its article."""


def spots(words: Sequence[str], book: Atlas) -> list[Spot]:
    """The longest names that the words hold, from left to right."""
    found: list[Spot] = []
    position = 0
    while position < len(words):
        spot = _spot_at(words, position, book)
        if spot is None:
            position += 1
        else:
            found.append(spot)
            position = spot.end
    return found


def _spot_at(words: Sequence[str], start: int, book: Atlas) -> Spot | None:
    for end in range(min(start + book.longest, len(words)), start, -1):
        name = " ".join(words[start:end])
        abroad = name in NOT_HERE
        codes = book.names.get(name, ())
        bare = () if codes else book.bare.get(name, ())
        department = book.departments.get(name, "")
        if abroad or codes or bare or department:
            return Spot(name, start, end, codes or bare, department, abroad, bool(bare))
    return None


def paired(found: Sequence[Spot], words: Sequence[str]) -> list[Spot]:
    """The municipalities among the spots, each with the department that is said with it.

    What lies abroad goes ("San Antonio del Táchira"), and departments that stand with no municipality.
    """
    spoken = list(found)
    municipalities: list[Spot] = []
    while spoken:
        spot = spoken.pop(0)
        following = spoken[0] if spoken and _adjacent(spot, spoken[0], words) else None
        if spot.abroad:
            continue
        if following is not None and following.abroad:
            spoken.pop(0)
        elif following is not None and _lies_in(spot, following):
            municipalities.append(replace(spot, department=following.department, end=following.end))
            spoken.pop(0)
        elif following is not None and _lies_in(following, spot):
            municipalities.append(replace(following, department=spot.department, start=spot.start))
            spoken.pop(0)
        elif spot.codes:
            municipalities.append(replace(spot, department=""))
    return _with_lone_department(municipalities, found)


def _adjacent(first: Spot, second: Spot, words: Sequence[str]) -> bool:
    return _BETWEEN.issuperset(words[first.end : second.start])


def _lies_in(place: Spot, area: Spot) -> bool:
    """Whether one spot is a municipality and the other its department, or surely meant to be."""
    if not place.codes or not area.department:
        return False
    return not area.codes or any(code.startswith(area.department) for code in place.codes)


def _with_lone_department(municipalities: list[Spot], found: Sequence[Spot]) -> list[Spot]:
    """One municipality and, elsewhere in the sentence, one department: they belong together."""
    departments = {spot.department for spot in found if spot.department and not spot.codes}
    if len(municipalities) == 1 and not municipalities[0].department and len(departments) == 1:
        return [replace(municipalities[0], department=departments.pop())]
    return municipalities
