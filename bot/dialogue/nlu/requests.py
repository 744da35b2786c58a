"""Two requests in one message ("perdí el PPT y además quiero saber de la visa"): splitting it, and judging the parts.

A false split is worse than a miss: it makes a person wait through a route that they never asked for. So a message is
cut only where people begin something new, and the parts count only where each is surely of a topic of its own.
A sure danger in any part is danger. A doubt counts only in the whole message: a part alone lacks what would clear it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.dialogue.nlu.vocabulary import CRISIS_PREFIX, DANGER, OUT_OF_SCOPE, UNDERSTANDING

LEAST_WORDS: Final = 6
PART_WORDS: Final = 3
MOST_PARTS: Final = 4
"""A message of more parts is a story; its topic is what the whole of it is about."""
SURE: Final = 0.7
"""Calibrated probability from which a part counts; what it leads to is measured in ``tests/nlu/test_quality.py``."""
NEAR: Final = 6
"""Both topics must stand among the first so many of the whole message."""
NO_TOPIC: Final = (CRISIS_PREFIX, "meta_", OUT_OF_SCOPE)

_SAYS_MORE: Final = (
    r"y (?:tambi[eé]n|adem[aá]s|aparte|de paso|otra cosa|otra pregunta|por otro lado)|adem[aá]s|aparte de eso|aparte"
    r"|otra cosa|otra pregunta|por otro lado|tambi[eé]n|tmb|tb|tbn|tbm|y tmb|y tb|y tbn|y tbm|de paso"
)
_BEGINS: Final = (
    r"quiero|quisiera|quer[ií]a|necesito|nesecito|nesesito|nececito|kiero|busco|tengo|c[oó]mo|komo|d[oó]nde|qu[eé]|q|k"
    r"|cu[aá]nto|cu[aá]ndo|mi|me|se me|ay[uú]dame|para|pa|perd[ií]|si"
)
_PLACES: Final = re.compile(
    rf"[.!?;\n]+\s*|(?:,\s*|\s+)(?:{_SAYS_MORE})[\s,]+|,?\s+(?:y|e|i)\s+(?=(?:{_BEGINS})\s)", re.IGNORECASE
)


def split_requests(text: str) -> tuple[str, ...]:
    """The parts of a message that may each want something; empty where it is all one."""
    if len(text.split()) < LEAST_WORDS:
        return ()
    parts: list[str] = []
    short = ""
    for piece in _PLACES.split(text):
        words = f"{short} {piece}".strip()
        if len(words.split()) < PART_WORDS:
            short = words
            continue
        parts.append(words)
        short = ""
    if short and parts:
        parts[-1] = f"{parts[-1]} {short}"
    return tuple(parts) if 2 <= len(parts) <= MOST_PARTS else ()


def joined(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The parse of a message, with the other requests in ``understanding.also``, or with its danger."""
    read = dict(whole)
    danger = _worst([whole, *parts])
    if danger is not None:
        read[DANGER] = danger
        return read
    topics = list(dict.fromkeys(name for part in parts if (name := sure_topic(part))))
    if len(topics) < 2 or not set(topics) <= set(_first(whole)):
        return read
    own = _own(whole)
    # What the message is about as a whole comes first where it is one of the two; else what was said first.
    first = own if own in topics else topics[0]
    chances = [float((part.get(UNDERSTANDING) or {}).get("confidence", 0.0)) for part in parts]
    read["intent"] = {**(whole.get("intent") or {}), "name": first, "confidence": max(chances)}
    read[UNDERSTANDING] = {
        **(whole.get(UNDERSTANDING) or {}),
        "oos": False,
        "ambiguous": [],
        "also": [name for name in topics if name != first],
    }
    return read


def sure_topic(parsed: Mapping[str, Any]) -> str:
    """The topic that a part is surely about; empty for courtesy, commands, danger, and what is out of scope."""
    name = _own(parsed)
    understanding: Mapping[str, Any] = parsed.get(UNDERSTANDING) or {}
    unsure = understanding.get("oos", True) or understanding.get("ambiguous")
    if not name or name.startswith(NO_TOPIC) or unsure or float(understanding.get("confidence", 0.0)) < SURE:
        return ""
    return name


def _own(parsed: Mapping[str, Any]) -> str:
    return str((parsed.get("intent") or {}).get("name") or "")


def _first(parsed: Mapping[str, Any]) -> list[str]:
    return [str(row["name"]) for row in (parsed.get("intent_ranking") or [])[:NEAR]]


def _worst(parsed: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """A sure danger, that of the whole message before that of a part; else the whole message's doubt."""
    found: list[Mapping[str, Any]] = [danger for each in parsed if (danger := each.get(DANGER))]
    sure = next((danger for danger in found if danger.get("certainty") == "sure"), None)
    return sure if sure is not None else parsed[0].get(DANGER)
