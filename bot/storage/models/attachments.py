"""Files that go with messages."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, PersonId, RowId, Sealed


class AttachmentRow(Base):
    """The file of one outgoing message. ``name`` and ``media_type`` are ours and tell nothing of the person."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("outbox_id"), Index(None, "person_id"), NEVER_REUSED)

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"))
    name: Mapped[Code]
    media_type: Mapped[Code]
    content: Mapped[Sealed]
    created_at: Mapped[datetime]
