"""Everything that is held about a person, as plain JSON, for the person."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.storage import payloads
from bot.storage.errors import PersonGone
from bot.storage.models import (
    AddressRow,
    AnswerRow,
    AttachmentRow,
    Base,
    CaseRow,
    ConsentRow,
    ConversationRow,
    FireRow,
    InboxRow,
    OutboxRow,
    PersonRow,
    TranscriptRow,
    label,
)
from bot.storage.work import Work

_INTERNAL = {"person_id", "address_id", "external_hash", "provider_hash", "claim_token", "claimed_by", "claimed_until"}
"""Our own book-keeping, which tells a person nothing."""


def export(work: Work, person_id: str) -> dict[str, object]:
    """Every row of the person, sealed values opened. Raises PersonGone, Unreadable."""
    person = work.session.get(PersonRow, person_id)
    if person is None:
        raise PersonGone("no such person")

    def rows(table: Any, read: Callable[[Any], dict[str, object]] = _plain) -> list[dict[str, object]]:
        query = select(table).where(table.person_id == person_id).order_by(*table.__mapper__.primary_key)
        return [read(row) for row in work.session.scalars(query)]

    def opening(*columns: Any) -> Callable[[Any], dict[str, object]]:
        def read(row: Any) -> dict[str, object]:
            sealed = {column: getattr(row, column.key) for column in columns}
            opened = {c.key: None if value is None else work.open(c, value) for c, value in sealed.items()}
            return {**_plain(row), **opened}

        return read

    def attachment(row: AttachmentRow) -> dict[str, object]:
        content = work.vault.open(label(AttachmentRow.content), row.content)
        return {**_plain(row), "content": base64.b64encode(content).decode("ascii")}

    def inbox(row: InboxRow) -> dict[str, object]:
        message = None if row.payload is None else payloads.to_json(payloads.read(work, row))
        return {**_plain(row), "payload": message}

    return {
        "person": _plain(person),
        "addresses": rows(AddressRow, opening(AddressRow.external_id)),
        "consents": rows(ConsentRow),
        "conversation": rows(ConversationRow, opening(ConversationRow.state)),
        "answers": rows(AnswerRow, opening(AnswerRow.value)),
        "transcript": rows(TranscriptRow, opening(TranscriptRow.body)),
        "inbox": rows(InboxRow, inbox),
        "outbox": rows(OutboxRow, opening(OutboxRow.body)),
        "attachments": rows(AttachmentRow, attachment),
        "fires": rows(FireRow),
        "cases": rows(CaseRow, opening(CaseRow.reason, CaseRow.held_why)),
    }


def _plain(row: Base) -> dict[str, object]:
    columns = [column for column in row.__mapper__.columns if column.key not in _INTERNAL and not column.info]
    return {column.key: _json(getattr(row, column.key)) for column in columns}


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
