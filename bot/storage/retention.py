"""How long each kind of data is kept, and the purge that holds to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Delete, Update, delete, exists, func, or_, select, update

from bot.storage import bodies
from bot.storage.models import AttachmentRow, CaseRow, ConversationRow, InboxRow, OutboxRow, PersonRow
from bot.storage.work import Work


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a kind of data stays after its last use, and why. None: until the person withdraws or is erased."""

    kind: str
    time: timedelta | None
    why: str


DAY = timedelta(days=1)
RETENTION = (
    Keep("working_state", DAY, "without consent: long enough to finish a route, and no longer"),
    Keep("goodbye", DAY, "an erased person's address, while the goodbye cannot be sent"),
    Keep("sent_body", DAY, "without consent: a web chat that is opened again shows the last day"),
    Keep("private_body", DAY, "the text of a CV: long enough to copy it, and no longer"),
    Keep("attachment", DAY, "a page that was sent: the web chat can open it again; it is made anew when asked for"),
    Keep("sent_message", 30 * DAY, "with consent: what was said can be looked up; the delivery can be traced"),
    Keep("unsent_message", 30 * DAY, "a channel was off: an answer that is a month late helps nobody"),
    Keep("handled_inbox", 30 * DAY, "no content; tells repetitions, which WhatsApp sends for up to 7 days"),
    Keep("parked_inbox", 30 * DAY, "a message that could not be handled: time to look why"),
    Keep("person_without_consent", 30 * DAY, "knows the language, and that messages were stopped, when they return"),
    Keep("answers", None, "with consent: the person's route and their follow-up"),
    Keep("transcript", None, "with consent: the team reads what was said before"),
    Keep("consents", None, "proof of what the person agreed to"),
    Keep("fires", None, "why a check-in came, or did not"),
    Keep("cases", None, "the team's work; an open case also keeps a person without consent"),
    Keep("held_cases", None, "a legal hold with a reason, told to the person; it outlives an erasure until released"),
    Keep("receipts", None, "proof that someone was erased; holds no personal data"),
)
KINDS = tuple(keep.kind for keep in RETENTION if keep.time is not None)
_TIMES = {keep.kind: keep.time for keep in RETENTION if keep.time is not None}


class _Purge(NamedTuple):
    """Which rows are over their time before a moment, and what happens to them."""

    table: Any
    over: Callable[[datetime], list[ColumnElement[bool]]]
    act: Callable[[datetime], Update | Delete]


def purge(work: Work, kind: str, now: datetime, dry_run: bool) -> int:
    """Purge one of KINDS; how many rows it touched, or would touch."""
    rule = _RULES[kind]
    over = rule.over(now - _TIMES[kind])
    if dry_run:
        return work.session.scalar(select(func.count()).select_from(rule.table).where(*over)) or 0
    return work.change(rule.act(now).where(*over))


def _of_unconsented(person_id: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = person_id.in_(select(PersonRow.id).where(PersonRow.consent != "given"))
    return condition


def _no_open_inbox(person_id: Any) -> ColumnElement[bool]:
    return ~exists().where(InboxRow.person_id == person_id, InboxRow.handled_at.is_(None), InboxRow.parked_at.is_(None))


def _working_state(before: datetime) -> list[ColumnElement[bool]]:
    row = ConversationRow
    idle = row.updated_at < before, row.state.is_not(None)
    return [*idle, _of_unconsented(row.person_id), _no_open_inbox(row.person_id)]


def _spent_attachment(before: datetime) -> list[ColumnElement[bool]]:
    settled = exists().where(OutboxRow.id == AttachmentRow.outbox_id, OutboxRow.finished_at < before)
    return [settled]


def _person(before: datetime) -> list[ColumnElement[bool]]:
    row = PersonRow
    waiting = exists().where(OutboxRow.person_id == row.id, OutboxRow.status.in_(("pending", "sending")))
    wanted = or_(CaseRow.closed_at.is_(None), CaseRow.held_at.is_not(None))
    attended = exists().where(CaseRow.person_id == row.id, wanted)
    idle = row.last_seen_at < before, row.consent != "given"
    return [*idle, _no_open_inbox(row.id), ~waiting, ~attended]


_RULES = {
    "working_state": _Purge(
        ConversationRow, _working_state, lambda _now: update(ConversationRow).values(state=None, bundle=None)
    ),
    "goodbye": _Purge(PersonRow, lambda before: [PersonRow.leaving_at < before], lambda _now: delete(PersonRow)),
    "sent_body": _Purge(
        OutboxRow,
        lambda before: [
            OutboxRow.finished_at < before,
            OutboxRow.body.is_not(None),
            _of_unconsented(OutboxRow.person_id),
        ],
        lambda _now: update(OutboxRow).values(body=None),
    ),
    "private_body": _Purge(
        OutboxRow,
        lambda before: [
            OutboxRow.finished_at < before,
            OutboxRow.body.is_not(None),
            OutboxRow.kind == bodies.PRIVATE,
        ],
        lambda _now: update(OutboxRow).values(body=None),
    ),
    "attachment": _Purge(AttachmentRow, _spent_attachment, lambda _now: delete(AttachmentRow)),
    "sent_message": _Purge(OutboxRow, lambda before: [OutboxRow.finished_at < before], lambda _now: delete(OutboxRow)),
    "unsent_message": _Purge(
        OutboxRow,
        lambda before: [OutboxRow.created_at < before, OutboxRow.status == "pending"],
        lambda now: update(OutboxRow).values(status="failed", error="expired", finished_at=now, body=None),
    ),
    "handled_inbox": _Purge(InboxRow, lambda before: [InboxRow.handled_at < before], lambda _now: delete(InboxRow)),
    "parked_inbox": _Purge(InboxRow, lambda before: [InboxRow.parked_at < before], lambda _now: delete(InboxRow)),
    "person_without_consent": _Purge(PersonRow, _person, lambda _now: delete(PersonRow)),
}
