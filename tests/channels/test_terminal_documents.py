"""The terminal saves a page where only its user can read it, and says where."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.terminal import Terminal
from bot.messages import Address, Attachment, Inbound
from bot.storage import Line

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
PAGE = Attachment("mi-plan.pdf", "application/pdf", b"%PDF-1.4 of nobody")


class OnePage:
    """A service that answers every message with a page; ``gone``: the page is purged already."""

    def __init__(self, gone: bool = False) -> None:
        self.said: list[Line] = []
        self.gone = gone

    async def receive(self, inbound: Inbound) -> bool:
        self.said.append(Line(1001 + len(self.said), NOW, "out", "Aquí está", kind="document", file=PAGE.name))
        return True

    async def settle(self) -> None:
        pass

    def lines(self, address: Address, after: int) -> list[Line]:
        return [line for line in self.said if line.id > after]

    def attachment(self, address: Address, line: int) -> Attachment | None:
        return None if self.gone else PAGE

    def now(self) -> datetime:
        return NOW


async def talk(service: OnePage, folder: Path) -> str:
    out, lines = io.StringIO(), iter(["mi plan", None])

    async def read() -> str | None:
        return next(lines)

    await Terminal(service, "ana", out, echo=False, documents=folder).run(read, greet=False)
    return out.getvalue()


async def test_a_page_is_saved_and_its_path_is_told(tmp_path: Path) -> None:
    said = await talk(OnePage(), tmp_path / "documents")
    (path,) = (tmp_path / "documents").iterdir()
    assert path.read_bytes() == PAGE.content
    assert f"→ {path}" in said
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


async def test_a_page_that_is_gone_is_not_saved(tmp_path: Path) -> None:
    assert "→" not in await talk(OnePage(gone=True), tmp_path / "documents")
    assert not (tmp_path / "documents").exists()
