"""Our side of the conversation benchmark, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from bot.bench.talk import TEXTS, memory_mb, report, sample
from bot.channels.terminal import CHANNEL, TerminalChannel
from bot.dialogue.quiet import silence_rasa
from bot.logs import configure_logging
from bot.messages import Address, Inbound
from bot.settings import Settings
from bot.storage import Store, TurnRecord, open_store

configure_logging(level="ERROR")
silence_rasa()

from bot.dialogue.runner import TurnRunner  # noqa: E402
from bot.dialogue.worker import LEASE  # noqa: E402
from bot.service import Parts, assemble, utc_now  # noqa: E402  Rasa is imported only once it is quiet


class TimedStore(Store):
    """The store, with a stop watch on the commit."""

    def __init__(self, store: Store) -> None:
        self.__dict__.update(store.__dict__)
        self.commits: list[float] = []

    def commit_turn(self, record: TurnRecord) -> tuple[int, ...]:
        """The commit, timed."""
        start = time.perf_counter()
        try:
            return super().commit_turn(record)
        finally:
            self.commits.append((time.perf_counter() - start) * 1000)


class Talk:
    """One person who talks to the parts."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._handler = TurnRunner(parts.agent, parts.store, parts.library)
        self._address = Address(CHANNEL, "bench")
        self._count = 0
        self.encoder: list[float] = []
        processor: Any = parts.agent.processor
        parse = processor.parse_message

        async def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            try:
                return await parse(*args, **kwargs)
            finally:
                self.encoder.append((time.perf_counter() - start) * 1000)

        processor.parse_message = timed

    async def send(self, tap: bool, number: int) -> float:
        """One message: put into the inbox and claimed outside the measure, then NLU to commit within it."""
        self._count += 1
        payload, text = ("g|menu", "") if tap else ("", TEXTS[number % len(TEXTS)])
        inbound = Inbound(
            self._address, f"m{self._count}", "tap" if tap else "text", utc_now(), text=text, payload=payload
        )
        store = self._parts.store
        await asyncio.to_thread(store.receive, inbound)
        claim = await asyncio.to_thread(store.claim_next, "bench", utc_now(), LEASE)
        if claim is None:
            raise RuntimeError("the message is not in the inbox")
        start = time.perf_counter()
        await self._handler.handle(claim, utc_now())
        return (time.perf_counter() - start) * 1000


def settings_in(folder: Path) -> Settings:
    """The settings of the benchmark: our own content, a state and a model of its own."""
    return Settings(models=folder / "models", state=folder)


def train(folder: Path) -> None:
    """Train, and print the seconds it took."""
    from bot.dialogue.training import train_model

    start = time.perf_counter()
    train_model(settings_in(folder))
    print(time.perf_counter() - start)


async def run(folder: Path, points: list[int], samples: int) -> None:
    """Load, talk, report."""
    from bot.dialogue.training import model_path

    settings = settings_in(folder)
    start = time.perf_counter()
    store = TimedStore(open_store(settings.database, folder / "keys"))
    parts = assemble(settings, store, model_path(settings), lambda _library: {CHANNEL: TerminalChannel()})
    talk = Talk(parts)
    load = time.perf_counter() - start
    await talk.send(False, 0)
    rows: list[dict[str, object]] = []
    done = 1
    for point in points:
        for number in range(max(0, point - done)):
            await talk.send(number % 2 == 0, number)
        talk.encoder.clear()
        store.commits.clear()
        taps, texts = await sample(talk.send, samples)
        rows.append(
            {"turn": point, "taps": taps, "texts": texts, "encoder": list(talk.encoder), "commit": list(store.commits)}
        )
        done = max(done, point) + 2 * samples
    report(rows, memory_mb(), load)


if __name__ == "__main__":
    if sys.argv[1] == "train":
        train(Path(sys.argv[2]))
    else:
        asyncio.run(run(Path(sys.argv[2]), json.loads(sys.argv[3]), int(sys.argv[4])))
