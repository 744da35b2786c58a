"""The key file of a local installation: made once, readable by its owner only, in the words of the environment.

Its lines are ``AMABLE_KEYS=…`` and ``AMABLE_LOOKUP_KEY=…``, so an operator can carry them over to a server's settings.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.storage.errors import KeyFileExposed, KeysMalformed, KeysMissing
from bot.storage.vault import KEY_BYTES, Vault

_HEADER = "# The keys of this installation's database. Keep a copy in a safe place: without them nothing can be read.\n"
_NAMES = ("AMABLE_KEYS", "AMABLE_LOOKUP_KEY")


def ensure_local_keys(
    path: Path, may_create: bool = True, random: Callable[[int], bytes] = os.urandom
) -> tuple[Vault, bool]:
    """Read the key file, or make it on the first run; the bool says whether it was made now.

    Pass ``may_create=False`` when the database already holds something (:func:`bot.storage.keycheck.is_keyed`): then a
    lost file is KeysMissing and no new keys are made. Also raises KeyFileExposed and KeysMalformed.
    """
    created = False
    if not path.exists():
        if not may_create:
            raise KeysMissing(f"{path} is not there, and the database was written with its keys: put the copy back")
        created = _create(path, random)
    return _read(path), created


def _create(path: Path, random: Callable[[int], bytes]) -> bool:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key, lookup_key = (base64.b64encode(random(KEY_BYTES)).decode() for _ in range(2))
    # mkstemp makes the file 0600 from its first byte; the hard link never replaces a file that another process made.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{_HEADER}{_NAMES[0]}=k1:{key}\n{_NAMES[1]}={lookup_key}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(name)
    return True


def _read(path: Path) -> Vault:
    if path.stat().st_mode & 0o077:
        raise KeyFileExposed(f"{path} can be read by others: run chmod 600 {path}")
    values: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, value = line.partition("=")
        if name not in _NAMES or name in values:
            raise KeysMalformed(f"{path}:{number}: expected one line each for {' and '.join(_NAMES)}")
        values[name] = value
    if len(values) != len(_NAMES):
        raise KeysMalformed(f"{path}: expected one line each for {' and '.join(_NAMES)}")
    return Vault.from_settings(values["AMABLE_KEYS"], values["AMABLE_LOOKUP_KEY"])
