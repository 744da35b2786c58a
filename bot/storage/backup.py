"""Backup and restore: every row of every table, the same file for SQLite and PostgreSQL.

A backup is read in one transaction, so it shows one moment although the service goes on writing. It is restored into
an empty database only, of either kind, which is how a small installation moves to PostgreSQL too.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, DateTime, Engine, LargeBinary, MetaData, Table, func, insert, select, text
from sqlalchemy.types import TypeEngine

from bot.storage.database import READ_ONLY, upgrade
from bot.storage.errors import BackupDamaged, NotEmpty, translated
from bot.storage.sealedfile import SealedWriter, read_frames
from bot.storage.vault import Vault

ROWS_A_FRAME = 500
VERSION_TABLE = "alembic_version"
Progress = Callable[[int, int], None]
"""Rows done, rows in all."""


def back_up(engine: Engine, vault: Vault, path: Path, now: datetime, progress: Progress = lambda _d, _a: None) -> int:
    """Write a backup to a new file, readable by its owner only; how many rows it holds.

    Sealed with the newest key of the vault. Raises FileExistsError, OSError, DatabaseAway; then there is no file.
    """
    if path.exists():
        raise FileExistsError(path)
    with _snapshot(engine) as connection:
        tables = _tables(connection)
        counts = {t.name: connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables}
        total, done = sum(counts.values()), 0
        with SealedWriter(path, vault) as writer:
            head = {
                "made_at": now.isoformat(),
                "schema": connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")),  # noqa: S608  constant
                "rows": counts,
                "counters": _counters(connection, tables),
            }
            writer.write(_pack(head))
            for table in tables:
                with closing(_rows(connection, table)) as parts:
                    for rows in parts:
                        writer.write(_pack({"table": table.name, "rows": rows}))
                        done += len(rows)
                        progress(done, total)
    return done


def restore(engine: Engine, vault: Vault, path: Path, progress: Progress = lambda _d, _a: None) -> int:
    """Fill an empty database from a backup, and bring it to this version; how many rows.

    Raises NotEmpty where the database holds anything, BackupDamaged for a damaged file or other keys, and then leaves
    no row behind.
    """
    frames = read_frames(path, vault)
    head = _unpack(next(frames))
    upgrade(engine, head["schema"])
    total, done = sum(head["rows"].values()), 0
    with translated(), engine.begin() as connection:
        tables = {table.name: table for table in _tables(connection)}
        full = [name for name, table in tables.items() if connection.execute(select(table).limit(1)).first()]
        if full:
            raise NotEmpty(f"the database already holds rows ({', '.join(sorted(full))}); restore into an empty one")
        for frame in frames:
            part = _unpack(frame)
            table = tables[part["table"]]
            connection.execute(insert(table), [_from_plain(table, row, connection) for row in part["rows"]])
            done += len(part["rows"])
            progress(done, total)
        if done != total:
            raise BackupDamaged(f"{path.name} holds {done} rows, and should hold {total}")
        _set_counters(connection, head["counters"])
    upgrade(engine)
    return done


@contextmanager
def _snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one moment and holds nobody up."""
    options: dict[str, Any] = {READ_ONLY: True}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with translated(), engine.connect() as connection:
        connection = connection.execution_options(**options)
        with connection.begin():
            yield connection


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, those that others point to first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _rows(connection: Connection, table: Table) -> Generator[list[list[Any]], None, None]:
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=ROWS_A_FRAME)
    with connection.execute(query) as result:
        for part in result.partitions():
            yield [[_to_plain(value) for value in row] for row in part]


def _to_plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return moment.isoformat()
    return value


def _from_plain(table: Table, row: list[Any], connection: Connection) -> dict[str, Any]:
    sqlite = connection.dialect.name == "sqlite"
    columns = list(table.columns)
    if len(row) != len(columns):
        raise BackupDamaged(f"a row of {table.name} has {len(row)} values, and should have {len(columns)}")
    return {column.name: _typed(column.type, value, sqlite) for column, value in zip(columns, row, strict=True)}


def _typed(kind: TypeEngine[Any], value: Any, sqlite: bool) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return base64.b64decode(value)
    if isinstance(kind, DateTime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if sqlite else moment
    return bool(value) if isinstance(kind, Boolean) else value


def _counters(connection: Connection, tables: list[Table]) -> dict[str, int]:
    """The last number that each table's counter gave: numbers of rows that are gone are not given again."""
    if connection.dialect.name == "sqlite":
        return {row.name: row.seq for row in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    found = {}
    for name, sequence in _sequences(connection, tables):
        last, called = connection.execute(text(f"SELECT last_value, is_called FROM {sequence}")).one()  # noqa: S608
        found[name] = last if called else 0
    return found


def _set_counters(connection: Connection, counters: dict[str, int]) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence"))
        rows = [{"name": name, "last": last} for name, last in counters.items()]
        if rows:
            connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), rows)
        return
    for name, sequence in _sequences(connection, _tables(connection)):
        last = counters.get(name, 0)
        values = {"of": sequence, "last": last or 1, "called": last > 0}
        connection.execute(text("SELECT setval(:of, :last, :called)"), values)


def _sequences(connection: Connection, tables: list[Table]) -> Iterator[tuple[str, str]]:
    for table in tables:
        if "id" in table.columns:
            sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
            if sequence:
                yield table.name, sequence


def _pack(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _unpack(frame: bytes) -> Any:
    return json.loads(frame)
