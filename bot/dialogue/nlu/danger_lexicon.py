"""The hand-written part of the danger layer: words that tell of danger, and idioms that only sound like it.

``nlu/danger/lexicon_<language>.yml`` is written by people who need not know regular expressions. A pattern is words
over bare text (lower case, no accents, no marks, abbreviations written out):

* ``mat*`` any ending; ``(pega|golpea)`` one of these; ``(ya)?`` perhaps; ``..`` up to four words in between.

``guards`` are looked for first and taken out of the text. A hit is ``sure`` or ``unsure`` by the list it stands in,
and a sure one becomes unsure when a "no" stands just before it or the person laughs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from bot.dialogue.nlu.folding import bare
from bot.dialogue.nlu.vocabulary import KINDS

Certainty = Literal["sure", "unsure"]
_TOKEN: Final = re.compile(r"\.\.|\([^()]+\)\??|[a-z0-9*]+")
_NEGATED: Final = re.compile(r"\b(?:no|nunca|jamas|tampoco|ni)(?: \w+)?$")
_LAUGHS: Final = re.compile(r"\bjaja\b")
_GAP: Final = r"(?: [a-z0-9]+){0,4}? "


class LexiconError(ValueError):
    """A lexicon file is not well-formed; the message names file and pattern."""


@dataclass(frozen=True)
class Hit:
    """One pattern found in a message."""

    kind: str
    certainty: Certainty


@dataclass(frozen=True)
class DangerLexicon:
    """Patterns by kind and certainty, as written, and the guards. Plain data: it is stored inside the model."""

    guards: tuple[str, ...]
    patterns: tuple[tuple[str, Certainty, str], ...]
    _guards: tuple[re.Pattern[str], ...] = field(init=False, repr=False, compare=False)
    _compiled: tuple[tuple[str, Certainty, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_guards", tuple(compile_pattern(text) for text in self.guards))
        compiled = tuple((kind, certainty, compile_pattern(text)) for kind, certainty, text in self.patterns)
        object.__setattr__(self, "_compiled", compiled)

    @classmethod
    def read(cls, paths: Iterable[Path]) -> DangerLexicon:
        """Joins the lexicons of all languages. Raises :class:`LexiconError`; OSError when a file cannot be read."""
        guards: list[str] = []
        patterns: list[tuple[str, Certainty, str]] = []
        for path in paths:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            try:
                more_guards, more_patterns = _parse(content)
            except LexiconError as error:
                raise LexiconError(f"{path}: {error}") from error
            guards += more_guards
            patterns += more_patterns
        return cls(tuple(guards), tuple(patterns))

    def search(self, text: str) -> list[Hit]:
        """The kinds found in a message, sure ones first and each kind once."""
        plain = bare(text)
        for guard in self._guards:
            plain = guard.sub(" ", plain)
        plain = " ".join(plain.split())
        laughs = bool(_LAUGHS.search(plain))
        found: dict[str, Certainty] = {}
        for kind, certainty, pattern in self._compiled:
            for match in pattern.finditer(plain):
                weak = certainty == "unsure" or laughs or bool(_NEGATED.search(plain[: match.start()].rstrip()))
                if not weak:
                    found[kind] = "sure"
                found.setdefault(kind, "unsure")
        return sorted((Hit(kind, certainty) for kind, certainty in found.items()), key=lambda hit: hit.certainty)

    def as_data(self) -> dict[str, Any]:
        """What :meth:`from_data` reads back, as JSON would carry it."""
        return {"guards": list(self.guards), "patterns": [list(pattern) for pattern in self.patterns]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> DangerLexicon:
        return cls(tuple(data["guards"]), tuple((kind, certainty, text) for kind, certainty, text in data["patterns"]))


def compile_pattern(text: str) -> re.Pattern[str]:
    """The regular expression of one pattern. Raises :class:`LexiconError` on anything outside the small language."""
    tokens = _TOKEN.findall(text)
    if not tokens or _TOKEN.sub("", text).strip():
        raise LexiconError(f"pattern {text!r}: only bare words, *, (a|b), (a)? and .. may stand in it")
    parts: list[str] = []
    joint = ""
    for part in tokens:
        if part == "..":
            if not joint:
                raise LexiconError(f"pattern {text!r}: a word must stand before ..")
            joint = _GAP
            continue
        words = part.rstrip("?").strip("()").split("|")
        group = f"(?:{'|'.join(word.strip().replace('*', r'[a-z0-9]*') for word in words)})"
        if not part.endswith("?"):
            parts.append(joint + group)
            joint = " "
        elif joint:
            parts.append(f"(?:{joint}{group})?")
            joint = " "
        else:
            parts.append(f"(?:{group} )?")
    return re.compile(rf"\b{''.join(parts)}\b")


def _parse(content: Any) -> tuple[list[str], list[tuple[str, Certainty, str]]]:
    if not isinstance(content, dict) or set(content) - {"version", "guards", "kinds"}:
        raise LexiconError("expected the keys version, guards and kinds")
    guards = [str(text) for text in content.get("guards") or []]
    patterns: list[tuple[str, Certainty, str]] = []
    for kind, lists in (content.get("kinds") or {}).items():
        if kind not in KINDS:
            raise LexiconError(f"unknown kind {kind!r}; known are {', '.join(KINDS)}")
        if not isinstance(lists, dict) or set(lists) - {"sure", "unsure"}:
            raise LexiconError(f"{kind}: expected the lists sure and unsure")
        patterns += [(kind, "sure", str(text)) for text in lists.get("sure") or []]
        patterns += [(kind, "unsure", str(text)) for text in lists.get("unsure") or []]
    for text in [*guards, *(pattern for _, _, pattern in patterns)]:
        compile_pattern(text)
    return guards, patterns
