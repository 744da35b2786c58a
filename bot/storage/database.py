"""Opening and migrating the database: SQLite in one file, or PostgreSQL through psycopg."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import alembic.command
import alembic.util
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from bot.storage.errors import BadDatabaseUrl, DatabaseNewer, translated

BUSY_TIMEOUT_MS = 15_000
"""How long a SQLite writer waits for another before it gives up. Transactions here take milliseconds."""
POOL = {"pool_size": 5, "max_overflow": 15, "pool_timeout": 15}
"""Connections a process: a few workers, senders and request threads. PostgreSQL allows 100 in all by default."""
KEEPALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 14_000,
}
"""A line that is dead without a word (a cable, a firewall) is noticed in 14 s. The system's own limit is a quarter of
an hour, and every thread would hang on it."""
_MIGRATION_LOCK = 4_217_733_201
"""An arbitrary number, the same in every process, for PostgreSQL's advisory lock."""
READ_ONLY = "amable_read_only"


def open_database(url: str) -> Engine:
    """Make the engine for ``sqlite:///path`` or ``postgresql://…`` (``postgres://`` is understood too).

    The folder and file of a SQLite database are made if needed, readable by their owner only. PostgreSQL is not
    reached yet. Raises BadDatabaseUrl, which never quotes the address: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadDatabaseUrl("the database address is not a URL") from None
    backend = parsed.drivername.split("+")[0]
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if backend in {"postgres", "postgresql"}:
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 5, "application_name": "amable", **KEEPALIVE},
            **POOL,
        )
    raise BadDatabaseUrl(f"the database is sqlite or postgresql, not {backend}")


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise BadDatabaseUrl("a SQLite database is a file, as in sqlite:///var/amable.db")
    _make_private(Path(url.database))
    engine = create_engine(url.set(drivername="sqlite+pysqlite"), hide_parameters=True, **POOL)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        # FULL: a message that was acknowledged to the provider survives a power cut.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A deferred transaction that reads first and writes later fails at once when another writes in between.
        deferred = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")

    return engine


def _make_private(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite gives its -wal and -shm files the mode of the database file.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise BadDatabaseUrl(f"the database file cannot be opened: {error.strerror}") from error


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the tables to this version, or to an older one; several processes may call it at once.

    Raises DatabaseNewer.
    """
    with _migrating(engine) as config:
        try:
            alembic.command.upgrade(config, revision)
        except alembic.util.CommandError as error:
            raise DatabaseNewer("the database was made by a newer version of this program: update it") from error


@contextmanager
def _migrating(engine: Engine) -> Iterator[Config]:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with translated(), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        config.attributes["connection"] = connection
        yield config
