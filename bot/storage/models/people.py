"""Who writes, from where, and what they agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, Hash, PersonId, RowId, Sealed


class PersonRow(Base):
    """A person. ``leaving_at`` marks one who is erased but for the goodbye that is still to be sent."""

    __tablename__ = "people"

    id: Mapped[PersonId] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    consent: Mapped[Code] = mapped_column(default="unknown")
    stopped_at: Mapped[datetime | None]
    leaving_at: Mapped[datetime | None]


class AddressRow(Base):
    """Where a person is reached. The provider's own id is sealed, and found by its keyed hash."""

    __tablename__ = "addresses"
    __table_args__ = (UniqueConstraint("channel", "external_hash"), Index(None, "person_id"), NEVER_REUSED)

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    channel: Mapped[Code]
    external_hash: Mapped[Hash]
    external_id: Mapped[Sealed]
    last_seen_at: Mapped[datetime]
    blocked_at: Mapped[datetime | None]


class ConsentRow(Base):
    """One decision of a person about their data, and which version of the notice they had read."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "person_id"), NEVER_REUSED)

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    decision: Mapped[Code]
    notice: Mapped[Code]
    decided_at: Mapped[datetime]
