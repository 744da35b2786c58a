"""The web chat on a real port: uvicorn in a thread, the real Store on SQLite, and a small worker that answers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import uvicorn
from fastapi import FastAPI

from bot.channels.web import WebChannel, WebSettings, security_headers, web_router
from bot.messages import Address, Attachment, Button, Inbound
from bot.storage import Claim, ConsentChange, DatabaseAway, Line, NewMessage, Store, TurnRecord

LEASE = timedelta(seconds=30)
MENU = (
    Button("Papeles y permisos", "r|regularization", "Encuentra qué camino tienes para estar regular"),
    Button("Títulos", "r|titles", "Convalida tu título o tus estudios"),
    Button("Trabajo", "r|employment"),
)
DOCUMENTS = (Button("PPT vigente", "o|abc|1|0"), Button("Perdí mi PPT", "o|abc|1|1"), Button("Ninguno", "o|abc|1|2"))
GREETING = "Hola. Soy Banco Amable. Te acompaño gratis con papeles, títulos, dinero y trabajo."
CRISIS = "Llama al 123. El 123 atiende a toda hora, es gratis y no te piden papeles."
GOODBYE = "Listo. Borré todo lo que tenía de ti."
CARD = """📄 DUPLICADO DEL PPT

Es pedir otra vez tu carné, porque se perdió, se dañó o tiene un error.
Para quién: Para quien ya tenía PPT.

🎒 Qué llevar:
• Copia del PPT o tu número RUMV
• Tu cédula o pasaporte aunque esté vencido

👣 Pasos:
1. Llena el formulario en la página oficial: https://www.migracioncolombia.gov.co.
2. Saca la cita.
3. Ve a la cita con tus papeles.

📍 Dónde: Migración Colombia. Llama gratis al 01 8000 12 34 56.
⏱ Cuánto demora: depende de la ciudad.

✋ Si te dicen que no: pide la respuesta por escrito."""

Reply = Callable[[Inbound], Sequence[NewMessage]]


def now() -> datetime:
    """The present, as the service's clock gives it."""
    return datetime.now(UTC)


def talk(inbound: Inbound) -> Sequence[NewMessage]:
    """A small conversation: a menu, a question, a card, a crisis, and an echo for the rest."""
    if inbound.kind == "start" and inbound.payload:
        return [
            NewMessage(f"Vamos con «{inbound.payload}»."),
            NewMessage("¿Qué documento tienes hoy?", DOCUMENTS, "ask"),
        ]
    if inbound.kind == "start" or inbound.text == "menú":
        return [NewMessage(GREETING), NewMessage("¿Con qué te ayudo hoy?", MENU, "ask")]
    if inbound.payload == MENU[0].payload:
        return [NewMessage("¿Qué documento colombiano tienes hoy?", DOCUMENTS, "ask")]
    if inbound.payload == DOCUMENTS[1].payload:
        return [NewMessage(CARD, kind="card"), NewMessage("¿Te ayudo con algo más?", MENU, "ask")]
    if inbound.text == "peligro":
        return [NewMessage(CRISIS, kind="crisis")]
    if inbound.text == "borrar mis datos":
        return [NewMessage(GOODBYE)]
    return [NewMessage(f"Escribiste: {inbound.text}")]


@dataclass
class FlakyStore:
    """The Store, and a switch that takes the database away."""

    store: Store
    away: bool = False
    looks: int = 0

    def receive(self, inbound: Inbound) -> bool:
        """As the Store does."""
        self._reach()
        return self.store.receive(inbound)

    def history(self, address: Address, after: int = 0, limit: int = 200) -> list[Line]:
        """As the Store does."""
        self._reach()
        lines = self.store.history(address, after, limit)
        self.looks += 1
        return lines

    def attachment(self, address: Address, line_id: int) -> Attachment | None:
        """As the Store does."""
        self._reach()
        return self.store.attachment(address, line_id)

    def _reach(self) -> None:
        if self.away:
            raise DatabaseAway("the database does not answer")


@dataclass
class Site:
    """One service process: the channel, its worker and its sender, served on a local port."""

    store: Store
    settings: WebSettings = field(default_factory=WebSettings)
    reply: Reply = talk
    channel: WebChannel = field(default_factory=WebChannel)
    looks_before_answer: int = 0
    """Answer only once the store has been looked at so many times: after a reader has looked and found nothing."""
    url: str = ""

    def __post_init__(self) -> None:
        self.database = FlakyStore(self.store)
        self.handled: list[Inbound] = []
        self._mail = asyncio.Event()

    def app(self) -> FastAPI:
        """The service as uvicorn runs it."""

        @contextlib.asynccontextmanager
        async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
            worker = asyncio.create_task(self._work())
            self._loop = asyncio.get_running_loop()
            await self.channel.start(self._receive)
            yield
            worker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await worker

        app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
        app.include_router(web_router(self.channel, self.database, now, self.settings))
        security_headers(app)
        return app

    def hang_up(self) -> None:
        """Let the waiting readers go, as a service does that is told to end."""
        asyncio.run_coroutine_threadsafe(self.channel.stop(), self._loop).result(20)

    async def _receive(self, inbound: Inbound) -> bool:
        new = await asyncio.to_thread(self.database.receive, inbound)
        self._mail.set()
        return new

    async def _work(self) -> None:
        while True:
            claim = await asyncio.to_thread(self.store.claim_next, "echo", now(), LEASE)
            if claim is None:
                await self._mail.wait()
                self._mail.clear()
                continue
            while self.database.looks < self.looks_before_answer:
                await asyncio.sleep(0.002)
            self.handled.append(claim.inbound)
            await asyncio.to_thread(self.store.commit_turn, self._turn(claim))
            await self._send_all()

    def _turn(self, claim: Claim) -> TurnRecord:
        text = claim.inbound.text
        return TurnRecord(
            claim,
            claim.person_id,
            now(),
            state={},
            bundle=None,
            language="es",
            consent=ConsentChange("given", "1") if text == "sí, guarda" else None,
            messages=tuple(self.reply(claim.inbound)),
            said=text,
            erase=text == "borrar mis datos",
        )

    async def _send_all(self) -> None:
        while out := await asyncio.to_thread(self.store.claim_outgoing, "echo", now(), LEASE, ["web"]):
            provider_id = await self.channel.send(out)
            await asyncio.to_thread(self.store.mark_sent, out.id, provider_id, now())


@contextlib.contextmanager
def serving(app: FastAPI, before_exit: Callable[[], object] = lambda: None) -> Iterator[str]:
    """Serve an app on a free local port while the block runs; its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=1, ws="none")
        server = uvicorn.Server(config)
        started = threading.Event()

        async def serve() -> None:
            task = asyncio.create_task(server.serve(sockets=[listener]))
            while not server.started and not task.done():
                await asyncio.sleep(0.01)
            started.set()
            await task

        thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
        thread.start()
        assert started.wait(20), "the server did not start"
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            before_exit()
            server.should_exit = True
            thread.join(20)


@contextlib.contextmanager
def running(site: Site) -> Iterator[Site]:
    """A site that serves while the block runs."""
    with serving(site.app(), site.hang_up) as url:
        site.url = url
        yield site
