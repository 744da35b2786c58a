"""Versions of the flows, kept so that people finish on the one they began."""

from __future__ import annotations

import zlib
from datetime import datetime

from sqlalchemy import select

from bot.storage.models import ReleaseRow
from bot.storage.work import Work


def save(work: Work, fingerprint: str, content: str, now: datetime) -> None:
    """Keep a release; one that is there stays as it is."""
    packed = zlib.compress(content.encode(), level=9)
    work.insert_new(ReleaseRow, {"fingerprint": fingerprint, "content": packed, "saved_at": now})


def load(work: Work, fingerprint: str) -> str | None:
    """The content of a release, or None."""
    packed = work.session.scalar(select(ReleaseRow.content).where(ReleaseRow.fingerprint == fingerprint))
    return None if packed is None else zlib.decompress(packed).decode()
