"""The page and its files: small, kept by the browser, in the reader's language, and true about who we are."""

from __future__ import annotations

import gzip
import json
import re

import httpx
from fastapi import FastAPI

from bot.channels.web import WebSettings, web_router
from bot.channels.web.assets import HERE, lean
from bot.channels.web.channel import WebChannel
from bot.channels.web.texts import page_texts, refusal_texts
from tests.channels.web.harness import FlakyStore, Site, now, serving

MOST_BYTES = 40 * 1024


def files_of(page: str) -> list[str]:
    return sorted(set(re.findall(r'(?:href|src)="(/chat/static/[^"]+)"', page)))


def test_page_and_files_together_stay_under_40_kb(site: Site) -> None:
    plain = {"Accept-Encoding": "identity"}
    page = httpx.get(site.url, headers=plain)
    files = [httpx.get(site.url + path, headers=plain) for path in files_of(page.text)]
    assert len(files) > 5
    assert {file.status_code for file in files} == {200}
    total = len(page.content) + sum(len(file.content) for file in files)
    assert total < MOST_BYTES, total


def test_files_are_kept_for_good_under_a_name_that_changes_with_them(site: Site) -> None:
    page = httpx.get(site.url)
    for path in files_of(page.text):
        file = httpx.get(site.url + path)
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert re.match(r"/chat/static/[0-9a-f]{12}/", path)
        stale = re.sub(r"static/[0-9a-f]{12}", "static/000000000000", path)
        assert httpx.get(site.url + stale).status_code == 404
    assert page.headers["cache-control"] == "no-store"


def test_page_and_files_travel_compressed(site: Site) -> None:
    with httpx.stream("GET", site.url, headers={"Accept-Encoding": "gzip"}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert len(raw) < 4000
    assert b"Banco Amable" in gzip.decompress(raw)


def test_the_page_says_who_we_are_and_that_it_is_free_before_any_script_runs(site: Site) -> None:
    page = httpx.get(site.url).text
    assert "Gratis. No somos Migración Colombia. Nunca pedimos dinero ni contraseñas." in page
    assert "<noscript>" in page
    assert '<html lang="es">' in page


def test_the_page_asks_for_nothing_of_another_origin(site: Site) -> None:
    page = httpx.get(site.url).text
    fetched = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]+)"', page)
    assert fetched
    assert [address for address in fetched if not address.startswith(("/chat/static/", "data:"))] == []
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


def test_texts_reach_the_scripts_as_they_are_whatever_they_hold(site: Site) -> None:
    page = httpx.get(site.url).text
    match = re.search(r'<script type="application/json" id="options">(.*?)</script>', page, re.DOTALL)
    assert match
    options = json.loads(match.group(1))
    assert options["texts"] == page_texts(str)
    assert options["exit"] == WebSettings().exit_url


def test_page_and_refusals_speak_the_readers_language(site: Site) -> None:
    catalogue = {"Salir rápido": "Quick </script> exit", refusal_texts(str)["bad_json"]: "The message is damaged."}

    def gettext_for(language: str) -> object:
        return lambda text: catalogue.get(text, text) if language == "en" else text

    app = FastAPI()
    settings = WebSettings(languages=("es", "en"))
    app.include_router(web_router(WebChannel(), FlakyStore(site.store), now, settings, gettext_for))  # type: ignore[arg-type]
    with serving(app) as url:
        english = {"Accept-Language": "en-US,en;q=0.9,es;q=0.8"}
        page = httpx.get(url, headers=english)
        assert 'lang="en"' in page.text
        assert "Quick &lt;/script&gt; exit" in page.text
        assert "Quick </script>" not in page.text
        assert 'lang="en"' in httpx.get(url, params={"lang": "en"}).text
        assert 'lang="es"' in httpx.get(url, headers={"Accept-Language": "zh, *;q=0.1"}).text
        refused = httpx.post(f"{url}/chat/messages", content=b"{", headers={"X-Amable": "1"} | english)
        assert refused.json()["error"]["message"] == "The message is damaged."


def test_the_language_of_the_browser_goes_with_the_message(site: Site) -> None:
    message = {"client_id": "client-0001", "kind": "text", "text": "bonjou"}
    headers = {"X-Amable": "1", "Accept-Language": "ht-HT,fr;q=0.8"}
    with httpx.Client(base_url=site.url, headers=headers) as http:
        http.post("/chat/messages", json=message)
        http.get("/chat/messages", params={"wait": 20})
    assert [inbound.language_hint for inbound in site.handled] == ["ht-HT"]


def test_every_text_is_a_whole_one() -> None:
    for texts in (page_texts(str), refusal_texts(str)):
        assert all(text == text.strip() and text for text in texts.values())
        assert all("ustedes" not in text.lower().split() for text in texts.values())


def test_every_text_of_the_page_is_used() -> None:
    files = [path.read_text() for folder in ("static", "templates") for path in (HERE / folder).iterdir()]
    unused = [name for name in page_texts(str) if not any(re.search(rf"\b{name}\b", text) for text in files)]
    keys_of_the_footer = [f"{key}_word" for key in ("menu", "back", "help", "person")]
    assert [name for name in unused if name not in keys_of_the_footer] == []


def test_scripts_and_styles_travel_without_comments_and_are_written_so_that_nothing_else_is_lost() -> None:
    source = "// why\n\n/** what */\nif (a) {\n  b(); // here\n  c(`${d}`);\n}\n/* one */\n.x { y: z; }\n"
    assert lean(source) == "if (a) {\nb(); // here\nc(`${d}`);\n}\n.x { y: z; }\n"
    for path in (HERE / "static").iterdir():
        lines = path.read_text().splitlines()
        assert all(line.count("`") % 2 == 0 for line in lines), f"{path.name}: a text over several lines"
        assert all(line.count("/*") == line.count("*/") for line in lines), f"{path.name}: a comment over several lines"
