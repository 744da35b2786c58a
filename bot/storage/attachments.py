"""Files that go with messages: checked, sealed, stored with the turn that made them, and gone a day after sending."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import insert, select

from bot.messages import Address, Attachment
from bot.storage import bodies, people
from bot.storage.errors import AttachmentRefused, AttachmentTooLarge
from bot.storage.models import AddressRow, AttachmentRow, OutboxRow, label
from bot.storage.work import Work

MOST_BYTES = 512 * 1024
"""A page of ours has some tens of kilobytes; people pay for each, and the database holds them all."""
MEDIA_TYPES = {"application/pdf": ".pdf", "application/json": ".json"}
"""What is stored, with the ending of its name: pages of ours, and a person's own data."""
_MOST_TURNS = 2**31 - 1
"""PostgreSQL refuses to compare an INTEGER with more."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,5}\.[a-z]+")
_LABEL = label(AttachmentRow.content)


def check(attachment: Attachment) -> None:
    """Raises AttachmentTooLarge or AttachmentRefused; neither tells the content."""
    if len(attachment.content) > MOST_BYTES:
        raise AttachmentTooLarge(f"{len(attachment.content)} bytes, at most {MOST_BYTES} are stored")
    if attachment.media_type not in MEDIA_TYPES or not attachment.content:
        raise AttachmentRefused("only a PDF page or a person's own data are stored")
    if not (_NAME.fullmatch(attachment.name) and attachment.name.endswith(MEDIA_TYPES[attachment.media_type])):
        raise AttachmentRefused("a file's name is lower-case words joined by dashes, with the ending of its type")


def put(work: Work, person_id: str, outbox_id: int, attachment: Attachment, now: datetime) -> None:
    """Store the file of an outgoing message."""
    work.change(
        insert(AttachmentRow).values(
            person_id=person_id,
            outbox_id=outbox_id,
            name=attachment.name,
            media_type=attachment.media_type,
            content=work.vault.seal(_LABEL, attachment.content),
            created_at=now,
        )
    )


def of_message(work: Work, outbox_id: int) -> Attachment | None:
    """The file of an outgoing message, or None. Raises Unreadable."""
    row = work.session.scalar(select(AttachmentRow).where(AttachmentRow.outbox_id == outbox_id))
    return _opened(work, row) if row else None


def of_line(work: Work, address: Address, line_id: int) -> Attachment | None:
    """The file of a line of that address's conversation; None where there is none, or it is somebody else's."""
    turn, position = divmod(line_id, bodies.LINES_A_TURN)
    if not 0 <= turn <= _MOST_TURNS:
        return None
    query = (
        select(AttachmentRow)
        .join(OutboxRow, OutboxRow.id == AttachmentRow.outbox_id)
        .join(AddressRow, AddressRow.id == OutboxRow.address_id)
        .where(
            AddressRow.channel == address.channel,
            AddressRow.external_hash == people.address_hash(work, address),
            OutboxRow.turn == turn,
            OutboxRow.position == position,
        )
    )
    row = work.session.scalar(query)
    return _opened(work, row) if row else None


def names(work: Work, address_id: int) -> dict[int, str]:
    """The names of the files that an address can still have, by line id."""
    query = (
        select(OutboxRow.turn, OutboxRow.position, AttachmentRow.name)
        .join(AttachmentRow, AttachmentRow.outbox_id == OutboxRow.id)
        .where(OutboxRow.address_id == address_id)
    )
    return {bodies.line_id(turn, position): name for turn, position, name in work.session.execute(query)}


def _opened(work: Work, row: AttachmentRow) -> Attachment:
    return Attachment(row.name, row.media_type, work.vault.open(_LABEL, row.content))
