"""Nothing that people write comes out of Rasa's logs, however logging is set up."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.testing import CapturingLogger

from bot.dialogue.quiet import guard_rasa_event, silence_rasa

SECRET = "soy Rosalba Quintero y tengo miedo"


@pytest.fixture
def events() -> Iterator[CapturingLogger]:
    """structlog configured by somebody who knows nothing of Rasa, then silenced."""
    before = structlog.get_config()
    capturing = CapturingLogger()
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer()],
        wrapper_class=structlog.BoundLogger,
        logger_factory=lambda *_: capturing,
        cache_logger_on_first_use=False,
    )
    silence_rasa()
    yield capturing
    structlog.configure(**before)


def called_in(module: str, code: str) -> None:
    """Runs a line as if it stood in that module."""
    names: dict[str, Any] = {"__name__": module, "log": structlog.get_logger(), "text": SECRET}
    exec(code, names)


def test_rasas_debug_and_info_events_are_dropped(events: CapturingLogger) -> None:
    called_in("rasa.core.processor", "log.debug('processor.message.parse', parse_data_text=text)")
    called_in("rasa.core.processor", "log.info('processor.slots.log', slot_values=text)")
    assert events.calls == []


def test_a_warning_of_rasa_comes_without_the_text(events: CapturingLogger) -> None:
    called_in("rasa.core.nlg.interpolator", "log.warning('interpolator.text', response=text, placeholder_key='name')")
    [call] = events.calls
    assert "interpolator.text" in str(call)
    assert "name" in str(call)
    assert SECRET not in str(call)


def test_an_exception_of_rasa_is_reduced_to_type_and_place(events: CapturingLogger) -> None:
    code = "try:\n    raise ValueError(text)\nexcept ValueError:\n    log.exception('failed', exc_info=True)"
    called_in("rasa.core.processor", code)
    [call] = events.calls
    assert "ValueError at" in str(call)
    assert SECRET not in str(call)


def test_our_own_events_pass_untouched(events: CapturingLogger) -> None:
    called_in("bot.dialogue.worker", "log.debug('worker.turn', turn=7)")
    [call] = events.calls
    assert "turn=7" in str(call)


def test_stdlib_records_of_rasa_carry_no_exception_text(caplog: pytest.LogCaptureFixture) -> None:
    silence_rasa()
    try:
        raise RuntimeError(SECRET)
    except RuntimeError:
        logging.getLogger("rasa.core.processor").exception("action failed")
    assert "action failed (RuntimeError at test_quiet.py" in caplog.text
    assert SECRET not in caplog.text


def test_rasas_debug_records_do_not_reach_any_handler(caplog: pytest.LogCaptureFixture) -> None:
    silence_rasa()
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("rasa.core.agent").debug(SECRET)
    assert SECRET not in caplog.text


def test_telemetry_is_off_whatever_the_shell_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    silence_rasa()
    import rasa.telemetry

    assert not rasa.telemetry.is_telemetry_enabled()


def test_an_operators_thread_count_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    silence_rasa()
    assert os.environ["OMP_NUM_THREADS"] == "2"


def test_silencing_twice_guards_once() -> None:
    silence_rasa()
    silence_rasa()
    assert structlog.get_config()["processors"].count(guard_rasa_event) == 1


def test_deprecations_of_libraries_stay_hidden_and_ours_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(warnings, "showwarning", lambda message, *_args, **_more: shown.append(str(message)))
    silence_rasa()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn_explicit("old way", DeprecationWarning, "/x/site-packages/lib.py", 1)
        warnings.warn_explicit("a real problem", UserWarning, "/x/site-packages/lib.py", 2)
        warnings.warn_explicit("our old way", DeprecationWarning, "/work/bot/x.py", 3)
    assert shown == ["a real problem", "our old way"]
