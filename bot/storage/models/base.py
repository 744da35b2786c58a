"""What all tables share: names of constraints, ids, times, sealed columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Timezone-aware UTC on both databases; SQLite keeps it without an offset, in an order that sorts as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("storage takes timezone-aware times only")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime()}  # noqa: RUF012  read once by SQLAlchemy, which names the attribute


BIG_ID = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite counts up by itself only in a column of type INTEGER."""

RowId = Annotated[int, mapped_column(BIG_ID, primary_key=True, autoincrement=True)]
PersonId = Annotated[str, mapped_column(String(32))]
Code = Annotated[str, mapped_column(String(200))]
"""A short word or error code; never what a person wrote."""
Hash = Annotated[str, mapped_column(String(64))]
Sealed = Annotated[bytes, mapped_column(LargeBinary, info={"sealed": True})]
"""Written and read through :class:`bot.storage.vault.Vault` only."""

NEVER_REUSED = {"sqlite_autoincrement": True}
"""SQLite would give a deleted row's id to the next row; outbox ids and fire ids go out of the database."""


def label(column: InstrumentedAttribute[Any]) -> str:
    """``table.column``: what a sealed value is bound to."""
    return f"{column.class_.__tablename__}.{column.key}"
