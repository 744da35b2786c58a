"""``pytest --rewrite-conversations`` writes what the bot says now into the golden conversations."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Imported by the conftest above, so that the option is known from wherever pytest is started."""
    parser.addoption(
        "--rewrite-conversations",
        action="store_true",
        help="write the replies of today's flows into tests/conversations/*.yml; read the diff before you commit it",
    )
