"""Which of the five languages a message is in, or "": letters as people type them here, beside a general identifier.

py3langid knows the languages as they are written in books. What it is unsure of are misspelled chat lines, so the
n-grams of our own training data vote with it (naive Bayes). Measured together in docs/decisions/0013-languages.md.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import py3langid.langid
from numpy.typing import NDArray
from py3langid.modelio import load_model

from bot.dialogue.nlu.folding import MAX_CHARACTERS

LANGUAGES: Final = ("en", "es", "fr", "ht", "pt")
FEWEST_WORDS: Final = 3
"""Shorter messages have a language only where each of their words belongs to that language alone."""
CLEARLY: Final = 0.75
"""Below this probability nothing is said."""
FILE: Final = "language.json"

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_PIECE: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|[¿¡]")
_STRETCHED: Final = re.compile(r"(.)\1{2,}")
_LONGEST: Final = 4
_SEEN: Final = 2
_SMOOTHING: Final = 0.3
_GENERAL_WEIGHT: Final = 0.35
_OWN_WEIGHT: Final = 2.0
_STRANGER: Final = 0.95
"""A training line that the general identifier is so sure to be in another language is a borrowed one: left out."""
_OWN_WORD: Final = 0.85
_OWN_TIMES: Final = 4
_INTERNATIONAL: Final = frozenset(
    "hello hi hey bye ok okay stop no si hola merci oui thanks please gracias ciao amigo amiga friend chao "
    "taxi ppt visa".split()
)

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class LanguageModel:
    """Log-probabilities of n-grams by language. Without any, the general identifier is asked alone."""

    grams: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """N-gram → a number a language, in the order of :data:`LANGUAGES`."""
    unseen: tuple[float, ...] = (0.0,) * len(LANGUAGES)
    words: Mapping[str, str] = field(default_factory=dict)
    """Word → the one language that it belongs to."""

    @classmethod
    def fit(cls, lines: Iterable[tuple[str, str]]) -> LanguageModel:
        """Learn from (text, language). With fewer than two of the languages nothing is learned."""
        counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        words: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        for text, language in lines:
            if language in counts and not _borrowed(text, language):
                counts[language].update(_grams(text))
                words[language].update(set(_pieces(text)))
        if sum(bool(count) for count in counts.values()) < 2:
            return cls()
        total = {language: sum(count.values()) for language, count in counts.items()}
        kept = {gram for gram, times in sum(counts.values(), Counter()).items() if times >= _SEEN}
        size = _SMOOTHING * len(kept)
        bottom = {language: float(np.log(total[language] + size)) for language in LANGUAGES}
        grams = {
            gram: tuple(
                round(float(np.log(counts[language][gram] + _SMOOTHING)) - bottom[language], 4)
                for language in LANGUAGES
            )
            for gram in sorted(kept)
        }
        unseen = tuple(float(np.log(_SMOOTHING)) - bottom[language] for language in LANGUAGES)
        return cls(grams, unseen, _own_words(words))

    def identify(self, text: str) -> str:
        """``es``, ``en``, ``fr``, ``pt``, ``ht``, or ""."""
        words = _WORD.findall(text[:MAX_CHARACTERS].lower())
        if not words:
            return ""
        if len(words) < FEWEST_WORDS:
            return self._short(words)
        chances = self._chances(text[:MAX_CHARACTERS], words)
        best = int(chances.argmax())
        return LANGUAGES[best] if chances[best] >= CLEARLY else ""

    def _short(self, words: list[str]) -> str:
        found = {self.words.get(word, "") for word in words}
        return found.pop() if len(found) == 1 and _INTERNATIONAL.isdisjoint(words) else ""

    def _chances(self, text: str, words: list[str]) -> Scores:
        scores = _GENERAL_WEIGHT * np.log(_general(words) + 1e-9) if self.grams else np.log(_general(words) + 1e-9)
        if self.grams:
            found = list(_grams(text))
            own = np.array([self.grams.get(gram, self.unseen) for gram in found]).sum(axis=0)
            # Neighbouring n-grams tell the same thing again: the root of their number tempers that.
            scores = scores + _OWN_WEIGHT * own / np.sqrt(max(len(found), 1))
        shifted = np.exp(scores - scores.max())
        chances: Scores = shifted / shifted.sum()
        return chances

    def save(self, folder: Path) -> None:
        """Write the model as JSON: data only."""
        described = {"grams": self.grams, "unseen": self.unseen, "words": self.words}
        (folder / FILE).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Read what :meth:`save` wrote. Raises OSError, KeyError or ValueError when it is missing or damaged."""
        described = json.loads((folder / FILE).read_text(encoding="utf-8"))
        grams = {gram: tuple(row) for gram, row in described["grams"].items()}
        return cls(grams, tuple(described["unseen"]), described["words"])


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(_STRETCHED.sub(r"\1", text.lower().replace("’", "'")))


def _grams(text: str) -> Iterable[str]:
    for word in _pieces(text):
        padded = f" {word} "
        yield f"={word}"
        for size in range(1, _LONGEST + 1):
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]


def _borrowed(text: str, language: str) -> bool:
    words = _WORD.findall(text.lower())
    if len(words) <= FEWEST_WORDS:
        return False
    chances = _general(words)
    return LANGUAGES[int(chances.argmax())] != language and float(chances.max()) >= _STRANGER


def _own_words(words: Mapping[str, Counter[str]]) -> dict[str, str]:
    found = {}
    for word in sorted(set().union(*words.values())):
        # Shares and not counts: there is twice as much Spanish as of any other language.
        shares = {each: count[word] / max(sum(count.values()), 1) for each, count in words.items()}
        best = max(shares, key=lambda each: shares[each])
        if words[best][word] >= _OWN_TIMES and shares[best] >= _OWN_WORD * sum(shares.values()):
            found[word] = best
    return found


def _general(words: list[str]) -> Scores:
    ranked = dict(_identifier().rank(" ".join(words)))
    return np.array([ranked[language] for language in LANGUAGES])


@cache
def _identifier() -> Any:
    # Built from the tables rather than by set_languages(), which keeps those of all 140 languages in memory.
    model = Path(py3langid.langid.__file__).parent / py3langid.langid.MODEL_FILE
    counts, priors, names, moves, rows, output = load_model(model)
    columns = [column for column, name in enumerate(names) if name in LANGUAGES]
    return py3langid.langid.LanguageIdentifier(
        np.ascontiguousarray(counts[:, columns]),
        priors[columns],
        [names[column] for column in columns],
        moves,
        output,
        norm_probs=True,
        tk_row=rows,
    )
