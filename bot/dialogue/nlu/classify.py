"""One message understood, in the terms of the topics: what ``amable nlu classify`` prints and the dialogue reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.dialogue.nlu.vocabulary import CRISIS_PREFIX, DANGER, LANGUAGE, OUT_OF_SCOPE, UNDERSTANDING, topic_of


class Parser(Protocol):
    """The part of Rasa's ``Agent`` that is needed here."""

    async def parse_message(self, message_data: str) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Classification:
    """What one message was understood as; the fields are those of ``amable nlu classify``, in its order.

    ``topic`` is ``oos`` where the intent must not be acted upon; ``intent`` stays what was ranked first. Where the
    danger layer is sure, its kind takes the place of both: danger comes first. ``language`` is "" where nobody could
    tell.
    """

    text: str
    topic: str
    intent: str
    confidence: float
    language: str


async def classify(agent: Parser, text: str) -> Classification:
    """Understands one message through the loaded agent's NLU part. A message without words is out of scope."""
    if not text.strip():
        return from_parse({"text": text})
    return from_parse(await agent.parse_message(text))


def from_parse(parsed: Mapping[str, Any]) -> Classification:
    """Reads what the pipeline put into Rasa's parse data; a missing part reads as "not understood"."""
    intent = str((parsed.get("intent") or {}).get("name") or OUT_OF_SCOPE)
    understanding: Mapping[str, Any] = parsed.get(UNDERSTANDING) or {}
    topic = OUT_OF_SCOPE if understanding.get("oos", True) else topic_of(intent)
    confidence = float(understanding.get("confidence", 0.0))
    danger: Mapping[str, Any] = parsed.get(DANGER) or {}
    if danger.get("certainty") == "sure":
        intent = f"{CRISIS_PREFIX}{danger['kind']}"
        topic, confidence = topic_of(intent), float(danger["probability"])
    return Classification(
        text=str(parsed.get("text", "")),
        topic=topic,
        intent=intent,
        confidence=confidence,
        language=str(parsed.get(LANGUAGE) or ""),
    )
