"""How often a provider may be written to: token buckets, pauses after a refusal, and back-off. Pure; time comes in."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_CHATS = 10_000
"""Chats remembered at once. A forgotten chat begins with a full bucket, which is what it has after a second's rest."""

_SLACK = 2
"""Messages that a rested channel may send without a gap: the time that it takes to claim one is then not lost, and no
second holds more than one message above the pace."""

_DUST = 1e-6
"""Seconds too few to wait for: what is left over when times are added as floats."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A provider's limits, in messages a second; ``chat_burst`` messages may go to a rested chat without a gap."""

    per_chat: float
    overall: float
    chat_burst: int = 1


@dataclass(slots=True)
class _Bucket:
    """A token bucket kept as one number: the time at which it would be full again (GCRA)."""

    interval: float
    burst: int
    full_at: float = 0.0

    def wait(self, now: float) -> float:
        # A bucket is never emptier than its burst; if it seems so, the clock was set back, and the past is forgotten.
        if self.full_at > now + self.burst * self.interval + _DUST:
            self.full_at = now
        wait = self.full_at - (self.burst - 1) * self.interval - now
        return wait if wait > _DUST else 0.0

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + self.interval


class Pacer:
    """Keeps the sends of one channel inside its :class:`Pace`. Not thread-safe; one event loop owns it."""

    def __init__(self, pace: Pace, most_chats: int = MOST_CHATS) -> None:
        self._pace = pace
        self._most_chats = most_chats
        self._overall = _Bucket(1 / pace.overall, _SLACK)
        self._chats: OrderedDict[str, _Bucket] = OrderedDict()

    def wait_for(self, chat: str, now: float) -> float:
        """0.0: send now, and the send is counted. Otherwise ask again in so many seconds; nothing was counted.

        ``now`` is in seconds, from any clock that is used for all calls.
        """
        bucket = self._chats.get(chat) or _Bucket(1 / self._pace.per_chat, self._pace.chat_burst)
        wait = max(bucket.wait(now), self._overall.wait(now))
        if wait > 0:
            return wait
        bucket.take(now)
        self._overall.take(now)
        self._chats[chat] = bucket
        self._chats.move_to_end(chat)
        if len(self._chats) > self._most_chats:
            self._chats.popitem(last=False)
        return 0.0

    def wait_overall(self, now: float) -> float:
        """Seconds until the channel as a whole may send again, whatever the chat."""
        return self._overall.wait(now)


class Pauses:
    """When a whole channel must be silent, learnt from what its provider answers. Times are in seconds of one clock.

    *Too many requests*: a 429 of Telegram does not say whether the chat or the bot is meant. One chat's refusal must
    not silence everybody, so it pauses that chat alone (its message waits in the outbox). When a second chat is refused
    while the first still waits, the bot is meant, and the channel pauses for as long as it was told.

    *Not reached*: every message would fail alike, and use up its tries. So the channel pauses, each time twice as long,
    and one message goes ahead to see. The pause is half of what a failed message itself waits (``first`` to ``most``
    seconds), so another one goes ahead next, and shows whether the fault was the message's own.
    """

    def __init__(self, first: float = 2.0, most: float = 300.0) -> None:
        self._first = first
        self._most = most
        self._chats: dict[str, float] = {}
        self._failures = 0
        self._channel_until = 0.0

    def throttled(self, chat: str, now: float, seconds: float) -> None:
        """Note that a send to ``chat`` was refused at ``now`` for so many seconds."""
        self._chats = {known: until for known, until in self._chats.items() if until > now}
        if any(known != chat for known in self._chats):
            self._channel_until = max(self._channel_until, now + seconds)
        self._chats[chat] = now + seconds

    def unreachable(self, now: float) -> None:
        """Note that a send did not reach the provider. Those under way together count once."""
        if self.remaining(now) == 0:
            self._failures += 1
            self._channel_until = now + backoff(self._failures, self._first, self._most) / 2

    def reached(self) -> None:
        """Note that the provider answered."""
        self._failures = 0

    def remaining(self, now: float) -> float:
        """Seconds for which the whole channel must still be silent; 0.0 when it may speak."""
        return max(0.0, self._channel_until - now)


def backoff(failures: int, first: float, most: float) -> float:
    """Seconds to wait after so many failures in a row (1 or more): ``first``, doubled each time, at most ``most``."""
    return min(most, first * 2.0 ** min(failures - 1, 30))
