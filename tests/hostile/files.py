"""Hostile files: flow files and backups that were cut, mixed up, or written by somebody who means harm."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from bot.flows.errors import FlowFileError
from bot.flows.loading import load_texts
from bot.storage import StorageError, Vault, open_database, upgrade
from bot.storage.backup import back_up
from bot.storage.sealedfile import MAGIC, read_frames
from tests.hostile.odd import odd_text, odd_value

ROOT: Final = Path(__file__).resolve().parents[2]
KEYS: Final = Vault([("k1", bytes(range(32)))], bytes(range(32, 64)))
BOMB: Final = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@cache
def good_flow() -> str:
    """A flow file that loads, with every part of the language."""
    return (ROOT / "tests" / "flows" / "good.yml").read_text(encoding="utf-8")


def flow_file(rng: Random) -> str:
    """A flow file that nobody would write."""
    kind = rng.randrange(8)
    if kind == 0:
        return odd_text(rng)
    if kind == 1:
        return "version: 3\nflows:\n" + json.dumps(odd_value(rng, 5))
    if kind == 2:
        return rng.choice((BOMB, "a: &a [*a]", "[" * 5_000, "{a: " * 3_000, "- " * 5_000, "? " * 2_000, "&a " * 900))
    if kind == 3:
        return rng.choice(("!!python/object/apply:os.system ['true']", "version: !!binary x", "<<: *x", "!!set {a}"))
    lines = good_flow().splitlines()
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(lines))
        what = rng.randrange(6)
        if what == 0:
            del lines[at]
        elif what == 1:
            lines[at] = " " * rng.randrange(9) + lines[at].strip()
        elif what == 2:
            key = lines[at].partition(":")[0]
            lines[at] = f"{key}: {json.dumps(odd_value(rng, 2))}"
        elif what == 3:
            lines.insert(at, lines[rng.randrange(len(lines))])
        elif what == 4:
            lines[at] = lines[at].replace(":", rng.choice((": {", ": [", " ", ": !!x ", ": *")), 1)
        else:
            lines[at] += odd_text(rng, 40).replace("\n", " ")
    return "\n".join(lines)


def try_flow_file(rng: Random) -> list[str]:
    """Load a hostile flow file: it loads, or every fault is told."""
    try:
        on_disk = flow_file(rng).encode("utf-8", "surrogatepass")
        load_texts([("flows/hostile.yml", on_disk.decode("utf-8", "replace"))])
    except FlowFileError as error:
        return [] if error.faults and all(fault.fault for fault in error.faults) else ["a fault without words"]
    except Exception as error:  # any other error is what is looked for here
        return [f"flow file: {type(error).__name__}"]
    return []


def backup_file(rng: Random, good: bytes) -> bytes:
    """A backup that was damaged on purpose."""
    kind = rng.randrange(6)
    at = rng.randrange(len(good))
    if kind == 0:
        return good[:at]
    if kind == 1:
        return good[:at] + bytes([good[at] ^ (1 << rng.randrange(8))]) + good[at + 1 :]
    if kind == 2:
        return MAGIC + rng.randbytes(rng.randrange(400))
    if kind == 3:
        return MAGIC + rng.randbytes(16) + rng.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x03\xff\xff\xff")) * 3
    if kind == 4:
        return rng.randbytes(rng.randrange(200))
    return good + good[len(MAGIC) + 16 :]


def try_backup(rng: Random, good: bytes, vault: Vault, folder: Path) -> list[str]:
    """Read a damaged backup: it is refused with storage's own error."""
    path = folder / "hostile.amable"
    path.write_bytes(backup_file(rng, good))
    try:
        for _ in read_frames(path, vault):
            pass
    except StorageError:
        return []
    except Exception as error:  # any other error is what is looked for here
        return [f"backup: {type(error).__name__}"]
    return ["a damaged backup was taken"]


def good_backup(folder: Path, vault: Vault) -> bytes:
    """A small backup of an empty database."""
    engine = open_database(f"sqlite:///{folder / 'backed-up.db'}")
    upgrade(engine)
    path = folder / "good.amable"
    back_up(engine, vault, path, datetime.now(UTC))
    engine.dispose()
    return path.read_bytes()
