"""Amounts of money and dates inside a sentence, as people write them in Colombia and Venezuela.

Amounts get a number ("millón doscientos" is 1,200,000); of dates only the place is found, the engine reads them.
Everything works over ``folding.aligned`` text, so spans are spans of the person's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_UNITS: Final[dict[str, float]] = {
    "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16,
    "diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veinticinco": 25, "treinta": 30,
    "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100,
    "ciento": 100, "doscientos": 200, "doscientas": 200, "trescientos": 300, "cuatrocientos": 400,
    "quinientos": 500, "quinientas": 500, "seiscientos": 600, "setecientos": 700, "ochocientos": 800,
    "novecientos": 900, "medio": 0.5, "media": 0.5,
}  # fmt: skip
_SCALES: Final[dict[str, int]] = {
    "mil": 1_000, "k": 1_000, "luca": 1_000, "lucas": 1_000, "barras": 1_000,
    "millon": 1_000_000, "millones": 1_000_000, "palo": 1_000_000, "palos": 1_000_000, "melones": 1_000_000,
}  # fmt: skip
_CURRENCIES: Final[dict[str, str]] = {
    "peso": "COP", "pesos": "COP", "cop": "COP", "dolar": "USD", "dolares": "USD", "usd": "USD", "euros": "EUR",
    "bolivares": "VES", "bs": "VES",
}  # fmt: skip
_TOKEN: Final = re.compile(r"\d{1,3}(?:[.,']\d{3})+(?!\d)|\d+(?:[.,]\d+)?|[a-z]+|\$")
_GROUPED: Final = re.compile(r"\d{1,3}(?:[.,']\d{3})+")

_MONTH: Final = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
_COUNT: Final = "(?:\\d{1,2}|un|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|quince|veinte)"
_SPAN: Final = "(?:dias?|semanas?|meses|mes|anos?)"
_DATES: Final = re.compile(
    "|".join(
        (
            r"\b\d{1,2}[/-]\d{1,2}(?:[/-](?:\d{4}|\d{2}))?\b",
            rf"\b(?:\d{{1,2}}|primero) (?:de )?{_MONTH}(?: (?:de|del) (?:ano )?\d{{4}})?\b",
            rf"\b(?:(?:principios|mediados|finales) de )?{_MONTH}(?: (?:de|del) (?:ano )?\d{{4}})?\b",
            rf"\b(?:hace|dentro de) {_COUNT} {_SPAN}\b",
            r"\b(?:la (?:semana|quincena) (?:pasada|que viene)|la (?:otra|proxima) semana)\b",
            r"\b(?:el (?:mes|ano) (?:pasado|que viene)|el (?:otro|proximo) (?:mes|ano)|este (?:mes|ano))\b",
            r"\bpasado manana\b|\b(?:hoy|ayer|anteayer|antier|antenoche|anoche)\b",
            r"(?<!la )(?<!esta )\bmanana\b(?! (?:manana|te|le|les)\b)",
            r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b",
            r"\b(?:19[4-9]\d|20[0-4]\d)\b(?! (?:mil|pesos|dolares|lucas))",
        )
    )
)


SMALLEST: Final = 5
"""Under this it is a manner of speaking: "no he visto un peso"."""


@dataclass(frozen=True)
class Amount:
    """A sum of money at ``start:end``; ``currency`` is an ISO code, COP where none is named."""

    start: int
    end: int
    value: int
    currency: str


def find_amounts(aligned: str) -> Iterator[Amount]:
    """The sums in a text; a bare number is no sum, it needs a scale ("mil", "palo") or a currency."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(aligned):
        if run and aligned[run[-1].end() : token.start()].strip():
            yield from _read(run)
            run = []
        if _is_part(token[0], run):
            run.append(token)
            continue
        yield from _read(run)
        run = [token] if _is_part(token[0], []) else []
    yield from _read(run)


def find_dates(aligned: str) -> Iterator[tuple[int, int]]:
    """The places of dates in a text, absolute ("15 de marzo") and relative ("hace dos meses")."""
    for match in _DATES.finditer(aligned):
        yield match.span()


def _is_part(word: str, run: list[re.Match[str]]) -> bool:
    if word == "$":
        return not run
    if word == "y":
        return bool(run)
    if run and run[-1][0] in _CURRENCIES:
        return False
    return word[0].isdigit() or word in _UNITS or word in _SCALES or (bool(run) and word in _CURRENCIES)


def _read(run: list[re.Match[str]]) -> Iterator[Amount]:
    while run and run[-1][0] == "y":
        run = run[:-1]
    words = [token[0] for token in run]
    named = [word for word in words if word in _CURRENCIES or word == "$"]
    scaled = [word for word in words if word in _SCALES]
    counted = [word for word in words if word[0].isdigit() or word in _UNITS]
    if not (named or scaled) or not (counted or (scaled and len(words) > 1) or words[:1] == ["millon"]):
        return
    value = _value([word for word in words if word not in _CURRENCIES and word != "$"])
    if value >= SMALLEST:
        yield Amount(run[0].start(), run[-1].end(), value, _CURRENCIES.get(named[-1], "COP") if named else "COP")


def _value(words: list[str]) -> int:
    total = 0.0
    group = 0.0
    scale = 0
    for word in words:
        if word in _SCALES:
            total += (group or 1) * _SCALES[word]
            group, scale = 0.0, _SCALES[word]
        elif word in ("medio", "media") and scale:
            total += scale / 2  # "palo y medio"
        elif word in _UNITS:
            group += _UNITS[word]
        elif word != "y":
            group += _number(word)
    if scale == 1_000_000 and 100 <= group < 1_000:
        group *= 1_000  # "un millón doscientos"
    return round(total + group)


def _number(digits: str) -> float:
    if _GROUPED.fullmatch(digits):
        return float(re.sub(r"[.,']", "", digits))
    return float(digits.replace(",", "."))
