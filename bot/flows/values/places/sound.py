"""How a Spanish name sounds in Latin America, so that spelling by ear still finds it ("vogota", "kukuta", "soledá")."""

from __future__ import annotations

import re

_RULES = (
    (re.compile(r"ch"), "1"),
    (re.compile(r"qu(?=[ei])|q|c(?![ei])|k"), "k"),
    (re.compile(r"c|z|x"), "s"),
    (re.compile(r"gu(?=[ei])"), "2"),
    (re.compile(r"g(?=[ei])"), "j"),
    (re.compile(r"2"), "g"),
    (re.compile(r"v"), "b"),
    (re.compile(r"ll|y"), "i"),
    (re.compile(r"h"), ""),
    (re.compile(r"n(?=[bp])"), "m"),
    (re.compile(r"[dt](?= |$)"), ""),
    (re.compile(r" "), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def sound(folded: str) -> str:
    """A key that spellings of the same sound share; spaces do not count ("dos quebradas")."""
    for pattern, heard in _RULES:
        folded = pattern.sub(heard, folded)
    return folded
