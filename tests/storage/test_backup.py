"""A backup holds one moment of everything, and comes back whole, on either database, or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, insert

from bot.storage import Store, Vault, open_database, upgrade
from bot.storage.backup import ROWS_A_FRAME, back_up, restore
from bot.storage.errors import BackupDamaged, NotEmpty
from bot.storage.models import AddressRow, Base, OutboxRow, PersonRow
from bot.storage.sealedfile import MAGIC, SealedWriter, read_frames
from tests.fixtures_storage import TEST_LOOKUP_KEY, temporary_postgres
from tests.storage.helpers import ANA, LUIS, NOON, YES, answer, deliver_all, rows, turn

SECRET = "vivo en la invasion con mi hija"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of either kind to restore into."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'other.db'}")
        yield engine
        engine.dispose()
        return
    server: URL = request.getfixturevalue("postgres_server")
    with temporary_postgres(server) as url:
        engine = open_database(url)
        yield engine
        engine.dispose()


@pytest.fixture
def filled(store: Store) -> Store:
    """A database where people have spoken: one was erased, one waits for an answer."""
    turn(store, "Hola", text=SECRET, consent=YES, answers=(answer("age", 30), answer("stopped", False)))
    turn(store, "¿De dónde eres?", "Elige.", text="ñandú 🐦", address=LUIS)
    gone = turn(store, text="borra", address=ANA.__class__("web", "abc"))
    store.erase_person(gone, NOON)
    deliver_all(store)
    turn(store, "Otra", text="sigo", address=LUIS)
    return store


def everything(store: Store) -> dict[str, list[Any]]:
    return {mapper.class_.__tablename__: rows(store, mapper.class_) for mapper in Base.registry.mappers}


def test_everything_comes_back_on_either_database(
    filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    count = back_up(engine, vault, tmp_path / "b", NOON, lambda done, total: seen.append((done, total)))
    assert restore(other, vault, tmp_path / "b") == count == seen[-1][0] == seen[-1][1]
    restored = Store(other, vault)
    restored.verify_keys()
    assert everything(restored) == everything(filled)
    assert sum(map(len, everything(restored).values())) == count


def test_the_restored_service_goes_on_and_gives_no_number_twice(
    filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    last = max(row["id"] for row in rows(filled, OutboxRow))
    back_up(engine, vault, tmp_path / "b", NOON)
    restore(other, vault, tmp_path / "b")
    restored = Store(other, vault)
    turn(restored, "Seguimos", text="hola", address=LUIS)
    assert max(row["id"] for row in rows(restored, OutboxRow)) == last + 1
    erased = [row["id"] for row in rows(filled, AddressRow)]
    turn(restored, text="hola", address=ANA.__class__("web", "nueva"))
    assert max(row["id"] for row in rows(restored, AddressRow)) > max(erased)


def test_a_backup_shows_one_moment_while_the_service_writes(
    filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    before = len(rows(filled, PersonRow))
    first = threading.Event()

    def write_meanwhile(_done: int, _total: int) -> None:
        if not first.is_set():
            first.set()
            with engine.begin() as connection:
                connection.execute(
                    insert(PersonRow).values(id="later", created_at=NOON, last_seen_at=NOON, consent="unknown")
                )

    back_up(engine, vault, tmp_path / "b", NOON, write_meanwhile)
    assert len(rows(filled, PersonRow)) == before + 1
    restore(other, vault, tmp_path / "b")
    assert len(rows(Store(other, vault), PersonRow)) == before


def test_nothing_can_be_read_in_the_file(filled: Store, engine: Engine, vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "b"
    back_up(engine, vault, path, NOON)
    content = path.read_bytes()
    assert not any(word.encode() in content for word in (SECRET, "people", "telegram", "k1:"))
    assert path.stat().st_mode & 0o077 == 0


def test_more_rows_than_a_frame_holds(
    store: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    people = [
        {"id": f"p{number}", "created_at": NOON, "last_seen_at": NOON, "consent": "unknown"}
        for number in range(2 * ROWS_A_FRAME + 1)
    ]
    with engine.begin() as connection:
        connection.execute(insert(PersonRow), people)
    back_up(engine, vault, tmp_path / "b", NOON)
    restore(other, vault, tmp_path / "b")
    assert len(rows(Store(other, vault), PersonRow)) == len(people)


def test_a_database_that_holds_rows_is_left_alone(
    filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    back_up(engine, vault, tmp_path / "b", NOON)
    upgrade(other)
    there = Store(other, vault)
    turn(there, text="ya estaba", address=LUIS)
    before = everything(there)
    with pytest.raises(NotEmpty):
        restore(other, vault, tmp_path / "b")
    assert everything(there) == before


@pytest.mark.parametrize("damage", ["cut", "short", "flip", "drop", "text"])
def test_a_damaged_file_leaves_no_row(
    damage: str, filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    path = tmp_path / "b"
    back_up(engine, vault, path, NOON)
    whole = bytearray(path.read_bytes())
    frames = list(_frames(bytes(whole)))
    if damage == "cut":  # the last frame is gone
        whole = whole[: -len(frames[-1])]
    elif damage == "short":
        whole = whole[:-3]
    elif damage == "flip":
        whole[-20] ^= 1
    elif damage == "drop":  # a frame in the middle is gone
        whole = bytearray(bytes(whole).replace(frames[1], b"", 1))
    else:
        whole = bytearray(b"no backup at all")
    path.write_bytes(whole)
    with pytest.raises(BackupDamaged):
        restore(other, vault, path)
    upgrade(other)
    assert not any(everything(Store(other, vault)).values())


def test_other_keys_do_not_open_it(filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path) -> None:
    back_up(engine, vault, tmp_path / "b", NOON)
    with pytest.raises(BackupDamaged, match="other keys"):
        restore(other, Vault([("k1", bytes(32))], TEST_LOOKUP_KEY), tmp_path / "b")


def test_an_older_backup_opens_after_a_new_key(
    filled: Store, engine: Engine, vault: Vault, other: Engine, tmp_path: Path
) -> None:
    back_up(engine, vault, tmp_path / "b", NOON)
    ring = Vault([("k1", bytes(range(32))), ("k2", bytes(range(1, 33)))], TEST_LOOKUP_KEY)
    assert restore(other, ring, tmp_path / "b")
    assert everything(Store(other, ring)) == everything(filled)


def test_a_file_is_never_replaced(filled: Store, engine: Engine, vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("precious")
    with pytest.raises(FileExistsError):
        back_up(engine, vault, tmp_path / "b", NOON)
    assert (tmp_path / "b").read_text() == "precious"
    with pytest.raises(FileExistsError), SealedWriter(tmp_path / "b", vault) as writer:
        writer.write(b"x")
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_backup_that_fails_leaves_no_file(filled: Store, engine: Engine, vault: Vault, tmp_path: Path) -> None:
    def fail(_done: int, _total: int) -> None:
        raise RuntimeError("disk full")

    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(RuntimeError):
        back_up(engine, vault, folder / "b", NOON, fail)
    assert list(folder.iterdir()) == []


def test_frames_of_another_file_do_not_open(vault: Vault, tmp_path: Path) -> None:
    for name in ("a", "b"):
        with SealedWriter(tmp_path / name, vault) as writer:
            writer.write(b"one")
            writer.write(b"two")
    first, second = ((tmp_path / name).read_bytes() for name in ("a", "b"))
    head = len(MAGIC) + 16
    (tmp_path / "c").write_bytes(first[:head] + second[head:])
    with pytest.raises(BackupDamaged):
        list(read_frames(tmp_path / "c", vault))
    assert list(read_frames(tmp_path / "a", vault)) == [b"one", b"two"]


def _frames(content: bytes) -> Iterator[bytes]:
    at = len(MAGIC) + 16
    while at < len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        yield content[at : at + 4 + size]
        at += 4 + size
