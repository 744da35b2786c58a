"""Messages that came in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import BIG_ID, NEVER_REUSED, Base, Code, Hash, PersonId, RowId, Sealed

_OPEN = text("handled_at IS NULL AND parked_at IS NULL")


class InboxRow(Base):
    """One message in. ``payload`` is empty once handled.

    The row outlives its content, and its person, so that a provider's late repetition stays harmless; without a person
    it holds a keyed hash of the provider's message id and nothing else.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_hash"),
        Index("ix_inbox_queue", "handled_at", "parked_at", "id"),
        Index("ix_inbox_open", "person_id", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "person_id"),
        Index(None, "address_id"),
        NEVER_REUSED,
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id", ondelete="SET NULL"))
    fire_id: Mapped[int | None] = mapped_column(BIG_ID)
    channel: Mapped[Code]
    external_hash: Mapped[Hash]
    kind: Mapped[Code]
    payload: Mapped[Sealed | None]
    received_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[Code] = mapped_column(default="")
    retry_at: Mapped[datetime | None]
    claim_token: Mapped[Code | None]
    claimed_by: Mapped[Code | None]
    claimed_until: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    parked_at: Mapped[datetime | None]
