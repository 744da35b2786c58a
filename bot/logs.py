"""Logging: structured, to standard error, for people (console) or machines (JSON); never what people write.

Only ids, codes and numbers are logged. Values of the keys that could hold a person's words or address are cut by a
processor of last resort, so that a careless call shows ``[redacted]`` and not a life.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL = frozenset(
    {
        "text",
        "message",
        "body",
        "payload",
        "name",
        "phone",
        "address",
        "external_id",
        "answer",
        "value",
        "slots",
        "said",
    }
)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut the values of personal keys."""
    for key in PERSONAL & event.keys():
        event[key] = "[redacted]"
    return event


def configure_logging(style: str = "console", level: str = "INFO") -> None:
    """Configure structlog and the standard library's logging. Call before Rasa is imported."""
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    numeric = logging.getLevelName(level.upper())
    structlog.configure(
        processors=[
            redact,
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.EventRenamer("event"),
            _types_only,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(numeric if isinstance(numeric, int) else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True
    )
    # httpx and the Telegram library log whole addresses, which carry the bot's token.
    for name in ("httpx", "httpcore", "telegram", "apscheduler"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _types_only(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception is logged by its type: its message and its frames may hold what a person wrote."""
    info = event.pop("exc_info", None)
    if info:
        error = info if isinstance(info, BaseException) else sys.exc_info()[1]
        event["error"] = type(error).__name__
    return event
