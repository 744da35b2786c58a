"""``AmableTrackerStore``: Rasa's tracker is rebuilt small before every turn, and a turn is saved in one transaction.

What a conversation is stands in our own tables. The tracker that Rasa gets holds one slot with the engine's state, so
the thousandth turn costs what the tenth costs; saving hands the turn's record to the write path.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.own_data import FILE, HELD, RECEIPT, own_data_file, own_data_text
from bot.dialogue.papers import attachment_of
from bot.dialogue.policy import EVENTS_SLOT, LISTEN, STATE_SLOT
from bot.dialogue.records import record_of
from bot.dialogue.turns import TURN
from bot.flows.events import DataWanted, DocumentMade, EraseWanted, Event, Said, events_from_json
from bot.flows.state import State
from bot.messages import Attachment
from bot.storage import Store


class AmableTrackerStore(TrackerStore):
    """Rasa's interface to our store. ``committed`` is called with the outbox ids of each committed turn."""

    def __init__(
        self,
        domain: Domain | None,
        store: Store | None = None,
        committed: Callable[[tuple[int, ...]], None] = lambda _ids: None,
        new_receipt: Callable[[], str] = lambda: secrets.token_urlsafe(9),
        public_link: Callable[[], str] = lambda: "",
        **kwargs: Any,
    ) -> None:
        """``store`` None keeps nothing (``rasa shell``). ``public_link`` is where the code of a page leads."""
        super().__init__(domain, **kwargs)
        self._store = store
        self._committed = committed
        self._new_receipt = new_receipt
        self._public_link = public_link

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A small tracker that stands where the conversation stands."""
        hand = TURN.get(None)
        state = hand.conversation.state if hand is not None and hand.conversation is not None else {}
        events = [
            ActionExecuted("action_session_start"),
            SessionStarted(),
            SlotSet(STATE_SLOT, state or None),
            ActionExecuted(LISTEN),
        ]
        return DialogueStateTracker.from_events(sender_id, events, slots=self.domain.slots, domain=self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Commit the turn. Raises ``StaleClaim`` where another process has handled the message meanwhile."""
        hand = TURN.get(None)
        if self._store is None or hand is None or hand.claim is None:
            return
        rows = tracker.get_slot(EVENTS_SLOT)
        if rows is None:
            return
        state = State.from_json(tracker.get_slot(STATE_SLOT) or {})
        events: list[Event] = []
        receipt, erased = "", None
        files: dict[DocumentMade, Attachment] = {}
        for event in events_from_json(rows):
            events.append(event)
            if isinstance(event, DataWanted):
                held = await asyncio.to_thread(self._store.export_person, hand.claim.person_id)
                world = hand.library.world_for(state, hand.now)
                events.append(Said(own_data_text(held, world, state.language), "note"))
                file = own_data_file(held)
                if file is not None:
                    said = hand.library.translate(state.language, FILE)
                    document = DocumentMade(file.name, said, said, state.language, ())
                    events.append(document)
                    files[document] = file
            elif isinstance(event, EraseWanted):
                receipt = self._new_receipt()
                said = hand.library.translate(state.language, RECEIPT).format(receipt=receipt)
                kept = await asyncio.to_thread(self._store.held_cases, hand.claim.person_id)
                hold = hand.library.translate(state.language, HELD)
                said = "\n\n".join([said, *(hold.format(case=case.id, why=case.why) for case in kept)])
                erased = Said(said, "note")
        if erased is not None:
            events.append(erased)
        for event in events:
            if isinstance(event, DocumentMade) and event not in files:
                made = await asyncio.to_thread(attachment_of, event, hand.now, self._public_link)
                if made is not None:
                    files[event] = made
        record = record_of(hand, hand.claim, state, events, receipt, files)
        self._committed(await asyncio.to_thread(self._store.commit_turn, record))

    async def keys(self) -> Iterable[str]:
        """Rasa's listing of conversations; ours are listed by the console."""
        return []
