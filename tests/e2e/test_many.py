"""Promise: processes beside each other keep everybody's order, do nothing twice, and take over from one that dies."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, text

from bot.dialogue.worker import LEASE
from bot.messages import Address
from bot.storage import NewFire, open_store
from bot.storage.models import InboxRow
from tests.fixtures_storage import postgres_server, temporary_postgres  # noqa: F401
from tests.harness.hooked import HookedTelegram
from tests.harness.kills import in_the_database, settle
from tests.harness.many import REDIS, measure
from tests.harness.services import ROOT, START_SECONDS, launch, wait_for
from tests.harness.zygote import Zygote
from tests.storage.helpers import NOON, YES, message, record, rows

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.mark.redis
def test_two_processes_keep_everybody_s_order(postgres_server: URL, tmp_path: Path) -> None:  # noqa: F811
    outcome = measure(2, tmp_path / "state", people=8, lines=14)
    print(asdict(outcome))
    assert outcome.kept, asdict(outcome)
    assert all(outcome.turns_each), "both worked"


@pytest.mark.redis
def test_a_worker_killed_over_a_message_delays_its_person_by_less_than_thirty_seconds(
    postgres_server: URL,  # noqa: F811
    tmp_path: Path,
) -> None:
    """It is killed while it holds claim and Redis lock: its commit waits for a row that the test holds."""
    assert timedelta(seconds=30) > LEASE
    (state := tmp_path / "state").mkdir(mode=0o700)
    with temporary_postgres(postgres_server) as direct, HookedTelegram() as telegram, Zygote(tmp_path) as zygote:
        settings = {**telegram.settings, "database_url": direct.replace("+psycopg", ""), "redis_url": REDIS}
        first = launch(state, zygote, **settings)
        wait_for(first.healthy, START_SECONDS, first.tail)
        telegram.targets = [first.url]
        telegram.text("81", "hola")
        settle(telegram, first)
        second = launch(state, zygote, **settings)
        wait_for(second.healthy, START_SECONDS, second.tail)
        admin = create_engine(direct)
        try:
            with admin.connect() as holding:
                # Conversations, not people: receiving locks the person, and the message must still come in.
                holding.execute(text("SELECT 1 FROM conversations FOR UPDATE"))
                telegram.text("81", "si acepto")
                with admin.connect() as looking:
                    claimed_by = text("SELECT claimed_by FROM inbox WHERE handled_at IS NULL AND claimed_until > now()")
                    wait_for(lambda: looking.execute(claimed_by).scalar() is not None, 20, first.tail)
                    owner = str(looking.execute(claimed_by).scalar())
                dead, alive = (first, second) if owner.endswith(f":{first.process.pid}") else (second, first)
                waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                with admin.connect() as looking:
                    wait_for(lambda: bool(looking.execute(waiting).scalar()), 20, first.tail)
                dead.kill()
                killed = time.monotonic()
                telegram.targets = [alive.url]
            before = len(telegram.sent("81"))
            telegram.wait_sent(before + 1, "81", 35)
            took = time.monotonic() - killed
            print(f"answered {took:.1f} s after the kill")
            assert took < 30
            settle(telegram, alive)
            assert in_the_database(direct, state)[0] == [2]
        finally:
            first.kill()
            second.kill()
            admin.dispose()


TICK = """
import sys, time
from datetime import datetime
from pathlib import Path
from bot.storage import open_store
store = open_store(sys.argv[1], Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
print(store.enqueue_due_fires(datetime.fromisoformat(sys.argv[3]), 100))
"""


def test_the_tickers_of_four_processes_fire_nothing_twice(
    postgres_server: URL,  # noqa: F811
    tmp_path: Path,
) -> None:
    due, people = NOON + timedelta(days=15), 20
    with temporary_postgres(postgres_server) as url:
        store = open_store(url, tmp_path / "keys")
        for number in range(people):
            store.receive(message(address=Address("telegram", f"9{number}")))
            claim = store.claim_next("w", NOON, LEASE)
            assert claim is not None
            store.commit_turn(record(claim, NOON, "Gracias", consent=YES, fires=(NewFire("check_in_ppt", due, "ppt"),)))
        words = [sys.executable, "-c", TICK, url, str(tmp_path / "keys"), due.isoformat()]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        tickers = [subprocess.Popen(words, cwd=ROOT, text=True, **pipes) for _ in range(4)]  # type: ignore[call-overload]
        for ticker in tickers:
            assert ticker.stdout.readline() == "ready\n"
        with ThreadPoolExecutor(4) as pool:
            fired = [int(out) for out, _ in pool.map(lambda ticker: ticker.communicate("now\n", 60), tickers)]
        fired.append(store.enqueue_due_fires(due, 100))  # a person whom another ticker held is left for the next tick
        assert sum(fired) == people
        assert len([row for row in rows(store, InboxRow) if row["kind"] == "fire"]) == people
        store.close()
