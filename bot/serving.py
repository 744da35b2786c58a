"""Serving: the web server and the channels around the service, from start to a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import uvicorn
from fastapi import APIRouter

from bot.channels.base import Channel
from bot.channels.site import make_site
from bot.channels.telegram import TelegramChannel, TelegramSettings, telegram_router
from bot.channels.telegram.texts import profile_in
from bot.channels.terminal import TerminalChannel
from bot.channels.watching import watching_router
from bot.channels.web import WebChannel, WebSettings, web_router
from bot.dialogue.world import Library
from bot.messages import Address
from bot.service import Service, assemble, utc_now
from bot.settings import Settings
from bot.storage import Store


class _Server(uvicorn.Server):
    """The web server without its own signal handling: it would end the process before the turns in hand are done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to :func:`serve`."""
        yield

    def end(self) -> None:
        """Take no more requests and return; a second signal does not wait for open ones."""
        self.force_exit = self.should_exit
        self.should_exit = True


async def serve(settings: Settings, store: Store, model: Path, say: Callable[[str], None]) -> None:
    """Run until the process is asked to stop. ``say`` tells the operator where to go."""
    parts = assemble(settings, store, model, lambda library: _channels(settings, store, library))
    service = Service(parts)
    watching = watching_router(
        store,
        parts.metrics,
        clock=utc_now,
        missing=service.missing,
        token=settings.metrics_token.get_secret_value(),
    )
    site = make_site([watching, *_routers(settings, store, parts.library, parts.channels)])
    # ws="none": the chat polls; and Rasa pins a websockets library that uvicorn no longer reads.
    config = uvicorn.Config(site, host=settings.host, port=settings.port, log_config=None, access_log=False, ws="none")
    server = _Server(config)
    loop = asyncio.get_running_loop()
    readers_leave: list[asyncio.Task[None]] = []

    def end() -> None:
        server.end()
        # The readers of the web chat wait up to 25 s for news, and the server waits for them.
        readers_leave.append(loop.create_task(parts.channels["web"].stop()))

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    await service.start()
    try:
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.05)
        if server.started:
            _tell(settings, say)
        await serving
    finally:
        await service.stop()


def _channels(settings: Settings, store: Store, library: Library) -> dict[str, Channel]:
    channels: dict[str, Channel] = {"web": WebChannel(), "terminal": TerminalChannel()}
    token = settings.telegram_token.get_secret_value()
    if token:
        words = library.current.words

        async def blocked(address: Address) -> None:
            await asyncio.to_thread(store.block_address, address, utc_now())

        channels["telegram"] = TelegramChannel(
            TelegramSettings(
                token,
                settings.telegram_api,
                settings.telegram_webhook_url,
                settings.telegram_webhook_secret.get_secret_value(),
            ),
            profile=profile_in(words.commands, library.languages, library.translate),
            clock=utc_now,
            on_blocked=blocked,
        )
    return channels


def _routers(settings: Settings, store: Store, library: Library, channels: Mapping[str, Channel]) -> list[APIRouter]:
    web, telegram = channels["web"], channels.get("telegram")
    routers = []
    if isinstance(web, WebChannel):
        web_settings = WebSettings(
            exit_url=settings.exit_url, languages=library.languages, language_names=library.language_names
        )
        routers.append(web_router(web, store, utc_now, web_settings, _gettext_for(library)))
    if isinstance(telegram, TelegramChannel) and settings.telegram_webhook_url:
        routers.append(telegram_router(telegram, settings.telegram_webhook_secret.get_secret_value()))
    return routers


def _gettext_for(library: Library) -> Callable[[str], Callable[[str], str]]:
    def for_language(language: str) -> Callable[[str], str]:
        return lambda text: library.translate(language, text)

    return for_language


def _tell(settings: Settings, say: Callable[[str], None]) -> None:
    say("")
    say(f"✓ Banco Amable is running. Web chat: http://{settings.host}:{settings.port}/")
    if settings.telegram_token.get_secret_value():
        say(f"✓ Telegram: {'webhook' if settings.telegram_webhook_url else 'long polling'}")
    else:
        say("  Telegram is off. Set AMABLE_TELEGRAM_TOKEN (from @BotFather) to connect it.")
    say("  Terminal chat: uv run amable chat      Stop: Ctrl+C")
