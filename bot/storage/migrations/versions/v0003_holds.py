"""Cases that the law wants kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("cases", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cases", sa.Column("held_why", sa.LargeBinary(), nullable=True))
