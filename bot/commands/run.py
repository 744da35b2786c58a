"""``amable run``, ``amable train``, ``amable chat``: the service, its model, and a conversation in the terminal."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.console import err, fail
from bot.commands.storage import open_store
from bot.dialogue.quiet import silence_rasa
from bot.logs import configure_logging
from bot.settings import Settings


def run(
    port: Annotated[int | None, typer.Option(help="Port of the web chat (AMABLE_PORT).")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (AMABLE_HOST).")] = None,
) -> None:
    """Start the service: web chat always, Telegram where AMABLE_TELEGRAM_TOKEN is set."""
    settings = Settings()
    changes = {name: value for name, value in (("port", port), ("host", host)) if value is not None}
    settings = settings.model_copy(update=changes)
    model = ready_model(settings)
    store = open_store(settings)
    from bot.serving import serve  # only now: importing Rasa takes seconds

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(settings, store, model, say=_say))


def train(force: Annotated[bool, typer.Option(help="Train even if the data have not changed.")] = False) -> None:
    """Train the Rasa model, if the data have changed."""
    settings = Settings()
    path = ready_model(settings, force=force)
    _say(f"✓ Model: {path}")


def chat(
    person: Annotated[str, typer.Option("--person", help="Name of the conversation; have as many as you like.")] = "yo",
) -> None:
    """Talk to the bot in the terminal; with a pipe, one message a line."""
    settings = Settings()
    model = ready_model(settings)
    store = open_store(settings)
    from bot.channels.terminal import Terminal, TerminalChannel
    from bot.service import InlineService, assemble

    interactive = sys.stdin.isatty()

    async def read() -> str | None:
        if interactive:
            sys.stdout.write("> ")
            sys.stdout.flush()
        line = await asyncio.to_thread(sys.stdin.readline)
        return line.rstrip("\n") if line else None

    async def talk() -> None:
        service = InlineService(assemble(settings, store, model, lambda _library: {"terminal": TerminalChannel()}))
        terminal = Terminal(service, person, sys.stdout, echo=not interactive)
        await terminal.run(read, greet=interactive)

    if interactive:
        _say("Escribe tu mensaje y Enter. Ctrl+D para salir.")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(talk())


def ready_model(settings: Settings, *, force: bool = False) -> Path:
    """The model of the present data, trained first where there is none; logging is configured and Rasa quiet."""
    configure_logging(settings.log_format, settings.log_level)
    silence_rasa()
    from bot.dialogue.training import TrainingFailed, model_path, train_model

    try:
        if not model_path(settings).exists() or force:
            _say("⏳ Training the language model (once for these data; some minutes)…")
        path, trained = train_model(settings, force=force)
    except TrainingFailed as error:
        fail(str(error), "Run `rasa data validate` to see what is wrong with nlu/")
    if trained:
        _say(f"✓ Trained: {path.name}")
    return path


def _say(line: str) -> None:
    err.print(line, markup=False)
