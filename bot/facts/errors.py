"""What can be wrong with a fact file: where it stands, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content_error import ContentError


@dataclass(frozen=True, slots=True, order=True)
class FactError:
    """One fault of a fact file. ``fact`` is the id of the fact, empty where the file itself is wrong."""

    file: str
    line: int
    fact: str
    fault: str
    mend: str

    def __str__(self) -> str:
        where = f" {self.fact}:" if self.fact else ""
        return f"{self.file}:{self.line}:{where} {self.fault}. {self.mend}."


class FactFileError(ContentError):
    """Fact files did not load. ``errors`` holds every fault found, in the order of files and lines."""

    def __init__(self, errors: Iterable[FactError]) -> None:
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))
