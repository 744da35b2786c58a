"""Reading a conversation: where it stands, and what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select

from bot.messages import Address
from bot.storage import attachments, bodies, people
from bot.storage.contract import ConsentStatus, Conversation, Direction, Line
from bot.storage.errors import PersonGone
from bot.storage.models import AddressRow, ConversationRow, OutboxRow, PersonRow, TranscriptRow
from bot.storage.work import Work


def load(work: Work, person_id: str) -> Conversation:
    """Where a person stands. Raises PersonGone, Unreadable."""
    query = (
        select(PersonRow, ConversationRow)
        .join(ConversationRow, ConversationRow.person_id == PersonRow.id)
        .where(PersonRow.id == person_id)
    )
    row = work.session.execute(query).one_or_none()
    if row is None:
        raise PersonGone("no such person")
    person, conversation = row
    return Conversation(
        person_id=person_id,
        state={} if conversation.state is None else work.open(ConversationRow.state, conversation.state),
        bundle=conversation.bundle,
        turn=conversation.turn,
        consent=cast("ConsentStatus", person.consent),
        language=conversation.language,
        stopped=person.stopped_at is not None,
    )


def history(work: Work, address: Address, after: int, limit: int) -> list[Line]:
    """The lines of one address, oldest first: the newest ``limit``, or with ``after`` the next ``limit``.

    Of a person who keeps no transcript, these are the messages that were sent to them and not yet purged.
    """
    hashed = people.address_hash(work, address)
    query = select(AddressRow.id).where(AddressRow.channel == address.channel, AddressRow.external_hash == hashed)
    address_id = work.session.scalar(query)
    if address_id is None:
        return []
    lines = {line.id: line for line in _sent(work, address_id, after, limit)}
    lines |= {line.id: line for line in _transcript(work, address_id, after, limit)}
    if any(line.kind == bodies.DOCUMENT for line in lines.values()):
        names = attachments.names(work, address_id)
        lines = {key: replace(line, file=names.get(key, "")) for key, line in lines.items()}
    ordered = [lines[key] for key in sorted(lines)]
    return ordered[:limit] if after else ordered[-limit:]


def _transcript(work: Work, address_id: int, after: int, limit: int) -> list[Line]:
    query = _page(TranscriptRow, address_id, after, limit)
    return [
        _line(row, work.open(TranscriptRow.body, row.body), cast("Direction", row.direction), row.said_at)
        for row in work.session.scalars(query)
    ]


def _sent(work: Work, address_id: int, after: int, limit: int) -> list[Line]:
    query = _page(OutboxRow, address_id, after, limit).where(OutboxRow.body.is_not(None))
    return [
        _line(row, work.open(OutboxRow.body, row.body), "out", row.created_at) for row in work.session.scalars(query)
    ]


def _page(table: Any, address_id: int, after: int, limit: int) -> Any:
    key = table.turn * bodies.LINES_A_TURN + table.position
    order = (table.turn, table.position) if after else (table.turn.desc(), table.position.desc())
    return select(table).where(table.address_id == address_id, key > after).order_by(*order).limit(limit)


def _line(row: Any, body: dict[str, Any], direction: Direction, at: Any) -> Line:
    text, buttons = bodies.from_json(body)
    return Line(bodies.line_id(row.turn, row.position), at, direction, text, buttons, row.kind)
