"""Promise 7: *delete my data* leaves a proof and nothing of the person; *my data* shows everything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Engine, update

from bot.messages import Address, Attachment, Button
from bot.storage import NewCase, NewFire, NewMessage, PersonGone, StaleClaim, Store
from bot.storage.models import Base, InboxRow, PersonRow, ReceiptRow
from bot.storage.outbox import MAX_ATTEMPTS
from tests.storage.helpers import (
    ANA,
    DAY,
    HOUR,
    LUIS,
    MINUTE,
    NOON,
    YES,
    answer,
    arrive,
    claimed,
    deliver_all,
    message,
    must_send,
    record,
    rows,
    size,
    turn,
)

EVERYTHING: dict[str, Any] = {
    "consent": YES,
    "said": "me llamo Inventada",
    "answers": (answer("name", "Inventada"),),
    "fires": (NewFire("check_in", NOON + DAY, "ppt"),),
    "cases": (NewCase("human", "menu"),),
    "messages": (
        NewMessage("Hola, Inventada", (Button("Sí", "s"),)),
        NewMessage(
            "Tu hoja", kind="document", attachment=Attachment("mi-plan.pdf", "application/pdf", b"%PDF-Inventada")
        ),
    ),
    "state": {"slots": {"name": "Inventada"}},
}


def left(store: Store) -> dict[str, int]:
    """Tables that still hold rows, apart from what never belongs to a person."""
    tables = [mapper.class_ for mapper in Base.registry.mappers]
    sizes = {table.__tablename__: size(store, table) for table in tables}
    return {name: rows for name, rows in sizes.items() if rows and name not in {"key_checks", "receipts"}}


def test_an_erased_person_leaves_a_signed_receipt_and_nothing_else(store: Store) -> None:
    person = turn(store, **EVERYTHING)
    store.receive(message("sin leer"))
    receipt_id = store.erase_person(person, NOON + HOUR)

    assert left(store) == {"inbox": 2}
    kept = rows(store, InboxRow)
    assert [(row["person_id"], row["address_id"], row["payload"]) for row in kept] == [(None, None, None)] * 2
    receipt = store.receipt(receipt_id)
    assert receipt is not None
    assert receipt.genuine
    assert receipt.erased_at == NOON + HOUR
    assert receipt.counts == {
        "people": 1,
        "addresses": 1,
        "consents": 1,
        "conversations": 1,
        "answers": 1,
        "transcript": 3,
        "inbox": 2,
        "outbox": 2,
        "attachments": 1,
        "fires": 1,
        "cases": 1,
    }
    assert person not in json.dumps(rows(store, ReceiptRow), default=str)


def test_erasing_one_person_leaves_the_others_whole(store: Store) -> None:
    ana = turn(store, **EVERYTHING)
    luis = turn(store, address=LUIS, **EVERYTHING)
    before = store.export_person(luis)
    store.erase_person(ana, NOON)
    assert store.export_person(luis) == before


@pytest.mark.parametrize("change", [{"counts": '{"people": 0}'}, {"erased_at": NOON}, {"id": "another"}])
def test_a_forged_receipt_is_told(store: Store, engine: Engine, change: Mapping[str, Any]) -> None:
    receipt_id = store.erase_person(turn(store), NOON + HOUR)
    with engine.begin() as connection:
        connection.execute(update(ReceiptRow).values(**change))
    receipt = store.receipt(str(change.get("id", receipt_id)))
    assert receipt is not None
    assert not receipt.genuine


def test_there_is_no_receipt_for_what_did_not_happen(store: Store) -> None:
    assert store.receipt("nothing") is None


def test_a_person_who_comes_back_is_new(store: Store) -> None:
    person = turn(store, **EVERYTHING)
    store.erase_person(person, NOON)
    back = arrive(store)
    assert back.person_id != person
    found = store.load_conversation(back.person_id)
    assert (found.state, found.consent) == ({}, "unknown")
    with pytest.raises(PersonGone):
        store.erase_person(person, NOON)


def test_a_provider_that_repeats_an_old_message_does_not_bring_the_person_back(store: Store) -> None:
    old = message(external_id="1")
    store.receive(old)
    store.erase_person(claimed(store).person_id, NOON)
    assert not store.receive(old)
    assert size(store, PersonRow) == 0


def test_a_worker_in_the_middle_of_a_turn_of_an_erased_person_loses(store: Store) -> None:
    claim = arrive(store)
    store.erase_person(claim.person_id, NOON)
    with pytest.raises(StaleClaim):
        store.commit_turn(record(claim, NOON, "hola", **{**EVERYTHING, "messages": ()}))
    assert left(store) == {"inbox": 1}


def test_a_sender_in_the_middle_of_a_message_to_an_erased_person_is_not_disturbed(store: Store) -> None:
    person = turn(store, "hola")
    out = must_send(store)
    store.erase_person(person, NOON)
    store.mark_sent(out.id, "p1", NOON)
    store.mark_retry(out.id, "unreachable", NOON)
    store.mark_failed(out.id, "rejected", NOON)
    assert left(store) == {"inbox": 1}


def test_at_their_own_word_a_person_is_erased_and_still_gets_a_goodbye(store: Store) -> None:
    person = turn(store, **EVERYTHING)
    turn(store, "Listo.", "Adiós.", text="sí, borra", erase=True, receipt_id="R-1", said="sí, borra")
    with pytest.raises(PersonGone):
        store.load_conversation(person)
    assert left(store) == {"addresses": 1, "conversations": 1, "inbox": 2, "outbox": 2, "people": 1}
    assert deliver_all(store) == ["Listo.", "Adiós."]
    assert left(store) == {"inbox": 2}
    receipt = store.receipt("R-1")
    assert receipt is not None
    assert receipt.genuine
    assert (receipt.counts["addresses"], receipt.counts["answers"]) == (1, 1)


@pytest.mark.parametrize("ending", ["failed", "blocked", "exhausted"])
def test_a_goodbye_that_cannot_be_sent_leaves_nothing_either(store: Store, ending: str) -> None:
    turn(store, "Adiós.", erase=True)
    if ending == "blocked":
        store.block_address(ANA, NOON)
    elif ending == "failed":
        store.mark_failed(must_send(store).id, "rejected", NOON)
    else:
        for _ in range(MAX_ATTEMPTS):
            store.mark_retry(must_send(store).id, "unreachable", NOON)
    assert left(store) == {"inbox": 1}


def test_a_goodbye_that_waits_too_long_is_purged(store: Store) -> None:
    turn(store, "Adiós.", erase=True)
    assert store.purge(NOON + DAY)["goodbye"] == 0
    assert store.purge(NOON + DAY + MINUTE)["goodbye"] == 1
    assert left(store) == {"inbox": 1}


def test_an_erasure_without_goodbye_leaves_nothing(store: Store) -> None:
    turn(store, erase=True)
    assert left(store) == {"inbox": 1}


def test_who_writes_again_before_the_goodbye_is_sent_stays_as_someone_new(store: Store) -> None:
    person = turn(store, **EVERYTHING)
    deliver_all(store)
    turn(store, "Adiós.", erase=True)
    back = arrive(store, "hola de nuevo")
    assert deliver_all(store) == ["Adiós."]
    assert back.person_id != person
    store.commit_turn(record(back, NOON, "Bienvenida"))
    assert deliver_all(store) == ["Bienvenida"]
    assert store.load_conversation(back.person_id).consent == "unknown"


def test_what_was_written_after_the_request_is_not_lost(store: Store) -> None:
    turn(store, **EVERYTHING)
    deliver_all(store)
    claim = arrive(store, "sí, borra")
    store.receive(message("otra pregunta"))
    store.commit_turn(record(claim, NOON, "Adiós.", erase=True))
    assert deliver_all(store) == ["Adiós."]
    after = claimed(store)
    assert after.inbound.text == "otra pregunta"
    assert after.person_id != claim.person_id
    store.commit_turn(record(after, NOON, "Hola"))
    assert deliver_all(store) == ["Hola"]


def test_a_screen_that_stays_open_sees_the_goodbye_after_the_lines_it_has(store: Store) -> None:
    turn(store, "uno")
    (line,) = store.history(ANA)
    turn(store, "Adiós.", erase=True)
    assert [line.text for line in store.history(ANA, after=line.id)] == ["Adiós."]


def test_the_export_has_everything_and_is_plain_json(store: Store) -> None:
    person = turn(store, **EVERYTHING)
    store.receive(message("en espera"))
    data = json.loads(json.dumps(store.export_person(person)))
    assert data["person"]["consent"] == "given"
    assert [row["external_id"] for row in data["addresses"]] == ["700100200"]
    assert [(row["decision"], row["notice"]) for row in data["consents"]] == [("given", "2026-01")]
    assert data["conversation"][0]["state"] == {"slots": {"name": "Inventada"}}
    assert [row["value"] for row in data["answers"]] == ["Inventada"]
    assert [row["body"]["text"] for row in data["transcript"]] == ["me llamo Inventada", "Hola, Inventada", "Tu hoja"]
    assert [row["payload"] and row["payload"]["text"] for row in data["inbox"]] == [None, "en espera"]
    assert data["outbox"][0]["body"] == {"text": "Hola, Inventada", "buttons": [["Sí", "s", ""]]}
    assert [(row["flow"], row["due_at"]) for row in data["fires"]] == [("check_in", (NOON + DAY).isoformat())]
    assert [row["reason"] for row in data["cases"]] == ["menu"]


def test_the_export_covers_every_table_that_belongs_to_a_person(store: Store) -> None:
    owned = {table.name for table in Base.metadata.sorted_tables if "person_id" in table.columns}
    exported = set(store.export_person(turn(store))) - {"person", "conversation"}
    assert exported | {"conversations"} == owned


def test_there_is_nothing_to_export_of_nobody(store: Store) -> None:
    with pytest.raises(PersonGone):
        store.export_person("nobody")


def test_an_address_elsewhere_goes_too(store: Store, engine: Engine) -> None:
    person = turn(store)
    turn(store, address=Address("web", "s1"))
    with engine.begin() as connection:
        connection.execute(update(Base.metadata.tables["addresses"]).values(person_id=person))
    store.erase_person(person, NOON)
    assert "addresses" not in left(store)
