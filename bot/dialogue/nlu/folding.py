"""Folding of free text before it is understood: what a phone's keyboard does to Spanish is undone.

Two forms come out. :func:`fold` keeps accents and punctuation and is what the sentence encoder reads.
:func:`bare` keeps letters and digits only, without accents, and is what n-grams and the danger lexicon read.
:func:`aligned` changes no length, so that a span found in it is a span of the person's own text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Only forms that mean one thing in a chat in Spanish and nothing in the other languages ("pa", "d", "x" are left
# to the classifier, which sees them in its training data).
ABBREVIATIONS: Final[dict[str, str]] = {
    "q": "que",
    "k": "que",
    "ke": "que",
    "qe": "que",
    "xq": "porque",
    "xk": "porque",
    "pq": "porque",
    "porq": "porque",
    "xque": "porque",
    "pqe": "porque",
    "aunq": "aunque",
    "xfa": "por favor",
    "xfis": "por favor",
    "pfa": "por favor",
    "porfa": "por favor",
    "xfavor": "por favor",
    "tb": "también",
    "tbn": "también",
    "tmb": "también",
    "tbm": "también",
    "tambn": "también",
    "tngo": "tengo",
    "tng": "tengo",
    "stoy": "estoy",
    "toy": "estoy",
    "bn": "bien",
    "dnd": "dónde",
    "cmo": "cómo",
    "qn": "quién",
    "kien": "quién",
    "qien": "quién",
    "aki": "aquí",
    "aqi": "aquí",
    "kiero": "quiero",
    "qiero": "quiero",
    "qero": "quiero",
    "kero": "quiero",
    "ksa": "casa",
    "trbajo": "trabajo",
    "trab": "trabajo",
    "msj": "mensaje",
    "msje": "mensaje",
    "grax": "gracias",
    "grs": "gracias",
    "slds": "saludos",
    "nmero": "número",
    "tlf": "teléfono",
    "tlfno": "teléfono",
    "dcto": "documento",
    "dctos": "documentos",
    "docto": "documento",
    "hno": "hermano",
    "hna": "hermana",
    "nd": "nada",
    "nda": "nada",
    "mñn": "mañana",
    "pasaport": "pasaporte",
    "benezuela": "venezuela",
    "vzla": "venezuela",
    "vnzla": "venezuela",
    "bnzla": "venezuela",
}

# The pictures that carry the meaning of a whole message; the others reach the encoder as they are.
PICTURES: Final[dict[str, str]] = {
    "🆘": " auxilio ",
    "👍": " sí 👍 ",
    "👌": " sí 👌 ",
    "✅": " sí ✅ ",
    "👎": " no 👎 ",
    "❌": " no ❌ ",
    "🙏": " por favor 🙏 ",
    "👋": " hola 👋 ",
    "🔙": " atrás ",
    "🛑": " parar ",
}

_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "`": "'"})
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED_MARKS: Final = re.compile(r"([!?¿¡.,…\-])\1+")
_LAUGHTER: Final = re.compile(
    r"\b(?:(?:j+[aeiou]+){2,}j*|(?:h+[ae]+){2,}h*|k{3,}|(?:rs){2,}|lo+l+|lma+o+|p?t?mdr+|ptdr+)\b"  # of five languages
)
_WORD: Final = re.compile(r"[^\W_]+")
_NOT_BARE: Final = re.compile(r"[^0-9a-z]+")
MAX_CHARACTERS: Final = 2000
"""Longer messages are read up to here: Telegram allows 4,096, and what a person wants stands at the beginning."""


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case, abbreviations written out, stretched letters and repeated marks cut, single spaces.

    ``"Holaaaa!!! tngo q   sacar el PPT"`` → ``"hola! tengo que sacar el ppt"``. Accents stay.
    """
    shown = unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).translate(_QUOTES)
    shown = _INVISIBLE.sub("", shown).replace("\x00", " ")
    for picture, words in PICTURES.items():
        shown = shown.replace(picture, words)
    shown = _LAUGHTER.sub("jaja", shown.lower())  # before letters are cut: "kkk" laughs, "k" is "que"
    shown = _STRETCHED.sub(r"\1", shown)
    shown = _REPEATED_MARKS.sub(r"\1", shown)
    shown = _WORD.sub(_written_out, shown)
    return " ".join(shown.split())


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """:func:`fold` without accents and marks: ``"¿Cómo  está, señora?"`` → ``"como esta senora"``."""
    return " ".join(_NOT_BARE.sub(" ", unaccented(fold(text))).split())


def unaccented(text: str) -> str:
    """The text in lower case without accents and cedillas; ñ becomes n, as on keyboards that lack it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


def aligned(text: str) -> str:
    """Lower case without accents, each character in its place: ``len(aligned(text)) == len(text)``."""
    return "".join(_aligned_character(char) for char in text)


def _written_out(word: re.Match[str]) -> str:
    found = word[0]
    if found == "k" and word.string[: word.start()].rstrip()[-1:].isdigit():
        return "mil"  # "20 k" is an amount
    return ABBREVIATIONS.get(found, found)


def _aligned_character(char: str) -> str:
    plain = unaccented(char)
    return plain if len(plain) == 1 else (char if not unicodedata.combining(char) else " ")
