"""Short words for what the tests of storage do again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from bot.messages import Address, Inbound, Outbound
from bot.storage import AnswerChange, Claim, ConsentChange, NewMessage, Store, TurnRecord
from bot.storage.models import Base
from bot.storage.work import working

NOON = datetime(2026, 3, 10, 17, tzinfo=UTC)
"""12:00 in Bogotá."""
LEASE = timedelta(seconds=60)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANA = Address("telegram", "700100200")
LUIS = Address("telegram", "700100201")
YES = ConsentChange("given", "2026-01")
CHANNELS = ("telegram", "web")

_numbers = count(1)


def message(text: str = "hola", address: Address = ANA, at: datetime = NOON, external_id: str = "") -> Inbound:
    return Inbound(address, external_id or f"m{next(_numbers)}", "text", at, text=text)


def claimed(store: Store, at: datetime = NOON, worker: str = "w1") -> Claim:
    claim = store.claim_next(worker, at, LEASE)
    assert claim is not None
    return claim


def arrive(store: Store, text: str = "hola", address: Address = ANA, at: datetime = NOON) -> Claim:
    """A message comes in and is claimed."""
    assert store.receive(message(text, address, at))
    return claimed(store, at)


def record(claim: Claim, at: datetime = NOON, *says: str, **parts: Any) -> TurnRecord:
    plain = TurnRecord(claim, claim.person_id, at, {"stack": []}, "release-1", "es")
    return replace(plain, **{"messages": tuple(NewMessage(text) for text in says), **parts})


def turn(
    store: Store, *says: str, text: str = "hola", address: Address = ANA, at: datetime = NOON, **parts: Any
) -> str:
    """A message comes in and is answered; the person's id."""
    claim = arrive(store, text, address, at)
    store.commit_turn(record(claim, at, *says, **parts))
    return claim.person_id


def answer(slot: str, value: Any) -> AnswerChange:
    return AnswerChange(slot, value, "regularization", "document", "release-1")


def outgoing(store: Store, at: datetime = NOON, channels: tuple[str, ...] = CHANNELS) -> Outbound | None:
    return store.claim_outgoing("s1", at, LEASE, channels)


def must_send(store: Store, at: datetime = NOON) -> Outbound:
    out = outgoing(store, at)
    assert out is not None
    return out


def deliver_all(store: Store, at: datetime = NOON) -> list[str]:
    """Send what waits; the texts in the order that they went."""
    texts = []
    while (out := outgoing(store, at)) is not None:
        store.mark_sent(out.id, f"p{out.id}", at)
        texts.append(out.text)
    return texts


def rows(store: Store, table: type[Base], **where: Any) -> list[Mapping[str, Any]]:
    """The rows of a table as they are in the database, in the order of their keys."""
    with working(store._engine, store._vault, store._new_id, read_only=True) as work:
        columns = Base.metadata.tables[table.__tablename__].columns
        query = select(*columns).filter_by(**where).order_by(*table.__mapper__.primary_key)
        return [dict(row) for row in work.session.execute(query).mappings()]


def size(store: Store, table: type[Base]) -> int:
    with working(store._engine, store._vault, store._new_id, read_only=True) as work:
        return work.session.scalar(select(func.count()).select_from(table)) or 0
