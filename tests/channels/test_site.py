"""The whole site: every answer of every route bears the headers, also where something broke."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter

from bot.channels.site import make_site
from bot.channels.web import SECURITY_HEADERS
from tests.hostile.requests import SECRET, TOKEN_HEADER
from tests.hostile.site import target

SECRET_TEXT = "me llamo Inventada"
CSP = SECURITY_HEADERS["Content-Security-Policy"]


def browser(app: object) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://amable.example")


def broken() -> APIRouter:
    router = APIRouter()

    @router.get("/broken")
    async def fail() -> None:
        raise RuntimeError(SECRET_TEXT)

    return router


async def test_an_error_that_nobody_foresaw_tells_nothing_and_bears_the_headers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with browser(make_site([broken()])) as client:
        answer = await client.get("/broken")
    assert (answer.status_code, answer.text) == (500, "Internal Server Error")
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "a request failed (RuntimeError)" in caplog.text
    assert SECRET_TEXT not in caplog.text


async def test_every_route_and_every_refusal_bears_the_headers(tmp_path: Path) -> None:
    async with target(tmp_path) as site:
        app = site.app()
        routes = [route for router in site.routers() for route in router.routes]
        paths = {route.path.format(fingerprint="x", name="y", line=1) for route in routes}  # type: ignore[attr-defined]
        assert {"/", "/chat/messages", "/chat/leave", "/telegram/webhook", "/healthz", "/metrics"} <= paths
        async with browser(app) as client:
            for path in sorted({*paths, "/nothing", "/chat/static/../../etc/passwd"}):
                for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "NONSENSE"):
                    answer = await client.request(method, path)
                    assert answer.headers.get("Content-Security-Policy") == CSP, (method, path)
                    assert set(map(str.lower, SECURITY_HEADERS)) <= set(answer.headers), (method, path)
                    assert "access-control-allow-origin" not in answer.headers
                    assert "server" not in answer.headers or answer.headers["server"] != "uvicorn"


@pytest.mark.parametrize("secret", ["", SECRET + "x", SECRET[:-1], SECRET.upper(), "é"])
async def test_a_webhook_without_the_secret_is_refused_before_its_body_is_read(tmp_path: Path, secret: str) -> None:
    async with target(tmp_path) as site, browser(site.app()) as client:
        headers = [(TOKEN_HEADER.encode(), secret.encode())]
        answer = await client.post("/telegram/webhook", content=b"{" * 5_000_000, headers=headers)
        assert answer.status_code == 401


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/leave"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Amable": "1", "Origin": "https://evil.example"},
        {"X-Amable": "1", "Origin": "null"},
        {"X-Amable": "1", "Origin": "http://amable.example.evil.example"},
        {"Origin": "http://amable.example", "Content-Type": "application/x-www-form-urlencoded"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    ],
)
async def test_another_sites_form_changes_nothing(tmp_path: Path, path: str, headers: dict[str, str]) -> None:
    body = b'{"client_id": "client-0001", "kind": "text", "text": "hola", "payload": ""}'
    async with target(tmp_path) as site, browser(site.app()) as client:
        answer = await client.post(path, content=body, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert site.store.counts()["people"] == 0
