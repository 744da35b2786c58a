"""What was sent a moment ago, kept for readers that are just between two requests.

The outbox is what people read, with one exception: the goodbye to a person who had everything erased goes out of the
database as soon as it is sent, and may be gone before the page asks for it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from bot.messages import Outbound

KEPT_SECONDS = 120.0
MAX_KEPT = 1_000


class RecentlySent:
    """The last messages sent, by the outbox's id; bounded in number and in time (seconds of a steady clock)."""

    def __init__(self, kept_seconds: float = KEPT_SECONDS, max_kept: int = MAX_KEPT) -> None:
        self._kept_seconds = kept_seconds
        self._max_kept = max_kept
        self._sent: OrderedDict[int, tuple[float, Outbound]] = OrderedDict()

    def add(self, out: Outbound, now: float) -> None:
        """Remember a message that is being sent."""
        self._sent[out.id] = (now, out)
        self._forget(now)

    def to(self, external_id: str, now: float) -> Sequence[Outbound]:
        """What was sent there lately, oldest first."""
        self._forget(now)
        return [out for _, out in self._sent.values() if out.address.external_id == external_id]

    def _forget(self, now: float) -> None:
        while self._sent:
            oldest, (at, _) = next(iter(self._sent.items()))
            if len(self._sent) <= self._max_kept and now - at <= self._kept_seconds:
                return
            del self._sent[oldest]
