"""Legal holds: a case that must be kept although the person has everything erased, and why.

A hold keeps the case's row and the bare id it hangs on. Address, answers, transcript and messages go all the same, so
nobody can find the person by it. Releasing the hold completes the erasure.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, select, update

from bot.storage import people
from bot.storage.contract import HeldCase
from bot.storage.errors import CaseUnknown
from bot.storage.models import AddressRow, CaseRow, PersonRow
from bot.storage.work import Work


def hold(work: Work, case_id: int, why: str, now: datetime) -> None:
    """Hold a case; a second reason takes the first one's place. Raises CaseUnknown."""
    _locked(work, case_id)
    held = {"held_at": now, "held_why": work.seal(CaseRow.held_why, why)}
    work.change(update(CaseRow).where(CaseRow.id == case_id).values(held))


def release(work: Work, case_id: int) -> None:
    """End a hold. The case of somebody who was erased meanwhile goes at once. Raises CaseUnknown."""
    person_id = _locked(work, case_id)
    work.change(update(CaseRow).where(CaseRow.id == case_id).values(held_at=None, held_why=None))
    if work.session.scalar(select(AddressRow.id).where(AddressRow.person_id == person_id).limit(1)) is None:
        work.change(delete(CaseRow).where(CaseRow.id == case_id))
        work.change(delete(PersonRow).where(PersonRow.id == person_id, ~keeps(PersonRow.id)))


def of(work: Work, person_id: str) -> list[HeldCase]:
    """The held cases of a person, oldest first."""
    query = select(CaseRow).where(CaseRow.person_id == person_id, CaseRow.held_at.is_not(None)).order_by(CaseRow.id)
    return [HeldCase(row.id, _why(work, row)) for row in work.session.scalars(query)]


def keeps(person_id: Any) -> ColumnElement[bool]:
    """Whether a hold keeps the row of a person."""
    condition: ColumnElement[bool] = exists().where(CaseRow.person_id == person_id, CaseRow.held_at.is_not(None))
    return condition


def _locked(work: Work, case_id: int) -> str:
    """The person of a case, locked: an erasure under way ends first."""
    person_id = work.session.scalar(select(CaseRow.person_id).where(CaseRow.id == case_id))
    if person_id is None or people.lock(work, person_id) is None:
        raise CaseUnknown(f"there is no case {case_id}")
    if work.session.scalar(select(CaseRow.id).where(CaseRow.id == case_id)) is None:
        raise CaseUnknown(f"case {case_id} was erased a moment ago")
    return person_id


def _why(work: Work, row: CaseRow) -> str:
    return str(work.open(CaseRow.held_why, row.held_why)) if row.held_why is not None else ""
