"""One commit a turn: all of it or nothing, and nothing kept without consent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.messages import Address, Button
from bot.storage import ConsentChange, NewCase, NewFire, NewMessage, PersonGone, StaleClaim, Store
from bot.storage.models import AnswerRow, CaseRow, ConsentRow, FireRow, OutboxRow, TranscriptRow
from tests.storage.helpers import (
    ANA,
    DAY,
    HOUR,
    LEASE,
    LUIS,
    MINUTE,
    NOON,
    YES,
    answer,
    arrive,
    claimed,
    deliver_all,
    must_send,
    record,
    rows,
    size,
    turn,
)


def test_a_new_person_has_an_empty_conversation(store: Store) -> None:
    claim = arrive(store)
    found = store.load_conversation(claim.person_id)
    assert (found.state, found.bundle, found.turn, found.consent, found.stopped) == ({}, None, 0, "unknown", False)


def test_a_turn_is_there_for_the_next_one(store: Store) -> None:
    state = {"stack": [["regularization", "document", "start", 0, 0, 1, 0]], "slots": {"name": "Ñandú"}}
    person = turn(store, state=state, bundle="release-7", language="ht", consent=YES)
    found = store.load_conversation(person)
    assert found.state == state
    assert (found.bundle, found.turn, found.consent, found.language) == ("release-7", 1, "given", "ht")


def test_a_message_goes_out_as_it_was_made(store: Store) -> None:
    buttons = (Button("Sí", "a:1", "con acento"), Button("No", "a:2"))
    claim = arrive(store)
    (outbox_id,) = store.commit_turn(record(claim, messages=(NewMessage("¿Seguimos? 🙂", buttons, "ask"),)))
    out = must_send(store)
    assert (out.id, out.address, out.text, out.buttons, out.kind) == (outbox_id, ANA, "¿Seguimos? 🙂", buttons, "ask")


def test_the_answer_goes_to_the_address_that_wrote(store: Store) -> None:
    turn(store, "para Luis", address=LUIS)
    assert must_send(store).address == LUIS


def test_a_turn_that_cannot_be_stored_leaves_nothing_behind(store: Store) -> None:
    claim = arrive(store)
    broken = record(claim, NOON, "hola", consent=YES, said="hola", cases=(NewCase("human", object()),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.commit_turn(broken)
    assert store.load_conversation(claim.person_id).turn == 0
    assert [size(store, table) for table in (OutboxRow, TranscriptRow, ConsentRow, CaseRow)] == [0, 0, 0, 0]
    again = claimed(store, NOON + LEASE)
    store.commit_turn(record(again, NOON, "hola"))
    assert deliver_all(store) == ["hola"]


def test_a_conversation_that_moved_on_is_not_overwritten(store: Store) -> None:
    claim = arrive(store)
    older = replace(claim, turn=claim.turn - 1)
    with pytest.raises(StaleClaim):
        store.commit_turn(record(older, NOON, "hola", state={"slots": {"a": 1}}))
    assert store.load_conversation(claim.person_id).state == {}
    store.commit_turn(record(claim))


def test_a_record_for_another_person_is_refused(store: Store) -> None:
    other = turn(store, address=LUIS)
    claim = arrive(store)
    with pytest.raises(ValueError, match="person"):
        store.commit_turn(replace(record(claim), person_id=other))


def test_without_consent_no_answer_and_no_transcript_is_kept(store: Store) -> None:
    turn(store, "bien", said="hola", answers=(answer("age", 30),))
    turn(store, "bien", said="hola", answers=(answer("age", 30),), consent=ConsentChange("refused", "2026-01"))
    assert (size(store, AnswerRow), size(store, TranscriptRow)) == (0, 0)


def test_with_consent_answers_keep_their_history(store: Store) -> None:
    person = turn(store, consent=YES, answers=(answer("document", "none"), answer("city", "Maicao")))
    turn(store, answers=(answer("document", "ppt"),), at=NOON + HOUR)
    turn(store, answers=(answer("city", None),), at=NOON + 2 * HOUR)
    kept = store.export_person(person)["answers"]
    assert isinstance(kept, list)
    assert [(row["slot"], row["value"], row["superseded_at"]) for row in kept] == [
        ("document", "none", (NOON + HOUR).isoformat()),
        ("city", "Maicao", (NOON + 2 * HOUR).isoformat()),
        ("document", "ppt", None),
    ]


@pytest.mark.parametrize("decision", ["withdrawn", "refused"])
def test_consent_taken_back_erases_answers_and_transcript_and_cancels_check_ins(store: Store, decision: str) -> None:
    fire = NewFire("check_in", NOON + DAY, "ppt")
    turn(store, "bien", consent=YES, said="hola", answers=(answer("age", 30),), fires=(fire,))
    luis = turn(store, "bien", address=LUIS, consent=YES, said="hola", answers=(answer("age", 40),))
    back = ConsentChange(decision, "2026-01")  # type: ignore[arg-type]
    person = turn(store, "listo", consent=back, said="retiro", answers=(answer("age", 31),))
    assert {row["person_id"] for row in rows(store, AnswerRow) + rows(store, TranscriptRow)} == {luis}
    assert [(row["status"], row["reason"]) for row in rows(store, FireRow)] == [("cancelled", f"consent_{decision}")]
    assert store.load_conversation(person).consent == decision
    assert [row["decision"] for row in rows(store, ConsentRow, person_id=person)] == ["given", decision]


def test_consent_of_this_turn_counts_for_this_turn(store: Store) -> None:
    turn(store, "gracias", consent=YES, said="sí, acepto", answers=(answer("age", 30),))
    assert [line.text for line in store.history(ANA)] == ["sí, acepto", "gracias"]
    assert size(store, AnswerRow) == 1


def test_stopping_and_resuming_messages(store: Store) -> None:
    person = turn(store, stop_messages=True)
    turn(store, stop_messages=None)
    assert store.load_conversation(person).stopped
    turn(store, stop_messages=False)
    assert not store.load_conversation(person).stopped


def test_history_of_a_person_with_consent_has_both_sides(store: Store) -> None:
    buttons = (Button("PPT", "p:1"),)
    turn(store, said="hola", consent=YES, messages=(NewMessage("¿Qué tienes?", buttons, "ask"), NewMessage("Elige")))
    turn(store, "Bien", said="ppt", at=NOON + MINUTE)
    lines = store.history(ANA)
    assert [(line.direction, line.text) for line in lines] == [
        ("in", "hola"),
        ("out", "¿Qué tienes?"),
        ("out", "Elige"),
        ("in", "ppt"),
        ("out", "Bien"),
    ]
    assert (lines[1].buttons, lines[1].kind, lines[4].at) == (buttons, "ask", NOON + MINUTE)


def test_history_without_consent_has_what_was_sent(store: Store) -> None:
    turn(store, "uno", "dos", said="secreto")
    deliver_all(store)
    assert [line.text for line in store.history(ANA)] == ["uno", "dos"]


def test_history_goes_on_after_the_last_line_a_screen_has_shown(store: Store) -> None:
    turn(store, "uno")
    shown = must_send(store)
    turn(store, "dos", said="sí", consent=YES)
    (first, *_) = store.history(ANA)
    assert shown.extra["line"] == str(first.id)
    assert [line.text for line in store.history(ANA, after=first.id)] == ["sí", "dos"]
    assert [line.text for line in store.history(ANA, after=first.id, limit=1)] == ["sí"]
    assert [line.text for line in store.history(ANA, limit=2)] == ["sí", "dos"]


def test_history_shows_one_address_only(store: Store) -> None:
    turn(store, "para Ana", consent=YES)
    turn(store, "para Luis", address=LUIS, consent=YES)
    assert [line.text for line in store.history(LUIS)] == ["para Luis"]
    assert store.history(Address("web", "nobody")) == []


def test_cases_are_seen_urgent_first_then_the_oldest(store: Store) -> None:
    turn(store, cases=(NewCase("human", "regularization/document"),), language="fr")
    luis = turn(store, address=LUIS, cases=(NewCase("crisis", "violence", urgent=True), NewCase("human", "menu")))
    cases = store.open_cases()
    assert [case.reason for case in cases] == ["violence", "regularization/document", "menu"]
    assert (cases[0].person_id, cases[0].urgent, cases[0].channel) == (luis, True, "telegram")
    assert (cases[1].language, cases[1].opened_at) == ("fr", NOON)
    assert len(store.open_cases(limit=1)) == 1
    assert (store.counts()["cases_open"], store.counts()["cases_urgent"]) == (3, 1)


def test_a_person_who_never_was_has_no_conversation(store: Store) -> None:
    with pytest.raises(PersonGone):
        store.load_conversation("nobody")
