"""Rasa imported once, with its own deprecations let pass; ours stay errors."""

from __future__ import annotations

import warnings

from bot.dialogue.quiet import silence_rasa
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

silence_rasa()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Rasa and TensorFlow are imported with dozens of deprecations; ours stay errors
    import rasa.core.agent  # noqa: F401

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
