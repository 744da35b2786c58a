"""One claimed message from the inbox to the commit: decide whether the NLU is needed, and let Rasa's agent work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.dialogue.requests import read_requests
from bot.dialogue.turns import TURN, TurnInHand
from bot.dialogue.understanding import NOT_PARSED, turn_of
from bot.dialogue.world import Library
from bot.flows.engine import needs_understanding
from bot.flows.state import State
from bot.storage import Claim, Store

LONGEST_READ = 2_000
"""Characters of a message that are read: what people need stands in far fewer, and reading time grows with them."""

log = structlog.get_logger("amable.turn")


@dataclass(frozen=True, slots=True)
class TurnRunner:
    """Works on one claim at a time for each call; several calls may run side by side for different people."""

    agent: Agent
    store: Store
    library: Library
    observe: Callable[[str, float, str], None] = lambda _kind, _seconds, _read: None
    """Told the kind of each committed message, the seconds its turn took, and what the NLU made of it."""
    timer: Callable[[], float] = time.perf_counter

    async def handle(self, claim: Claim, now: datetime) -> None:
        """Handle the message and commit. Errors of storage and engine pass through to the worker."""
        began = self.timer()
        conversation = await asyncio.to_thread(self.store.load_conversation, claim.person_id)
        hand = TurnInHand(claim.inbound, now, self.library, claim, conversation)
        state = State.from_json(conversation.state)
        world = self.library.world_for(state, now)
        turn = turn_of(claim.inbound, NOT_PARSED)
        text = claim.inbound.text[:LONGEST_READ]
        read = needs_understanding(state, turn, world)
        parsed = await read_requests(self.agent, text) if read else {"text": text, **NOT_PARSED}
        message = UserMessage(
            text=text,
            output_channel=CollectingOutputChannel(),
            sender_id=claim.person_id,
            parse_data=parsed,
            input_channel=claim.inbound.address.channel,
            message_id=str(claim.id),
        )
        token = TURN.set(hand)
        try:
            await self.agent.handle_message(message)
        finally:
            TURN.reset(token)
        seconds, what = self.timer() - began, hand.notes.get("read", "skipped")
        self.observe(claim.inbound.kind, seconds, what)
        log.info(
            "turn",
            inbox_id=claim.id,
            person=claim.person_id,
            turn=conversation.turn + 1,
            channel=claim.inbound.address.channel,
            kind=claim.inbound.kind,
            read=what,
            milliseconds=round(1000 * seconds),
        )
