"""A person who sends more than anybody can read: told once to go slower, then not answered until they do.

What is skipped is stored like every message, and moves the conversation by a turn without an answer. Never skipped: a
message that tells of danger, and whatever is said in the middle of a crisis.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import structlog

from bot.dialogue.runner import LONGEST_READ
from bot.dialogue.worker import Handler
from bot.dialogue.world import Library
from bot.flows.state import State
from bot.storage import Claim, Conversation, NewMessage, Store, TurnRecord
from bot.translatable import N_

SLOW_DOWN = N_(
    "Me llegan muchos mensajes seguidos y no alcanzo a leerlos. Escribe más despacio, por favor: espera unos segundos "
    "y mándame otra vez lo que necesitas."
)

BURST = 20
PER_SECOND = 1.0
DEEPEST = -2.0
"""How far a flood may overdraw: three seconds of rest, or a few slow messages, end it."""
MOST_PEOPLE = 10_000
_WAITED_FOR_BY_ITSELF = "terminal"  # one message is answered there before the next is read

Verdict = Literal["answer", "tell", "skip"]
log = structlog.get_logger("amable.flood")


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    flooded: bool = False


class Flood:
    """Counts each person's messages by the time they came; bounded: who was quiet longest is forgotten first."""

    def __init__(self, burst: int = BURST, per_second: float = PER_SECOND, most_people: int = MOST_PEOPLE) -> None:
        self._burst = burst
        self._per_second = per_second
        self._most_people = most_people
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def judge(self, person_id: str, at: datetime) -> Verdict:
        """What to do with a message that came at a time. ``tell`` comes once for each flood."""
        bucket = self._buckets.setdefault(person_id, _Bucket(self._burst, at))
        self._buckets.move_to_end(person_id)
        if len(self._buckets) > self._most_people:
            self._buckets.popitem(last=False)
        passed = max((at - bucket.at).total_seconds(), 0.0)
        tokens = min(bucket.tokens + passed * self._per_second, self._burst)
        bucket.at, bucket.tokens = max(at, bucket.at), max(tokens - 1, DEEPEST)
        if tokens >= 1:
            bucket.flooded = False
            return "answer"
        told, bucket.flooded = bucket.flooded, True
        return "skip" if told else "tell"


class Unhurried:
    """A handler that lets ``inner`` answer, but for a flood. ``in_danger`` reads whether a text tells of danger."""

    def __init__(
        self,
        inner: Handler,
        store: Store,
        library: Library,
        in_danger: Callable[[str], Awaitable[bool]],
        flood: Flood,
    ) -> None:
        self._inner = inner
        self._store = store
        self._library = library
        self._in_danger = in_danger
        self._flood = flood

    async def handle(self, claim: Claim, now: datetime) -> None:
        """Handle the message and commit. Errors pass through to the worker."""
        verdict = self._verdict(claim)
        if verdict == "answer":
            await self._inner.handle(claim, now)
            return
        conversation = await asyncio.to_thread(self._store.load_conversation, claim.person_id)
        if await self._matters(claim, conversation):
            await self._inner.handle(claim, now)
            return
        log.info("flood", inbox_id=claim.id, person=claim.person_id, told=verdict == "tell")
        record = self._record(claim, conversation, now, told=verdict == "tell")
        await asyncio.to_thread(self._store.commit_turn, record)

    def _verdict(self, claim: Claim) -> Verdict:
        inbound = claim.inbound
        # A second try was judged already, and a check-in is our own doing.
        if inbound.kind == "fire" or inbound.address.channel == _WAITED_FOR_BY_ITSELF or claim.attempts:
            return "answer"
        return self._flood.judge(claim.person_id, inbound.received_at)

    async def _matters(self, claim: Claim, conversation: Conversation) -> bool:
        state = State.from_json(conversation.state)
        if any(frame.entry == "crisis" for frame in state.stack):
            return True
        text = claim.inbound.text.strip()
        return bool(text) and await self._in_danger(text[:LONGEST_READ])

    def _record(self, claim: Claim, conversation: Conversation, now: datetime, *, told: bool) -> TurnRecord:
        slower = self._library.translate(conversation.language, SLOW_DOWN)
        return TurnRecord(
            claim=claim,
            person_id=claim.person_id,
            now=now,
            state=conversation.state,
            bundle=conversation.bundle,
            language=conversation.language,
            messages=(NewMessage(slower, kind="note"),) if told else (),
            said=claim.inbound.text if claim.inbound.kind in ("text", "tap", "media") else "",
        )
