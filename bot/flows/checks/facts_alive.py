"""Every fact that a text names is known and may be said today; every number in a text is a fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.facts import FactNotSayable, UnknownFact
from bot.flows.checks.texts import texts_of
from bot.flows.errors import Fault
from bot.flows.model import Place
from bot.flows.render import PLACEHOLDER, facts_in
from bot.flows.turn import World

# What looks like a number a person could act on; names of papers that carry a digit are none.
_NUMBER = re.compile(r"\d[\d.,]*")
_NAMES = re.compile(r"\bSC-2\b|\bSC2\b|^\s*\d+[.)]\s", re.MULTILINE)
_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def check_facts(world: World) -> Iterator[Fault]:
    """Facts that are unknown, doubtful, expired or not valid yet, and braces that would be said as they stand."""
    for text in texts_of(world.flows):
        stray = _BRACES.search(PLACEHOLDER.sub("", text.text))
        if stray:
            fault = f"{stray[0][:40]!r} is no placeholder and would be said as it stands"
            mend = "Write {fact:id}, {fact:id.url} or {slot:name}, without spaces"
            yield Fault("bad_placeholder", text.place, text.where, fault, mend)
        for kind, name, _ in PLACEHOLDER.findall(text.text):
            if kind == "slot" and name not in world.flows.slots:
                yield Fault("unknown_slot", text.place, text.where, f"there is no slot {name!r}", "Mend the name")
        for fact_id in facts_in(text.text):
            yield from _check(world, fact_id, text.place.file, text.place.line, text.where)
    for card in world.flows.cards.values():
        for fact_id in card.facts:
            yield from _check(world, fact_id, card.place.file, card.place.line, f"card {card.id}")
    for partner in world.flows.partners.values():
        yield from _check(world, partner.url_fact, partner.place.file, partner.place.line, f"partner {partner.id}")


def _check(world: World, fact_id: str, file: str, line: int, where: str) -> Iterator[Fault]:
    place = Place(file, line)
    try:
        world.facts.say(fact_id, world.today)
    except UnknownFact as error:
        mend = f"Did you mean {error.nearest!r}?" if error.nearest else "Add it under facts/, with its source"
        yield Fault("unknown_fact", place, where, f"there is no fact {fact_id!r}", mend)
    except FactNotSayable as error:
        mend = {
            "low_confidence": "Find a better source, or point to the official site instead",
            "expired": "Look up the new value and mend it in facts/",
            "not_yet_valid": "Use it from the day when it is valid",
        }[error.code]
        yield Fault(f"fact_{error.code}", place, where, f"fact {fact_id!r} must not be said: {error.code}", mend)


def check_numbers(world: World) -> Iterator[Fault]:
    """Numbers typed by hand."""
    for text in texts_of(world.flows):
        bare = _NAMES.sub(" ", PLACEHOLDER.sub(" ", text.text))
        found = _NUMBER.search(bare)
        if found and text.kind != "slot":
            mend = "Write it as {fact:…}, so that it has a source and a date"
            yield Fault("typed_number", text.place, text.where, f"the number {found[0]!r} is typed by hand", mend)
