"""Fixtures of a real database, for every room that needs one: each test runs on SQLite and on PostgreSQL.

``database_url`` is a migrated, empty database; ``store`` is a Store on it with the test keys. PostgreSQL is looked for
at ``AMABLE_TEST_POSTGRES_URL``; where there is none its tests are skipped, or fail with ``AMABLE_REQUIRE_SERVICES=1``.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from bot.storage import Store, Vault, open_database, upgrade
from bot.storage.models import Base

TEST_KEY = bytes(range(32))
TEST_LOOKUP_KEY = bytes(range(32, 64))


@pytest.fixture(scope="session")
def postgres_server() -> URL:
    """The address of a PostgreSQL server where databases may be made; the test is skipped if there is none."""
    url = make_url(os.environ.get("AMABLE_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")).set(
        drivername="postgresql+psycopg"
    )
    engine = create_engine(url, connect_args={"connect_timeout": 3})
    try:
        with engine.connect():
            return url
    except OperationalError:
        if os.environ.get("AMABLE_REQUIRE_SERVICES") == "1":
            pytest.fail(f"PostgreSQL is required, and not reached at {url.host}:{url.port}")
        pytest.skip(f"no PostgreSQL at {url.host}:{url.port}")
    finally:
        engine.dispose()


@contextmanager
def temporary_postgres(server: URL) -> Iterator[str]:
    """An empty database for as long as the block runs."""
    name = f"amable_test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
            connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
        yield server.set(database=name).render_as_string(hide_password=False)
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        admin.dispose()


def _migrate(url: str) -> None:
    engine = open_database(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: URL) -> Iterator[str]:
    """One migrated database for the whole run; each test empties it first."""
    with temporary_postgres(postgres_server) as url:
        _migrate(url)
        yield url


@pytest.fixture(scope="session")
def postgres_engine(migrated_postgres: str) -> Iterator[Engine]:
    """One engine for the whole run: connections and compiled statements are kept from test to test."""
    engine = open_database(migrated_postgres)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that each test copies."""
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated, empty database."""
    if backend == "sqlite":
        path = tmp_path / "amable.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        return f"sqlite:///{path}"
    shared: Engine = request.getfixturevalue("postgres_engine")
    with shared.begin() as connection:
        # Not TRUNCATE: it makes new files for each table, which takes longer than most tests.
        tables = (table.name for table in reversed(Base.metadata.sorted_tables))
        connection.exec_driver_sql(";".join(f"DELETE FROM {table}" for table in tables))
    return str(request.getfixturevalue("migrated_postgres"))


@pytest.fixture
def empty_database_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with temporary_postgres(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture
def engine(backend: str, database_url: str, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine on the migrated, empty database."""
    if backend == "postgres":
        yield request.getfixturevalue("postgres_engine")
        return
    opened = open_database(database_url)
    # No test cuts the power; waiting for the disk is most of a test's time.
    event.listen(opened, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
    yield opened
    opened.dispose()


@pytest.fixture
def vault() -> Vault:
    """Keys for tests."""
    return Vault([("k1", TEST_KEY)], TEST_LOOKUP_KEY)


@pytest.fixture
def store(engine: Engine, vault: Vault) -> Store:
    """A Store on the migrated, empty database."""
    made = Store(engine, vault)
    made.verify_keys()
    return made
