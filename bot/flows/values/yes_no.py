"""Yes and no, in all five languages at once: people mix them, and no word of one says the opposite in another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.flows.folding import fold
from bot.flows.values.tongues import ALL
from bot.flows.values.whole_words import has_phrase

_MOST_WORDS = 14
_MIN_TYPO = 5
_LONGEST_OPENER = 5
_CLEAR_OPENING = re.compile(r"^\W*(?:(?:s[ií]|no|n[aã]o)\s*[,.;!:]|sí(?!\w))", re.IGNORECASE)
"""A comma, or the accent of "sí", tells a yes or no from the first word of another sentence."""
_REPEATED = re.compile(r"\b(\w+)(?: \1\b)+")
_HESITATION = re.compile(r"^(?:(?:pues|bueno|ay|ah|eh|em|mm|hola|buenas|y|o sea|well|eh bien|bom) )+(?=\w)")
_POLITE = re.compile(
    r"(?: (?:gracias|muchas gracias|por favor|porfa|porfavor|senor|senora|senorita|sr|sra|amigo|amiga|parce|pana|chamo"
    r"|chama|mi amor|mijo|mija|vale|pues|hermano|thanks|thank you|please|merci|mesi|obrigado|obrigada|souple))+$"
)
_THUMBS_UP, _THUMBS_DOWN = frozenset("👍✅👌✔"), frozenset("👎❌✖🚫")
_YES_AGAIN = ("si", "sim", "oui", "wi", "yes")
_NO_AGAIN = ("no", "non", "nao", "not", "nunca", "jamas", "never")


def read_boolean(text: str) -> bool | None:
    """Yes or no; None for "no sé", "si Dios quiere", a question, or a sentence that says both or neither."""
    folded = _REPEATED.sub(r"\1", fold(text))
    if not folded:
        return _read_thumbs(text)
    words = _words()
    if "?" in text or "¿" in text or folded.count(" ") >= _MOST_WORDS or has_phrase(folded, words.unsure):
        return None
    for short in (folded, _POLITE.sub("", folded), _HESITATION.sub("", _POLITE.sub("", folded))):
        if short in words.yes or short in words.no:
            return short in words.yes
    opened = _read_opening(_HESITATION.sub("", folded), bool(_CLEAR_OPENING.match(text)), words)
    return _read_typo(folded, words) if opened is None else opened


@dataclass(frozen=True, slots=True)
class _Words:
    """The tables of all languages as one."""

    yes: frozenset[str]
    no: frozenset[str]
    unsure: frozenset[str]
    questions: frozenset[str]
    yes_openers: Mapping[str, frozenset[str]]
    no_openers: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    yes_openers = _merged(tongue.yes_openers for tongue in ALL)
    no_openers = _merged(tongue.no_openers for tongue in ALL)
    return _Words(
        yes=frozenset(yes_openers).union(*(tongue.yes for tongue in ALL)),
        no=frozenset(no_openers).union(*(tongue.no for tongue in ALL)),
        unsure=frozenset().union(*(tongue.unsure for tongue in ALL)),
        questions=frozenset().union(*(tongue.questions for tongue in ALL)),
        yes_openers=yes_openers,
        no_openers=no_openers,
    )


def _merged(tables: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    """One table of openers; a word that several languages open with takes the followers of all."""
    merged: dict[str, frozenset[str]] = {}
    for table in tables:
        for phrase, followers in table.items():
            merged[phrase] = merged.get(phrase, frozenset()) | followers
    return merged


def _read_opening(folded: str, clear: bool, words: _Words) -> bool | None:
    spoken = folded.split()
    for length in range(min(_LONGEST_OPENER, len(spoken) - 1), 0, -1):
        opener, rest = " ".join(spoken[:length]), spoken[length:]
        followers = words.yes_openers.get(opener, words.no_openers.get(opener))
        if followers is None:
            continue
        if followers and rest[0] not in followers and not clear:
            return None
        answer = opener in words.yes_openers
        opposite = _NO_AGAIN if answer else _YES_AGAIN
        if has_phrase(" ".join(rest), words.questions) or has_phrase(" ".join(rest), opposite):
            return None
        return answer
    return None


def _read_typo(folded: str, words: _Words) -> bool | None:
    if len(folded) < _MIN_TYPO or not folded.isalpha():
        return None
    near = {
        known in words.yes
        for known in words.yes | words.no
        if len(known) >= _MIN_TYPO and DamerauLevenshtein.distance(folded, known, score_cutoff=1) <= 1
    }
    return near.pop() if len(near) == 1 else None


def _read_thumbs(text: str) -> bool | None:
    up, down = not _THUMBS_UP.isdisjoint(text), not _THUMBS_DOWN.isdisjoint(text)
    return None if up == down else up
