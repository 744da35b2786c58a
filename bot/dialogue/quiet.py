"""Makes Rasa quiet before it is imported: no telemetry, no start-up noise, and nothing people write in its logs.

Rasa 3.6 logs a person's text, entities and slots (``processor.message.parse``, ``processor.slots.log``, the policies'
states) through structlog at DEBUG. Without a configuration structlog prints DEBUG, and its default traceback shows
local variables, so the guard here does not depend on how logging was set up: it looks at who is calling.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

import structlog
from structlog.typing import EventDict

_ENVIRONMENT: Final = {
    "RASA_TELEMETRY_ENABLED": "false",  # also keeps Rasa from starting Sentry (rasa.telemetry)
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
}
# Threads of the encoder beside TensorFlow's cost 100 to 490 ms a message instead of 20; an operator may know better.
_ENVIRONMENT_IF_UNSET: Final = {"OMP_NUM_THREADS": "1", "LOG_LEVEL": "WARNING", "LOG_LEVEL_LIBRARIES": "ERROR"}

_LOUD: Final = ("rasa", "rasa_sdk", "tensorflow", "matplotlib", "apscheduler", "sanic", "h5py")
_KEPT: Final = frozenset({"event", "event_info", "level", "timestamp", "logger", "action_name", "placeholder_key"})
_WARNING_METHODS: Final = frozenset({"warning", "warn", "error", "err", "exception", "critical", "fatal"})

_EXPECTED_WARNINGS: Final[tuple[tuple[str, type[Warning]], ...]] = (
    # Our extractor reads word lists and is not trained; annotated entities are there for its tests.
    (".*training data consisting of entity examples", UserWarning),
    (".*pkg_resources is deprecated", UserWarning),
    (".*missing a unique value for the 'assistant_id'", UserWarning),
)

RecordFactory = Callable[..., logging.LogRecord]


def silence_rasa() -> None:
    """Sets environment, warnings and logging so that Rasa says only warnings, and those without message text.

    Call it before anything imports ``rasa``, and after the service has configured structlog: a later
    ``structlog.configure`` must keep :func:`guard_rasa_event` as its first processor. Calling it again is harmless.
    """
    os.environ.update(_ENVIRONMENT)
    for name, value in _ENVIRONMENT_IF_UNSET.items():
        os.environ.setdefault(name, value)
    for message, category in _EXPECTED_WARNINGS:
        warnings.filterwarnings("ignore", message=message, category=category)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    _hide_deprecations_of_libraries()
    _guard_stdlib_records()
    _guard_structlog()


def guard_rasa_event(_logger: Any, method_name: str, event: EventDict) -> EventDict:
    """The structlog processor: drops Rasa's events below WARNING and strips the others to keys without text.

    An exception is reduced to its type and place, because its message may hold values of a failed statement.
    Events of other callers pass untouched.
    """
    if not _is_rasa(_calling_module()):
        return event
    if method_name not in _WARNING_METHODS:
        raise structlog.DropEvent
    kept = {key: value for key, value in event.items() if key in _KEPT}
    if event.get("exc_info"):
        kept["error"] = _where(event["exc_info"])
    return kept


def _hide_deprecations_of_libraries() -> None:
    # Not by a filter: libraries that Rasa imports put their own filters in front of ours.
    previous = warnings.showwarning
    if getattr(previous, "hides_deprecations", False):
        return

    def shown(message: Warning | str, category: type[Warning], filename: str, *args: Any, **kwargs: Any) -> None:
        outdated = issubclass(category, DeprecationWarning | PendingDeprecationWarning)
        if not (outdated and ("site-packages" in filename or filename.startswith("<frozen"))):
            previous(message, category, filename, *args, **kwargs)

    shown.hides_deprecations = True  # type: ignore[attr-defined]
    warnings.showwarning = shown


def _guard_structlog() -> None:
    current = list(structlog.get_config()["processors"])
    if guard_rasa_event not in current:
        structlog.configure(processors=[guard_rasa_event, *current])


def _guard_stdlib_records() -> None:
    previous = logging.getLogRecordFactory()
    if getattr(previous, "guards_rasa", False):
        return

    def without_values(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = previous(*args, **kwargs)
        if _is_rasa(record.name) and record.exc_info:
            record.msg = f"{record.getMessage()} ({_where(record.exc_info)})"
            record.args = ()
            record.exc_info = None
        return record

    without_values.guards_rasa = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(without_values)


def _is_rasa(module: str) -> bool:
    return module == "rasa" or module.startswith(("rasa.", "rasa_sdk"))


def _calling_module() -> str:
    """The module outside structlog and logging that made the call, "" when there is none."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name != __name__ and name.split(".")[0] not in {"structlog", "logging"}:
            return name
        frame = frame.f_back
    return ""


def _where(exc_info: Any) -> str:
    """``ValueError at processor.py:12``: the exception's type and the innermost place, without its message."""
    if isinstance(exc_info, BaseException):
        error: BaseException | None = exc_info
    elif isinstance(exc_info, tuple):
        error = exc_info[1]
    else:
        error = sys.exc_info()[1]
    if error is None:
        return "unknown error"
    trace = error.__traceback__
    if trace is None:
        return type(error).__name__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{type(error).__name__} at {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"
