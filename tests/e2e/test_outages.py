"""Promise: what is away comes back, and meanwhile nothing is lost, nobody sees a stack trace, and the checks say so.

``AMABLE_TEST_OUTAGE=60`` makes the outages long; in CI they are just longer than every wait of the service.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import URL, make_url

from tests.fixtures_storage import postgres_server, temporary_postgres  # noqa: F401
from tests.harness.browser import Tab
from tests.harness.hooked import HookedTelegram
from tests.harness.kills import SCRIPT, in_order, in_the_database, settle, started
from tests.harness.proxy import Proxy
from tests.harness.services import Running, wait_for
from tests.harness.zygote import Zygote
from tests.standins.telegram import TelegramStandIn

pytestmark = pytest.mark.slow
OUTAGE = float(os.environ.get("AMABLE_TEST_OUTAGE", "8"))
LINES = SCRIPT[:9]
CHATS = ("1001", "1002", "1003", "1004")


@pytest.fixture(scope="module")
def zygote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zygote]:
    with Zygote(tmp_path_factory.mktemp("logs")) as parent:
        yield parent


@pytest.fixture
def polled() -> Iterator[TelegramStandIn]:
    with TelegramStandIn() as telegram:
        yield telegram


@pytest.fixture
def hooked() -> Iterator[HookedTelegram]:
    with HookedTelegram() as telegram:
        yield telegram


@contextlib.contextmanager
def service(state: Path, zygote: Zygote, telegram: TelegramStandIn, **settings: str) -> Iterator[Running]:
    """A service with Telegram, by webhook where the stand-in delivers."""
    mine = {"telegram_token": telegram.token, "telegram_api": telegram.url}
    running = started(state, zygote, {**mine, **getattr(telegram, "settings", {}), **settings})
    if isinstance(telegram, HookedTelegram):
        telegram.targets = [running.url]
    try:
        yield running
    finally:
        running.kill()


class Street:
    """Four people on Telegram and one at the web chat; what one undisturbed person got is what all must get."""

    def __init__(self, telegram: TelegramStandIn, running: Running) -> None:
        self.telegram, self.running = telegram, running
        self.tab, first = Tab(running.url), Tab(running.url)
        for line in LINES:
            telegram.text("500", line)
            first.say(line)
            settle(telegram, running)
        self.expected = [message.text for message in telegram.sent("500")]
        # Telegram has the options' descriptions in the text, the web chat on its buttons.
        self.expected_web = first.replies()
        first.close()
        self._web: list[threading.Thread] = []

    def write(self, lines: tuple[str, ...]) -> None:
        """Everybody writes these lines; who is at the web chat goes on trying in a thread."""
        for line in lines:
            for chat in CHATS:
                self.telegram.text(chat, line)
        self._web.append(threading.Thread(target=lambda before=self._web[-1:]: self._say(before, lines)))
        self._web[-1].start()

    def _say(self, before: list[threading.Thread], lines: tuple[str, ...]) -> None:
        for thread in before:
            thread.join()
        with contextlib.suppress(httpx.TransportError):  # the service has ended: the test has failed by then
            for line in lines:
                self.tab.say(line)

    def settled(self) -> None:
        """Everything is taken, worked on and sent."""
        for thread in self._web:
            thread.join(240)
            assert not thread.is_alive()
        settle(self.telegram, self.running)

    def check(self, database: str, state: Path) -> None:
        """Nothing lost, twice, out of order; a reply is missing only where nobody can know whether it arrived."""
        turns, handled, parked, uncertain = in_the_database(database, state)
        people = len(CHATS) + 3
        assert (turns, handled, parked) == ([len(LINES)] * people, len(LINES) * people, 0)
        missing = 0
        for chat in CHATS:
            got = [message.text for message in self.telegram.sent(chat)]
            assert in_order(got, self.expected), got
            missing += len(self.expected) - len(got)
        assert missing <= uncertain
        # The web chat's page reads the conversation itself, so there is nothing that could be uncertain.
        assert self.tab.replies() == self.expected_web
        for refusal in self.tab.refusals:
            assert refusal.status_code == 503, refusal.text
            assert refusal.json()["error"]["message"].startswith("El chat no responde ahora")
            assert int(refusal.headers["Retry-After"]) >= 1
        self.tab.close()


def says(running: Running, page: str) -> tuple[int, dict[str, Any]]:
    """What a machine reads of a check."""
    answer = httpx.get(f"{running.url}/{page}", timeout=60)
    return answer.status_code, answer.json()


@pytest.mark.postgres
@pytest.mark.parametrize("way", ["polled", "hooked"])
def test_postgresql_goes_away_while_people_write(
    way: str,
    postgres_server: URL,  # noqa: F811
    zygote: Zygote,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    telegram: TelegramStandIn = request.getfixturevalue(way)
    server = postgres_server.host or "127.0.0.1", postgres_server.port or 5432
    with temporary_postgres(postgres_server) as direct, Proxy(*server) as proxy:
        url = make_url(direct).set(host="127.0.0.1", port=proxy.port, drivername="postgresql")
        database = url.render_as_string(hide_password=False)
        with service(tmp_path / "state", zygote, telegram, database_url=database) as running:
            street = Street(telegram, running)
            street.write(LINES[:4])
            telegram.wait_sent(len(street.expected) + 6, seconds=60)
            proxy.cut()
            street.write(LINES[4:7])
            over = time.monotonic() + OUTAGE
            wait_for(lambda: says(running, "healthz") == (503, {"status": "database_away"}), 10, running.tail)
            assert says(running, "readyz")[0] == 503
            assert says(running, "readyz")[1]["missing"]["database"] == "away"
            wait_for(lambda: bool(street.tab.refusals), 15, running.tail)
            assert telegram.state()["waiting"]
            time.sleep(max(0.0, over - time.monotonic()))
            proxy.mend()
            mended = time.monotonic()
            wait_for(lambda: says(running, "readyz")[0] == 200, 10, running.tail)
            street.write(LINES[7:])
            street.settled()
            print(f"{way}: settled {time.monotonic() - mended:.1f} s after an outage of {OUTAGE:g} s")
            street.check(direct, tmp_path / "state")


@pytest.mark.parametrize("seconds", [4, 18])
def test_another_process_holds_the_sqlite_file(
    seconds: int, polled: TelegramStandIn, zygote: Zygote, tmp_path: Path
) -> None:
    """Longer than a turn; then longer than ``BUSY_TIMEOUT_MS``."""
    with service(tmp_path / "state", zygote, polled) as running:
        street = Street(polled, running)
        street.write(LINES[:4])
        other = sqlite3.connect(tmp_path / "state" / "amable.db", isolation_level=None, timeout=30)
        other.execute("BEGIN IMMEDIATE")
        street.write(LINES[4:7])
        time.sleep(seconds)  # how long the other process holds it is the test
        assert says(running, "healthz")[0] == 200, "it can be read"
        other.execute("ROLLBACK")
        other.close()
        street.write(LINES[7:])
        street.settled()
        street.check("", tmp_path / "state")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only who may mount can have a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_the_disk_is_full(small_disk: Path, polled: TelegramStandIn, zygote: Zygote) -> None:
    state = small_disk / "state"
    with service(state, zygote, polled) as running:
        street = Street(polled, running)
        street.write(LINES[:4])
        street.settled()
        ballast = small_disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)
        visitor = Tab(running.url)
        wait_for(lambda: visitor.post("hola").status_code == 503, 60, running.tail)
        street.write(LINES[4:7])
        wait_for(lambda: says(running, "readyz")[0] == 503, 30, running.tail)
        wait_for(lambda: bool(polled.state()["waiting"]), 30, running.tail)
        ballast.unlink()
        wait_for(lambda: says(running, "readyz")[0] == 200, 30, running.tail)
        street.write(LINES[7:])
        street.settled()
        visitor.close()
        texts = [[message.text for message in polled.sent(chat)] for chat in CHATS]
        assert texts == [street.expected] * len(CHATS)
        assert street.tab.replies() == street.expected_web
        assert running.counts()["inbox_parked"] == 0
        street.tab.close()


@pytest.mark.redis
@pytest.mark.parametrize("how", ["cut", "silence"])
def test_redis_goes_away_while_people_write(how: str, polled: TelegramStandIn, zygote: Zygote, tmp_path: Path) -> None:
    server = make_url(os.environ.get("AMABLE_TEST_REDIS_URL", "redis://127.0.0.1:6379/0"))
    with Proxy(server.host or "127.0.0.1", server.port or 6379) as proxy:
        redis_url = server.set(port=proxy.port).render_as_string(hide_password=False)
        with service(tmp_path / "state", zygote, polled, redis_url=redis_url) as running:
            street = Street(polled, running)
            street.write(LINES[:4])
            getattr(proxy, how)()
            gone = time.monotonic()
            street.write(LINES[4:7])
            street.settled()
            took = time.monotonic() - gone
            print(f"{how}: {7 * (len(CHATS) + 1)} messages settled in {took:.1f} s without Redis")
            assert took < 30
            assert says(running, "readyz")[0] == 200, "it works without Redis"
            proxy.mend()
            street.write(LINES[7:])
            street.settled()
            street.check("", tmp_path / "state")
