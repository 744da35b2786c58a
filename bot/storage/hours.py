"""The hours in which the service may write to someone who did not write first."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Bogota")
OPENS, CLOSES = time(8), time(20)


def are_open(moment: datetime) -> bool:
    """Whether a check-in may be sent at this moment."""
    return OPENS <= moment.astimezone(ZONE).time() < CLOSES


def next_opening(moment: datetime) -> datetime:
    """The next moment the hours begin, in UTC; for a moment outside of them."""
    local = moment.astimezone(ZONE)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, ZONE).astimezone(UTC)
