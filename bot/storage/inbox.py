"""Messages in: taken once, handled in order, by one worker at a time for each person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, case, exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.messages import Inbound
from bot.storage import fires, payloads, people
from bot.storage.contract import Claim
from bot.storage.errors import DatabaseAway, Unreadable
from bot.storage.models import AddressRow, ConversationRow, InboxRow, PersonRow
from bot.storage.work import Work

ERROR_LENGTH = 200
"""Errors are stored as short codes, cut to this."""


def receive(work: Work, inbound: Inbound) -> bool:
    """Put a message in, once. False if it was there before.

    The person's row is locked first: on PostgreSQL two processes would otherwise take ids in one order and commit in
    the other, and the later message could be handled before the earlier one is seen.
    """
    hashed = work.vault.fingerprint("inbox", inbound.address.channel, inbound.external_id)
    seen = select(InboxRow.id).where(InboxRow.channel == inbound.address.channel, InboxRow.external_hash == hashed)
    # Asked before the person is found or made, so that a late repetition does not bring back someone erased.
    if work.session.execute(seen).one_or_none() is not None:
        return False
    found = people.find_or_create(work, inbound.address, inbound.received_at)
    if not payloads.put(work, found, inbound, hashed):
        return False
    seen_at = {"last_seen_at": inbound.received_at}
    work.change(update(PersonRow).where(PersonRow.id == found.person_id).values(leaving_at=None, **seen_at))
    work.change(update(AddressRow).where(AddressRow.id == found.address_id).values(blocked_at=None, **seen_at))
    return True


def has_open(work: Work) -> bool:
    """Whether any message is unhandled at all, claimed or not."""
    return work.session.scalar(select(InboxRow.id).where(_is_open(InboxRow)).limit(1)) is not None


def claim_next(work: Work, worker: str, now: datetime, lease: timedelta) -> Claim | None:
    """Claim the oldest message that may be handled now.

    A check-in that waited in the queue past the hours goes back to wait for the morning, and a message that cannot be
    opened is parked, so that neither stops the others.
    """
    while (row := _take(work, worker, now, lease)) is not None:
        if row.fire_id is not None and fires.put_back(work, row, now):
            continue
        try:
            inbound = payloads.read(work, row)
        except Unreadable:
            _set_aside(work, row.id, now, Unreadable.code)
            continue
        person_id = row.person_id or ""
        turn = work.session.scalar(select(ConversationRow.turn).where(ConversationRow.person_id == person_id))
        return Claim(row.id, person_id, row.claim_token or "", inbound, row.attempts, turn or 0)
    return None


def _take(work: Work, worker: str, now: datetime, lease: timedelta) -> InboxRow | None:
    candidate, earlier = aliased(InboxRow), aliased(InboxRow)
    pick = (
        select(candidate.id)
        .where(
            _is_open(candidate),
            candidate.person_id.is_not(None),
            or_(candidate.claimed_until.is_(None), candidate.claimed_until <= now),
            or_(candidate.retry_at.is_(None), candidate.retry_at <= now),
            ~exists().where(earlier.person_id == candidate.person_id, earlier.id < candidate.id, _is_open(earlier)),
        )
        .order_by(candidate.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=candidate)
    )
    statement = (
        update(InboxRow)
        .where(InboxRow.id == pick.scalar_subquery())
        .values(
            claim_token=work.new_id(),
            claimed_by=worker,
            claimed_until=now + lease,
            # A claim that was neither finished nor given back: the worker died over this message.
            attempts=case((InboxRow.claim_token.is_not(None), InboxRow.attempts + 1), else_=InboxRow.attempts),
        )
        .returning(InboxRow)
    )
    return work.session.scalar(statement, execution_options={"synchronize_session": False})


def _is_open(row: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = row.handled_at.is_(None) & row.parked_at.is_(None)
    return condition


def give_back(work: Work, claim: Claim, error: str, retry_at: datetime) -> None:
    """Free a claimed message to be tried again from ``retry_at``; the person's later messages wait for it.

    A database that was away is no try of the message's: a long outage must not end in setting it aside.
    """
    work.change(
        _held(claim).values(
            claim_token=None,
            claimed_until=None,
            retry_at=retry_at,
            attempts=InboxRow.attempts + (0 if error == DatabaseAway.code else 1),
            error=error[:ERROR_LENGTH],
        )
    )


def park(work: Work, claim: Claim, now: datetime, error: str) -> None:
    """Set a message aside for good; the person's later messages go on."""
    work.change(_held(claim).values(claim_token=None, claimed_until=None, parked_at=now, error=error[:ERROR_LENGTH]))


def finish(work: Work, claim: Claim, now: datetime) -> int | None:
    """Mark the message handled and drop its content; its address id, or None if the claim was lost."""
    done = _held(claim).values(claim_token=None, claimed_until=None, handled_at=now, payload=None, error="")
    return work.session.scalar(done.returning(InboxRow.address_id), execution_options={"synchronize_session": False})


def _held(claim: Claim) -> Update:
    return update(InboxRow).where(
        InboxRow.id == claim.id,
        InboxRow.person_id == claim.person_id,
        InboxRow.claim_token == claim.token,
        InboxRow.handled_at.is_(None),
        InboxRow.parked_at.is_(None),
    )


def _set_aside(work: Work, row_id: int, now: datetime, error: str) -> None:
    work.change(
        update(InboxRow)
        .where(InboxRow.id == row_id)
        .values(claim_token=None, claimed_until=None, parked_at=now, error=error)
    )
