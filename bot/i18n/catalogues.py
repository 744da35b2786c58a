"""gettext catalogues made with Babel, compiled in memory from ``locales/<language>/LC_MESSAGES/messages.po``."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

SOURCE = "es"
RELEASED_SHARE = 0.99
"""A language is offered to people once nearly everything they may read is translated and reviewed."""


class Catalogues:
    """All catalogues of a folder. ``text(language, source)`` is what the engine's world calls."""

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, dict[str, str]] = {}
        released = [SOURCE]
        for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")) if folder.is_dir() else []:
            language = path.parent.parent.name
            with path.open("rb") as file:
                catalogue = read_po(file, locale=language)
            self._texts[language] = _texts(catalogue)
            if catalogue and len(self._texts[language]) >= RELEASED_SHARE * len(catalogue):
                released.append(language)
        self.released = tuple(released)

    def text(self, language: str, source: str) -> str:
        """The text in that language, or the Spanish source where there is none."""
        return self._texts.get(language, {}).get(source, source)


def _texts(catalogue: Catalog) -> dict[str, str]:
    return {
        str(message.id): str(message.string)
        for message in catalogue
        if message.id and message.string and not message.fuzzy and not isinstance(message.id, tuple)
    }
