"""Reading a question about a paper in the middle of a route: «¿y eso cuánto cuesta?», «q llevo», «y si no me lo dan».

How people ask stands in ``flows/card_questions.yml``, a language each; nothing here is learned. A question must begin
the message, but for words around it ("disculpe, ¿y eso …?"): a story that happens to hold such words is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from rapidfuzz.distance import OSA

from bot.flows.folding import fold
from bot.flows.model import Words

Aspect = Literal["cost", "where", "bring", "time", "refused", "what", "who", "steps", "why"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
AROUND = ("fillers", "generic")
MOST_WORDS = 14
MOST_NAMED = 4
"""Words that name a thing; with more of them the message is a story."""
_TYPO_LEAST = 5
_MOST_FORMS = 500
_ABBREVIATIONS = {
    "q": "que", "k": "que", "qe": "que", "ke": "que", "d": "de", "x": "por", "dnd": "donde",
    "dnde": "donde", "dond": "donde", "aonde": "donde",
    "adonde": "donde", "onde": "donde", "cto": "cuanto", "cnto": "cuanto", "tmb": "tambien",
    "pra": "para", "porq": "por que", "pq": "por que", "xq": "por que", "porque": "por que", "kien": "quien",
    "toy": "estoy", "ta": "esta", "kual": "cual", "komo": "como", "kuando": "cuando", "kuanto": "cuanto",
}  # fmt: skip
_ABBREVIATED = "es"


class PatternError(ValueError):
    """A line of the table that is none of the small pattern language."""


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """What is asked, and the words that name the thing it is asked about (empty: what we are talking of)."""

    aspect: Aspect
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    forms: Mapping[tuple[str, ...], Aspect]
    around: frozenset[tuple[str, ...]]
    known: frozenset[str]
    longest: int


def read_card_question(words: Words, language: str, text: str) -> CardQuestion | None:
    """The question that a message asks about a card, or None. Spanish always counts."""
    for name in dict.fromkeys((language, "es")):
        patterns = words.questions.get(name)
        if not patterns:
            continue
        found = _read(_table(_frozen(patterns)), _tokens(text, name))
        if found is not None:
            return found
    return None


def expand(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Every wording of one line: ``"que (llevo|necesito)"`` → que llevo, que necesito."""
    folded = pattern.lower()
    if folded.count("(") != folded.count(")") or "()" in folded:
        raise PatternError(f"the brackets of {pattern!r} do not close")
    made = [tuple(words) for words in _expand(folded) if words]
    if not made or len(made) > _MOST_FORMS:
        raise PatternError(f"{pattern!r} stands for {len(made)} wordings")
    return tuple(dict.fromkeys(made))


def _expand(pattern: str) -> list[list[str]]:
    """All word sequences; an alternative may itself hold brackets."""
    made: list[list[str]] = [[]]
    rest = pattern
    while rest:
        if rest[0] != "(":
            plain, _, rest = rest.partition("(")
            rest = f"({rest}" if _ else ""
            made = [[*words, *fold(plain).split()] for words in made]
            continue
        inside, rest = _bracket(rest)
        choices = [words for part in _split(inside) for words in _expand(part)]
        if rest.startswith("?"):
            choices, rest = [[], *choices], rest[1:]
        made = [[*words, *choice] for words in made for choice in choices]
    return made


def _bracket(text: str) -> tuple[str, str]:
    """What stands in the bracket that a text begins with, and what follows it."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[1:index], text[index + 1 :]
    raise PatternError(f"the brackets of {text!r} do not close")


def _split(inside: str) -> list[str]:
    """The alternatives of a bracket, split where no inner bracket is open."""
    parts, depth = [""], 0
    for char in inside:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _frozen(patterns: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted(patterns.items()))


@lru_cache(maxsize=16)
def _table(patterns: tuple[tuple[str, tuple[str, ...]], ...]) -> _Table:
    lists = dict(patterns)
    forms: dict[tuple[str, ...], Aspect] = {}
    for aspect in ASPECTS:
        for line in lists.get(aspect, ()):
            for words in expand(line):
                forms.setdefault(words, aspect)
    around = {tuple(fold(line).split()) for name in AROUND for line in lists.get(name, ())}
    known = frozenset(word for words in (*forms, *around) for word in words)
    return _Table(forms, frozenset(around), known, max((len(form) for form in forms), default=0))


def _tokens(text: str, language: str) -> list[str]:
    words = [word.strip(".,:/-+") for word in fold(text).split()]
    if language == _ABBREVIATED:
        words = " ".join(_ABBREVIATIONS.get(word, word) for word in words).split()
    return [word for word in words if word]


def _read(table: _Table, words: list[str]) -> CardQuestion | None:
    if not words or len(words) > MOST_WORDS:
        return None
    words = [_spelled(table, word) for word in words]
    for start in range(len(words)):
        if not _all_around(table, words[:start]):
            return None
        for size in range(min(table.longest, len(words) - start), 0, -1):
            aspect = table.forms.get(tuple(words[start : start + size]))
            if aspect is None:
                continue
            named = _without_around(table, words[start + size :])
            # "donde trabajo no me pagan" asks for no place, "y si no llega la plata" not what to do when refused.
            if named and (size == 1 or words[start + size - 1] == "no"):
                continue
            if len(named) > MOST_NAMED or any(char.isdigit() for word in named for char in word):
                continue
            return CardQuestion(aspect, tuple(named))
    return None


def _spelled(table: _Table, word: str) -> str:
    """The word of the table that a mistyped one is nearest to; a word that the table knows is never changed."""
    if word in table.known or len(word) < _TYPO_LEAST:
        return word
    sounds = word.replace("k", "c").replace("yeb", "llev").replace("yev", "llev")
    if sounds in table.known:
        return sounds
    near = [known for known in table.known if len(known) >= _TYPO_LEAST and OSA.distance(sounds, known) == 1]
    return near[0] if len(near) == 1 else word


def _all_around(table: _Table, words: list[str]) -> bool:
    return not _without_around(table, words)


def _without_around(table: _Table, words: Iterable[str]) -> list[str]:
    """The words that are neither courtesy nor "that paper"."""
    rest, left = list(words), []
    while rest:
        size = next((n for n in (4, 3, 2, 1) if tuple(rest[:n]) in table.around), 0)
        if not size:
            left.append(rest[0])
        rest = rest[size or 1 :]
    return left
