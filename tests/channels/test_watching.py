"""What an operator's machines see: alive, ready, counted; and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot.channels.site import make_site
from bot.channels.watching import watching_router
from bot.metrics import Metrics
from bot.storage import DatabaseAway, Store
from tests.fixtures_storage import (  # noqa: F401  # noqa: F401
    backend,
    database_url,
    engine,
    migrated_postgres,
    migrated_sqlite,
    postgres_engine,
    postgres_server,
    store,
    vault,
)
from tests.storage.helpers import LUIS, NOON, arrive, turn

LATER = NOON + timedelta(seconds=90)
Watch = Callable[..., TestClient]


@pytest.fixture
def missing() -> dict[str, str]:
    return {}


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def watch(store: Store, metrics: Metrics, missing: dict[str, str]) -> Watch:  # noqa: F811
    def made(host: str = "127.0.0.1", token: str = "") -> TestClient:
        router = watching_router(store, metrics, clock=lambda: LATER, missing=lambda: missing, token=token)
        return TestClient(make_site([router]), client=(host, 50000))

    return made


def away(*_: object) -> None:
    raise DatabaseAway("away")


def value(page: str, name: str) -> float:
    (line,) = [line for line in page.splitlines() if line.startswith(f"{name} ")]
    return float(line.split()[-1])


def test_it_is_ready_when_nothing_is_missing(watch: Watch, missing: dict[str, str]) -> None:
    assert watch().get("/readyz").json() == {"status": "ready"}
    missing["worker"] = "ended"
    answer = watch().get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, {"worker": "ended"})


def test_without_the_database_it_is_neither_healthy_nor_ready(
    watch: Watch,
    store: Store,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "counts", away)
    monkeypatch.setattr(store, "try_write", away)
    client = watch()
    assert client.get("/healthz").status_code == 503
    assert client.get("/readyz").json()["missing"] == {"database": "away"}
    assert value(client.get("/metrics").text, "amable_database_up") == 0


def test_the_queues_and_their_ages_are_counted(watch: Watch, store: Store) -> None:  # noqa: F811
    turn(store, "Hola", text="hola")
    arrive(store, "me perdi", LUIS)
    page = watch().get("/metrics").text
    assert value(page, 'amable_queue{queue="inbox_open"}') == 1
    assert value(page, 'amable_queue{queue="outbox_pending"}') == 1
    assert value(page, 'amable_queue_oldest_seconds{queue="inbox"}') == 90
    assert value(page, "amable_database_up") == 1


def test_turns_sends_and_readings_are_counted_without_names(watch: Watch, metrics: Metrics) -> None:
    metrics.turn("text", 0.02)
    metrics.read("out_of_scope")
    metrics.sent("telegram", "sent")
    metrics.sent("telegram", "throttled")
    metrics.turn_failed("database_away")
    page = watch().get("/metrics").text
    assert value(page, 'amable_turn_seconds_count{kind="text"}') == 1
    assert value(page, 'amable_messages_read_total{outcome="out_of_scope"}') == 1
    assert value(page, 'amable_sends_total{channel="telegram",outcome="throttled"}') == 1
    assert value(page, 'amable_turn_failures_total{error="database_away"}') == 1


@pytest.mark.parametrize(
    ("host", "headers", "seen"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("203.0.113.7", {}, False),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, False),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.7"}, False),
        ("203.0.113.7", {"Authorization": "Bearer open-sesame"}, True),
        ("203.0.113.7", {"Authorization": "Bearer open"}, False),
        ("203.0.113.7", {"Authorization": "Bearer "}, False),
    ],
)
def test_who_may_see_the_metrics(watch: Watch, host: str, headers: dict[str, str], seen: bool) -> None:
    answer = watch(host, "open-sesame").get("/metrics", headers=headers)
    assert answer.status_code == (200 if seen else 404)


def test_no_token_is_no_open_door(watch: Watch) -> None:
    assert watch("203.0.113.7").get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
