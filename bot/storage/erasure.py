"""Erasing a person: their rows go, and a signed receipt without personal data stays.

A case under a legal hold stays too, see :mod:`bot.storage.holds`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Delete, delete, func, insert, select, update

from bot.storage import holds, people
from bot.storage.contract import Receipt, TurnRecord
from bot.storage.errors import PersonGone
from bot.storage.models import (
    AddressRow,
    AnswerRow,
    AttachmentRow,
    CaseRow,
    ConsentRow,
    ConversationRow,
    FireRow,
    InboxRow,
    OutboxRow,
    PersonRow,
    ReceiptRow,
    TranscriptRow,
)
from bot.storage.work import Work

_OWNED = (
    AttachmentRow,
    OutboxRow,
    TranscriptRow,
    AnswerRow,
    FireRow,
    CaseRow,
    ConsentRow,
    ConversationRow,
    AddressRow,
)


def erase(work: Work, person_id: str, now: datetime) -> str:
    """Erase a person; the receipt's id. Raises PersonGone."""
    if people.lock(work, person_id) is None:
        raise PersonGone("no such person")
    return _erase_locked(work, person_id, now, work.new_id(), moved_addresses=0)


def leave_for_goodbye(work: Work, person: PersonRow, record: TurnRecord) -> str | None:
    """Erase a person at their own word, and say goodbye: the id of the new, empty person who gets it, if any.

    The address moves to that new person, who is deleted once the goodbye is sent. What was written there after the
    message that asked for the erasure moves too, and is handled as the first message of someone new.
    """
    claim, new_person = record.claim, None
    receipt_id = record.receipt_id or work.new_id()
    address_id = work.session.scalar(select(InboxRow.address_id).where(InboxRow.id == claim.id))
    later = (
        InboxRow.address_id == address_id,
        InboxRow.id > claim.id,
        InboxRow.fire_id.is_(None),
        InboxRow.handled_at.is_(None),
        InboxRow.parked_at.is_(None),
    )
    goes_on = work.session.scalar(select(func.count()).select_from(InboxRow).where(*later))
    if goes_on or record.messages:
        new_person = people.create_person(work, record.now, turn=claim.turn + 1)
        work.change(update(AddressRow).where(AddressRow.id == address_id).values(person_id=new_person))
        work.change(update(InboxRow).where(*later).values(person_id=new_person))
        if not goes_on:
            work.change(update(PersonRow).where(PersonRow.id == new_person).values(leaving_at=record.now))
    _erase_locked(work, person.id, record.now, receipt_id, moved_addresses=1 if new_person else 0)
    return new_person


def _erase_locked(work: Work, person_id: str, now: datetime, receipt_id: str, moved_addresses: int) -> str:
    # The inbox comes first: a worker that holds one of its rows may be about to touch a fire.
    # Its rows stay without person and content, so that a provider's repetition does not bring the message back.
    spent = update(InboxRow).where(InboxRow.person_id == person_id)
    emptied = {"payload": None, "claim_token": None, "claimed_until": None, "error": ""}
    detached = {"person_id": None, "address_id": None, "fire_id": None}
    counts = {
        InboxRow.__tablename__: work.change(
            spent.values(handled_at=func.coalesce(InboxRow.handled_at, now), **emptied, **detached)
        )
    }
    for table in _OWNED:
        counts[table.__tablename__] = work.change(_deleting(table, person_id))
    counts[AddressRow.__tablename__] += moved_addresses
    alone = PersonRow.id == person_id, ~holds.keeps(PersonRow.id)
    counts[PersonRow.__tablename__] = work.change(delete(PersonRow).where(*alone))
    if not counts[PersonRow.__tablename__]:
        work.change(update(PersonRow).where(PersonRow.id == person_id).values(consent="withdrawn", leaving_at=None))
    text = json.dumps(counts, sort_keys=True)
    signature = _sign(work, receipt_id, now, text)
    work.change(insert(ReceiptRow).values(id=receipt_id, erased_at=now, counts=text, signature=signature))
    return receipt_id


def _deleting(table: Any, person_id: str) -> Delete:
    """All rows of a person in a table, but for the cases that the law wants kept."""
    rows = delete(table).where(table.person_id == person_id)
    return rows.where(CaseRow.held_at.is_(None)) if table is CaseRow else rows


def receipt(work: Work, receipt_id: str) -> Receipt | None:
    """The receipt of that id, and whether it is genuine; None if there is none."""
    row = work.session.get(ReceiptRow, receipt_id)
    if row is None:
        return None
    genuine = row.signature == _sign(work, row.id, row.erased_at, row.counts)
    return Receipt(row.id, row.erased_at, genuine, json.loads(row.counts))


def _sign(work: Work, receipt_id: str, erased_at: datetime, counts: str) -> str:
    return work.vault.fingerprint("receipt", receipt_id, erased_at.astimezone(UTC).isoformat(), counts)
