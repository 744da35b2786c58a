"""The one transaction that stores what a turn made."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from bot.storage import attachments, bodies, erasure, fires, inbox, people
from bot.storage.contract import AnswerChange, ConsentChange, NewMessage, TurnRecord
from bot.storage.errors import StaleClaim
from bot.storage.models import (
    AddressRow,
    AnswerRow,
    CaseRow,
    ConsentRow,
    ConversationRow,
    OutboxRow,
    PersonRow,
    TranscriptRow,
)
from bot.storage.work import Work


def commit(work: Work, record: TurnRecord) -> tuple[int, ...]:
    """Store everything or nothing; the ids of the outgoing messages, in order.

    Raises StaleClaim, AttachmentTooLarge, AttachmentRefused.
    """
    if record.person_id != record.claim.person_id:
        raise ValueError("the record's person is not the claim's")
    if len(record.messages) >= bodies.LINES_A_TURN:
        raise ValueError("too many messages in one turn")
    for message in record.messages:
        if message.attachment is not None:
            attachments.check(message.attachment)
    person = people.lock(work, record.person_id)
    address_id = inbox.finish(work, record.claim, record.now)
    if person is None or address_id is None:
        raise StaleClaim(f"message {record.claim.id} is no longer this worker's")
    turn = record.claim.turn + 1
    if record.erase:
        left = erasure.leave_for_goodbye(work, person, record)
        return _send(work, left, address_id, turn, record) if left else ()
    _save_state(work, record)
    if record.consent is not None:
        _decide(work, person, record.consent, record)
    if record.stop_messages is not None:
        person.stopped_at = (person.stopped_at or record.now) if record.stop_messages else None
    if person.consent == "given":
        for answer in record.answers:
            _answer(work, answer, record)
        _keep_lines(work, address_id, turn, record)
    for fire in record.fires:
        fires.schedule(work, record.person_id, fire, record.now)
    _open_cases(work, record)
    return _send(work, record.person_id, address_id, turn, record)


def _save_state(work: Work, record: TurnRecord) -> None:
    where = ConversationRow.person_id == record.person_id, ConversationRow.turn == record.claim.turn
    saved = work.change(
        update(ConversationRow)
        .where(*where)
        .values(
            state=work.seal(ConversationRow.state, record.state),
            bundle=record.bundle,
            language=record.language,
            turn=record.claim.turn + 1,
            updated_at=record.now,
        )
    )
    if not saved:
        raise StaleClaim(f"message {record.claim.id}: the conversation moved on since it was claimed")


def _decide(work: Work, person: PersonRow, change: ConsentChange, record: TurnRecord) -> None:
    person.consent = change.decision
    work.change(
        insert(ConsentRow).values(
            person_id=person.id, decision=change.decision, notice=change.notice, decided_at=record.now
        )
    )
    if change.decision != "given":
        work.change(delete(AnswerRow).where(AnswerRow.person_id == person.id))
        work.change(delete(TranscriptRow).where(TranscriptRow.person_id == person.id))
        fires.cancel_all(work, person.id, f"consent_{change.decision}", record.now)


def _answer(work: Work, answer: AnswerChange, record: TurnRecord) -> None:
    work.change(
        update(AnswerRow)
        .where(
            AnswerRow.person_id == record.person_id,
            AnswerRow.slot == answer.slot,
            AnswerRow.superseded_at.is_(None),
        )
        .values(superseded_at=record.now)
    )
    if answer.value is None:
        return
    work.change(
        insert(AnswerRow).values(
            person_id=record.person_id,
            slot=answer.slot,
            value=work.seal(AnswerRow.value, answer.value),
            flow=answer.flow,
            step=answer.step,
            bundle=answer.bundle,
            answered_at=record.now,
        )
    )


def _keep_lines(work: Work, address_id: int, turn: int, record: TurnRecord) -> None:
    lines = [(0, "in", "said", bodies.to_json(record.said))] if record.said else []
    for position, message in enumerate(record.messages, start=1):
        if message.kind == bodies.PRIVATE:
            continue
        lines.append((position, "out", message.kind, bodies.to_json(message.text, message.buttons)))
    for position, direction, kind, body in lines:
        work.change(
            insert(TranscriptRow).values(
                person_id=record.person_id,
                address_id=address_id,
                turn=turn,
                position=position,
                direction=direction,
                kind=kind,
                body=work.seal(TranscriptRow.body, body),
                said_at=record.now,
            )
        )


def _open_cases(work: Work, record: TurnRecord) -> None:
    for case in record.cases:
        work.change(
            insert(CaseRow).values(
                person_id=record.person_id,
                channel=record.claim.inbound.address.channel,
                kind=case.kind,
                reason=work.seal(CaseRow.reason, case.reason),
                urgent=case.urgent,
                opened_at=record.now,
            )
        )


def _send(work: Work, person_id: str, address_id: int, turn: int, record: TurnRecord) -> tuple[int, ...]:
    blocked = work.session.scalar(select(AddressRow.blocked_at).where(AddressRow.id == address_id)) is not None
    ending = {"status": "failed", "error": "blocked", "finished_at": record.now} if blocked else {}
    sent = []
    for position, message in enumerate(record.messages, start=1):
        outbox_id = work.session.execute(
            insert(OutboxRow)
            .values(
                person_id=person_id,
                address_id=address_id,
                channel=record.claim.inbound.address.channel,
                turn=turn,
                position=position,
                kind=message.kind,
                body=_body(work, message),
                created_at=record.now,
                **ending,
            )
            .returning(OutboxRow.id)
        ).scalar_one()
        if message.attachment is not None:
            attachments.put(work, person_id, outbox_id, message.attachment, record.now)
        sent.append(outbox_id)
    return tuple(sent)


def _body(work: Work, message: NewMessage) -> bytes:
    return work.seal(OutboxRow.body, bodies.to_json(message.text, message.buttons))
