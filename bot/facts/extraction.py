"""What translators get of the facts: a Babel extraction method, each wording once, with the facts that use it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from bot.facts.loader import read_facts_text
from bot.facts.model import Confidence, Fact
from bot.facts.wording import message_id


def extract_facts(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001  Babel's interface
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Babel's extraction method for ``facts/*.yml``. Facts of low confidence are never said, so never translated."""
    text, name = fileobj.read().decode(), Path(str(getattr(fileobj, "name", "facts.yml"))).name
    for fact in read_facts_text(text, name):
        words = message_id(fact)
        if words and fact.confidence is not Confidence.LOW:
            yield _line(text, fact), None, words, [f"fact {fact.id}: stands inside a sentence ({fact.claim})"]


def _line(text: str, fact: Fact) -> int:
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"  {fact.id}:")), 1)
