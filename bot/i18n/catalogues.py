"""gettext catalogues: ``locales/<language>/LC_MESSAGES/messages.po``, read from the ``.mo`` where that is newer."""

from __future__ import annotations

import os
from collections.abc import Mapping
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.i18n.languages import CatalogueError, read_languages


class Catalogues:
    """All catalogues of a folder. ``text(language, source)`` is what the engine's world calls."""

    def __init__(self, folder: Path) -> None:
        languages = read_languages(folder)
        self.released = languages.released
        self.names: Mapping[str, str] = {code: languages.all[code].name for code in self.released}
        self._texts = {code: _texts(path) for code in languages.translated if (path := po_path(folder, code)).is_file()}

    def text(self, language: str, source: str) -> str:
        """The text in that language, or the Spanish source where there is none."""
        return self._texts.get(language, {}).get(source, source)


def po_path(folder: Path, language: str) -> Path:
    """Where the catalogue of a language is."""
    return folder / language / "LC_MESSAGES" / "messages.po"


def open_catalogue(path: Path) -> Catalog:
    """The catalogue of a file. Raises :class:`CatalogueError` for what is no ``.po`` file."""
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        how = "Mend it in Poedit or a text editor; `git diff` shows what was changed"
        raise CatalogueError(f"{path}: cannot be read ({error}). {how}.") from error


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: a process that is killed here leaves the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def compile_catalogue(path: Path) -> Path:
    """Write the ``.mo`` file beside a ``.po`` file. Fuzzy messages are left out, as everywhere in gettext.

    Obsolete messages go in: somebody in the middle of a route may still be read the wording of an older release.
    """
    compiled = Catalog(charset="utf-8")
    for source, text in messages_of(open_catalogue(path)).items():
        compiled.add(source, text)
    content, target = BytesIO(), path.with_suffix(".mo")
    write_mo(content, compiled)
    put(target, content.getvalue())
    return target


def messages_of(catalogue: Catalog) -> dict[str, str]:
    """What is translated and not fuzzy, by source; the obsolete first, so that the present wording wins."""
    return {
        str(message.id): str(message.string)
        for message in (*catalogue.obsolete.values(), *catalogue)
        if message.id and message.string and not message.fuzzy and not isinstance(message.id, tuple)
    }


def _texts(path: Path) -> Mapping[str, str]:
    compiled = path.with_suffix(".mo")
    if not compiled.is_file() or compiled.stat().st_mtime < path.stat().st_mtime:
        return messages_of(open_catalogue(path))
    with compiled.open("rb") as file:
        translations = GNUTranslations(file)
    return {str(source): str(text) for source, text in vars(translations)["_catalog"].items() if source}
