from tests.fixtures_storage import (
    backend,
    database_url,
    empty_database_url,
    engine,
    migrated_postgres,
    migrated_sqlite,
    postgres_engine,
    postgres_server,
    store,
    vault,
)

__all__ = [
    "backend",
    "database_url",
    "empty_database_url",
    "engine",
    "migrated_postgres",
    "migrated_sqlite",
    "postgres_engine",
    "postgres_server",
    "store",
    "vault",
]
