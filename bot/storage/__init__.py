"""Storage: the database, its encryption, and the one path by which everything is written."""

from bot.storage.contract import (
    AnswerChange,
    Case,
    Claim,
    ConsentChange,
    ConsentStatus,
    Conversation,
    Decision,
    HeldCase,
    Line,
    NewCase,
    NewFire,
    NewMessage,
    Receipt,
    TurnRecord,
)
from bot.storage.database import open_database, upgrade
from bot.storage.errors import (
    AttachmentRefused,
    AttachmentTooLarge,
    DatabaseAway,
    PersonGone,
    StaleClaim,
    StorageError,
)
from bot.storage.keyfile import ensure_local_keys
from bot.storage.opening import open_store
from bot.storage.store import Store
from bot.storage.vault import Vault

__all__ = [
    "AnswerChange",
    "AttachmentRefused",
    "AttachmentTooLarge",
    "Case",
    "Claim",
    "ConsentChange",
    "ConsentStatus",
    "Conversation",
    "DatabaseAway",
    "Decision",
    "HeldCase",
    "Line",
    "NewCase",
    "NewFire",
    "NewMessage",
    "PersonGone",
    "Receipt",
    "StaleClaim",
    "StorageError",
    "Store",
    "TurnRecord",
    "Vault",
    "ensure_local_keys",
    "open_database",
    "open_store",
    "upgrade",
]
