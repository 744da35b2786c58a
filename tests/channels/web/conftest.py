"""A store in a temporary file, a running site, and people's browsers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.storage import Store, open_store
from tests.channels.web.harness import Site, running


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "chat.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{database}", database.parent / "keys")
    yield store
    store.close()


@pytest.fixture
def site(store: Store) -> Iterator[Site]:
    with running(Site(store)) as site:
        yield site


@dataclass
class Browser:
    """What the page asks for, without the page. Keeps its cookie as a browser does."""

    http: httpx.Client

    def post(
        self, client_id: str, kind: str = "text", text: str = "", payload: str = "", **more: Any
    ) -> httpx.Response:
        """Post a message."""
        message = {"client_id": client_id, "kind": kind, "text": text, "payload": payload}
        return self.http.post("/chat/messages", json=message, **more)

    def read(self, after: int = 0, wait: int = 20) -> list[dict[str, Any]]:
        """The lines after an id."""
        response = self.http.get("/chat/messages", params={"after": after, "wait": wait})
        assert response.status_code == 200, response.text
        lines: list[dict[str, Any]] = response.json()["lines"]
        return lines

    def read_until(self, text: str, after: int = 0) -> list[dict[str, Any]]:
        """Read on until a line has this text; every line that came."""
        lines: list[dict[str, Any]] = []
        while not any(text in line["text"] for line in lines):
            found = self.read(lines[-1]["id"] if lines else after)
            assert found, f"{text!r} never came after {lines}"
            lines += found
        return lines


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    with new_browser(site) as http:
        yield Browser(http)


def new_browser(site: Site) -> httpx.Client:
    """Another person's browser, or another of the same person."""
    return httpx.Client(base_url=site.url, headers={"X-Amable": "1", "Origin": site.url}, timeout=40)
