"""Messages out: sent in order for each address, and never sent again where the provider's answer was lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from bot.messages import Address, Outbound, Throttled
from bot.storage import attachments, bodies, people
from bot.storage.errors import Unreadable
from bot.storage.inbox import ERROR_LENGTH
from bot.storage.models import AddressRow, OutboxRow, PersonRow
from bot.storage.work import Work

MAX_ATTEMPTS = 100
"""After so many tries a message fails, and the later ones of its address go on."""
WAITS = frozenset({Throttled.code, "paced"})
"""Errors that say only that it is too early: they are no tries, or a busy hour would fail messages that are well."""


def claim(work: Work, worker: str, now: datetime, lease: timedelta, channels: Collection[str]) -> Outbound | None:
    """Claim the oldest message that may be sent now on one of the channels; it is ``sending`` from here on.

    The lease must be longer than the longest try to send: once it is over the row counts as lost, and the address's
    next message may go. A message that cannot be opened fails, so that it does not stop the others.
    """
    while (row := _take(work, worker, now, lease, channels)) is not None:
        try:
            return _open(work, row)
        except Unreadable:
            work.change(
                update(OutboxRow)
                .where(OutboxRow.id == row.id)
                .values(status="failed", error=Unreadable.code, finished_at=now, claimed_until=None)
            )
    return None


def _take(work: Work, worker: str, now: datetime, lease: timedelta, channels: Collection[str]) -> OutboxRow | None:
    candidate, earlier = aliased(OutboxRow), aliased(OutboxRow)
    in_the_way = exists().where(
        earlier.address_id == candidate.address_id,
        earlier.id < candidate.id,
        earlier.status.in_(("pending", "sending")),
        or_(earlier.status == "pending", earlier.claimed_until > now),
    )
    pick = (
        select(candidate.id)
        .where(
            candidate.status == "pending",
            candidate.channel.in_(channels),
            or_(candidate.not_before.is_(None), candidate.not_before <= now),
            ~in_the_way,
        )
        .order_by(candidate.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=candidate)
    )
    statement = (
        update(OutboxRow)
        .where(OutboxRow.id == pick.scalar_subquery())
        .values(status="sending", claimed_by=worker, claimed_until=now + lease)
        .returning(OutboxRow)
    )
    return work.session.scalar(statement, execution_options={"synchronize_session": False})


def _open(work: Work, row: OutboxRow) -> Outbound:
    address = work.session.get_one(AddressRow, row.address_id)
    if row.body is None:
        raise Unreadable("outbox.body: empty")
    text, buttons = bodies.from_json(work.open(OutboxRow.body, row.body))
    line = str(bodies.line_id(row.turn, row.position))
    attachment = attachments.of_message(work, row.id)
    return Outbound(row.id, people.open_address(work, address), text, buttons, row.kind, {"line": line}, attachment)


def mark_sent(work: Work, outbox_id: int, provider_id: str, now: datetime) -> None:
    """The provider took the message. An answer that comes late settles an ``uncertain`` one too."""
    person = _owner(work, outbox_id)
    if person is None:
        return
    row = work.session.get_one(OutboxRow, outbox_id)
    if row.status in {"sending", "uncertain"}:
        row.provider_hash = work.vault.fingerprint("provider", row.channel, provider_id) if provider_id else None
        _end(row, "sent", "", now)
    _let_go(work, person)


def mark_retry(work: Work, outbox_id: int, error: str, retry_at: datetime) -> None:
    """The provider surely did not take it: again from ``retry_at``, or failed after MAX_ATTEMPTS tries."""
    person = _owner(work, outbox_id)
    row = _sending(work, outbox_id)
    if person is None or row is None:
        return
    row.attempts += 0 if error in WAITS else 1
    if row.attempts >= MAX_ATTEMPTS:
        _end(row, "failed", error, retry_at)
        _let_go(work, person)
    else:
        row.status, row.error, row.not_before, row.claimed_until = "pending", error[:ERROR_LENGTH], retry_at, None


def mark_ended(work: Work, outbox_id: int, status: str, error: str, now: datetime) -> None:
    """The message is ``failed`` for good, or ``uncertain``: perhaps delivered, and not sent again."""
    person = _owner(work, outbox_id)
    row = _sending(work, outbox_id)
    if person is not None and row is not None:
        _end(row, status, error, now)
        _let_go(work, person)


def block(work: Work, address: Address, now: datetime) -> None:
    """Nothing more is sent there until the person writes again; what waits fails."""
    hashed = people.address_hash(work, address)
    query = select(AddressRow.id, AddressRow.person_id).where(
        AddressRow.channel == address.channel, AddressRow.external_hash == hashed
    )
    row = work.session.execute(query).one_or_none()
    person = people.lock(work, row.person_id) if row else None
    if row is None or person is None:
        return
    work.change(update(AddressRow).where(AddressRow.id == row.id).values(blocked_at=now))
    waiting = update(OutboxRow).where(OutboxRow.address_id == row.id, OutboxRow.status == "pending")
    work.change(waiting.values(status="failed", error="blocked", finished_at=now))
    _let_go(work, person)


def recover(work: Work, now: datetime) -> int:
    """Rows ``sending`` past their lease become ``uncertain``: the sender died, perhaps after the provider took it."""
    lost = (
        select(OutboxRow.id)
        .where(OutboxRow.status == "sending", OutboxRow.claimed_until <= now)
        .with_for_update(skip_locked=True)
    )
    change = update(OutboxRow).where(OutboxRow.id.in_(lost))
    return work.change(change.values(status="uncertain", error="sender_lost", finished_at=now, claimed_until=None))


def _owner(work: Work, outbox_id: int) -> PersonRow | None:
    person_id = work.session.scalar(select(OutboxRow.person_id).where(OutboxRow.id == outbox_id))
    return people.lock(work, person_id) if person_id else None


def _sending(work: Work, outbox_id: int) -> Any:
    return work.session.scalar(select(OutboxRow).where(OutboxRow.id == outbox_id, OutboxRow.status == "sending"))


def _end(row: OutboxRow, status: str, error: str, now: datetime) -> None:
    row.status, row.error, row.finished_at, row.claimed_until = status, error[:ERROR_LENGTH], now, None


def _let_go(work: Work, person: PersonRow) -> None:
    work.session.flush()
    people.let_go(work, person)
