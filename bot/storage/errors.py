"""What can go wrong in storage, each with a stable ``code`` for logs and metrics. No error text holds personal data."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy.exc


class StorageError(Exception):
    """Base of all storage errors."""

    code = "storage"


class DatabaseAway(StorageError):
    """The database cannot be reached, or is too busy. Nothing was half done: wait and try again."""

    code = "database_away"


class DatabaseFault(StorageError):
    """The database refused a statement. Trying again would fail again: a fault of ours, or a damaged database."""

    code = "database_fault"


class BadDatabaseUrl(StorageError):
    """The database address is not one of SQLite (a file) or PostgreSQL."""

    code = "bad_database_url"


class DatabaseNewer(StorageError):
    """The database was migrated by a newer version of the program."""

    code = "database_newer"


class StaleClaim(StorageError):
    """The message was handled, erased or claimed by another since. Nothing of the turn was stored: drop it."""

    code = "stale_claim"


class PersonGone(StorageError):
    """There is no such person: never was, or was erased."""

    code = "person_gone"


class CaseUnknown(StorageError):
    """There is no case of that number: never was, or was erased with its person."""

    code = "case_unknown"


class KeysMalformed(StorageError):
    """The key setting or key file cannot be read as keys."""

    code = "keys_malformed"


class KeyFileExposed(StorageError):
    """Other users of the machine can read the key file."""

    code = "key_file_exposed"


class KeysMissing(StorageError):
    """The database was written with keys, and none were given. New ones would not open it, so none are made."""

    code = "keys_missing"


class WrongKeys(StorageError):
    """The database was written with other keys than those given. Nothing was changed."""

    code = "wrong_keys"


class Unreadable(StorageError):
    """A sealed value cannot be opened: its key is not in the ring, or it was tampered with or damaged."""

    code = "unreadable"


class AttachmentTooLarge(StorageError):
    """A file is larger than what is stored. Nothing of its turn was stored."""

    code = "attachment_too_large"


class AttachmentRefused(StorageError):
    """A file of a kind or name that is not stored. Nothing of its turn was stored."""

    code = "attachment_refused"


class BackupDamaged(StorageError):
    """A backup file cannot be read: damaged, cut off, or made with other keys."""

    code = "backup_damaged"


class NotEmpty(StorageError):
    """The database to restore into already holds rows. Nothing was changed."""

    code = "not_empty"


_SQLITE_TRANSIENT = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FULL")


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLAlchemy's errors into ours; the statement's parameters never travel along."""
    try:
        yield
    except sqlalchemy.exc.TimeoutError as error:
        raise DatabaseAway("no free connection in the pool") from error
    except sqlalchemy.exc.DBAPIError as error:
        kind = type(error.orig).__name__
        if _is_transient(error):
            raise DatabaseAway(f"the database does not answer ({kind})") from error
        raise DatabaseFault(f"the database refused a statement ({kind})") from error


def _is_transient(error: sqlalchemy.exc.DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    if not isinstance(error, sqlalchemy.exc.OperationalError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        # SQLite calls a missing table an OperationalError too; only its codes tell the two apart.
        return getattr(error.orig, "sqlite_errorname", "").startswith(_SQLITE_TRANSIENT)
    return True
