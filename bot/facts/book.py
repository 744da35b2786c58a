"""The book of facts: look one up, and say it only as far as it can be trusted today."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.facts.model import Confidence, Confirm, Fact, PartialDate
from bot.facts.past import past_year, with_year
from bot.facts.wording import ShowNumber, Translate, message_id, same, seen_words, spanish_number, spoken

Refusal = Literal["low_confidence", "expired", "not_yet_valid"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A fact as it may be said today.

    ``text`` goes into the message. Where ``caveat`` is true the message must end with :func:`bot.facts.caveat_line` of
    its sayings. ``seen`` tells the month when the fact was seen, in the person's language (empty: unknown).
    """

    fact_id: str
    text: str
    caveat: bool
    seen: str
    seen_on: PartialDate | None
    confirm: Confirm


class FactUseError(Exception):
    """A fact was asked for that cannot be given."""


class UnknownFact(FactUseError):
    """No fact has this id. The message names the nearest id, for the editor."""

    def __init__(self, fact_id: str, nearest: str | None) -> None:
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        super().__init__(f"no fact is called {fact_id!r}.{hint}")
        self.fact_id = fact_id
        self.nearest = nearest


class FactNotSayable(FactUseError):
    """The fact exists but must not be said. ``code``: ``low_confidence``, ``expired`` or ``not_yet_valid``.

    ``confirm`` is where a person finds the answer, for a caller that wants to point there instead.
    """

    def __init__(self, fact_id: str, code: Refusal, confirm: Confirm) -> None:
        super().__init__(f"fact {fact_id!r} must not be said: {code}")
        self.fact_id = fact_id
        self.code: Refusal = code
        self.confirm = confirm


class FactBook:
    """All facts by id, in the order of their files. Ids are unique: the loader saw to it."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = {fact.id: fact for fact in facts}

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def __contains__(self, fact_id: object) -> bool:
        return fact_id in self._facts

    def get(self, fact_id: str) -> Fact:
        """The fact of this id. Raises :class:`UnknownFact`."""
        fact = self._facts.get(fact_id)
        if fact is None:
            nearest = difflib.get_close_matches(fact_id, self._facts, n=1)
            raise UnknownFact(fact_id, nearest[0] if nearest else None)
        return fact

    def refusal(self, fact_id: str, today: date) -> Refusal | None:
        """Why this fact must not be said on this day, or None where it may. Raises :class:`UnknownFact`."""
        return refusal_of(self.get(fact_id), today)

    def say(
        self, fact_id: str, today: date, translate: Translate = same, show_number: ShowNumber = spanish_number
    ) -> Saying:
        """The fact as it may be said on this day (the day in Colombia).

        ``translate`` gives the text of a Spanish message id in the person's language, ``show_number`` writes a number
        as that language does; without them, Spanish.
        Raises :class:`FactNotSayable` for a low-confidence fact, one that has expired or one that is not valid yet;
        :class:`UnknownFact` for an id that is in no file.
        """
        fact = self.get(fact_id)
        code = refusal_of(fact, today)
        if code is not None:
            raise FactNotSayable(fact_id, code, fact.confirm_at)
        text, year = spoken(fact, translate, show_number), past_year(fact, today)
        if year is not None:
            text = with_year(text, year, translate)
        return Saying(
            fact_id=fact.id,
            text=text,
            caveat=needs_caveat(fact) or year is not None,
            seen=seen_words(fact.source.date, translate),
            seen_on=fact.source.date,
            confirm=fact.confirm_at,
        )

    def message_ids(self) -> dict[str, tuple[Fact, ...]]:
        """Every text that translators need, with the facts that use it. Low-confidence facts have none."""
        found: dict[str, tuple[Fact, ...]] = {}
        for fact in self:
            msgid = message_id(fact)
            if msgid:
                found[msgid] = (*found.get(msgid, ()), fact)
        return found


def refusal_of(fact: Fact, today: date) -> Refusal | None:
    """Why a fact must not be said on this day, or None where it may."""
    if fact.confidence is Confidence.LOW:
        return "low_confidence"
    if fact.expires is not None and fact.expires < today and past_year(fact, today) is None:
        return "expired"
    if fact.valid_from is not None and fact.valid_from > today:
        return "not_yet_valid"
    return None


def needs_caveat(fact: Fact) -> bool:
    """A medium fact is said with its date and where to confirm it, unless it is itself the address of that place."""
    return fact.confidence is Confidence.MEDIUM and fact.value != fact.confirm_at.url
