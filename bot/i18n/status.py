"""How far each catalogue is, and what a native should read first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from bot.i18n.catalogues import open_catalogue, po_path
from bot.i18n.languages import Languages, read_languages

REVIEW = "native review:"
"""Begins a translator's comment on a message that its writer is not sure of."""
FIRST = ("flow crisis", "flow consent", "flow helplines", "fact crisis", "card crisis", "flow erase", "flow handoff")
"""What harms most when it is worded badly."""


@dataclass(frozen=True, slots=True)
class Row:
    """One language: counts of messages, and who read it as a native."""

    code: str
    name: str
    messages: int
    translated: int
    fuzzy: int
    untranslated: int
    doubtful: int
    released: bool
    native_review: str


def status(locales: Path) -> tuple[Row, ...]:
    """A row for each language with a catalogue, in the order of the list of languages."""
    languages = read_languages(locales)
    return tuple(_row(locales, languages, code) for code in languages.translated)


def to_review(locales: Path, language: str) -> Iterator[Message]:
    """What a native should read first: the messages about danger and consent, then those marked as doubtful."""
    messages = [m for m in open_catalogue(po_path(locales, language)) if m.id and m.string]
    first = [m for m in messages if any(c.startswith(FIRST) for c in m.auto_comments)]
    yield from first
    yield from (m for m in messages if is_doubtful(m) and m not in first)


def is_doubtful(message: Message) -> bool:
    """Whether the writer of a translation asks a native to look at it."""
    return any(comment.startswith(REVIEW) for comment in message.user_comments)


def _row(locales: Path, languages: Languages, code: str) -> Row:
    path, language = po_path(locales, code), languages.all[code]
    messages = [message for message in open_catalogue(path) if message.id] if path.is_file() else []
    fuzzy = sum(bool(message.string and message.fuzzy) for message in messages)
    translated = sum(bool(message.string and not message.fuzzy) for message in messages)
    return Row(
        code=code,
        name=language.name,
        messages=len(messages),
        translated=translated,
        fuzzy=fuzzy,
        untranslated=len(messages) - translated - fuzzy,
        doubtful=sum(map(is_doubtful, messages)),
        released=language.released,
        native_review=language.native_review,
    )
