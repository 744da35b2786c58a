"""Token buckets in memory, bounded: the bucket that was used longest ago gives its place to a new one."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from bot.channels.web.settings import Allowance

MAX_BUCKETS = 20_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class TokenBuckets:
    """One bucket for each key, all of one size. For use in one event loop; each process counts for itself."""

    def __init__(self, allowance: Allowance, capacity: int = MAX_BUCKETS) -> None:
        self._allowance = allowance
        self._capacity = capacity
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: str, now: float) -> float:
        """Take one token. Gives 0 where it was there, else the seconds after which there will be one.

        ``now`` is in seconds of a clock that never goes back.
        """
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(self._allowance.burst, now)
            if len(self._buckets) > self._capacity:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        filled = bucket.tokens + (now - bucket.at) * self._allowance.per_second
        bucket.tokens, bucket.at = min(self._allowance.burst, filled), now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._allowance.per_second
        bucket.tokens -= 1
        return 0
