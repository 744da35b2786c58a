"""The engine's actions: what a system flow may do besides talking. The write path carries each of them out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.flows import phrases
from bot.flows.cv import THIN_SLOT, cv_card, cv_document, cv_sections, missing_parts
from bot.flows.events import (
    CaseOpened,
    ConsentChanged,
    DataWanted,
    EraseWanted,
    FollowUpWanted,
    MessagesResumed,
    MessagesStopped,
)
from bot.flows.plan import Plan, make_plan
from bot.flows.plan.showing import plan_card, plan_document
from bot.flows.run import Run
from bot.flows.speaking import speak
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
    speak(run, wanted)
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


def plan_for(run: Run) -> Plan:
    """The plan as the answers stand now."""
    state = run.state
    return make_plan(run.flows.plan.values(), state.slots, state.finished, state.cards, run.world.today)


def _send_plan(run: Run, _frame: Frame) -> None:
    plan, language = plan_for(run), run.state.language
    if not plan:
        run.phrase(phrases.PLAN_EMPTY)
        return
    run.say(plan_card(plan, run.flows, run.renderer(), language), "card")
    run.emit(plan_document(plan, run.flows, run.renderer(), language))
    tr = run.renderer().tr
    opened = dict.fromkeys(step.flow for step in plan.steps if step.flow)
    run.closing = tuple((tr(run.flows.flows[flow].name), f"r|{flow}") for flow in opened)


def _look_at_cv(run: Run, _frame: Frame) -> None:
    missing = missing_parts(run.flows, run.state.slots)
    run.set_slot(THIN_SLOT, bool(missing))
    if missing:
        renderer = run.renderer()
        run.phrase(phrases.CV_MISSING, "say", parts=", ".join(renderer.tr(part) for part in missing))


def _send_cv(run: Run, _frame: Frame) -> None:
    sections = cv_sections(run.flows, run.state.slots, run.renderer())
    if not sections:
        run.phrase(phrases.CV_EMPTY)
        return
    run.say(cv_card(sections, run.state.slots, run.renderer()), "private_card")
    run.emit(cv_document(sections, run.state.slots, run.renderer(), run.state.language))


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
    "action_send_plan": _send_plan,
    "action_look_at_cv": _look_at_cv,
    "action_send_cv": _send_cv,
}
