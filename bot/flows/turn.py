"""What the engine is given: the turn of a person, and the world it happens in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.facts import FactBook
from bot.flows.model import FlowSet

TurnKind = Literal["text", "tap", "media", "edited", "start", "fire"]


@dataclass(frozen=True, slots=True)
class Danger:
    """What the danger layer found in a message. ``unsure`` asks a soft check question, ``sure`` answers at once."""

    kind: Literal["violence", "suicide", "trafficking", "child_risk"]
    certainty: Literal["sure", "unsure"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the NLU read in a free text. Everything is empty for taps and exact options, which skip the NLU."""

    intent: str = ""
    confidence: float = 0.0
    out_of_scope: bool = False
    ambiguous: tuple[str, ...] = ()
    """Two or three near topics that cannot be told apart: they are asked, not guessed."""
    entities: Mapping[str, str] = field(default_factory=dict)
    danger: Danger | None = None
    language: str = ""
    also: tuple[str, ...] = ()
    """Other topics that the same message asks for, as sure as the first."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a person. ``payload`` is a tapped button's data, a deep link or the flow of a check-in."""

    kind: TurnKind
    text: str = ""
    payload: str = ""
    media: str = ""
    language_hint: str = ""
    understanding: Understanding = field(default_factory=Understanding)


@dataclass(frozen=True, slots=True)
class World:
    """What is true outside the conversation: the flows it is pinned to, the facts, the day, the catalogues."""

    flows: FlowSet
    facts: FactBook
    today: date
    translate: Callable[[str, str], str] = lambda _language, text: text
    """(language, Spanish source text) → text in that language; the source text where there is none."""
    languages: tuple[str, ...] = ("es",)
    """Languages whose catalogues are released; another one is not promised to a person."""
    language_names: Mapping[str, str] = field(default_factory=dict)
    """What each language calls itself."""
