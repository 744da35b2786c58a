"""Killed anywhere: the real service, many people, SIGKILL at random moments, and what became of every message.

One undisturbed person writes the stream first: what they get is what everybody must get. Then many people write it
while the service is killed again and again: while it starts, while it idles, in the middle of turns and of sends. In
the end the phones and the database are compared with what was sent.

    uv run python -m tests.harness.kills --kills 200 --database sqlite
    uv run python -m tests.harness.kills --kills 200 --database postgres
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, make_url, select

from bot.storage import open_store
from bot.storage.models import ConversationRow, InboxRow, OutboxRow
from bot.storage.work import working
from tests.fixtures_storage import temporary_postgres
from tests.harness.services import START_SECONDS, Running, launch, wait_for
from tests.harness.zygote import Zygote
from tests.standins.telegram import TelegramStandIn

SCRIPT = (
    "hola",
    "si acepto",
    "papeles y permisos",
    "otro pais",
    "atras",
    "venezuela",
    "ppt perdido o con eror",
    "se perdioo",
    "resumen",
    "menu",
    "papeles y permisos",
    "cambiar mi nacionalidad",
    "colombia",
    "menu",
)
"""Taps are not in it: a typed label takes the same way, and the keyboard of a lost reply could not be tapped."""
STARTING = 0.3
"""The share of kills that come while the process starts."""
SETTLE_SECONDS = 300


@dataclass(frozen=True)
class Outcome:
    """What became of a run. ``missing``: replies that did not arrive; each must be one that is marked uncertain."""

    database: str
    kills: int
    people: int
    messages: int
    replies: int
    lost: int
    handled_twice: int
    doubled_or_disordered: int
    missing: int
    uncertain: int
    parked: int
    seconds: int

    @property
    def kept(self) -> bool:
        """Whether the promise held."""
        broken = self.lost + self.handled_twice + self.doubled_or_disordered + self.parked
        return broken == 0 and self.missing <= self.uncertain


def stream(length: int) -> list[str]:
    """The lines that one person writes."""
    return [SCRIPT[number % len(SCRIPT)] for number in range(length)]


def run(
    database: str,
    state: Path,
    *,
    kills: int,
    people: int,
    lines: int,
    seed: int,
    say: Callable[[str], None] = lambda _line: None,
) -> Outcome:
    """Lead one run to its end. ``database``: an address, or "" for SQLite in the state folder."""
    began, chance, written = time.monotonic(), random.Random(seed), stream(lines)
    chats = [str(1001 + number) for number in range(people)]
    with TelegramStandIn() as telegram, Zygote(state.parent) as zygote:
        settings = {"telegram_token": telegram.token, "telegram_api": telegram.url, "database_url": database}
        running = started(state, zygote, settings)
        try:
            for line in written:
                telegram.text("500", line)
                settle(telegram, running)
            expected = [message.text for message in telegram.sent("500")]
            waiting = [chat for chat in chats for _ in written]
            chance.shuffle(waiting)
            position = dict.fromkeys(chats, 0)
            share = -(-len(waiting) // (kills + 1))
            for number in range(kills):
                for chat in waiting[number * share : (number + 1) * share]:
                    telegram.text(chat, written[position[chat]])
                    position[chat] += 1
                if chance.random() >= STARTING:
                    wait_for(running.healthy, START_SECONDS, running.tail)
                    time.sleep(chance.uniform(0, 1.0))  # a kill has no event to wait for
                else:
                    time.sleep(chance.uniform(0, 2.0))
                running.kill()
                say(f"{number + 1} of {kills} kills")
                running = launch(state, zygote, **settings)
            for chat in waiting[kills * share :]:
                telegram.text(chat, written[position[chat]])
                position[chat] += 1
            wait_for(running.healthy, START_SECONDS, running.tail)
            settle(telegram, running)
        finally:
            running.kill()
        got = {chat: [message.text for message in telegram.sent(chat)] for chat in chats}
    turns, handled, parked, uncertain = in_the_database(database, state)
    total = lines * (people + 1)
    return Outcome(
        database=make_url(database).get_backend_name() if database else "sqlite",
        kills=kills,
        people=people,
        messages=total,
        replies=sum(map(len, got.values())) + len(expected),
        lost=max(0, total - handled) + sum(max(0, lines - turn) for turn in turns),
        handled_twice=sum(max(0, turn - lines) for turn in turns),
        doubled_or_disordered=sum(not in_order(texts, expected) for texts in got.values()),
        missing=sum(len(expected) - len(texts) for texts in got.values()),
        uncertain=uncertain,
        parked=parked,
        seconds=round(time.monotonic() - began),
    )


def started(state: Path, zygote: Zygote, settings: dict[str, str]) -> Running:
    """A service that is healthy."""
    running = launch(state, zygote, **settings)
    wait_for(running.healthy, START_SECONDS, running.tail)
    return running


def settle(telegram: TelegramStandIn, running: Running) -> None:
    """Wait until every message is confirmed, worked on and answered."""
    telegram.wait_confirmed(SETTLE_SECONDS)
    wait_for(running.idle, SETTLE_SECONDS, running.tail)


def in_order(texts: list[str], expected: list[str]) -> bool:
    """Whether the texts are the expected ones in their order, with gaps perhaps, and none twice.

    No two replies that follow each other in the stream are alike, and a repetition would come right after its original:
    it could pass for a later reply only if all those between were missing, and those are counted.
    """
    remaining = iter(expected)
    return all(text in remaining for text in texts)


def in_the_database(database: str, state: Path) -> tuple[list[int], int, int, int]:
    """The turns of each conversation; messages handled, set aside; replies of which nobody knows."""
    store = open_store(database or f"sqlite:///{state / 'amable.db'}", state / "keys")
    try:
        with working(store._engine, store._vault, store._new_id, read_only=True) as work:
            turns = list(work.session.scalars(select(ConversationRow.turn)))

            def count(*where: object) -> int:
                return work.session.scalar(select(func.count()).where(*where)) or 0  # type: ignore[arg-type]

            handled = count(InboxRow.handled_at.is_not(None))
            return turns, handled, count(InboxRow.parked_at.is_not(None)), count(OutboxRow.status == "uncertain")
    finally:
        store.close()


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """ "" for SQLite in the state folder, or the address of an empty PostgreSQL database."""
    if kind == "sqlite":
        yield ""
        return
    with temporary_postgres(make_url("postgresql+psycopg://postgres@127.0.0.1:5432/postgres")) as url:
        yield url.replace("+psycopg", "")


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill the real service again and again, and count what was lost")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--lines", type=int, default=56, help="messages that each person writes")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--seed", type=int, default=20261124)
    values = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, database_of(values.database) as database:
        outcome = run(
            database,
            Path(folder) / "state",
            kills=values.kills,
            people=values.people,
            lines=values.lines,
            seed=values.seed,
            say=lambda line: print(f"\r{line}", end="", flush=True),
        )
    print("\n" + json.dumps(asdict(outcome), indent=2))
    raise SystemExit(0 if outcome.kept else 1)


if __name__ == "__main__":
    main()
