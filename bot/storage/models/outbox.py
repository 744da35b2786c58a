"""Messages that go out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, Hash, PersonId, RowId, Sealed


class OutboxRow(Base):
    """One message out. ``status``: pending, sending, sent, failed, uncertain (it may have been delivered).

    ``provider_hash`` is a keyed hash of the provider's message id, which may itself hold a phone number.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_queue", "status", "id"),
        Index("ix_outbox_order", "address_id", "status", "id"),
        Index(None, "address_id", "turn"),
        Index(None, "person_id"),
        NEVER_REUSED,
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"))
    channel: Mapped[Code]
    turn: Mapped[int]
    position: Mapped[int]
    kind: Mapped[Code]
    body: Mapped[Sealed | None]
    status: Mapped[Code] = mapped_column(default="pending")
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[Code] = mapped_column(default="")
    provider_hash: Mapped[Hash | None]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    claimed_by: Mapped[Code | None]
    claimed_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
