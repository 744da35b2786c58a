"""Promise 8: what people write, and who they are, is unreadable in the database; the right keys are insisted on."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, make_url, select

from bot.messages import Address, Button, Inbound
from bot.storage import NewCase, NewMessage, Store, Vault, open_store
from bot.storage.errors import KeysMissing, StorageError, Unreadable, WrongKeys
from bot.storage.models import AddressRow, Base, KeyCheckRow
from tests.fixtures_storage import TEST_KEY, TEST_LOOKUP_KEY
from tests.storage.helpers import NOON, YES, answer, arrive, claimed, deliver_all, must_send, record, rows, turn

NEW_KEY = bytes(range(100, 132))
OTHER_KEY = bytes(range(150, 182))


def settings(**keys: bytes) -> tuple[str, str]:
    ring = ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in keys.items())
    return ring, base64.b64encode(TEST_LOOKUP_KEY).decode()


def raw(engine: Engine) -> bytes:
    """Every byte that the database holds, as far as it can be seen from outside."""
    if engine.dialect.name == "sqlite":
        path = Path(str(make_url(str(engine.url)).database))
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    seen = []
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                seen += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    return b"\n".join(seen)


def test_nothing_that_a_person_wrote_or_is_called_can_be_read_in_the_database(store: Store, engine: Engine) -> None:
    planted = [f"PLANTED{name}TOKEN" for name in "ABCDEFGHIJKLM"]
    a, b, c, d, e, f, g, h, i, j, k, m, n = planted
    inbound = Inbound(Address("telegram", a), b, "tap", NOON, text=c, payload=d, extra={"name": e})
    store.receive(inbound)
    waiting = raw(engine)
    claim = claimed(store)
    store.commit_turn(
        record(
            claim,
            consent=YES,
            said=f,
            state={"slots": {g: h}},
            answers=(answer("age", {"nested": i}),),
            messages=(NewMessage(j, (Button(k, m),)),),
            cases=(NewCase("human", n),),
        )
    )
    handled = raw(engine)
    store.mark_sent(must_send(store).id, "PLANTEDPROVIDERTOKEN", NOON)
    # The control: all of it is there, and legible with the keys.
    legible = str(store.export_person(claim.person_id))
    assert [token for token in planted if token not in legible] == [b, c, d, e]
    for content in (waiting, handled, raw(engine)):
        assert b"regularization" in content or content is waiting
        assert b"PLANTED" not in content
        assert b"PLANTED".hex().encode() not in content
        assert base64.b64encode(b"PLANTED")[:9] not in content


def test_a_database_written_with_another_key_is_refused_and_left_alone(store: Store, engine: Engine) -> None:
    turn(store)
    before = rows(store, KeyCheckRow)
    for keys, lookup in [
        ([("k1", OTHER_KEY)], TEST_LOOKUP_KEY),
        ([("k2", NEW_KEY)], TEST_LOOKUP_KEY),
        ([("k1", OTHER_KEY), ("k2", NEW_KEY)], TEST_LOOKUP_KEY),
        ([("k1", TEST_KEY)], OTHER_KEY),
    ]:
        with pytest.raises(WrongKeys):
            Store(engine, Vault(keys, lookup)).verify_keys()
    assert rows(store, KeyCheckRow) == before
    store.verify_keys()


def test_people_without_proofs_of_keys_are_refused(store: Store, engine: Engine) -> None:
    turn(store)
    with engine.begin() as connection:
        connection.execute(delete(KeyCheckRow))
    with pytest.raises(KeysMissing):
        store.verify_keys()


def test_a_new_key_reads_the_old_and_takes_over(store: Store, engine: Engine) -> None:
    person = turn(
        store, "viejo", consent=YES, said="hola", answers=(answer("age", 30),), cases=(NewCase("human", "x"),)
    )
    before = store.export_person(person)
    both = Store(engine, Vault([("k1", TEST_KEY), ("k2", NEW_KEY)], TEST_LOOKUP_KEY))
    both.verify_keys()
    assert both.export_person(person) == before
    assert both.claim_next("w", NOON, NOON - NOON) is None

    new = Vault([("k2", NEW_KEY)], TEST_LOOKUP_KEY)
    with pytest.raises(WrongKeys):
        Store(engine, new).verify_keys()
    while both.reseal(limit=2):
        pass
    alone = Store(engine, new)
    alone.verify_keys()
    assert alone.export_person(person) == before
    assert deliver_all(alone) == ["viejo"]
    with pytest.raises(Unreadable):
        store.export_person(person)


def test_the_key_that_was_replaced_cannot_be_dropped_before_all_is_moved(store: Store, engine: Engine) -> None:
    turn(store, "uno", consent=YES, said="hola")
    both = Store(engine, Vault([("k1", TEST_KEY), ("k2", NEW_KEY)], TEST_LOOKUP_KEY))
    both.verify_keys()
    assert both.reseal(limit=1) == 1
    with pytest.raises(WrongKeys):
        Store(engine, Vault([("k2", NEW_KEY)], TEST_LOOKUP_KEY)).verify_keys()


def test_sealed_columns_are_all_that_hold_bytes(store: Store) -> None:
    plain = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type is bytes and not column.info.get("sealed")
    }
    assert plain == {"releases.content", "key_checks.proof"}


def test_the_first_local_run_makes_keys_and_the_next_one_finds_them(database_url: str, tmp_path: Path) -> None:
    first = open_store(database_url, tmp_path / "keys")
    person = turn(first, "hola", consent=YES)
    first.close()
    again = open_store(database_url, tmp_path / "keys")
    assert again.load_conversation(person).consent == "given"
    again.close()


def test_a_lost_key_file_is_not_replaced_by_new_keys(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    open_store(database_url, path).close()
    saved = path.read_bytes()
    path.unlink()
    with pytest.raises(KeysMissing):
        open_store(database_url, path)
    assert not path.exists()
    path.touch(0o600)
    path.write_bytes(saved)
    open_store(database_url, path).close()


def test_keys_from_the_settings_are_used_and_no_file_is_made(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    store = open_store(database_url, path, *settings(k1=TEST_KEY))
    turn(store)
    store.close()
    assert not path.exists()
    with pytest.raises(WrongKeys):
        open_store(database_url, path, *settings(k1=OTHER_KEY))
    with pytest.raises(StorageError):
        open_store(database_url, path, settings(k1=TEST_KEY)[0], "")


def test_an_address_is_found_only_with_the_look_up_key(store: Store, engine: Engine) -> None:
    claim = arrive(store, "hola", Address("telegram", "700100200"))
    (row,) = rows(store, AddressRow)
    other = Vault([("k1", TEST_KEY)], OTHER_KEY)
    assert row["external_hash"] != other.fingerprint("address", "telegram", "700100200")
    assert claim.inbound.address.external_id not in str(row)
