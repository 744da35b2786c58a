"""What is not taken, and what a person is told: never a stack trace, never lost words, never another site's message."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx
import pytest

from bot.channels.web import SECURITY_HEADERS, WebSettings
from bot.channels.web.settings import Allowance, RateLimits
from bot.storage import Store
from tests.channels.web.conftest import Browser, new_browser
from tests.channels.web.harness import Site, running

GOOD = {"client_id": "client-0001", "kind": "text", "text": "hola", "payload": ""}


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, whose message is for a person."""
    error = response.json()["error"]
    assert error["message"].endswith(".")
    assert "Traceback" not in response.text
    return response.status_code, error["code"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", (400, "bad_json")),
        (b"{", (400, "bad_json")),
        (b"[1]", (400, "bad_json")),
        (b"\xff\xfe", (400, "bad_json")),
        (b"[" * 15000, (400, "bad_json")),
        (b"{}", (400, "bad_field")),
        (json.dumps(GOOD | {"client_id": "short"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"client_id": "no spaces allowed"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"client_id": 12345678}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "fire"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "tap"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"payload": "o|1"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "tap", "payload": "ñ" * 33}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "tap", "payload": "a\x00b"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "tap", "payload": "\ud800"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"kind": "start", "payload": "<script>"}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"text": None}).encode(), (400, "bad_field")),
        (json.dumps(GOOD | {"text": " \n\x00 "}).encode(), (400, "empty")),
        (json.dumps(GOOD | {"text": "a" * 4001}).encode(), (413, "text_too_long")),
        (json.dumps(GOOD | {"text": "a" * 17000}).encode(), (413, "body_too_long")),
    ],
)
def test_a_damaged_message_is_refused_with_plain_words(
    site: Site, browser: Browser, body: bytes, expected: tuple[int, str]
) -> None:
    response = browser.http.post("/chat/messages", content=body)
    assert refusal(response) == expected
    assert "set-cookie" not in response.headers
    assert site.handled == []


def test_the_longest_message_in_the_widest_letters_is_taken(browser: Browser) -> None:
    text = "🌎" * 4000
    answer = browser.http.post("/chat/messages", content=json.dumps(GOOD | {"text": text}, ensure_ascii=False))
    assert answer.status_code == 202
    assert browser.read_until("🌎")[0]["text"] == f"Escribiste: {text}"


def test_letters_that_no_database_takes_are_dropped_and_the_rest_is_kept(browser: Browser) -> None:
    body = json.dumps(GOOD | {"text": "ho\x00la \ud83d mundo\r\nadiós"})
    assert browser.http.post("/chat/messages", content=body).status_code == 202
    assert browser.read_until("mundo")[0]["text"] == "Escribiste: hola  mundo\nadiós"


@pytest.mark.parametrize("query", ["after=-1", "after=x", "wait=1.5", "after=99999999999999999999", "wait=²"])
def test_a_damaged_reading_is_refused(browser: Browser, query: str) -> None:
    assert refusal(browser.http.get(f"/chat/messages?{query}")) == (400, "bad_field")


def test_a_reading_after_the_end_of_all_ids_is_empty(browser: Browser) -> None:
    browser.post("first-0001", text="hola")
    browser.read_until("hola")
    after = 2**63 - 1
    lines = browser.http.get("/chat/messages", params={"after": after}).json()
    assert [line["text"] for line in lines["lines"]] == ["Escribiste: hola"]  # so it is no line of this conversation
    assert lines["restarted"] is True


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Amable": "0"}, 403),
        ({"X-Amable": "1"}, 202),
        ({"X-Amable": "1", "Origin": "{self}"}, 202),
        ({"X-Amable": "1", "Origin": "https://evil.example"}, 403),
        ({"X-Amable": "1", "Origin": "null"}, 403),
        ({"X-Amable": "1", "Origin": "null", "Sec-Fetch-Site": "same-origin"}, 202),
        ({"X-Amable": "1", "Origin": "https://chat.example"}, 202),
        ({"Sec-Fetch-Site": "same-origin"}, 403),
    ],
)
def test_only_our_own_page_writes(store: Store, headers: dict[str, str], status: int) -> None:
    settings = WebSettings(public_origins=frozenset({"https://chat.example"}))
    with running(Site(store, settings)) as site:
        sent = {name: value.format(self=site.url) for name, value in headers.items()}
        response = httpx.post(f"{site.url}/chat/messages", json=GOOD, headers=sent)
    assert response.status_code == status
    if status == 403:
        assert refusal(response) == (403, "forbidden")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Amable": "1"}, 204),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 204),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_only_our_own_page_closes_a_chat_with_a_beacon_too(site: Site, headers: dict[str, str], status: int) -> None:
    assert httpx.post(f"{site.url}/chat/leave", headers=headers).status_code == status


def test_a_conversation_that_writes_too_fast_is_slowed_and_another_is_not(store: Store) -> None:
    limits = RateLimits(post_session=Allowance(3, 0.001))
    with running(Site(store, WebSettings(limits=limits))) as site, new_browser(site) as http:
        browser = Browser(http)
        statuses = [browser.post(f"message-{number}", text="hola").status_code for number in range(4)]
        refused = browser.post("message-9", text="hola")
        assert statuses == [202, 202, 202, 429]
        assert refusal(refused) == (429, "too_fast")
        assert int(refused.headers["retry-after"]) > 1
        with new_browser(site) as other:
            assert Browser(other).post("message-0", text="hola").status_code == 202


def test_a_host_cannot_open_chats_without_end(store: Store) -> None:
    limits = RateLimits(new_session_host=Allowance(2, 0.001))
    with running(Site(store, WebSettings(limits=limits))) as site:
        statuses = []
        for _ in range(3):
            with new_browser(site) as http:
                statuses.append(Browser(http).post("message-1", text="hola").status_code)
    assert statuses == [202, 202, 429]


def test_a_token_that_is_none_reaches_no_conversation(site: Site) -> None:
    for token in ("", "x", "a" * 44, "../" * 14 + "a"):
        response = httpx.get(f"{site.url}/chat/messages", headers={"Cookie": f"amable_chat={token}"})
        assert response.json()["session"] is False


@pytest.mark.parametrize(
    ("url_scheme", "max_age", "expected", "absent"),
    [
        ("http", None, ["HttpOnly", "Path=/", "SameSite=strict"], ["Max-Age", "expires", "Secure"]),
        ("https", None, ["HttpOnly", "Path=/", "SameSite=strict", "Secure"], ["Max-Age", "expires"]),
        ("https", timedelta(days=30), ["HttpOnly", "Max-Age=2592000", "SameSite=strict", "Secure"], []),
    ],
)
def test_the_cookie_is_strict_and_forgotten_with_the_browser(
    store: Store, url_scheme: str, max_age: timedelta | None, expected: list[str], absent: list[str]
) -> None:
    with running(Site(store, WebSettings(cookie_max_age=max_age))) as site:
        headers = {"X-Amable": "1", "X-Forwarded-Proto": url_scheme}
        cookie = httpx.post(f"{site.url}/chat/messages", json=GOOD, headers=headers).headers["set-cookie"]
    parts = [part.strip() for part in cookie.split(";")]
    assert [name for name in expected if name not in parts] == []
    assert [name for name in absent if name.lower() in cookie.lower()] == []


def test_a_session_cookie_is_set_once_so_that_a_late_answer_does_not_undo_an_exit(browser: Browser) -> None:
    assert "set-cookie" in browser.post("first-0001", text="uno").headers
    assert "set-cookie" not in browser.post("second-001", text="dos").headers


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("GET", "/chat/messages"), ("POST", "/chat/messages"), ("GET", "/nada"), ("PUT", "/")],
)
def test_every_response_has_the_security_headers(site: Site, method: str, path: str) -> None:
    response = httpx.request(method, site.url + path)
    assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


@pytest.mark.parametrize(
    "wrong",
    [
        {"exit_url": "javascript:alert(1)"},
        {"exit_url": "/chat"},
        {"cookie_max_age": timedelta(days=31)},
        {"cookie_max_age": timedelta(0)},
        {"languages": ()},
        {"reread_seconds": 0},
        {"short_codes": ("12a",)},
    ],
)
def test_settings_that_cannot_be_are_told_at_start(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        WebSettings(**wrong)  # type: ignore[arg-type]
