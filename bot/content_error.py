"""What every error of a content file has in common, so that each command tells it without knowing the room."""

from __future__ import annotations


class ContentError(Exception):
    """A file of flows, facts or translations cannot be read; ``str()`` names file, line, fault and how to mend it."""
