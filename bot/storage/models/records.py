"""What belongs to no person: flow releases, receipts of erasures, proofs of the keys."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.models.base import Base, Code, Hash


class ReleaseRow(Base):
    """One version of the flows, compressed, under its fingerprint."""

    __tablename__ = "releases"

    fingerprint: Mapped[Code] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    saved_at: Mapped[datetime]


class ReceiptRow(Base):
    """The proof that someone was erased: when, how many rows of each table, signed; nothing about whom."""

    __tablename__ = "receipts"

    id: Mapped[Code] = mapped_column(primary_key=True)
    erased_at: Mapped[datetime]
    counts: Mapped[str]
    signature: Mapped[Hash]


class KeyCheckRow(Base):
    """A known value under each key that wrote to this database, by which a wrong key is told at start."""

    __tablename__ = "key_checks"

    id: Mapped[Code] = mapped_column(primary_key=True)
    proof: Mapped[bytes] = mapped_column(LargeBinary)
