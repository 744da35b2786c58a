"""An inbox row's content: the whole message as it came, sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.messages import Address, Inbound
from bot.storage.errors import Unreadable
from bot.storage.models import InboxRow
from bot.storage.people import Found
from bot.storage.work import Work


def put(work: Work, to: Found, inbound: Inbound, hashed: str, fire_id: int | None = None) -> bool:
    """Insert a message for a person who is locked; False if its hash is known."""
    return work.insert_new(
        InboxRow,
        {
            "person_id": to.person_id,
            "address_id": to.address_id,
            "fire_id": fire_id,
            "channel": inbound.address.channel,
            "external_hash": hashed,
            "kind": inbound.kind,
            "payload": work.seal(InboxRow.payload, to_json(inbound)),
            "received_at": inbound.received_at,
        },
    )


def read(work: Work, row: InboxRow) -> Inbound:
    """The message as it came. Raises Unreadable."""
    if row.payload is None:
        raise Unreadable("inbox.payload: empty")
    data = work.open(InboxRow.payload, row.payload)
    address, received_at = Address(*data["address"]), datetime.fromisoformat(data["received_at"])
    return Inbound(**{**data, "address": address, "received_at": received_at})


def to_json(inbound: Inbound) -> dict[str, Any]:
    """A message as plain JSON."""
    return {
        "address": [inbound.address.channel, inbound.address.external_id],
        "external_id": inbound.external_id,
        "kind": inbound.kind,
        "received_at": inbound.received_at.isoformat(),
        "text": inbound.text,
        "payload": inbound.payload,
        "media": inbound.media,
        "language_hint": inbound.language_hint,
        "extra": dict(inbound.extra),
    }
