"""A page goes with its message: sealed, once, to its own person, and gone when it should be."""

from __future__ import annotations

import base64

import pytest
from sqlalchemy import Engine

from bot.messages import Attachment
from bot.storage import AttachmentRefused, AttachmentTooLarge, NewMessage, StaleClaim, Store
from bot.storage.attachments import MOST_BYTES
from bot.storage.models import AttachmentRow, OutboxRow, TranscriptRow
from tests.storage.helpers import (
    ANA,
    DAY,
    HOUR,
    LEASE,
    LUIS,
    NOON,
    SECOND,
    YES,
    arrive,
    deliver_all,
    must_send,
    outgoing,
    record,
    rows,
    size,
    turn,
)
from tests.storage.test_encryption import raw

CONTENT = b"%PDF-1.4 PLANTEDPAGE " + bytes(range(256))
PAGE = Attachment("mi-plan.pdf", "application/pdf", CONTENT)
SAID = NewMessage("Aquí está tu hoja", kind="document", attachment=PAGE)


def test_it_goes_out_with_its_message_and_only_with_that(store: Store) -> None:
    turn(store, messages=(NewMessage("Tu plan"), SAID, NewMessage("¿Algo más?")))
    sent = []
    while (out := outgoing(store)) is not None:
        sent.append((out.text, out.attachment))
        store.mark_sent(out.id, "p", NOON)
    assert sent == [("Tu plan", None), ("Aquí está tu hoja", PAGE), ("¿Algo más?", None)]


def test_a_retry_sends_the_same_bytes_and_a_handled_turn_makes_no_second_page(store: Store) -> None:
    claim = arrive(store)
    made = record(claim, messages=(SAID,))
    store.commit_turn(made)
    with pytest.raises(StaleClaim):
        store.commit_turn(made)
    assert size(store, AttachmentRow) == 1
    first = must_send(store)
    store.mark_retry(first.id, "unreachable", NOON + SECOND)
    again = must_send(store, NOON + 2 * SECOND)
    assert (again.id, again.attachment) == (first.id, PAGE)


def test_a_sender_that_dies_leaves_the_page_uncertain_and_unsent_ever_after(store: Store) -> None:
    turn(store, messages=(SAID,))
    must_send(store)
    assert store.recover_sending(NOON + LEASE + SECOND) == 1
    assert outgoing(store, NOON + HOUR) is None
    assert [row["status"] for row in rows(store, OutboxRow)] == ["uncertain"]


def test_only_the_person_s_own_address_can_fetch_it(store: Store) -> None:
    turn(store, messages=(NewMessage("Tu plan"), SAID))
    turn(store, "hola", address=LUIS)
    lines = store.history(ANA)
    assert [line.file for line in lines] == ["", "mi-plan.pdf"]
    assert store.attachment(ANA, lines[1].id) == PAGE
    assert store.attachment(ANA, lines[0].id) is None
    assert store.attachment(LUIS, lines[1].id) is None
    assert store.attachment(ANA, 10**15) is None


def test_with_consent_the_line_stands_in_the_transcript_and_still_names_the_file(store: Store) -> None:
    turn(store, consent=YES, messages=(SAID,), said="mi plan")
    assert [(line.direction, line.file) for line in store.history(ANA)] == [("in", ""), ("out", "mi-plan.pdf")]


def test_its_bytes_are_sealed(store: Store, engine: Engine) -> None:
    turn(store, messages=(SAID,))
    assert b"PLANTEDPAGE" not in raw(engine)
    assert must_send(store).attachment == PAGE


def test_a_private_card_is_sent_but_never_in_the_transcript_and_its_text_goes_after_a_day(store: Store) -> None:
    turn(store, consent=YES, messages=(NewMessage("Inventada", kind="private_card"), NewMessage("¿Algo más?")))
    assert deliver_all(store) == ["Inventada", "¿Algo más?"]
    assert len(rows(store, TranscriptRow)) == 1
    assert "Inventada" in [line.text for line in store.history(ANA)]
    assert store.purge(NOON + 25 * HOUR)["private_body"] == 1
    assert "Inventada" not in [line.text for line in store.history(ANA)]


def test_a_sent_page_goes_after_a_day_and_a_waiting_one_stays(store: Store) -> None:
    turn(store, consent=YES, messages=(SAID,))
    deliver_all(store)
    turn(store, messages=(SAID,), at=NOON + HOUR)
    assert store.purge(NOON + 23 * HOUR)["attachment"] == 0
    assert store.purge(NOON + 2 * DAY)["attachment"] == 1
    assert must_send(store, NOON + 2 * DAY).attachment == PAGE
    assert [line.file for line in store.history(ANA)] == ["", "mi-plan.pdf"]


def test_erasure_takes_it_and_my_data_shows_it(store: Store) -> None:
    person = turn(store, messages=(SAID,))
    (held,) = store.export_person(person)["attachments"]  # type: ignore[misc]
    assert base64.b64decode(held["content"]) == CONTENT
    assert held["name"] == "mi-plan.pdf"
    receipt = store.receipt(store.erase_person(person, NOON + HOUR))
    assert receipt is not None
    assert receipt.counts["attachments"] == 1
    assert size(store, AttachmentRow) == 0


def test_the_word_of_a_person_erases_it_too(store: Store) -> None:
    turn(store, messages=(SAID,))
    store.commit_turn(record(arrive(store, "borrar mis datos"), NOON, "Listo", erase=True))
    assert size(store, AttachmentRow) == 0


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (Attachment("mi-plan.pdf", "application/pdf", b"x" * (MOST_BYTES + 1)), AttachmentTooLarge),
        (Attachment("mi-plan.pdf", "application/pdf", b""), AttachmentRefused),
        (Attachment("mi-plan.pdf", "text/html", b"<b>"), AttachmentRefused),
        (Attachment("../../etc/passwd", "application/pdf", b"%PDF"), AttachmentRefused),
        (Attachment("Plan de Inventada.pdf", "application/pdf", b"%PDF"), AttachmentRefused),
    ],
    ids=["large", "empty", "kind", "path", "name"],
)
def test_what_must_not_be_stored_is_a_typed_error_and_nothing_of_the_turn_is(
    store: Store, bad: Attachment, error: type[Exception]
) -> None:
    claim = arrive(store)
    with pytest.raises(error) as raised:
        store.commit_turn(record(claim, messages=(NewMessage("antes"), NewMessage("x", attachment=bad))))
    assert "passwd" not in str(raised.value)
    assert "Inventada" not in str(raised.value)
    assert size(store, OutboxRow) == size(store, AttachmentRow) == 0


def test_neither_repr_nor_error_tells_the_content() -> None:
    assert "PLANTED" not in repr(PAGE)
    assert "PLANTED" not in repr(SAID)
