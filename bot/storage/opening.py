"""Opening the store at start, in the one order that is safe."""

from __future__ import annotations

from pathlib import Path

from bot.storage.database import open_database, upgrade
from bot.storage.keycheck import is_keyed
from bot.storage.keyfile import ensure_local_keys
from bot.storage.store import Store
from bot.storage.vault import Vault


def open_store(url: str, key_file: Path, keys: str = "", lookup_key: str = "") -> Store:
    """Open and migrate the database, find the keys, and check that they are its keys.

    The keys come from the settings (``AMABLE_KEYS``, ``AMABLE_LOOKUP_KEY``) or, where both are empty, from
    ``key_file``, which is made on the first run. Raises any StorageError; a database that does not open with its keys
    is left as it was.
    """
    engine = open_database(url)
    try:
        upgrade(engine)
        if keys or lookup_key:
            vault = Vault.from_settings(keys, lookup_key)
        else:
            vault, _ = ensure_local_keys(key_file, may_create=not is_keyed(engine))
        store = Store(engine, vault)
        store.verify_keys()
    except BaseException:
        engine.dispose()
        raise
    return store
