"""Which languages there are, and which of them are offered to people: ``locales/languages.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.content_error import ContentError

FILE = "languages.yml"


class CatalogueError(ContentError):
    """The list of languages or a catalogue cannot be read."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, its own name for itself, whether it is offered, and who read it as a native speaker."""

    code: str
    name: str
    released: bool
    native_review: str


@dataclass(frozen=True, slots=True)
class Languages:
    """All languages; ``source`` is the one that texts are written in. Without a file there is the source alone."""

    source: str = "es"
    all: Mapping[str, Language] = field(default_factory=lambda: {"es": Language("es", "Español", True, "")})

    @property
    def released(self) -> tuple[str, ...]:
        """The codes that are offered to people, the source first."""
        return tuple(sorted((c for c, one in self.all.items() if one.released), key=lambda c: (c != self.source, c)))

    @property
    def translated(self) -> tuple[str, ...]:
        """The codes that have a catalogue: all but the source."""
        return tuple(code for code in self.all if code != self.source)


def read_languages(locales: Path) -> Languages:
    """Read the list below the folder of the catalogues. Raises :class:`CatalogueError`."""
    path = locales / FILE
    if not path.is_file():
        return Languages()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
        languages = {
            str(code): Language(str(code), str(one["name"]), one["released"] is True, str(one["native_review"] or ""))
            for code, one in found["languages"].items()
        }
        return Languages(str(found["source"]), languages)
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        how = 'Each language needs {name: …, released: true or false, native_review: ""}'
        raise CatalogueError(f"{path}: cannot be read ({error}). {how}.") from error
