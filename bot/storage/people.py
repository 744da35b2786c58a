"""Finding, making and locking a person."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.messages import Address
from bot.storage.errors import DatabaseAway
from bot.storage.models import AddressRow, ConversationRow, OutboxRow, PersonRow
from bot.storage.work import Work

_TRIES = 5


class Found(NamedTuple):
    """A person and the address that they write from."""

    person_id: str
    address_id: int


def lock(work: Work, person_id: str) -> PersonRow | None:
    """Hold the person until the end of the transaction; None if there is no such person."""
    return work.session.scalar(select(PersonRow).where(PersonRow.id == person_id).with_for_update())


def address_hash(work: Work, address: Address) -> str:
    """What an address is found by."""
    return work.vault.fingerprint("address", address.channel, address.external_id)


def open_address(work: Work, row: AddressRow) -> Address:
    """The address in clear. Raises Unreadable."""
    return Address(row.channel, work.open(AddressRow.external_id, row.external_id))


def find_or_create(work: Work, address: Address, now: datetime) -> Found:
    """The person of an address, locked; made if the address is new."""
    hashed = address_hash(work, address)
    owner = (
        select(PersonRow.id, AddressRow.id)
        .join(AddressRow, AddressRow.person_id == PersonRow.id)
        .where(AddressRow.channel == address.channel, AddressRow.external_hash == hashed)
        .with_for_update(of=PersonRow)
    )
    for _ in range(_TRIES):
        row = work.session.execute(owner).one_or_none()
        if row is not None:
            return Found(*row)
        try:
            with work.session.begin_nested():
                return _create(work, address, hashed, now)
        except IntegrityError:
            continue  # another process made it, or moved it to another person, since we looked
    raise DatabaseAway("the address kept changing hands")


def _create(work: Work, address: Address, hashed: str, now: datetime) -> Found:
    person_id = create_person(work, now)
    statement = insert(AddressRow).values(
        person_id=person_id,
        channel=address.channel,
        external_hash=hashed,
        external_id=work.seal(AddressRow.external_id, address.external_id),
        last_seen_at=now,
    )
    return Found(person_id, work.session.execute(statement.returning(AddressRow.id)).scalar_one())


def create_person(work: Work, now: datetime, turn: int = 0) -> str:
    """A new person who has said nothing yet."""
    person_id = work.new_id()
    work.change(insert(PersonRow).values(id=person_id, created_at=now, last_seen_at=now))
    work.change(insert(ConversationRow).values(person_id=person_id, turn=turn, updated_at=now))
    return person_id


def let_go(work: Work, person: PersonRow) -> None:
    """Delete a leaving person once their goodbye is sent, or cannot be."""
    if person.leaving_at is None:
        return
    waiting = select(OutboxRow.id).where(OutboxRow.person_id == person.id, OutboxRow.status.in_(("pending", "sending")))
    if work.session.execute(waiting.limit(1)).one_or_none() is None:
        work.change(delete(PersonRow).where(PersonRow.id == person.id))
