"""Folding what people write, so that case, accents, punctuation and stretched letters do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STRETCHED = re.compile(r"(.)\1{2,}")
_NOT_WORD = re.compile(r"[^0-9a-z+/.,:-]+")
_EDGES = re.compile(r"(?<![0-9])[.,:/-]+|[.,:/-]+(?![0-9])")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no accents, no punctuation but inside numbers, stretched letters cut, single spaces.

    ``"¡¡Holaaaa, ¿cómo  estás?"`` → ``"hola como estas"``; ``"15/03/2024"`` and ``"1.500"`` stay.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = _NOT_WORD.sub(" ", plain)
    plain = _EDGES.sub(" ", plain)
    plain = _STRETCHED.sub(lambda match: match[1] if not match[1].isdigit() else match[0], plain)
    return " ".join(plain.split())


def begin_sentence(text: str) -> str:
    """The text with a capital first letter; ``str.capitalize`` would make "PPT" small."""
    return text[:1].upper() + text[1:]
