"""Where a conversation stands, what was answered, what was said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import NEVER_REUSED, Base, Code, PersonId, RowId, Sealed

_CURRENT = text("superseded_at IS NULL")


class ConversationRow(Base):
    """The working state of a person. ``turn`` counts up with every commit and guards against a lost update."""

    __tablename__ = "conversations"

    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[Sealed | None]
    bundle: Mapped[Code | None]
    language: Mapped[Code] = mapped_column(default="es")
    turn: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime]


class AnswerRow(Base):
    """One answer as it was given. A change is a new row; ``superseded_at`` closes the old one."""

    __tablename__ = "answers"
    __table_args__ = (
        Index(
            "uq_answers_current",
            "person_id",
            "slot",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index(None, "person_id"),
        NEVER_REUSED,
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    slot: Mapped[Code]
    value: Mapped[Sealed]
    flow: Mapped[Code]
    step: Mapped[Code]
    bundle: Mapped[Code]
    answered_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class TranscriptRow(Base):
    """One line of the conversation of a person who agreed to its being kept. ``direction``: in, out."""

    __tablename__ = "transcript"
    __table_args__ = (UniqueConstraint("address_id", "turn", "position"), Index(None, "person_id"), NEVER_REUSED)

    id: Mapped[RowId]
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"))
    turn: Mapped[int]
    position: Mapped[int]
    direction: Mapped[Code]
    kind: Mapped[Code]
    body: Mapped[Sealed]
    said_at: Mapped[datetime]
