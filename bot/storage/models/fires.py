"""Check-ins and reminders to come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, PersonId, RowId

_PENDING = text("status = 'pending'")


class FireRow(Base):
    """A flow to begin at a time. ``status``: pending, enqueued, cancelled (``reason`` says why).

    ``due_at`` moves when the hour is not one to write at; ``wanted_at`` keeps the time first wanted.
    """

    __tablename__ = "fires"
    __table_args__ = (
        Index(
            "uq_fires_pending",
            "person_id",
            "flow",
            "key",
            unique=True,
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
        Index("ix_fires_due", "due_at", sqlite_where=_PENDING, postgresql_where=_PENDING),
        Index(None, "person_id"),
        NEVER_REUSED,
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    flow: Mapped[Code]
    key: Mapped[Code]
    wanted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    status: Mapped[Code] = mapped_column(default="pending")
    reason: Mapped[Code] = mapped_column(default="")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
