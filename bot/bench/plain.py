"""Plain Rasa's side of the conversation benchmark: same pipeline, one rule a topic, RulePolicy, SQL tracker store."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from bot.bench.talk import TEXTS, memory_mb, report, sample
from bot.dialogue.quiet import silence_rasa
from bot.logs import configure_logging
from bot.settings import Settings

configure_logging(level="ERROR")
silence_rasa()

from rasa.core.agent import Agent  # noqa: E402  Rasa is imported only once it is quiet
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage  # noqa: E402
from rasa.core.tracker_store import SQLTrackerStore  # noqa: E402
from rasa.model_training import train  # noqa: E402

SENDER = "bench"


def write_project(folder: Path, settings: Settings) -> Path:
    """A Rasa project as its documentation would have it: rules and responses, the same pipeline and data."""
    config = yaml.safe_load(settings.config.read_text(encoding="utf-8"))
    config.pop("importers")
    config["policies"] = [{"name": "RulePolicy"}]
    for component in config["pipeline"]:
        for key in ("cache", "lexicon", "negatives"):
            if key in component:
                component[key] = str(settings.config.parent / component[key])
    intents = sorted({path.stem for path in settings.nlu.glob("*/*.yml") if path.parent.name != "danger"})
    domain = {
        "version": "3.1",
        "intents": intents,
        "entities": ["municipality", "nationality", "document", "amount", "date"],
        "responses": {f"utter_{intent}": [{"text": f"Respuesta de {intent}."}] for intent in intents},
    }
    rules = [{"rule": intent, "steps": [{"intent": intent}, {"action": f"utter_{intent}"}]} for intent in intents]
    for name, data in (("config", config), ("domain", domain), ("rules", {"version": "3.1", "rules": rules})):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def train_plain(folder: Path) -> None:
    """Train, and print the seconds it took."""
    settings = Settings()
    write_project(folder, settings)
    languages = [str(path) for path in settings.nlu.iterdir() if path.is_dir() and path.name != "danger"]
    start = time.perf_counter()
    train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[*languages, str(folder / "rules.yml")],
        output=str(folder),
        fixed_model_name="plain",
        force_training=True,
    )
    print(time.perf_counter() - start)


async def run(folder: Path, points: list[int], samples: int) -> None:
    """Load, talk, report."""
    start = time.perf_counter()
    store = SQLTrackerStore(None, dialect="sqlite", db=str(folder / "plain.db"), query={})
    agent = Agent.load(str(folder / "plain.tar.gz"), tracker_store=store)
    load = time.perf_counter() - start
    encoder: list[float] = []
    processor: Any = agent.processor
    parse = processor.parse_message

    async def timed(*args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return await parse(*args, **kwargs)
        finally:
            encoder.append((time.perf_counter() - begin) * 1000)

    processor.parse_message = timed

    async def send(tap: bool, number: int) -> float:
        begin = time.perf_counter()
        text = "/meta_help" if tap else TEXTS[number % len(TEXTS)]
        parsed = {"text": text, "intent": {"name": "meta_help", "confidence": 1.0}, "entities": []} if tap else None
        await agent.handle_message(UserMessage(text, CollectingOutputChannel(), SENDER, parse_data=parsed))
        return (time.perf_counter() - begin) * 1000

    await send(False, 0)
    rows: list[dict[str, object]] = []
    done = 1
    for point in points:
        await _grow(store, max(0, point - done), send)
        encoder.clear()
        taps, texts = await sample(send, samples)
        rows.append({"turn": point, "taps": taps, "texts": texts, "encoder": list(encoder), "commit": []})
        done = max(done, point) + 2 * samples
    report(rows, memory_mb(), load)


async def _grow(store: SQLTrackerStore, turns: int, send: Any) -> None:
    """Make the conversation so many turns longer by repeating the events of its last turn, as stored events.

    Talking through a thousand turns takes plain Rasa many minutes; the stored history is the same.
    """
    if turns < 50:
        for number in range(turns):
            await send(True, number)
        return
    await send(True, 0)
    before = await store.retrieve(SENDER)
    if before is None:
        return
    await send(True, 0)
    after = await store.retrieve(SENDER)
    if after is None:
        return
    last_turn = list(after.events)[len(before.events) :]
    for _ in range(turns - 2):
        for event in last_turn:
            after.update(event)
    await store.save(after)


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train_plain(Path(sys.argv[2]))
    else:
        asyncio.run(run(Path(sys.argv[2]), json.loads(sys.argv[3]), int(sys.argv[4])))
