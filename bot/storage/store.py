"""The Store: what the rest of the service may do with the database. Each call is one short transaction.

Synchronous; async code calls it through ``asyncio.to_thread``. Every time is timezone-aware, and is handed in. Any call
may raise DatabaseAway, after which nothing is half done and the call may be repeated.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.messages import Address, Attachment, Inbound, Outbound
from bot.storage import (
    attachments,
    conversations,
    erasure,
    export,
    fires,
    holds,
    inbox,
    keycheck,
    outbox,
    overview,
    releases,
    retention,
    rotation,
    turns,
)
from bot.storage.contract import Case, Claim, Conversation, HeldCase, Line, Receipt, TurnRecord
from bot.storage.vault import Vault
from bot.storage.work import Work, working


def random_id() -> str:
    """22 URL-safe characters of 128 random bits."""
    return secrets.token_urlsafe(16)


class Store:
    """All reads and writes. Call :meth:`verify_keys` once before anything else."""

    def __init__(self, engine: Engine, vault: Vault, new_id: Callable[[], str] = random_id) -> None:
        self._engine = engine
        self._vault = vault
        self._new_id = new_id

    def _write(self) -> AbstractContextManager[Work]:
        return working(self._engine, self._vault, self._new_id)

    def _read(self) -> AbstractContextManager[Work]:
        return working(self._engine, self._vault, self._new_id, read_only=True)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def try_write(self) -> None:
        """Write what is there already. Raises DatabaseAway where nothing can be stored, though it may be read."""
        with self._write() as work:
            keycheck.touch(work)

    # keys

    def verify_keys(self) -> None:
        """Check that the keys are those of the database. Raises WrongKeys or KeysMissing, and changes nothing then."""
        with self._write() as work:
            keycheck.verify(work)

    def reseal(self, limit: int = 500) -> int:
        """Move up to ``limit`` values to the newest key; at 0 the older keys may be taken out of the settings.

        Every process must run with the new key before it is called the first time.
        """
        with self._write() as work:
            return rotation.reseal(work, limit)

    def sealed_with_older_keys(self) -> int:
        """How many values :meth:`reseal` has still to move."""
        with self._read() as work:
            return rotation.older(work)

    # inbox

    def receive(self, inbound: Inbound) -> bool:
        """Take a message in. False: it was taken before (a provider's harmless repetition)."""
        with self._write() as work:
            return inbox.receive(work, inbound)

    def claim_next(self, worker: str, now: datetime, lease: timedelta) -> Claim | None:
        """Claim the oldest message to handle now, or None. A person's messages are handled in order, one at a time."""
        with self._read() as work:  # an idle worker looks often, and must not take SQLite's one write lock for that
            if not inbox.has_open(work):
                return None
        with self._write() as work:
            return inbox.claim_next(work, worker, now, lease)

    def give_back(self, claim: Claim, now: datetime, error: str, retry_at: datetime) -> None:
        """Free a claimed message for another try from ``retry_at``. ``error`` is a short code, no text of a person.

        A claim that was lost in the meantime changes nothing; the same for :meth:`park`.
        """
        with self._write() as work:
            inbox.give_back(work, claim, error, max(now, retry_at))

    def park(self, claim: Claim, now: datetime, error: str) -> None:
        """Set a message aside that fails again and again; the person's later messages go on."""
        with self._write() as work:
            inbox.park(work, claim, now, error)

    # conversation

    def load_conversation(self, person_id: str) -> Conversation:
        """Where a person stands. Raises PersonGone."""
        with self._read() as work:
            return conversations.load(work, person_id)

    def commit_turn(self, record: TurnRecord) -> tuple[int, ...]:
        """Store all that a turn made and mark its message handled, or nothing at all; the ids of the outbox rows.

        Raises StaleClaim if the message is no longer the claimer's, or the conversation moved on.
        """
        with self._write() as work:
            return turns.commit(work, record)

    # outbox

    def claim_outgoing(
        self, worker: str, now: datetime, lease: timedelta, channels: Collection[str]
    ) -> Outbound | None:
        """Claim the next message to send, in order for each address. ``lease`` must outlast the longest try to send."""
        with self._write() as work:
            return outbox.claim(work, worker, now, lease, channels)

    def mark_sent(self, outbox_id: int, provider_id: str, now: datetime) -> None:
        """The provider took the message."""
        with self._write() as work:
            outbox.mark_sent(work, outbox_id, provider_id, now)

    def mark_retry(self, outbox_id: int, error: str, retry_at: datetime) -> None:
        """The provider surely did not take it: again from ``retry_at``, or failed after ``outbox.MAX_ATTEMPTS``."""
        with self._write() as work:
            outbox.mark_retry(work, outbox_id, error, retry_at)

    def mark_failed(self, outbox_id: int, error: str, now: datetime) -> None:
        """The message will never be taken."""
        with self._write() as work:
            outbox.mark_ended(work, outbox_id, "failed", error, now)

    def mark_uncertain(self, outbox_id: int, error: str, now: datetime) -> None:
        """No answer came: it may have been delivered, and is not sent again."""
        with self._write() as work:
            outbox.mark_ended(work, outbox_id, "uncertain", error, now)

    def block_address(self, address: Address, now: datetime) -> None:
        """Send nothing more there until the person writes from it again."""
        with self._write() as work:
            outbox.block(work, address, now)

    def recover_sending(self, now: datetime) -> int:
        """Mark what a dead sender left as ``uncertain``; how many."""
        with self._write() as work:
            return outbox.recover(work, now)

    # fires

    def enqueue_due_fires(self, now: datetime, limit: int) -> int:
        """Look at up to ``limit`` due check-ins; how many went in the inbox. The others were shifted or cancelled."""
        with self._read() as work:
            due = fires.due(work, now, limit)
        enqueued = 0
        for fire_id, person_id in due:
            with self._write() as work:
                enqueued += fires.enqueue(work, fire_id, person_id, now)
        return enqueued

    # people's own data

    def history(self, address: Address, after: int = 0, limit: int = 200) -> list[Line]:
        """The lines of one address, oldest first: the newest ``limit``, or the next ``limit`` after a line's id.

        Without consent there is no transcript, and these are the messages sent in the last day.
        """
        with self._read() as work:
            return conversations.history(work, address, after, limit)

    def attachment(self, address: Address, line_id: int) -> Attachment | None:
        """The file of a line of that address's own conversation, or None. Raises Unreadable."""
        with self._read() as work:
            return attachments.of_line(work, address, line_id)

    def export_person(self, person_id: str) -> dict[str, object]:
        """Everything held about a person, as plain JSON. Raises PersonGone."""
        with self._read() as work:
            return export.export(work, person_id)

    def erase_person(self, person_id: str, now: datetime) -> str:
        """Erase a person at once; the id of the receipt. Raises PersonGone."""
        with self._write() as work:
            return erasure.erase(work, person_id, now)

    def receipt(self, receipt_id: str) -> Receipt | None:
        """The proof of an erasure, or None."""
        with self._read() as work:
            return erasure.receipt(work, receipt_id)

    def purge(self, now: datetime, dry_run: bool = False) -> dict[str, int]:
        """Hold to ``retention.RETENTION``: rows touched of each kind; with ``dry_run``, only counted."""
        counts = {}
        for kind in retention.KINDS:
            with self._read() if dry_run else self._write() as work:
                counts[kind] = retention.purge(work, kind, now, dry_run)
        return counts

    # flow releases

    def save_release(self, fingerprint: str, content: str, now: datetime) -> None:
        """Keep a version of the flows; one that is there stays as it is."""
        with self._write() as work:
            releases.save(work, fingerprint, content, now)

    def load_release(self, fingerprint: str) -> str | None:
        """The content of a version, or None."""
        with self._read() as work:
            return releases.load(work, fingerprint)

    # staff, operator

    def open_cases(self, limit: int = 50) -> list[Case]:
        """Open cases: the urgent first, then the one that waits longest."""
        with self._read() as work:
            return overview.open_cases(work, limit)

    def hold_case(self, case_id: int, why: str, now: datetime) -> None:
        """Keep a case through an erasure, for a reason that the person is told. Raises CaseUnknown."""
        with self._write() as work:
            holds.hold(work, case_id, why, now)

    def release_hold(self, case_id: int) -> None:
        """End a hold; the case of somebody who was erased meanwhile goes. Raises CaseUnknown."""
        with self._write() as work:
            holds.release(work, case_id)

    def held_cases(self, person_id: str) -> list[HeldCase]:
        """The cases of a person that an erasure would leave, oldest first."""
        with self._read() as work:
            return holds.of(work, person_id)

    def ages(self, now: datetime) -> dict[str, float]:
        """Seconds that the oldest rows of inbox and outbox have waited."""
        with self._read() as work:
            return overview.ages(work, now)

    def counts(self) -> dict[str, int]:
        """Depths of the queues, for health and metrics."""
        with self._read() as work:
            return overview.counts(work)
