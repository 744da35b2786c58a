"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(200)
HASH = sa.String(64)
PERSON = sa.String(32)
TIME = sa.DateTime(timezone=True)
SEALED = sa.LargeBinary()


def _counted(table: str, *parts: sa.schema.SchemaItem) -> None:
    """A table with its own counted id, never given twice."""
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(
        table, sa.Column("id", BIG_ID, autoincrement=True, nullable=False), *parts, key, sqlite_autoincrement=True
    )


def _person(table: str, ondelete: str = "CASCADE") -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"fk_{table}_person_id", ondelete=ondelete)
    return [sa.Column("person_id", PERSON, nullable=ondelete == "SET NULL"), key]


def _address(table: str, ondelete: str = "CASCADE") -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=f"fk_{table}_address_id", ondelete=ondelete)
    return [sa.Column("address_id", BIG_ID, nullable=ondelete == "SET NULL"), key]


def _must(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _may(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    _people()
    _messages()
    _conversations()
    _fires_and_cases()
    _records()


def _people() -> None:
    op.create_table(
        "people",
        _must("id", PERSON),
        _must("created_at", TIME),
        _must("last_seen_at", TIME),
        _must("consent", CODE),
        _may("stopped_at", TIME),
        _may("leaving_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    _counted(
        "addresses",
        *_person("addresses"),
        _must("channel", CODE),
        _must("external_hash", HASH),
        _must("external_id", SEALED),
        _must("last_seen_at", TIME),
        _may("blocked_at", TIME),
        sa.UniqueConstraint("channel", "external_hash", name="uq_addresses_channel_external_hash"),
    )
    op.create_index("ix_addresses_person_id", "addresses", ["person_id"])
    _counted(
        "consents", *_person("consents"), _must("decision", CODE), _must("notice", CODE), _must("decided_at", TIME)
    )
    op.create_index("ix_consents_person_id", "consents", ["person_id"])


def _messages() -> None:
    _counted(
        "inbox",
        *_person("inbox", "SET NULL"),
        *_address("inbox", "SET NULL"),
        _may("fire_id", BIG_ID),
        _must("channel", CODE),
        _must("external_hash", HASH),
        _must("kind", CODE),
        _may("payload", SEALED),
        _must("received_at", TIME),
        _must("attempts", sa.Integer()),
        _must("error", CODE),
        _may("retry_at", TIME),
        _may("claim_token", CODE),
        _may("claimed_by", CODE),
        _may("claimed_until", TIME),
        _may("handled_at", TIME),
        _may("parked_at", TIME),
        sa.UniqueConstraint("channel", "external_hash", name="uq_inbox_channel_external_hash"),
    )
    op.create_index("ix_inbox_person_id", "inbox", ["person_id"])
    op.create_index("ix_inbox_address_id", "inbox", ["address_id"])
    op.create_index("ix_inbox_queue", "inbox", ["handled_at", "parked_at", "id"])
    op.create_index("ix_inbox_open", "inbox", ["person_id", "id"], **_where("handled_at IS NULL AND parked_at IS NULL"))
    _counted(
        "outbox",
        *_person("outbox"),
        *_address("outbox"),
        _must("channel", CODE),
        _must("turn", sa.Integer()),
        _must("position", sa.Integer()),
        _must("kind", CODE),
        _may("body", SEALED),
        _must("status", CODE),
        _must("attempts", sa.Integer()),
        _must("error", CODE),
        _may("provider_hash", HASH),
        _must("created_at", TIME),
        _may("not_before", TIME),
        _may("claimed_by", CODE),
        _may("claimed_until", TIME),
        _may("finished_at", TIME),
    )
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.create_index("ix_outbox_address_id_turn", "outbox", ["address_id", "turn"])
    op.create_index("ix_outbox_queue", "outbox", ["status", "id"])
    op.create_index("ix_outbox_order", "outbox", ["address_id", "status", "id"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        *_person("conversations"),
        _may("state", SEALED),
        _may("bundle", CODE),
        _must("language", CODE),
        _must("turn", sa.Integer()),
        _must("updated_at", TIME),
        sa.PrimaryKeyConstraint("person_id", name="pk_conversations"),
    )
    _counted(
        "answers",
        *_person("answers"),
        _must("slot", CODE),
        _must("value", SEALED),
        _must("flow", CODE),
        _must("step", CODE),
        _must("bundle", CODE),
        _must("answered_at", TIME),
        _may("superseded_at", TIME),
    )
    op.create_index("ix_answers_person_id", "answers", ["person_id"])
    current = _where("superseded_at IS NULL")
    op.create_index("uq_answers_current", "answers", ["person_id", "slot"], unique=True, **current)
    _counted(
        "transcript",
        *_person("transcript"),
        *_address("transcript"),
        _must("turn", sa.Integer()),
        _must("position", sa.Integer()),
        _must("direction", CODE),
        _must("kind", CODE),
        _must("body", SEALED),
        _must("said_at", TIME),
        sa.UniqueConstraint("address_id", "turn", "position", name="uq_transcript_address_id_turn_position"),
    )
    op.create_index("ix_transcript_person_id", "transcript", ["person_id"])


def _fires_and_cases() -> None:
    _counted(
        "fires",
        *_person("fires"),
        _must("flow", CODE),
        _must("key", CODE),
        _must("wanted_at", TIME),
        _must("due_at", TIME),
        _must("status", CODE),
        _must("reason", CODE),
        _must("created_at", TIME),
        _may("closed_at", TIME),
    )
    op.create_index("ix_fires_person_id", "fires", ["person_id"])
    pending = _where("status = 'pending'")
    op.create_index("ix_fires_due", "fires", ["due_at"], **pending)
    op.create_index("uq_fires_pending", "fires", ["person_id", "flow", "key"], unique=True, **pending)
    _counted(
        "cases",
        *_person("cases"),
        _must("channel", CODE),
        _must("kind", CODE),
        _must("reason", SEALED),
        _must("urgent", sa.Boolean()),
        _must("opened_at", TIME),
        _may("closed_at", TIME),
    )
    op.create_index("ix_cases_person_id", "cases", ["person_id"])
    op.create_index("ix_cases_closed_at_urgent_id", "cases", ["closed_at", "urgent", "id"])


def _records() -> None:
    op.create_table(
        "releases",
        _must("fingerprint", CODE),
        _must("content", sa.LargeBinary()),
        _must("saved_at", TIME),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_releases"),
    )
    op.create_table(
        "receipts",
        _must("id", CODE),
        _must("erased_at", TIME),
        _must("counts", sa.String()),
        _must("signature", HASH),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
    )
    op.create_table(
        "key_checks",
        _must("id", CODE),
        _must("proof", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_key_checks"),
    )
