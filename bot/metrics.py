"""What the service counts, in Prometheus' words. No label names a person, an address or a word that somebody wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
TURN_SECONDS: Final = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
"""Buckets around what was measured: a tap takes about 5 ms, free text about 20."""


class Metrics:
    """The counters of one process; each instance has a registry of its own, so tests do not share them."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()

        def counter(name: str, what: str, *labels: str) -> Counter:
            return Counter(name, what, labels, registry=self._registry)

        self._turns = Histogram(
            "amable_turn_seconds",
            "From the claim of a message to the commit of its answer, by kind of message",
            ["kind"],
            buckets=TURN_SECONDS,
            registry=self._registry,
        )
        self._failures = counter("amable_turn_failures_total", "Turns that did not come to a commit, by error", "error")
        self._reads = counter(
            "amable_messages_read_total",
            "What the NLU made of messages: skipped, topic, ambiguous, out_of_scope, danger",
            "outcome",
        )
        self._sends = counter("amable_sends_total", "Tries to send, by channel and outcome", "channel", "outcome")
        self._queues = Gauge("amable_queue", "Rows by queue and state", ["queue"], registry=self._registry)
        self._ages = Gauge(
            "amable_queue_oldest_seconds", "Age of the oldest row that waits", ["queue"], registry=self._registry
        )
        self._database = Gauge("amable_database_up", "1 where the database answers", registry=self._registry)

    def turn(self, kind: str, seconds: float) -> None:
        """A turn was committed."""
        self._turns.labels(kind).observe(seconds)

    def turn_failed(self, error: str) -> None:
        """A turn was given back or parked; ``error`` is a code."""
        self._failures.labels(error).inc()

    def read(self, outcome: str) -> None:
        """What the NLU made of a message."""
        self._reads.labels(outcome).inc()

    def sent(self, channel: str, outcome: str) -> None:
        """A try to send ended: ``sent``, or the code of an error."""
        self._sends.labels(channel, outcome).inc()

    def render(self, queues: Mapping[str, int] | None, ages: Mapping[str, float]) -> bytes:
        """The page of all metrics. ``queues`` None: the database is away."""
        self._database.set(queues is not None)
        for name, value in (queues or {}).items():
            self._queues.labels(name).set(value)
        for name, age in ages.items():
            self._ages.labels(name).set(age)
        return generate_latest(self._registry)
