"""The tables. Importing this package registers them all with :class:`Base`."""

from bot.storage.models.attachments import AttachmentRow
from bot.storage.models.base import Base, label
from bot.storage.models.cases import CaseRow
from bot.storage.models.conversations import AnswerRow, ConversationRow, TranscriptRow
from bot.storage.models.fires import FireRow
from bot.storage.models.inbox import InboxRow
from bot.storage.models.outbox import OutboxRow
from bot.storage.models.people import AddressRow, ConsentRow, PersonRow
from bot.storage.models.records import KeyCheckRow, ReceiptRow, ReleaseRow

__all__ = [
    "AddressRow",
    "AnswerRow",
    "AttachmentRow",
    "Base",
    "CaseRow",
    "ConsentRow",
    "ConversationRow",
    "FireRow",
    "InboxRow",
    "KeyCheckRow",
    "OutboxRow",
    "PersonRow",
    "ReceiptRow",
    "ReleaseRow",
    "TranscriptRow",
    "label",
]
