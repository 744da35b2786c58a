"""People whom someone of the team should attend."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, PersonId, RowId, Sealed


class CaseRow(Base):
    """A case. Open while ``closed_at`` is empty; with ``held_at`` it outlives an erasure of its person."""

    __tablename__ = "cases"
    __table_args__ = (Index(None, "closed_at", "urgent", "id"), Index(None, "person_id"), NEVER_REUSED)

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    channel: Mapped[Code]
    kind: Mapped[Code]
    reason: Mapped[Sealed]
    urgent: Mapped[bool]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    held_why: Mapped[Sealed | None]
