"""A conversation over HTTP, with the real Store: nothing lost, nothing twice, and there again after a reload."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import httpx

from bot.channels.web import WebChannel, WebSettings
from bot.messages import Address, Attachment, Inbound
from bot.storage import NewMessage, Store
from tests.channels.web.conftest import Browser, new_browser
from tests.channels.web.harness import CARD, DOCUMENTS, GOODBYE, GREETING, MENU, Site, running


def test_a_first_visit_is_greeted_with_options(browser: Browser) -> None:
    answer = browser.post("first-0001", "start")
    assert answer.status_code == 202
    lines = browser.read_until("¿Con qué te ayudo hoy?")
    assert [line["text"] for line in lines] == [GREETING, "¿Con qué te ayudo hoy?"]
    assert [line["who"] for line in lines] == ["bot", "bot"]
    assert lines[1]["buttons"] == [
        {"label": option.label, "payload": option.payload, "description": option.description} for option in MENU
    ]


def test_a_tap_carries_its_payload_and_a_deep_link_its_route(site: Site, browser: Browser) -> None:
    browser.post("link-00001", "start", payload="route_regularization")
    lines = browser.read_until("¿Qué documento")
    browser.post("tap-000001", "tap", DOCUMENTS[1].label, DOCUMENTS[1].payload)
    cards = [line for line in browser.read_until("¿Te ayudo", lines[-1]["id"]) if line["kind"] == "card"]
    assert [card["text"] for card in cards] == [CARD]
    assert [(message.kind, message.text, message.payload) for message in site.handled] == [
        ("start", "", "route_regularization"),
        ("tap", "Perdí mi PPT", "o|abc|1|1"),
    ]


def test_a_message_posted_again_and_again_is_answered_once(site: Site, browser: Browser) -> None:
    statuses = [browser.post("again-0001", text="hola").status_code for _ in range(4)]
    browser.post("other-0001", text="listo")
    lines = browser.read_until("Escribiste: listo")
    assert statuses == [202] * 4
    assert [line["text"] for line in lines] == ["Escribiste: hola", "Escribiste: listo"]
    assert [message.text for message in site.handled] == ["hola", "listo"]


def test_two_browsers_with_the_same_message_id_are_two_people(site: Site, browser: Browser) -> None:
    browser.post("same-00001", text="soy Ana")
    with new_browser(site) as http:
        other = Browser(http)
        other.post("same-00001", text="soy Luis")
        assert [line["text"] for line in other.read_until("Luis")] == ["Escribiste: soy Luis"]
    assert [line["text"] for line in browser.read_until("Ana")] == ["Escribiste: soy Ana"]


def test_a_waiting_reader_gets_the_answer_as_soon_as_it_is_sent(store: Store) -> None:
    # The store is read again only after an hour here: the answer can come by the bell alone.
    settings = WebSettings(reread_seconds=3600)
    with running(Site(store, settings)) as site, new_browser(site) as http:
        browser = Browser(http)
        browser.post("first-0001", text="uno")
        last = browser.read_until("uno")[-1]["id"]
        site.looks_before_answer = site.database.looks + 1
        browser.post("second-001", text="dos")
        assert [line["text"] for line in browser.read(last)] == ["Escribiste: dos"]


def test_what_another_process_sends_is_read_too(store: Store) -> None:
    settings = WebSettings(reread_seconds=0.02)
    with running(Site(store, settings)) as here, new_browser(here) as http:
        browser = Browser(http)
        browser.post("first-0001", text="uno")
        last = browser.read_until("uno")[-1]["id"]
        with running(Site(store, settings)) as there, httpx.Client(base_url=there.url, cookies=http.cookies) as other:
            there.reply = lambda inbound: [NewMessage(f"Desde otro proceso: {inbound.text}")]
            other.post(
                "/chat/messages",
                json={"client_id": "second-001", "kind": "text", "text": "dos"},
                headers={"X-Amable": "1"},
            )
            assert [line["text"] for line in browser.read(last)] == ["Desde otro proceso: dos"]
            assert [message.text for message in there.handled] == ["dos"]


def test_a_reload_shows_the_same_conversation_and_the_persons_lines_only_with_consent(browser: Browser) -> None:
    browser.post("first-0001", text="antes del permiso")
    browser.read_until("antes")
    browser.post("second-001", text="sí, guarda")
    browser.post("third-0001", text="después del permiso")
    live = browser.read_until("Escribiste: después")
    again = browser.read()
    said = [line["text"] for line in again if line["who"] == "person"]
    assert said == ["sí, guarda", "después del permiso"]
    assert [line["id"] for line in again] == sorted(line["id"] for line in again)
    assert [line["text"] for line in again if line["who"] == "bot"] == [
        "Escribiste: antes del permiso",
        "Escribiste: sí, guarda",
        "Escribiste: después del permiso",
    ]
    assert {line["id"] for line in live} <= {line["id"] for line in again}


def test_who_had_everything_erased_reads_the_goodbye_and_can_begin_anew(browser: Browser) -> None:
    for number in range(3):
        browser.post(f"before-{number}", text=f"antes {number}")
    last = browser.read_until("antes 2")[-1]["id"]
    browser.post("erase-0001", text="borrar mis datos")
    goodbye = browser.read_until(GOODBYE, last)
    assert [line["text"] for line in goodbye] == [GOODBYE]
    browser.post("anew-00001", text="hola otra vez")
    response = browser.http.get("/chat/messages", params={"after": goodbye[-1]["id"], "wait": 20}).json()
    assert [line["text"] for line in response["lines"]] == ["Escribiste: hola otra vez"]
    assert response["restarted"] is True
    assert [line["text"] for line in browser.read()] == ["Escribiste: hola otra vez"]


def test_a_reload_after_the_erasure_shows_nothing_of_before(browser: Browser) -> None:
    browser.post("before-001", text="antes")
    last = browser.read_until("antes")[-1]["id"]
    browser.post("erase-0001", text="borrar mis datos")
    browser.read_until(GOODBYE, last)
    assert [line["text"] for line in browser.read(wait=0)] in ([], [GOODBYE])


def test_a_long_conversation_is_read_in_pieces(store: Store) -> None:
    chatter = Site(store, reply=lambda _inbound: [NewMessage(f"línea {number}") for number in range(130)])
    with running(chatter) as site, new_browser(site) as http:
        browser = Browser(http)
        browser.post("first-0001", text="todo")
        newest = browser.http.get("/chat/messages", params={"wait": 20}).json()
        assert [line["text"] for line in newest["lines"]] == [f"línea {number}" for number in range(30, 130)]
        first = newest["lines"][0]["id"] - 30
        later = browser.http.get("/chat/messages", params={"after": first}).json()
        assert later["more"] is True
        rest = browser.http.get("/chat/messages", params={"after": later["lines"][-1]["id"]}).json()
        assert rest["more"] is False
        assert [line["text"] for line in later["lines"] + rest["lines"]] == [f"línea {n}" for n in range(1, 130)]


def test_the_browser_keeps_the_token_and_the_database_never_holds_it(database: Path, browser: Browser) -> None:
    browser.post("first-0001", text="hola, soy Ana")
    browser.read_until("Ana")
    token = browser.http.cookies["amable_chat"]
    assert len(token) == 43
    stored = b"".join(path.read_bytes() for path in database.parent.glob("chat.db*"))
    for secret in (token, hashlib.sha256(token.encode()).hexdigest(), "soy Ana"):
        assert secret.encode() not in stored


def test_the_address_is_the_hash_of_the_token(store: Store, browser: Browser) -> None:
    browser.post("first-0001", text="hola")
    browser.read_until("hola")
    token = browser.http.cookies["amable_chat"]
    address = Address("web", hashlib.sha256(token.encode()).hexdigest())
    assert [line.text for line in store.history(address)] == ["Escribiste: hola"]


def test_storage_away_loses_nothing(site: Site, browser: Browser) -> None:
    browser.post("first-0001", text="uno")
    browser.read_until("uno")
    site.database.away = True
    refused = browser.post("second-001", text="dos")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert "no se pierde" in refused.json()["error"]["message"]
    assert browser.http.get("/chat/messages").status_code == 503
    site.database.away = False
    assert browser.post("second-001", text="dos").status_code == 202
    browser.read_until("Escribiste: dos")
    assert [message.text for message in site.handled] == ["uno", "dos"]


def test_a_service_that_does_not_run_yet_takes_nothing(store: Store) -> None:
    class Unstarted(WebChannel):
        async def start(self, receive: object) -> None:
            """Never starts."""

    with running(Site(store, channel=Unstarted())) as site, new_browser(site) as http:
        assert Browser(http).post("first-0001", text="hola").status_code == 503


def test_leaving_takes_the_conversation_out_of_the_browser(site: Site, browser: Browser) -> None:
    browser.post("first-0001", text="hola")
    browser.read_until("hola")
    left = browser.http.post("/chat/leave")
    assert left.status_code == 204
    assert "amable_chat" not in browser.http.cookies
    assert browser.http.get("/chat/messages").json() == {
        "session": False,
        "lines": [],
        "more": False,
        "restarted": False,
    }
    browser.post("anew-00001", text="soy otra")
    assert [line["text"] for line in browser.read_until("otra")] == ["Escribiste: soy otra"]


PAGE = Attachment("mi-plan.pdf", "application/pdf", b"%PDF-1.4 " + bytes(range(256)))


def with_page(inbound: Inbound) -> Sequence[NewMessage]:
    """Answers with a page, save to who has everything erased."""
    if inbound.text == "borrar mis datos":
        return [NewMessage(GOODBYE)]
    return [NewMessage("Tu plan"), NewMessage("Guárdalo", kind="document", attachment=PAGE)]


def test_a_page_is_saved_by_its_own_browser_and_by_no_other(store: Store) -> None:
    with running(Site(store, reply=with_page)) as site, new_browser(site) as http, new_browser(site) as other:
        browser, stranger = Browser(http), Browser(other)
        browser.post("page-00001", text="mi plan")
        plan, page = browser.read_until("Guárdalo")
        assert plan["file"] is None
        assert page["file"] == {"name": "mi-plan.pdf", "href": f"/chat/files/{page['id']}"}

        got = http.get(page["file"]["href"])
        assert (got.status_code, got.content) == (200, PAGE.content)
        assert got.headers["content-type"] == "application/pdf"
        assert got.headers["content-disposition"] == 'attachment; filename="mi-plan.pdf"'
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in got.headers["cache-control"]
        assert "sandbox" in got.headers["content-security-policy"]

        assert other.get(page["file"]["href"]).status_code == 404, "a browser without a conversation"
        stranger.post("else-00001", text="hola")
        stranger.read_until("Guárdalo")
        http.cookies.clear()
        assert http.get(page["file"]["href"]).status_code == 404, "the same browser after it left"


def test_a_page_is_gone_with_everything_else_that_was_erased(store: Store) -> None:
    with running(Site(store, reply=with_page)) as site, new_browser(site) as http:
        browser = Browser(http)
        browser.post("page-00001", text="mi plan")
        lines = browser.read_until("Guárdalo")
        browser.post("page-00002", text="borrar mis datos")
        browser.read_until(GOODBYE, lines[-1]["id"])
        answer = http.get(lines[-1]["file"]["href"])
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "no_file"


def test_what_is_no_line_has_no_page(browser: Browser) -> None:
    browser.post("page-00001", text="hola")
    browser.read_until("hola")
    for line in ("0", "1001", "9" * 18, "9" * 40, "-1", "x", "%F0%9F%98%80", "..%2f..%2fetc"):
        assert browser.http.get(f"/chat/files/{line}").status_code == 404


def test_a_page_cannot_be_had_while_the_database_is_away(store: Store) -> None:
    with running(Site(store, reply=with_page)) as site, new_browser(site) as http:
        browser = Browser(http)
        browser.post("page-00001", text="mi plan")
        href = browser.read_until("Guárdalo")[-1]["file"]["href"]
        site.database.away = True
        assert http.get(href).status_code == 503
