"""One transaction, and what is needed inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, Engine, Insert, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.storage.database import READ_ONLY
from bot.storage.errors import translated
from bot.storage.models import Base, label
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Work:
    """An open transaction with the vault and the source of ids.

    Who writes for a person locks that person's row first (:func:`bot.storage.people.lock`) and the rows that belong
    to the person after, so that no two transactions wait for each other.
    """

    session: Session
    vault: Vault
    new_id: Callable[[], str]

    def change(self, statement: Update | Delete | Insert) -> int:
        """Run a write and say how many rows it touched (not known of an insert)."""
        result = self.session.execute(statement, execution_options={"synchronize_session": False})
        return cast("CursorResult[Any]", result).rowcount

    def insert_new(self, table: type[Base], values: dict[str, Any]) -> bool:
        """Insert unless a row with the same unique values is there; False if it is."""
        insert = postgresql.insert if self.session.get_bind().dialect.name == "postgresql" else sqlite.insert
        key = table.__mapper__.primary_key[0]
        statement = insert(table).values(values).on_conflict_do_nothing().returning(key)
        return self.session.execute(statement).one_or_none() is not None

    def seal(self, column: InstrumentedAttribute[Any], value: object) -> bytes:
        """Seal a JSON value for a column."""
        return self.vault.seal_json(label(column), value)

    def open(self, column: InstrumentedAttribute[Any], sealed: bytes) -> Any:
        """Open a sealed JSON value of a column. Raises Unreadable."""
        return self.vault.open_json(label(column), sealed)


@contextmanager
def working(engine: Engine, vault: Vault, new_id: Callable[[], str], read_only: bool = False) -> Iterator[Work]:
    """Begin; commit at the end, or roll back on any error. Raises DatabaseAway, DatabaseFault."""
    bind = engine.execution_options(**{READ_ONLY: True}) if read_only else engine
    with translated(), Session(bind, expire_on_commit=False) as session, session.begin():
        yield Work(session, vault, new_id)
