"""From ``facts/*.yml`` to a :class:`FactBook`: every fault of every file is found before anything is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from bot.facts.book import FactBook
from bot.facts.checks import check_fact, check_together
from bot.facts.errors import FactError, FactFileError
from bot.facts.fields import Fields
from bot.facts.model import UNITS, Confidence, Confirm, Fact, Kind, Source
from bot.facts.past import SILENT
from bot.facts.source import Entry, Scalar, read_source

VERSION = 1

FACT_KEYS = (
    "research",
    "claim",
    "kind",
    "value",
    "unit",
    "say",
    "norm",
    "source",
    "confirm_at",
    "confidence",
    "valid_from",
    "expires",
    "after_expiry",
    "changes",
    "review_by",
    "notes",
)


def load_facts(folder: Path) -> FactBook:
    """All facts of a folder. Raises :class:`FactFileError` with every fault, so that one run tells them all."""
    book, errors = read_facts(folder)
    if errors:
        raise FactFileError(errors)
    return book


def read_facts(folder: Path) -> tuple[FactBook, tuple[FactError, ...]]:
    """All facts of a folder that could be read, and the faults found, in the order of files and lines.

    For a checker that wants to go on with the rest; the service uses :func:`load_facts`.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        fault = "the folder holds no fact file"
        return FactBook(()), (FactError(folder.name, 1, "", fault, "Put files such as regularization.yml there"),)
    facts: list[Fact] = []
    errors: list[FactError] = []
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            errors.append(FactError(path.name, 1, "", "this is not plain text", "Save the file as UTF-8 text"))
            continue
        facts += _file_facts(text, path.name, errors)
    errors += check_together(facts)
    return FactBook(facts), tuple(sorted(errors))


def read_facts_text(text: str, file: str) -> list[Fact]:
    """The facts of one file that can be read; what cannot is passed over."""
    return _file_facts(text, file, [])


def _file_facts(text: str, file: str, errors: list[FactError]) -> list[Fact]:
    entries, faults = read_source(text, file)
    errors += faults
    if not entries:
        return []
    top = Fields(file, "", 1, entries, errors)
    top.only(("version", "facts"))
    if top.value("version", numeric=True) != VERSION:
        top.wrong("version", "the file does not tell its version", f"Begin it with version: {VERSION}")
    block = top.block("facts", "facts: and below it ppt_duplicate_fee:")
    if block is None:
        return []
    read = (_fact(fact_id, entry, file, errors) for fact_id, entry in block.entries.items())
    return [fact for fact in read if fact is not None]


def _fact(fact_id: str, entry: Entry, file: str, errors: list[FactError]) -> Fact | None:
    if not isinstance(entry.value, dict):
        fault = "the fact has no fields"
        errors.append(FactError(file, entry.line, fact_id, fault, f"Give it {', '.join(FACT_KEYS[:3])} and the rest"))
        return None
    fields = Fields(file, fact_id, entry.line, entry.value)
    fields.only(FACT_KEYS)
    fact = _read(fact_id, fields)
    if not fields.errors:
        check_fact(fact, fields)
    errors += fields.errors
    return None if fields.errors else fact


def _read(fact_id: str, fields: Fields) -> Fact:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", fact_id):
        fields.wrong("", f"{fact_id!r} is no id", "Write English words in small letters joined by _")
    research = fields.text("research", "research: REG-06")
    if research and not re.fullmatch(r"[A-Z]{3,4}-\d{2}", research):
        fields.wrong("research", f"'research' is {research!r}", "Write the id of the research, as REG-06")
    kind = fields.choice("kind", tuple(Kind))
    value = fields.entries["value"].value if "value" in fields.entries else None
    if kind == Kind.PHONE and isinstance(value, Scalar) and value.kind != "text":
        mend = f'Write value: "{value.text}", or a leading zero may be lost'
        fields.wrong("value", "a phone must stand in quotes", mend)
    return Fact(
        id=fact_id,
        research=research,
        claim=fields.text("claim", "claim: Fee of a duplicate PPT in 2026"),
        kind=Kind(kind or Kind.TEXT),
        value=fields.value("value", numeric=kind in UNITS),
        unit=fields.text("unit"),
        say=fields.text("say"),
        norm=fields.text("norm"),
        source=_source(fields),
        confirm_at=_confirm(fields),
        confidence=Confidence(fields.choice("confidence", tuple(Confidence)) or Confidence.LOW),
        valid_from=fields.day("valid_from"),
        expires=fields.day("expires"),
        after_expiry=fields.text("after_expiry") or SILENT,
        changes=fields.text("changes"),
        review_by=fields.day("review_by", required=True) or date.max,
        notes=fields.text("notes"),
        file=fields.file,
        line=fields.line,
    )


def _source(fields: Fields) -> Source:
    block = fields.block("source", 'source: {org: Migración Colombia, url: "https://…", date: "2026-02"}')
    if block is None:
        return Source("", "", None)
    block.only(("org", "via", "url", "date"))
    org = block.text("org", "org: Migración Colombia")
    return Source(org=org, via=block.text("via"), url=block.address("url"), date=block.seen("date"))


def _confirm(fields: Fields) -> Confirm:
    block = fields.block("confirm_at", 'confirm_at: {name: Migración Colombia, url: "https://…"}')
    if block is None:
        return Confirm("", "")
    block.only(("name", "url"))
    return Confirm(block.text("name", "name: Migración Colombia"), block.address("url"))
