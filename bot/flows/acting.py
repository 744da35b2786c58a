"""The engine's actions: what a system flow may do besides talking. The write path carries each of them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.flows import phrases
from bot.flows.events import (
    CaseOpened,
    ConsentChanged,
    DataWanted,
    EraseWanted,
    FollowUpWanted,
    LanguageChanged,
    MessagesResumed,
    MessagesStopped,
)
from bot.flows.run import Run
from bot.flows.state import Frame, State

REMIND_DAYS = {"tomorrow": 1, "three_days": 3, "week": 7}
REMINDER_FLOW = "reminder"


def act(run: Run, action: str, frame: Frame) -> None:
    """Carry out one action by name; the loader has checked that it exists."""
    _ACTIONS[action](run, frame)


def _give_consent(run: Run, _frame: Frame) -> None:
    run.update(consent="given")
    run.emit(ConsentChanged("given"))


def _refuse_consent(run: Run, _frame: Frame) -> None:
    run.update(consent="refused")
    run.emit(ConsentChanged("refused"))


def _set_language(run: Run, _frame: Frame) -> None:
    wanted = str(run.state.slots.get("language") or "es")
    if wanted not in run.world.languages:
        run.phrase(phrases.LANGUAGE_NOT_YET)
        return
    run.update(language=wanted)
    run.emit(LanguageChanged(wanted))
    run.phrase(phrases.LANGUAGE_SET)


def _stop_messages(run: Run, _frame: Frame) -> None:
    run.update(stopped=True, paused=True)
    run.emit(MessagesStopped())


def _export_data(run: Run, _frame: Frame) -> None:
    run.emit(DataWanted())


def _erase_data(run: Run, _frame: Frame) -> None:
    run.emit(EraseWanted())
    run.state = State(release=run.state.release, language=run.state.language)
    run.before = run.state
    run.phrase(phrases.ERASE_DONE)


def _handoff(run: Run, frame: Frame) -> None:
    if run.state.handed_off:
        run.phrase(phrases.HANDOFF_ALREADY)
        return
    run.update(handed_off=True)
    below = run.state.stack[-2] if len(run.state.stack) > 1 else frame
    run.emit(CaseOpened("handoff", f"{below.flow}/{below.step}"))
    run.phrase(phrases.HANDOFF_DONE)


def _urgent_case(run: Run, frame: Frame) -> None:
    run.emit(CaseOpened("crisis", frame.flow, urgent=True))


def _remind_later(run: Run, _frame: Frame) -> None:
    when = str(run.state.slots.get("remind_when") or "")
    run.update(paused=True)
    if when not in REMIND_DAYS:
        run.phrase(phrases.LATER_DONE)
    elif run.state.consent != "given":
        run.phrase(phrases.REMINDER_NEEDS_CONSENT)
    else:
        if run.state.stopped:  # asking for a message is how "stop" is taken back; merely writing is not
            run.update(stopped=False)
            run.emit(MessagesResumed())
        run.emit(FollowUpWanted(REMINDER_FLOW, REMIND_DAYS[when], REMINDER_FLOW))
        said = run.renderer().tr(phrases.REMINDER_WHEN[when])
        run.phrase(phrases.REMINDER_SET, when=said, stop=run.label("stop"))


def _forget_route(run: Run, _frame: Frame) -> None:
    run.update(slots={}, trail=(), replay={}, cards=(), finished=())


_ACTIONS: Mapping[str, Callable[[Run, Frame], None]] = {
    "action_give_consent": _give_consent,
    "action_refuse_consent": _refuse_consent,
    "action_set_language": _set_language,
    "action_stop_messages": _stop_messages,
    "action_export_data": _export_data,
    "action_erase_data": _erase_data,
    "action_handoff": _handoff,
    "action_urgent_case": _urgent_case,
    "action_remind_later": _remind_later,
    "action_forget_route": _forget_route,
}
