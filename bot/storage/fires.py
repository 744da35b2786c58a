"""Check-ins: kept until due, then put in the inbox once, within the hours, for those who agreed to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.messages import Inbound
from bot.storage import hours, payloads, people
from bot.storage.contract import NewFire
from bot.storage.errors import Unreadable
from bot.storage.models import AddressRow, FireRow, InboxRow, PersonRow
from bot.storage.work import Work


def schedule(work: Work, person_id: str, fire: NewFire, now: datetime) -> None:
    """Keep a check-in for a person who is locked; a pending one of the same flow and key moves to the new time."""
    times = {"wanted_at": fire.due_at, "due_at": fire.due_at}
    same = update(FireRow).where(
        FireRow.person_id == person_id,
        FireRow.flow == fire.flow,
        FireRow.key == fire.key,
        FireRow.status == "pending",
    )
    if not work.change(same.values(**times)):
        new = insert(FireRow).values(person_id=person_id, flow=fire.flow, key=fire.key, created_at=now, **times)
        work.change(new)


def cancel_all(work: Work, person_id: str, reason: str, now: datetime) -> None:
    """Cancel what is pending for a person, and keep the reason."""
    pending = update(FireRow).where(FireRow.person_id == person_id, FireRow.status == "pending")
    work.change(pending.values(status="cancelled", reason=reason, closed_at=now))


def due(work: Work, now: datetime, limit: int) -> list[tuple[int, str]]:
    """The ids of due check-ins with their persons, the longest due first."""
    query = (
        select(FireRow.id, FireRow.person_id)
        .where(FireRow.status == "pending", FireRow.due_at <= now)
        .order_by(FireRow.due_at, FireRow.id)
        .limit(limit)
    )
    return [(fire_id, person_id) for fire_id, person_id in work.session.execute(query)]


def enqueue(work: Work, fire_id: int, person_id: str, now: datetime) -> bool:
    """Put one due check-in in the inbox, or shift or cancel it; True if it went in.

    A person held by another transaction is left for the next tick. Two tickers may both get here: the second finds
    the row no longer pending.
    """
    held = select(PersonRow).where(PersonRow.id == person_id).with_for_update(skip_locked=True)
    person = work.session.scalar(held)
    fire = work.session.scalar(select(FireRow).where(FireRow.id == fire_id, FireRow.status == "pending"))
    if person is None or fire is None or fire.due_at > now:
        return False
    to = _newest_address(work, person_id)
    obstacle = _obstacle(person, to)
    if to is None or obstacle:
        return _cancel(fire, obstacle, now)
    if not hours.are_open(now):
        fire.due_at = hours.next_opening(now)
        return False
    try:
        address = people.open_address(work, to)
    except Unreadable:
        return _cancel(fire, Unreadable.code, now)
    inbound = Inbound(address, f"fire:{fire.id}", "fire", now, payload=fire.flow)
    # A hash purpose of its own: no message of a channel can pass for this one.
    hashed = work.vault.fingerprint("fire", address.channel, inbound.external_id)
    fire.status, fire.closed_at = "enqueued", now
    return payloads.put(work, people.Found(person_id, to.id), inbound, hashed, fire.id)


def _cancel(fire: FireRow, reason: str, now: datetime) -> bool:
    fire.status, fire.reason, fire.closed_at = "cancelled", reason, now
    return False


def _newest_address(work: Work, person_id: str) -> AddressRow | None:
    query = select(AddressRow).where(AddressRow.person_id == person_id)
    order = (AddressRow.blocked_at.is_not(None), AddressRow.last_seen_at.desc(), AddressRow.id.desc())
    return work.session.scalar(query.order_by(*order).limit(1))


def _obstacle(person: PersonRow, address: AddressRow | None) -> str:
    if person.consent != "given":
        return "no_consent"
    if person.stopped_at is not None:
        return "stopped"
    if address is None or address.blocked_at is not None:
        return "blocked"
    return ""


def put_back(work: Work, row: InboxRow, now: datetime) -> bool:
    """Take a check-in that a worker reached only after hours out of the inbox, to wait for the morning."""
    if hours.are_open(now):
        return False
    fire = work.session.scalar(select(FireRow).where(FireRow.id == row.fire_id))
    if fire is None:
        return False
    newer = select(FireRow.id).where(
        FireRow.person_id == fire.person_id,
        FireRow.flow == fire.flow,
        FireRow.key == fire.key,
        FireRow.status == "pending",
    )
    if work.session.execute(newer).one_or_none() is None:
        fire.status, fire.due_at, fire.closed_at = "pending", hours.next_opening(now), None
    else:
        fire.status, fire.reason = "cancelled", "replaced"
    work.session.flush()
    work.change(delete(InboxRow).where(InboxRow.id == row.id))
    return True
