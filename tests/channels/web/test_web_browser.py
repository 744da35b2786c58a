"""The page in a real browser, on a small phone's screen: read, tapped, written, left in a hurry."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web import WebSettings
from bot.messages import Attachment
from bot.storage import NewMessage, Store
from tests.channels.web.harness import CRISIS, DOCUMENTS, GOODBYE, GREETING, MENU, Site, now, running, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    required = os.environ.get("AMABLE_REQUIRE_BROWSER") == "1"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        if required:
            raise
        pytest.skip("needs the Python package playwright (group dev)")
    if not CHROMIUM.exists():
        assert not required, f"AMABLE_REQUIRE_BROWSER=1, and {CHROMIUM} is missing"
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The neutral page that a quick exit leads to."""
    app = FastAPI()
    app.add_api_route("/", lambda: HTMLResponse("<title>Clima</title><link rel=icon href=data:,><p>Hoy llueve.</p>"))
    with serving(app) as url:
        yield f"{url}/"


@pytest.fixture
def site(store: Store, elsewhere: str) -> Iterator[Site]:
    with running(Site(store, WebSettings(exit_url=elsewhere))) as site:
        yield site


class WithoutCookies:
    """Between the service and a browser that keeps no cookies."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def drop_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [pair for pair in message["headers"] if pair[0] != b"set-cookie"]
            await send(message)

        await self._app(scope, receive, drop_cookie)


class Watched:
    """A page, and all that it complained about or asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def hears(self, text: str) -> None:
        """Wait for a line of the conversation that has the text."""
        self.page.locator("#log .line", has_text=text).last.wait_for()
        self.page.locator("#typing").wait_for(state="hidden")

    def focused(self) -> str:
        """The text of what has the keyboard."""
        return str(self.page.evaluate("document.activeElement.innerText || document.activeElement.id"))

    def tab_to(self, text: str) -> None:
        """Press Tab until something that begins with the text has the keyboard."""
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if self.focused().startswith(text):
                return
        raise AssertionError(f"the Tab key never reaches {text!r}")

    def write(self, text: str) -> None:
        """Write a message and press Enter."""
        self.page.get_by_label("Escribe tu mensaje").fill(text)
        self.page.keyboard.press("Enter")

    def eventually(self, condition: Callable[[], bool]) -> None:
        """Give what the page does not show, as a cookie, its time to come true."""
        for _ in range(200):
            if condition():
                return
            self.page.wait_for_timeout(25)
        raise AssertionError("it never came true")

    def lines(self) -> list[str]:
        """The bubbles, as they stand."""
        return [text.split("\n")[-1] for text in self.page.locator("#log .bubble").all_inner_texts()]


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="es-CO", color_scheme="light")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def person(site: Site, context: BrowserContext) -> Watched:
    """Somebody who has just opened the chat and was greeted."""
    watched = Watched(context.new_page())
    watched.page.goto(site.url)
    watched.hears("¿Con qué te ayudo hoy?")
    return watched


def test_a_visit_by_keyboard_from_greeting_to_quick_exit(
    site: Site, context: BrowserContext, person: Watched, elsewhere: str
) -> None:
    page = person.page
    assert person.lines() == [GREETING, "¿Con qué te ayudo hoy?"]

    person.tab_to(MENU[0].label)
    page.keyboard.press("Enter")
    person.hears("¿Qué documento colombiano tienes hoy?")
    assert page.get_by_role("button", name=MENU[0].label).count() == 0
    assert page.get_by_role("listitem").filter(has_text=MENU[1].label).is_visible()
    page.keyboard.press("Tab")
    assert person.focused() == DOCUMENTS[0].label

    person.write("¿qué es el PPT?")
    person.hears("Escribiste: ¿qué es el PPT?")
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.get_by_role("button", name=DOCUMENTS[0].label).is_visible()

    page.reload()
    person.hears("Escribiste: ¿qué es el PPT?")
    assert person.lines() == [
        GREETING,
        "¿Con qué te ayudo hoy?",
        "¿Qué documento colombiano tienes hoy?",
        "Escribiste: ¿qué es el PPT?",
    ]
    last_option = page.get_by_role("button", name=DOCUMENTS[2].label).bounding_box()
    footer = page.locator("footer").bounding_box()
    assert last_option
    assert footer
    assert last_option["y"] + last_option["height"] <= footer["y"]
    assert [message.kind for message in site.handled] == ["start", "tap", "text"]

    with page.expect_request("**/chat/leave"):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url(elsewhere)
    assert person.complaints == []
    own = (site.url, elsewhere, "data:")
    assert [url for url in person.requests if not url.startswith(own)] == []

    page.go_back()
    assert "PPT" not in page.content()
    page.goto(site.url)
    person.hears("¿Con qué te ayudo hoy?")
    assert person.lines() == [GREETING, "¿Con qué te ayudo hoy?"]


def test_the_exit_button_and_the_exit_words_leave_nothing_behind(
    site: Site, context: BrowserContext, person: Watched, elsewhere: str
) -> None:
    ways: list[Callable[[], None]] = [
        lambda: person.page.get_by_role("button", name="Salir rápido").click(),
        lambda: person.write("Salir rapido"),
    ]
    for leave in ways:
        leave()
        person.page.wait_for_url(elsewhere)
        person.eventually(lambda: context.cookies(site.url) == [])
        person.page.goto(site.url)
        person.hears("¿Con qué te ayudo hoy?")
        assert person.page.evaluate("localStorage.length") == 0
    assert [message.kind for message in site.handled] == ["start"] * 3


def test_leaving_in_one_tab_closes_the_chat_in_the_other(
    context: BrowserContext, site: Site, person: Watched, elsewhere: str
) -> None:
    person.write("algo privado")
    person.hears("Escribiste: algo privado")
    other = Watched(context.new_page())
    other.page.goto(site.url)
    other.hears("Escribiste: algo privado")
    other.page.get_by_role("button", name="Salir rápido").click()
    other.page.wait_for_url(elsewhere)
    person.page.get_by_text("Esta conversación se cerró en este teléfono.").wait_for()
    assert "algo privado" not in person.page.content()
    person.page.get_by_role("button", name="Empezar de nuevo").click()
    person.hears("¿Con qué te ayudo hoy?")
    assert "algo privado" not in person.page.content()


def test_without_connection_the_message_waits_and_goes_once(
    site: Site, context: BrowserContext, person: Watched
) -> None:
    context.set_offline(True)
    person.write("sin señal")
    person.page.get_by_text("Sin conexión. Tu mensaje está guardado.").wait_for()
    retry = person.page.get_by_role("button", name="no se envió, toca para reintentar")
    retry.wait_for()
    context.set_offline(False)
    person.hears("Escribiste: sin señal")
    assert retry.count() == 0
    assert person.page.locator("#notice").inner_text() == ""
    assert [message.text for message in site.handled] == ["", "sin señal"]
    assert person.lines()[-2:] == ["sin señal", "Escribiste: sin señal"]


def test_what_the_service_could_not_take_survives_a_reload_and_goes_once(site: Site, person: Watched) -> None:
    site.database.away = True
    person.write("guárdame")
    person.page.get_by_text("tu mensaje no se pierde").wait_for()
    site.database.away = False
    person.page.reload()
    person.hears("Escribiste: guárdame")
    assert [message.text for message in site.handled] == ["", "guárdame"]
    assert person.lines()[-2:] == ["guárdame", "Escribiste: guárdame"]


def test_a_message_that_was_refused_goes_back_to_be_changed(site: Site, person: Watched) -> None:
    text = "a" * 4000 + "b"
    person.page.evaluate("document.getElementById('text').removeAttribute('maxlength')")
    person.write(text)
    person.page.get_by_text("Tu mensaje es muy largo.").wait_for()
    assert person.page.get_by_label("Escribe tu mensaje").input_value() == text
    assert person.lines() == [GREETING, "¿Con qué te ayudo hoy?"]


def test_with_consent_a_persons_own_lines_are_shown_once_and_again_after_a_reload(person: Watched) -> None:
    expected = [GREETING, "¿Con qué te ayudo hoy?"]
    for text in ("sí, guarda", "hola", "hola"):
        person.write(text)
        expected += [text, f"Escribiste: {text}"]
        person.page.wait_for_function(
            "count => document.querySelectorAll('#log .bubble').length === count", arg=len(expected)
        )
    assert person.lines() == expected
    person.page.reload()
    person.hears("Escribiste: hola")
    assert person.lines() == expected


def test_a_browser_without_cookies_is_told_what_to_do(store: Store, context: BrowserContext) -> None:
    site = Site(store)
    app = site.app()
    app.add_middleware(WithoutCookies)
    person = Watched(context.new_page())
    with serving(app, site.hang_up) as url:
        person.page.goto(url)
        person.page.get_by_text("Permite las cookies de esta página").wait_for()


def test_days_are_told_apart(person: Watched) -> None:
    assert person.page.locator(".day").count() == 0
    person.page.clock.set_fixed_time(now() + timedelta(days=2))
    person.page.reload()
    person.hears("¿Con qué te ayudo hoy?")
    assert person.page.locator(".day").count() == 1


def test_after_the_erasure_the_old_conversation_leaves_the_screen(person: Watched) -> None:
    for text in ("uno", "dos", "borrar mis datos"):
        person.write(text)
    person.hears(GOODBYE)
    person.write("hola")
    person.hears("Escribiste: hola")
    person.page.locator("#log .line", has_text="Escribiste: uno").first.wait_for(state="detached")


def test_a_deep_link_starts_its_route_once(site: Site, context: BrowserContext) -> None:
    person = Watched(context.new_page())
    person.page.goto(f"{site.url}/?r=route_titles")
    person.hears("Vamos con «route_titles».")
    assert person.page.url == f"{site.url}/"
    person.page.reload()
    person.hears("¿Qué documento tienes hoy?")
    assert [(message.kind, message.payload) for message in site.handled] == [("start", "route_titles")]


def test_a_crisis_reply_has_a_number_to_call(person: Watched) -> None:
    person.write("peligro")
    person.hears(CRISIS)
    assert person.page.locator(".crisis a").first.get_attribute("href") == "tel:123"


def test_a_card_can_be_copied_and_printed(context: BrowserContext, person: Watched) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    person.page.get_by_role("button", name=MENU[0].label).click()
    person.page.get_by_role("button", name=DOCUMENTS[1].label).click()
    person.page.get_by_role("heading", name="DUPLICADO DEL PPT").wait_for()
    person.page.get_by_role("button", name="Copiar").click()
    person.page.get_by_role("button", name="Copiado").wait_for()
    assert "2. Saca la cita." in person.page.evaluate("navigator.clipboard.readText()")
    person.page.evaluate(
        "() => { window.print = () => { window.printed = document.querySelector('.printing').innerText; }; }"
    )
    person.page.get_by_role("button", name="Imprimir o guardar").click()
    assert "2. Saca la cita." in person.page.evaluate("window.printed")
    web = person.page.locator(".card a").first
    assert web.get_attribute("href") == "https://www.migracioncolombia.gov.co"
    assert web.get_attribute("rel") == "noopener noreferrer"


def test_a_page_is_saved_under_its_own_name_and_a_private_card_looks_like_a_card(
    store: Store, context: BrowserContext, tmp_path: Path
) -> None:
    page = Attachment("mi-plan.pdf", "application/pdf", b"%PDF-1.4 of nobody")
    made = [
        NewMessage("📄 HOJA DE VIDA\n\nLo que sé hacer:\n• Cocinar", kind="private_card"),
        NewMessage("Aquí está tu plan", kind="document", attachment=page),
    ]
    with running(Site(store, reply=lambda _inbound: made)) as site:
        person = Watched(context.new_page())
        person.page.goto(site.url)
        person.hears("Aquí está tu plan")
        person.page.get_by_role("heading", name="HOJA DE VIDA").wait_for()
        with person.page.expect_download() as started:
            person.page.get_by_role("link", name="Guardar la hoja (PDF)").click()
        assert started.value.suggested_filename == "mi-plan.pdf"
        started.value.save_as(tmp_path / "saved.pdf")
        assert (tmp_path / "saved.pdf").read_bytes() == page.content
        box = person.page.get_by_role("link", name="Guardar la hoja (PDF)").bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert person.complaints == []


def test_a_file_that_is_no_page_is_not_called_one(store: Store, context: BrowserContext) -> None:
    data = Attachment("mis-datos.json", "application/json", b"{}")
    with running(
        Site(store, reply=lambda _inbound: [NewMessage("Aquí va todo", kind="document", attachment=data)])
    ) as site:
        person = Watched(context.new_page())
        person.page.goto(site.url)
        person.hears("Aquí va todo")
        person.page.get_by_role("link", name="Guardar el archivo").wait_for()


def test_choosing_a_language_turns_page_and_conversation(store: Store, context: BrowserContext) -> None:
    names = {"es": "Español", "ht": "Kreyòl ayisyen"}
    with running(Site(store, WebSettings(languages=("es", "ht"), language_names=names))) as site:
        person = Watched(context.new_page())
        person.page.goto(site.url)
        person.hears("¿Con qué te ayudo hoy?")
        assert person.page.locator("html").get_attribute("lang") == "es"
        assert person.page.locator("#languages [aria-current]").all_inner_texts() == ["Español"]
        person.page.get_by_role("link", name="Kreyòl ayisyen").click()
        person.page.wait_for_url("**/?lang=ht")
        person.eventually(lambda: any(inbound.payload == "l|ht" for inbound in site.handled))
        assert person.page.locator("html").get_attribute("lang") == "ht"
        assert [inbound.language_hint for inbound in site.handled] == ["es", "ht"]
        person.page.reload()
        assert person.page.locator("#languages [aria-current]").all_inner_texts() == ["Kreyòl ayisyen"]
        assert person.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_letters_targets_and_contrast_are_large_enough(site: Site, chromium: Browser, scheme: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    person = Watched(context.new_page())
    person.page.goto(site.url)
    person.hears("¿Con qué te ayudo hoy?")
    person.page.get_by_role("button", name=MENU[0].label).click()
    person.page.get_by_role("button", name=DOCUMENTS[1].label).click()
    person.page.get_by_role("heading", name="DUPLICADO DEL PPT").wait_for()
    person.write("peligro")
    person.hears(CRISIS)
    measured = person.page.evaluate(MEASURE)
    assert len(measured) > 20
    assert [one for one in measured if one["size"] < 17] == []
    assert [one for one in measured if one["contrast"] < 4.5] == []
    assert [one for one in measured if one["target"] and min(one["height"], one["width"]) < 44] == []
    assert person.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_with_the_text_made_very_large_the_page_scrolls_as_one_and_loses_nothing(person: Watched) -> None:
    person.page.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %
    for text in ("uno", "dos", "tres"):
        person.write(text)
        person.hears(f"Escribiste: {text}")
    last = person.page.locator("#log .line").last.bounding_box()
    assert last
    assert 0 <= last["y"] < 256
    for text in ("Gratis. No somos Migración Colombia.", "Menú"):
        assert person.page.get_by_text(text).first.is_visible()
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_phone_numbers_and_addresses_become_links_and_other_numbers_do_not(site: Site, person: Watched) -> None:
    page = httpx.get(site.url).text
    path = re.search(r"/chat/static/[0-9a-f]+/linkify.js", page)
    assert path
    links = person.page.evaluate(
        """async ([path, texts]) => {
          const { linkifier } = await import(path);
          const linkify = linkifier(["123", "155"]);
          return texts.map((text) => {
            const box = document.createElement("p");
            box.append(linkify(text));
            const links = Array.from(box.querySelectorAll("a"), (link) => link.getAttribute("href"));
            return [box.textContent === text, links];
          });
        }""",
        [path.group(0), list(LINKS)],
    )
    assert dict(zip(LINKS, links, strict=True)) == {text: [True, hrefs] for text, hrefs in LINKS.items()}


LINKS = {
    "Llama al 123. El 123 atiende.": ["tel:123", "tel:123"],
    "También puedes llamar al 123 o al 155,": ["tel:123", "tel:155"],
    "Ley 155 de 2021, Decreto 123, 123 de 2020": [],
    "Cuesta $ 123 o 123.000 pesos, 155 días, 4123, 123-4": [],
    "linea123@saludcapital.gov.co": [],
    "Llama gratis al 01 8000 914814.": ["tel:018000914814"],
    "01 8000 52 20 20 y 018000522020": ["tel:018000522020", "tel:018000522020"],
    "En Bogotá, al (601) 314 4000.": ["tel:6013144000"],
    "WhatsApp 300 754 8933 o +57 300 754 8933": ["tel:3007548933", "tel:+573007548933"],
    "Mira https://help.unhcr.org/colombia.": ["https://help.unhcr.org/colombia"],
    "(https://www.r4v.info), https://a.co/x_(y)": ["https://www.r4v.info", "https://a.co/x_(y)"],
    "https://a.co/123 y javascript:alert(1) y http://a.co": ["https://a.co/123"],
    "<img src=x onerror=alert(1)> & <b>123</b>": ["tel:123"],
    "Radicado 3001234567890": [],
}

# Relative luminance and contrast as in WCAG 2.1.
MEASURE = """() => {
  const channels = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const linear = (c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const speaks = (node) => Array.from(node.childNodes).some((one) => one.nodeType === 3 && one.textContent.trim());
  const ground = (node) => {
    for (let one = node; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return Array.from(document.querySelectorAll("body *"))
    .filter((node) => !node.closest(".unseen, .skip, script") && node.offsetParent)
    .filter((node) => speaks(node) || node.matches("textarea"))
    .map((node) => {
      const style = getComputedStyle(node);
      const [a, b] = [light(channels(style.color)), light(ground(node))].sort((x, y) => y - x);
      const box = node.getBoundingClientRect();
      return {
        text: node.innerText || node.id, size: parseFloat(style.fontSize), contrast: (a + 0.05) / (b + 0.05),
        target: node.matches("button, textarea, a[href^='tel:']"), width: box.width, height: box.height,
      };
    });
}"""
