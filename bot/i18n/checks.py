"""What can be wrong with a catalogue, told with the message, so that an editor or translator finds and mends it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from bot.i18n.catalogues import open_catalogue, po_path
from bot.i18n.languages import read_languages
from bot.i18n.template import make_template
from bot.i18n.updating import TEMPLATE, template_text

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_MAX = "max-length:"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a catalogue: its file, the message (its beginning), what is wrong, how to mend it, a stable code."""

    code: str
    file: str
    message: str
    fault: str
    mend: str

    def __str__(self) -> str:
        about = f" «{self.message}»:" if self.message else ""
        return f"{self.file}:{about} {self.fault}. {self.mend}. [{self.code}]"


def check_catalogues(root: Path, locales: Path) -> Iterator[Problem]:
    """Every fault of the template and of the released catalogues. Raises :class:`CatalogueError`.

    A language that is not released may be incomplete; what it has is checked all the same.
    """
    languages = read_languages(locales)
    template = make_template(root, locales)
    if not (locales / TEMPLATE).is_file() or (locales / TEMPLATE).read_bytes() != template_text(root, locales):
        fault = "it is not what the sources hold now"
        yield Problem("stale_template", f"locales/{TEMPLATE}", "", fault, "Run: amable locales update")
    for language in languages.translated:
        released = languages.all[language].released
        file = f"locales/{language}/LC_MESSAGES/messages.po"
        if not po_path(locales, language).is_file():
            if released:
                yield Problem("no_catalogue", file, "", "there is no catalogue", "Run: amable locales update")
            continue
        catalogue = open_catalogue(po_path(locales, language))
        yield from _stale(template, catalogue, file)
        for message in catalogue:
            if message.id:
                yield from check_message(message, file, released=released)


def check_message(message: Message, file: str, *, released: bool) -> Iterator[Problem]:
    """The faults of one message: not translated or fuzzy (in a released language), placeholders, length, forms."""
    source, text = str(message.id), str(message.string or "")
    shown = source.replace("\n", " ")[:_SHOWN]
    if not text:
        if released:
            yield Problem("untranslated", file, shown, "it is not translated", "Translate it")
        return
    if message.fuzzy:
        if released:
            yield Problem("fuzzy", file, shown, "the source changed and the translation is fuzzy", "Read it again")
        return
    wanted, found = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(text))
    if wanted != found:
        parts = [f"{name} is missing" for name in wanted - found] + [f"{name} is too many" for name in found - wanted]
        yield Problem("placeholder", file, shown, ", ".join(parts), "Copy the {…} from the source, each once")
    most = next((int(flag.removeprefix(_MAX)) for flag in message.flags if flag.startswith(_MAX)), 0)
    if most and "{" not in source and len(text) > most:
        fault = f"{text[:_SHOWN]!r} has {len(text)} characters, at most {most} fit"
        yield Problem("too_long", file, shown, fault, "Say it shorter")
    if any(not part.strip() for part in text.split("|")) and "|" in text:
        yield Problem("empty_form", file, shown, "nothing stands between two |", "Write a word there, or take | out")


def _stale(template: Catalog, catalogue: Catalog, file: str) -> Iterator[Problem]:
    wanted, found = ({str(message.id) for message in each if message.id} for each in (template, catalogue))
    if wanted != found:
        fault = f"{len(wanted - found)} texts of the sources are not in it, {len(found - wanted)} are gone there"
        yield Problem("stale", file, "", fault, "Run: amable locales update")
