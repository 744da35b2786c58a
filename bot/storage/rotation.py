"""Moving what an older key sealed to the newest key, so that the older one can be retired."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select, update

from bot.storage import keycheck
from bot.storage.models import Base
from bot.storage.work import Work


def reseal(work: Work, limit: int) -> int:
    """Seal up to ``limit`` values anew; how many there were. At 0 the older keys' proofs are dropped too."""
    done = 0
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.info.get("sealed") and done < limit:
                done += _reseal_column(work, table, column, limit - done)
    if not done:
        keycheck.forget_old(work)
    return done


def older(work: Work) -> int:
    """How many values are sealed with another key than the newest."""
    return sum(
        work.session.scalar(select(func.count()).select_from(table).where(_is_older(work, column))) or 0
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info.get("sealed")
    )


def _is_older(work: Work, column: Column[Any]) -> ColumnElement[bool]:
    prefix = work.vault.active_prefix()
    return column.is_not(None) & (func.substr(column, 1, len(prefix)) != prefix)


def _reseal_column(work: Work, table: Table, column: Column[Any], limit: int) -> int:
    name = f"{table.name}.{column.name}"
    (key,) = table.primary_key.columns
    rows = work.session.execute(select(key, column).where(_is_older(work, column)).limit(limit)).all()
    for row_id, sealed in rows:
        fresh = work.vault.seal(name, work.vault.open(name, sealed))
        # Only if nobody wrote it since it was read.
        work.session.execute(update(table).where(key == row_id, column == sealed).values({column.name: fresh}))
    return len(rows)
