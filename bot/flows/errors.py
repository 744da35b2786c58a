"""What can be wrong with a flow file, and what can go wrong in the engine; each with a stable code."""

from __future__ import annotations

from dataclasses import dataclass

from bot.content_error import ContentError
from bot.flows.model import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a flow file: where it stands, what is wrong, how to mend it."""

    code: str
    place: Place
    where: str
    """The flow and step, as ``regularization/document``; a slot, card or file part otherwise."""
    fault: str
    mend: str

    def __str__(self) -> str:
        where = f" {self.where}:" if self.where else ""
        stop = "" if self.mend.endswith(("?", "…")) else "."
        return f"{self.place.file}:{self.place.line}:{where} {self.fault}. {self.mend}{stop} [{self.code}]"


class FlowFileError(ContentError):
    """Flow files did not load. ``faults`` holds every fault found, in the order of the files."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class EngineError(Exception):
    """The engine stopped rather than run on. ``code``: ``too_many_steps``, ``stack_too_deep``, ``unknown_step``."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
