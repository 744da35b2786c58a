"""``amable nlu …``: what the NLU makes of a message."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys

import typer

from bot.commands.console import fail

nlu_app = typer.Typer(no_args_is_help=True, help="The understanding of free text.")


@nlu_app.command("classify")
def classify() -> None:
    """Read a message a line, print a JSON object a line: text, topic, intent, confidence, language."""
    from bot.commands.run import ready_model
    from bot.settings import Settings

    model = ready_model(Settings())
    from bot.dialogue.agent import load_agent
    from bot.dialogue.nlu.classify import classify as classify_one

    agent = load_agent(model, None)

    async def work() -> None:
        for line in sys.stdin:
            text = line.rstrip("\n")
            if text.strip():
                result = await classify_one(agent, text)
                print(json.dumps(dataclasses.asdict(result), ensure_ascii=False), flush=True)

    try:
        asyncio.run(work())
    except UnicodeDecodeError:
        fail("standard input is not UTF-8 text", "Convert it: iconv -f latin1 -t utf-8")
