"""What the team and the operator look at: open cases, depths of the queues."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from bot.storage.contract import Case
from bot.storage.models import Base, CaseRow, ConversationRow, FireRow, InboxRow, OutboxRow, PersonRow
from bot.storage.work import Work


def open_cases(work: Work, limit: int) -> list[Case]:
    """Open cases: the urgent first, then the one that waits longest."""
    query = (
        select(CaseRow, ConversationRow.language)
        .outerjoin(ConversationRow, ConversationRow.person_id == CaseRow.person_id)
        .where(CaseRow.closed_at.is_(None))
        .order_by(CaseRow.urgent.desc(), CaseRow.id)
        .limit(limit)
    )
    return [
        Case(
            row.id,
            row.person_id,
            row.channel,
            row.kind,
            work.open(CaseRow.reason, row.reason),
            row.urgent,
            language or "es",  # a held case of somebody who was erased has no conversation any more
            row.opened_at,
            row.held_at is not None,
        )
        for row, language in work.session.execute(query)
    ]


def ages(work: Work, now: datetime) -> dict[str, float]:
    """Seconds that the oldest message to handle, and the oldest to send, have waited; 0 where none waits."""
    inbox = select(func.min(InboxRow.received_at)).where(InboxRow.handled_at.is_(None), InboxRow.parked_at.is_(None))
    outbox = select(func.min(OutboxRow.created_at)).where(OutboxRow.status.in_(("pending", "sending")))
    oldest = {"inbox": work.session.scalar(inbox), "outbox": work.session.scalar(outbox)}
    return {name: max((now - at).total_seconds(), 0.0) if at else 0.0 for name, at in oldest.items()}


def counts(work: Work) -> dict[str, int]:
    """Depths of the queues, by the names that health and metrics use."""

    def count(table: type[Base], *where: ColumnElement[bool]) -> int:
        return work.session.scalar(select(func.count()).select_from(table).where(*where)) or 0

    return {
        "people": count(PersonRow),
        "inbox_open": count(InboxRow, InboxRow.handled_at.is_(None), InboxRow.parked_at.is_(None)),
        "inbox_parked": count(InboxRow, InboxRow.parked_at.is_not(None)),
        "outbox_pending": count(OutboxRow, OutboxRow.status == "pending"),
        "outbox_sending": count(OutboxRow, OutboxRow.status == "sending"),
        "outbox_failed": count(OutboxRow, OutboxRow.status == "failed"),
        "outbox_uncertain": count(OutboxRow, OutboxRow.status == "uncertain"),
        "fires_pending": count(FireRow, FireRow.status == "pending"),
        "cases_open": count(CaseRow, CaseRow.closed_at.is_(None)),
        "cases_urgent": count(CaseRow, CaseRow.closed_at.is_(None), CaseRow.urgent.is_(True)),
    }
