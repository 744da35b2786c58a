"""Finding the occupation in what people write: names of the street, typos, spelling by ear, short sentences.

The table ``occupations.csv`` is our own (docs/decisions/0011-occupations.md): a key that never changes, the ISCO-08
unit group, the name, and what people call it. A name that stands in several rows means any of them: it is asked, not
guessed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz, process

from bot.flows.folding import fold
from bot.flows.values.places.sound import sound

SPANISH = "es"
TRANSLATED = ("en", "fr", "ht", "pt")
TRANSLATIONS = "occupation_names.csv"
"""The commonest occupations in the other languages: key, then a column a language (the name, then what people write).

An occupation that is not in it is shown in Spanish; what people write in Spanish counts in every language.
"""
MOST_OFFERED = 3
_MOST_WORDS = 14
_LEAST_LETTERS = 5
"""Letters of a name from which a typo in it is looked for, and from which it counts inside a sentence."""
_SURE = 87.0
_NEAR = 76.0
_CLEARLY = 4.0
"""Points of likeness that the best name must be ahead of another occupation's."""
_NUMBER = re.compile(r"[0-9.,]+")
_FILLERS = frozenset(
    "yo soy era fui he sido estoy estaba trabajo trabaje trabajaba trabajado trabajando trabajar dedico dedicaba me mi "
    "mis es lo que se hago hacia hice haciendo hacer sirvo como de del en el la los las un una uno unos unas a al con "
    "por para pa y o mas mucho bien aqui aca alla ahora ahorita actualmente antes siempre toda vida venezuela colombia "
    "haiti ecuador peru anos ano tiempo oficio ocupacion profesion experiencia tengo tenia mio mia pues bueno creo "
    "casi principalmente tambien puedo gracias hola i im am m an work as the je j suis un une c est mwen se yon ap "
    "travay sou eu trabalho".split()
)
_NOT_ONE = frozenset("no ni nunca nada ninguno ninguna sin desempleado desempleada parado parada non nao pa".split())
_ANYTHING = ("lo que salga", "lo que sea", "cualquier cosa", "lo que caiga", "lo que resulte", "lo que aparezca",
             "de lo que salga", "de todo", "varias cosas", "lo que haya")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occupation:
    """One row: ``code`` is the ISCO-08 (CIUO-08) unit group."""

    key: str
    code: str
    feminine: str
    masculine: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name for any reader: ``"albañil/a"``, ``"cocinero/a"``, ``"auxiliar contable"``."""
        if self.feminine == self.masculine:
            return self.masculine
        woman, *rest = self.feminine.split()
        man, *others = self.masculine.split()
        if rest == others and (woman == f"{man}a" or (man.endswith("o") and woman == f"{man[:-1]}a")):
            return " ".join([f"{man}/a", *rest])
        return f"{self.feminine} o {self.masculine}"


@dataclass(frozen=True, slots=True)
class _Book:
    by_key: Mapping[str, Occupation]
    names: Mapping[str, tuple[str, ...]]
    """Folded name → the keys of every occupation that it may mean."""
    sounds: Mapping[str, tuple[str, ...]]
    spelt: tuple[str, ...]
    longest: int


@dataclass(frozen=True, slots=True)
class _Answer:
    keys: tuple[str, ...]
    sure: bool


_NOTHING = _Answer((), sure=False)


def occupation_of(key: str, language: str = SPANISH) -> Occupation | None:
    """The occupation of a key, with its names in a language and in Spanish."""
    return _book(language).by_key.get(key)


def all_occupations() -> tuple[Occupation, ...]:
    """Every occupation of the table."""
    return tuple(_book(SPANISH).by_key.values())


def read_occupation(text: str, language: str = SPANISH) -> str | None:
    """The key of the one occupation that a text names, in a language or Spanish; None for none, or where it may mean
    several."""
    answer = _find(text, _book(language))
    return answer.keys[0] if answer.sure and len(answer.keys) == 1 else None


def occupation_candidates(text: str, language: str = SPANISH) -> tuple[Occupation, ...]:
    """The occupations a text may mean, at most three, to ask which; empty if it names none."""
    book = _book(language)
    return tuple(book.by_key[key] for key in _find(text, book).keys[:MOST_OFFERED])


def show_occupation(key: str, language: str = SPANISH) -> str:
    """The name of an occupation in a language; a key that is not known is shown as it is."""
    found = occupation_of(key, language)
    return found.name if found else key


def _find(text: str, book: _Book) -> _Answer:
    folded = fold(text)
    words = [word for word in folded.split() if not _NUMBER.fullmatch(word)]
    if not words or len(words) > _MOST_WORDS or any(f" {phrase} " in f" {folded} " for phrase in _ANYTHING):
        return _NOTHING
    whole = " ".join(words)
    if whole in book.names:
        return _Answer(book.names[whole], sure=True)
    if not _NOT_ONE.isdisjoint(words):
        return _NOTHING
    trimmed = _trimmed(words)
    if " ".join(trimmed) in book.names:
        return _Answer(book.names[" ".join(trimmed)], sure=True)
    heard = book.sounds.get(sound(" ".join(trimmed)))
    if heard and len(heard) == 1:
        return _Answer(heard, sure=True)
    said = list(_said(words, book))
    if said:
        return _agreed(said)
    return _misspelt(trimmed, book)


def _trimmed(words: Sequence[str]) -> list[str]:
    left = list(words)
    while left and left[0] in _FILLERS:
        left.pop(0)
    while left and left[-1] in _FILLERS:
        left.pop()
    return left


def _said(words: Sequence[str], book: _Book) -> Iterator[tuple[str, ...]]:
    """What the longest names mean that stand in a sentence, from left to right."""
    position = 0
    while position < len(words):
        for end in range(min(position + book.longest, len(words)), position, -1):
            name = " ".join(words[position:end])
            if name in book.names and len(name) >= _LEAST_LETTERS:
                yield book.names[name]
                position = end
                break
        else:
            position += 1


def _agreed(said: Sequence[tuple[str, ...]]) -> _Answer:
    """What everything said may mean together; where that is nothing, each of it may be meant."""
    common = [key for key in said[0] if all(key in keys for keys in said)]
    if common:
        return _Answer(tuple(common), sure=True)
    return _Answer(tuple(dict.fromkeys(key for keys in said for key in keys)), sure=False)


def _misspelt(words: Sequence[str], book: _Book) -> _Answer:
    phrase = " ".join(words)
    if len(phrase) < _LEAST_LETTERS:
        return _NOTHING
    heard = book.sounds.get(sound(phrase))
    if heard:
        return _Answer(heard, sure=True)
    near = process.extract(phrase, book.spelt, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=12)
    best: dict[str, float] = {}
    for name, score, _ in near:
        for key in book.names[name]:
            best[key] = max(score, best.get(key, 0.0))
    if not best:
        return _NOTHING
    ranked = sorted(best.items(), key=lambda item: -item[1])
    top = ranked[0][1]
    close = tuple(key for key, score in ranked if top - score < _CLEARLY)
    return _Answer(close if top >= _SURE else tuple(best)[:MOST_OFFERED], sure=top >= _SURE)


@lru_cache(maxsize=8)
def _book(language: str) -> _Book:
    by_key: dict[str, Occupation] = {}
    names: dict[str, dict[str, None]] = {}
    other = {row["key"]: row[language].split("|") for row in _rows(TRANSLATIONS)} if language in TRANSLATED else {}
    for row in _rows("occupations.csv"):
        made = Occupation(row["key"], row["code"], row["feminine"], row["masculine"], tuple(row["names"].split("|")))
        also = other.get(made.key)
        if also is not None:
            shown, *others = also
            made = Occupation(made.key, made.code, shown, shown, (*others, made.feminine, made.masculine, *made.names))
        by_key[made.key] = made
        for name in (made.feminine, made.masculine, *made.names):
            names.setdefault(fold(name), {})[made.key] = None
    found = {name: tuple(keys) for name, keys in names.items()}
    sounds: dict[str, dict[str, None]] = {}
    for name, keys in found.items():
        if len(name) >= _LEAST_LETTERS:
            sounds.setdefault(sound(name), {}).update(dict.fromkeys(keys))
    return _Book(
        by_key,
        found,
        {heard: tuple(keys) for heard, keys in sounds.items()},
        tuple(name for name in found if len(name) >= _LEAST_LETTERS),
        max(len(name.split()) for name in found),
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = files("bot.flows.values").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
