"""Telling a wrong key at start: a known value is kept in the database under each key that wrote to it."""

from __future__ import annotations

from sqlalchemy import Engine, delete, select, update

from bot.storage.errors import KeysMissing, Unreadable, WrongKeys, translated
from bot.storage.models import AddressRow, KeyCheckRow, label
from bot.storage.work import Work

_LOOKUP = "lookup"
_PREFIX = "key:"
_KNOWN = b"banco amable"


def is_keyed(engine: Engine) -> bool:
    """Whether the database was written with keys, so that no new ones may be made for it."""
    with translated(), engine.connect() as connection:
        return any(connection.scalar(select(table.id).limit(1)) is not None for table in (KeyCheckRow, AddressRow))


def verify(work: Work) -> None:
    """Check the keys against the database, and enter a new one.

    Raises WrongKeys or KeysMissing, and then changes nothing.
    """
    proofs = _proofs(work)
    if not proofs and work.session.scalar(select(AddressRow.id).limit(1)) is not None:
        raise KeysMissing("the database holds people's data, and the proofs of its keys are gone: restore a backup")
    if proofs:
        _check(work, proofs)
    active = _PREFIX + work.vault.active_key_id
    proof = work.vault.seal(label(KeyCheckRow.proof), _KNOWN)
    work.insert_new(KeyCheckRow, {"id": _LOOKUP, "proof": _lookup_proof(work)})
    work.insert_new(KeyCheckRow, {"id": active, "proof": proof})
    # Another process may have come first with other keys.
    _check(work, _proofs(work))


def touch(work: Work) -> None:
    """Write a row as it is, to see whether writing is possible at all."""
    work.change(update(KeyCheckRow).where(KeyCheckRow.id == _LOOKUP).values(proof=KeyCheckRow.proof))


def forget_old(work: Work) -> None:
    """Drop the proofs of all keys but the newest: nothing is sealed with them any more."""
    kept = (_LOOKUP, _PREFIX + work.vault.active_key_id)
    work.change(delete(KeyCheckRow).where(KeyCheckRow.id.not_in(kept)))


def _proofs(work: Work) -> dict[str, bytes]:
    rows = work.session.execute(select(KeyCheckRow.id, KeyCheckRow.proof))
    return {row.id: row.proof for row in rows}


def _check(work: Work, proofs: dict[str, bytes]) -> None:
    if proofs.get(_LOOKUP) != _lookup_proof(work):
        raise WrongKeys("the look-up key is not the one this database was written with")
    for name, proof in proofs.items():
        if not name.startswith(_PREFIX):
            continue
        key_id = name.removeprefix(_PREFIX)
        if key_id not in work.vault.key_ids:
            raise WrongKeys(f"this database was written with key {key_id}, which is not among the keys given")
        try:
            genuine = work.vault.open(label(KeyCheckRow.proof), proof) == _KNOWN
        except Unreadable:
            genuine = False
        if not genuine:
            raise WrongKeys(f"key {key_id} is not the key {key_id} that this database was written with")


def _lookup_proof(work: Work) -> bytes:
    return work.vault.fingerprint("key-check").encode()
