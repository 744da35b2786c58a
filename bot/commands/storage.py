"""Opening the store for a command: keys, database, migrations, each with a clear error."""

from __future__ import annotations

from sqlalchemy import Engine

from bot.commands.console import err, fail
from bot.settings import Settings
from bot.storage import StorageError, Store, Vault, ensure_local_keys, open_database
from bot.storage import open_store as open_with

KEY_FILE = "keys"


def open_store(settings: Settings) -> Store:
    """The store of the settings, its database migrated and its keys verified; ends the command where that fails."""
    key_file = settings.state / KEY_FILE
    keyless = not settings.keys.get_secret_value() and not key_file.exists()
    try:
        settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
        store = open_with(
            settings.database,
            key_file,
            keys=settings.keys.get_secret_value(),
            lookup_key=settings.lookup_key.get_secret_value(),
        )
    except StorageError as error:
        fail(str(error))
    except OSError as error:
        fail(
            f"the state folder {settings.state} cannot be used: {error.strerror}", "Set AMABLE_STATE to another folder"
        )
    if keyless and key_file.exists():
        err.print(f"🔑 Made the encryption keys of this machine: {key_file} (readable by you alone).", markup=False)
        err.print("   Keep a copy in a safe place: without it the data cannot be read again.", markup=False)
    return store


def open_vault(settings: Settings, *, new_keys: bool = True) -> tuple[Engine, Vault]:
    """The database as it is, neither migrated nor checked, and the keys of the settings; ends the command on a fault.

    ``new_keys=False``: keys must be there, none are made.
    """
    key_file = settings.state / KEY_FILE
    keys, lookup_key = settings.keys.get_secret_value(), settings.lookup_key.get_secret_value()
    try:
        if keys or lookup_key:
            vault = Vault.from_settings(keys, lookup_key)
        else:
            vault, _ = ensure_local_keys(key_file, may_create=new_keys and not _has_database(settings))
        return open_database(settings.database), vault
    except StorageError as error:
        fail(str(error), "Set AMABLE_KEYS and AMABLE_LOOKUP_KEY, or put the copy of the key file back")


def _has_database(settings: Settings) -> bool:
    return bool(settings.database_url) or (settings.state / "amable.db").exists()
