"""Opening, migrating, and what happens when the database is away."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text

from bot.storage import DatabaseAway, Store, Vault, open_database, upgrade
from bot.storage.errors import BadDatabaseUrl, DatabaseFault, DatabaseNewer
from bot.storage.models import Base
from tests.storage.helpers import NOON, deliver_all, message, turn


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    engine = open_database(empty_database_url)
    yield engine
    engine.dispose()


def test_the_migrations_make_exactly_the_models(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_migrations_make_the_partial_indexes_and_constraints_of_the_models(empty: Engine) -> None:
    upgrade(empty)
    made = Base.metadata
    with empty.begin() as connection:
        before = _shape(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        made.drop_all(connection)
        made.create_all(connection)
        assert _shape(connection) == before


def _shape(connection: object) -> dict[str, object]:
    """Indexes with their conditions, constraints and columns of each table, as the database tells them."""
    inspector = inspect(connection)
    assert inspector is not None
    return {
        table: (
            sorted(
                (str(index["name"]), str(index["column_names"]), bool(index["unique"]), _condition(index))
                for index in inspector.get_indexes(table)
            ),
            sorted(map(str, inspector.get_foreign_keys(table))),
            sorted(map(str, inspector.get_unique_constraints(table))),
            inspector.get_pk_constraint(table)["constrained_columns"],
            [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)],
        )
        for table in sorted(inspector.get_table_names())
        if table != "alembic_version"
    }


def _condition(index: Mapping[str, Any]) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def test_upgrading_again_changes_nothing(store: Store, engine: Engine) -> None:
    person = turn(store)
    upgrade(engine)
    assert store.load_conversation(person).turn == 1


def test_processes_that_start_together_upgrade_once(empty_database_url: str) -> None:
    engines = [open_database(empty_database_url) for _ in range(3)]
    try:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(upgrade, engines))
        with engines[0].connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    finally:
        for engine in engines:
            engine.dispose()


def test_upgrading_works_from_any_folder(empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    upgrade(empty)
    assert inspect(empty).has_table("inbox")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty: Engine) -> None:
    upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseNewer):
        upgrade(empty)
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_any_way_to_write_a_postgresql_address_is_understood(scheme: str) -> None:
    engine = open_database(f"{scheme}://someone:secret@db.internal:5433/amable?sslmode=require")
    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.host, engine.url.port, engine.url.database) == ("db.internal", 5433, "amable")
    assert engine.url.query == {"sslmode": "require"}


@pytest.mark.parametrize(
    "url", ["", "amable.db", "mysql://a:secret@b/c", "sqlite://", "sqlite:///:memory:", "sqlite:////proc/no/amable.db"]
)
def test_another_address_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_the_sqlite_file_and_its_companions_are_for_their_owner_only(tmp_path: Path, vault: Vault) -> None:
    path = tmp_path / "var" / "amable.db"
    engine = open_database(f"sqlite:///{path}")
    upgrade(engine)
    turn(Store(engine, vault))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert modes == dict.fromkeys(["amable.db", "amable.db-wal", "amable.db-shm"], 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    engine.dispose()


def test_sqlite_is_set_to_lose_nothing(migrated_sqlite: Path) -> None:
    engine = open_database(f"sqlite:///{migrated_sqlite}")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_database_that_is_busy_is_away_for_now(migrated_sqlite: Path, tmp_path: Path, vault: Vault) -> None:
    path = shutil.copy(migrated_sqlite, tmp_path / "amable.db")
    engine = open_database(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout = 0"))
    store = Store(engine, vault)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseAway):
            store.receive(message("una"))
        assert store.counts()["inbox_open"] == 0
        other.execute("ROLLBACK")
    assert store.receive(message("una"))
    engine.dispose()


def test_a_full_disk_is_away_for_now_and_can_be_read(migrated_sqlite: Path, tmp_path: Path, vault: Vault) -> None:
    path = shutil.copy(migrated_sqlite, tmp_path / "amable.db")
    engine = open_database(f"sqlite:///{path}")
    full = [True]

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if full[0] else 1_000_000
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(engine, "checkout", limit)
    store = Store(engine, vault)
    long = "x" * 200_000
    with pytest.raises(DatabaseAway):
        store.receive(message(long))
    assert store.counts()["inbox_open"] == 0
    full[0] = False
    assert store.receive(message(long))
    engine.dispose()


def test_a_connection_that_cannot_be_set_up_is_away(migrated_sqlite: Path, tmp_path: Path, vault: Vault) -> None:
    """Also what our own listener raises reaches nobody bare."""
    path = Path(shutil.copy(migrated_sqlite, tmp_path / "amable.db"))
    store = Store(open_database(f"sqlite:///{path}"), vault)
    path.unlink()
    path.mkdir()
    with pytest.raises(DatabaseAway):
        store.counts()
    broken = open_database(f"sqlite:///{tmp_path / 'other.db'}")
    (tmp_path / "other.db").write_bytes(b"no database at all, and longer than a header of one hundred bytes " * 9)
    with pytest.raises(DatabaseFault):
        Store(broken, vault).counts()
    broken.dispose()


def test_a_database_that_is_not_there_is_away(vault: Vault) -> None:
    engine = open_database("postgresql://postgres@127.0.0.1:1/nothing")
    store = Store(engine, vault)
    with pytest.raises(DatabaseAway) as caught:
        store.receive(message("una"))
    assert caught.value.code == "database_away"
    with pytest.raises(DatabaseAway):
        upgrade(engine)


@pytest.mark.postgres
def test_after_the_database_comes_back_the_store_goes_on(migrated_postgres: str, vault: Vault) -> None:
    engine, admin = open_database(migrated_postgres), open_database(migrated_postgres)
    store = Store(engine, vault)
    store.receive(message("antes"))
    with admin.connect() as connection:
        ended = text(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert (connection.scalar(ended) or 0) >= 1
    assert store.receive(message("después"))
    engine.dispose()
    admin.dispose()


def test_a_missing_table_is_a_fault_whose_text_shows_no_values(engine: Engine, vault: Vault) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE receipts RENAME TO receipts_away"))
    try:
        with pytest.raises(DatabaseFault) as caught:
            Store(engine, vault).receipt("R-1")
        assert "R-1" not in f"{caught.value} {caught.value.__cause__}"
    finally:
        with engine.begin() as connection:
            connection.execute(text("ALTER TABLE receipts_away RENAME TO receipts"))


def test_a_release_is_kept_as_it_was_first_saved(store: Store) -> None:
    content = "flows: ñandú\n" * 1000
    store.save_release("abc", content, NOON)
    store.save_release("abc", "something else", NOON)
    assert store.load_release("abc") == content
    assert store.load_release("unknown") is None


def test_counts_tell_the_depth_of_each_queue(store: Store) -> None:
    turn(store, "uno", "dos")
    store.receive(message("espera"))
    assert store.counts() == {
        "people": 1,
        "inbox_open": 1,
        "inbox_parked": 0,
        "outbox_pending": 2,
        "outbox_sending": 0,
        "outbox_failed": 0,
        "outbox_uncertain": 0,
        "fires_pending": 0,
        "cases_open": 0,
        "cases_urgent": 0,
    }
    deliver_all(store)
    assert store.counts()["outbox_pending"] == 0
