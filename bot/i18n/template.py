"""The template of the catalogues: every text that people may read, with its place and its limit, in a stable order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

MAPPING = "babel.cfg"
COMMENT_TAGS = ("L10n:",)
HEADER = """\
# Banco Amable 2.0: every text that people may read. Spanish is the source; see docs/translating.md.
# «{fact:…}», «{slot:…}» and «{name}» are filled in by the program: keep each as it is.
#"""
HEADER_DATE = datetime(2026, 11, 24, tzinfo=UTC)
"""gettext's header wants a date; one that moved would change every file with every update."""
_LIMIT = re.compile(r"at most (\d+) characters")


def make_template(root: Path, locales: Path) -> Catalog:
    """Read all sources below ``root`` by ``locales/babel.cfg``. It holds no date: it changes with texts only."""
    catalogue = Catalog(
        project="Banco Amable",
        version="2.0",
        charset="utf-8",
        header_comment=HEADER,
        creation_date=HEADER_DATE,
        fuzzy=False,
    )
    for file, line, text, comments in _found(root, locales / MAPPING):
        message = catalogue.add(text, None, locations=[(file, line)], auto_comments=comments)
        limits = [int(found[1]) for comment in message.auto_comments if (found := _LIMIT.search(comment))]
        message.flags = {flag for flag in message.flags if not flag.startswith("max-length:")}
        if limits:
            message.flags.add(f"max-length:{min(limits)}")
        if "{" not in text:
            message.flags.discard("python-brace-format")
    return catalogue


def _found(root: Path, mapping: Path) -> Iterator[tuple[str, int, str, list[str]]]:
    with mapping.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel does not type it
    for file_name, line, text, comments, _ in extract_from_dir(
        root, methods, options, comment_tags=COMMENT_TAGS, strip_comment_tags=True, directory_filter=_wanted
    ):
        yield str(file_name), line, str(text), list(comments)


def _wanted(folder: str) -> bool:
    """Only the rooms that hold texts: a project folder may hold environments and caches of other hands."""
    return not Path(folder).name.startswith((".", "_")) and Path(folder).name not in ("tests", "var", "models", "build")
