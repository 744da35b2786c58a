"""What one language has to say to be read: its number words, date signs, and ways of yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Tongue:
    """The words of one language, all folded. Phrases are words with single spaces between them.

    Compared and hashed by identity: there is one of each language.
    """

    code: str
    numerals: Mapping[str, int]
    """Words that add up inside a thousand: three, thirty, "trescientos"."""
    hundreds: frozenset[str]
    """Words that multiply what stands before them by a hundred."""
    scales: Mapping[str, int]
    """Words that multiply by more, or count in groups: thousand, million, dozen, pair."""
    money_scales: Mapping[str, int]
    """Words that multiply in talk of money alone: "luca", "palo", "k"."""
    joiners: frozenset[str]
    halves: frozenset[str]
    rewrites: Mapping[str, str]
    """Number phrases written another way before reading: "half a million" → "half million"."""
    nothing: frozenset[str]
    """Whole answers that mean zero."""
    inexact_age: frozenset[str]
    """Phrases beside which a number is not the person's age: "casi 18", "voy a cumplir 18"."""
    signs: Mapping[str, str]
    """Phrase → signs of the date grammar (see :mod:`bot.flows.values.signs`)."""
    months: tuple[str, ...]
    """The names of the months as they are shown, for a language that CLDR's date patterns lack; else empty."""
    yes: frozenset[str]
    """Whole answers that say yes."""
    no: frozenset[str]
    unsure: frozenset[str]
    """Phrases that leave a yes or no open, wherever they stand: "no sé", "tal vez"."""
    questions: frozenset[str]
    """Words that make a sentence a question back to us."""
    yes_openers: Mapping[str, frozenset[str]]
    """What begins a sentence that says yes, and the words of which one must follow; no words: whatever follows."""
    no_openers: Mapping[str, frozenset[str]]
    """The same for no. "No" and "si" open other sentences too ("no me deja entrar", "si Dios quiere")."""
    ages: tuple[str, str, str]
    """How an age is shown: under one year, one year, more ("{} años")."""
    yes_no: tuple[str, str]
    pesos: tuple[str, str]
    """One peso, more pesos."""


def split(phrases: str) -> frozenset[str]:
    """``"a|b c"`` → the phrases a, "b c"."""
    return frozenset(phrase.strip() for phrase in phrases.split("|"))


def by_phrase(rows: Mapping[str, str]) -> dict[str, str]:
    """Turn rows of sign → ``"phrase|phrase"`` around, so that a phrase finds its signs.

    Raises :class:`ValueError` where a phrase stands in two rows.
    """
    found: dict[str, str] = {}
    for sign, phrases in rows.items():
        for phrase in split(phrases):
            if phrase in found:
                raise ValueError(f"{phrase!r} stands for {found[phrase]!r} and for {sign!r}")
            found[phrase] = sign
    return found


def openers(free: str, **followed: str) -> dict[str, frozenset[str]]:
    """Phrases that any words may follow, and words with those that may."""
    return {**dict.fromkeys(split(free), frozenset()), **{word: split(rest) for word, rest in followed.items()}}


def counted(phrases: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """Number words in order; words of the same value stand with ``/`` between them."""
    listed = phrases.split()
    return {word: start + step * index for index, words in enumerate(listed) for word in words.split("/")}
