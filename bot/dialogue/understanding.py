"""Between Rasa's parse of a message and the engine's :class:`~bot.flows.turn.Turn`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.flows.turn import Danger, Turn, Understanding
from bot.messages import Inbound

NOT_PARSED: Mapping[str, Any] = {"intent": {"name": None, "confidence": 0.0}, "entities": []}
"""``parse_data`` of a message that skips the NLU graph: taps, global words, exact answers."""


def turn_of(inbound: Inbound, parse_data: Mapping[str, Any]) -> Turn:
    """The engine's turn for an inbound message and what the NLU read in it."""
    return Turn(
        kind=inbound.kind,
        text=inbound.text,
        payload=inbound.payload,
        media=inbound.media,
        language_hint=inbound.language_hint,
        understanding=understanding_of(parse_data),
    )


def outcome_of(understanding: Understanding) -> str:
    """One word for what the NLU made of a message, for metrics: no topic, nothing of what was written."""
    if understanding.danger is not None:
        return "danger"
    if understanding.out_of_scope:
        return "out_of_scope"
    if understanding.ambiguous:
        return "ambiguous"
    return "topic" if understanding.intent else "skipped"


def understanding_of(parse_data: Mapping[str, Any]) -> Understanding:
    """Read the output properties of our NLU components (see ``bot/dialogue/nlu``)."""
    intent = parse_data.get("intent") or {}
    read = parse_data.get("understanding") or {}
    danger = parse_data.get("danger")
    return Understanding(
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        out_of_scope=bool(read.get("oos", False)),
        ambiguous=tuple(read.get("ambiguous") or ()),
        entities={e["entity"]: str(e.get("value", "")) for e in parse_data.get("entities") or []},
        danger=Danger(danger["kind"], danger["certainty"]) if danger else None,
        language=parse_data.get("language") or "",
        also=tuple(read.get("also") or ()),
    )
