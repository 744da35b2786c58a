"""The words of each language that answers are read with: one table a language, one grammar for all.

Every word stands folded, as :func:`bot.flows.folding.fold` leaves it: lower case, without accents or apostrophes.
To teach the bot a word, add it to its table; the modules that read need no change.
"""

from __future__ import annotations

from bot.flows.values.tongues import en, es, fr, ht, pt
from bot.flows.values.tongues.tongue import Tongue

__all__ = ["ALL", "Tongue", "reading_order", "tongue"]

_BY_CODE: dict[str, Tongue] = {table.TONGUE.code: table.TONGUE for table in (es, en, fr, pt, ht)}
ALL: tuple[Tongue, ...] = tuple(_BY_CODE.values())
_SPANISH = es.TONGUE


def tongue(language: str) -> Tongue:
    """The table of a language tag such as ``es`` or ``pt-BR``; Spanish where we have none."""
    return _BY_CODE.get(language.replace("_", "-").split("-")[0].lower(), _SPANISH)


def reading_order(language: str) -> tuple[Tongue, ...]:
    """The tables an answer is read with: the conversation's, then Spanish, which people in Colombia mix in.

    Not all five: "de" is two in Haitian Creole and "me" is May, so that Spanish sentences would turn into answers.
    """
    own = tongue(language)
    return (own,) if own is _SPANISH else (own, _SPANISH)
