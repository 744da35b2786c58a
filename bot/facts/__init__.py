"""The facts registry: every number, date, phone, fee and norm that the bot may say, with its source and its age.

Facts live in ``facts/*.yml``. The registry decides what may be said: a high-confidence fact as it is, a medium one
with the date when it was seen and where to confirm it, a low or expired one never. It imports nothing else of ``bot``.
"""

from __future__ import annotations

from bot.facts.book import FactBook, FactNotSayable, Saying, UnknownFact
from bot.facts.caveat import caveat_line
from bot.facts.errors import FactError, FactFileError
from bot.facts.loader import load_facts, read_facts
from bot.facts.model import Confidence, Confirm, Fact, Kind, PartialDate, Source

__all__ = [
    "Confidence",
    "Confirm",
    "Fact",
    "FactBook",
    "FactError",
    "FactFileError",
    "FactNotSayable",
    "Kind",
    "PartialDate",
    "Saying",
    "Source",
    "UnknownFact",
    "caveat_line",
    "load_facts",
    "read_facts",
]
