"""A file of sealed frames: what was written comes back whole and in order, or not at all.

``AMABLE-BACKUP 1`` and a line feed, 16 random bytes that name the file, then frames: length (4 bytes, big-endian) and a
value sealed by the vault. A frame's associated data are the file's name, its number and whether it is the last, so a
frame that was cut off, moved, dropped or taken from another file does not open.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from bot.storage.errors import BackupDamaged, Unreadable
from bot.storage.vault import Vault

MAGIC = b"AMABLE-BACKUP 1\n"
_NAME_BYTES = 16
_LENGTH = struct.Struct(">I")
LARGEST_FRAME = 64 * 1024 * 1024
"""No frame that we write comes near; a length beyond it is damage, and is not given memory."""


class SealedWriter:
    """Writes a new file, which appears under its name only when :meth:`close` has ended it. Use as a context."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path, self._vault = path, vault
        self._name = os.urandom(_NAME_BYTES)
        self._number = 0
        self._held: bytes | None = None
        self._part = path.with_name(f".{path.name}.{self._name.hex()[:8]}.part")
        self._file: BinaryIO = os.fdopen(os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._file.write(MAGIC + self._name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
            self._part.unlink(missing_ok=True)

    def write(self, frame: bytes) -> None:
        """Add a frame."""
        if self._held is not None:
            self._put(self._held, last=False)
        self._held = frame

    def close(self) -> None:
        """End the file: on the disk, whole, under its name. Raises FileExistsError, and then leaves that file alone."""
        self._put(self._held or b"", last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        try:
            os.link(self._part, self._path)  # unlike a rename, it never replaces a file
        finally:
            self._part.unlink()

    def _put(self, frame: bytes, last: bool) -> None:
        sealed = self._vault.seal(_label(self._name, self._number, last), zlib.compress(frame))
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def read_frames(path: Path, vault: Vault) -> Iterator[bytes]:
    """The frames of a file in order. Raises BackupDamaged where it ends early or was changed, OSError for no file."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BackupDamaged(f"{path.name} is no backup of this program")
        name = file.read(_NAME_BYTES)
        number = 0
        ahead = _next(file, path)
        while ahead is not None:
            sealed, ahead = ahead, _next(file, path)
            try:
                plain = vault.open(_label(name, number, ahead is None), sealed)
            except (Unreadable, IndexError) as error:
                what = "was made with other keys, or is damaged" if number == 0 else "is damaged, or ends early"
                raise BackupDamaged(f"{path.name} {what}") from error
            yield zlib.decompress(plain)
            number += 1
        if not number:
            raise BackupDamaged(f"{path.name} ends early")


def _next(file: BinaryIO, path: Path) -> bytes | None:
    head = file.read(_LENGTH.size)
    if not head:
        return None
    size = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else LARGEST_FRAME + 1
    sealed = file.read(size) if size <= LARGEST_FRAME else b""
    if len(sealed) != size:
        raise BackupDamaged(f"{path.name} ends early")
    return sealed


def _label(name: bytes, number: int, last: bool) -> str:
    return f"backup.{name.hex()}.{number}.{'last' if last else 'more'}"
