"""Sealing, and where the keys come from."""

from __future__ import annotations

import base64
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage import Vault, ensure_local_keys
from bot.storage.errors import KeyFileExposed, KeysMalformed, KeysMissing, Unreadable
from tests.fixtures_storage import TEST_KEY, TEST_LOOKUP_KEY

NEW_KEY = bytes(range(100, 132))
K1, K2, LOOKUP = (base64.b64encode(key).decode() for key in (TEST_KEY, NEW_KEY, TEST_LOOKUP_KEY))


def test_what_was_sealed_opens(vault: Vault) -> None:
    assert vault.open("a.b", vault.seal("a.b", b"secret")) == b"secret"
    assert vault.open_json("a.b", vault.seal_json("a.b", {"ñ": [1, None]})) == {"ñ": [1, None]}


def test_the_same_value_is_sealed_differently_each_time(vault: Vault) -> None:
    assert vault.seal("a.b", b"secret") != vault.seal("a.b", b"secret")


def test_a_value_moved_to_another_column_does_not_open(vault: Vault) -> None:
    with pytest.raises(Unreadable):
        vault.open("a.c", vault.seal("a.b", b"secret"))


def test_every_changed_byte_is_told(vault: Vault) -> None:
    sealed = vault.seal("a.b", b"secret")
    for index in range(len(sealed)):
        changed = sealed[:index] + bytes([sealed[index] ^ 1]) + sealed[index + 1 :]
        with pytest.raises(Unreadable):
            vault.open("a.b", changed)
    for length in range(len(sealed)):
        with pytest.raises(Unreadable):
            vault.open("a.b", sealed[:length])


def test_the_newest_key_seals_and_the_older_ones_still_open() -> None:
    old = Vault.from_settings(f"k1:{K1}", LOOKUP)
    both = Vault.from_settings(f"k1:{K1}, k2:{K2}", LOOKUP)
    new = Vault.from_settings(f"k2:{K2}", LOOKUP)
    assert both.open("a.b", old.seal("a.b", b"secret")) == b"secret"
    assert new.open("a.b", both.seal("a.b", b"secret")) == b"secret"
    with pytest.raises(Unreadable):
        new.open("a.b", old.seal("a.b", b"secret"))


def test_a_fingerprint_depends_on_key_purpose_and_parts(vault: Vault) -> None:
    other = Vault([("k1", TEST_KEY)], NEW_KEY)
    prints = [
        vault.fingerprint("address", "web", "1"),
        vault.fingerprint("inbox", "web", "1"),
        vault.fingerprint("address", "web1", ""),
        vault.fingerprint("address", "we", "b1"),
        other.fingerprint("address", "web", "1"),
    ]
    assert len(set(prints)) == len(prints)
    assert vault.fingerprint("address", "web", "1") == prints[0]


@pytest.mark.parametrize(
    ("keys", "lookup"),
    [
        ("", LOOKUP),
        (f"k1:{K1}", ""),
        (K1, LOOKUP),
        ("k1:not base64!", LOOKUP),
        ("k1:c2hvcnQ=", LOOKUP),
        (f"k1:{K1},k1:{K2}", LOOKUP),
        (f"k1:{K1},k2:{K1}", LOOKUP),
        (f"k1:{K1}", K1),
        (f"an id with spaces:{K1}", LOOKUP),
        (f"k1:{K1}", "c2hvcnQ="),
    ],
)
def test_keys_that_cannot_be_right_are_refused_without_being_quoted(keys: str, lookup: str) -> None:
    with pytest.raises(KeysMalformed) as caught:
        Vault.from_settings(keys, lookup)
    assert K1 not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_vault_does_not_print_its_keys(vault: Vault) -> None:
    assert repr(vault) == "Vault(key_ids=('k1',))"


def test_the_first_run_makes_a_key_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys"
    made, created = ensure_local_keys(path)
    read, created_again = ensure_local_keys(path)
    assert (created, created_again) == (True, False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert read.open("a.b", made.seal("a.b", b"secret")) == b"secret"
    assert [file.name for file in path.parent.iterdir()] == ["keys"]


def test_the_key_file_is_in_the_words_of_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    made, _ = ensure_local_keys(path)
    lines = dict(line.split("=", 1) for line in path.read_text().splitlines() if not line.startswith("#"))
    from_settings = Vault.from_settings(lines["AMABLE_KEYS"], lines["AMABLE_LOOKUP_KEY"])
    assert from_settings.open("a.b", made.seal("a.b", b"secret")) == b"secret"


def test_processes_that_start_together_for_the_first_time_share_the_keys(tmp_path: Path) -> None:
    start = threading.Barrier(6)

    def begin(_: int) -> tuple[Vault, bool]:
        start.wait()
        return ensure_local_keys(tmp_path / "keys")

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(begin, range(6)))
    assert sum(created for _, created in results) == 1
    sealed = results[0][0].seal("a.b", b"secret")
    assert all(vault.open("a.b", sealed) == b"secret" for vault, _ in results)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o602])
def test_a_key_file_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    ensure_local_keys(path)
    path.chmod(mode)
    with pytest.raises(KeyFileExposed, match="chmod 600"):
        ensure_local_keys(path)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "hello",
        f"AMABLE_KEYS=k1:{K1}\n",
        f"AMABLE_KEYS=k1:{K1}\nAMABLE_LOOKUP_KEY=zzz\n",
        f"AMABLE_KEYS=k1:{K1}\nAMABLE_LOOKUP_KEY={LOOKUP}\nAMABLE_LOOKUP_KEY={LOOKUP}\n",
        f"AMABLE_KEYS=k1:{K1}\nAMABLE_LOOKUP_KEY={LOOKUP}\nOTHER=1\n",
        "\x00\xff",
    ],
)
def test_a_malformed_key_file_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.touch(0o600)
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(KeysMalformed):
        ensure_local_keys(path)
    assert path.read_bytes() == content.encode("latin-1")


def test_no_new_keys_are_made_where_the_database_has_some(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing):
        ensure_local_keys(tmp_path / "keys", may_create=False)
    assert list(tmp_path.iterdir()) == []
