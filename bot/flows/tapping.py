"""Tapped buttons, deep links and check-ins: what comes in without words."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.answering import Answer, accept
from bot.flows.asking import ask, options_of
from bot.flows.correcting import change_slot, may_change
from bot.flows.globals import GlobalWord
from bot.flows.greeting import greet, remind, say_goodbye
from bot.flows.run import Run, in_crisis
from bot.flows.speaking import answer_offer
from bot.flows.steering import ask_anew, begin, digress, restart, restart_from_menu, resume, steer
from bot.flows.taps import read_tap, step_key
from bot.flows.values import is_known

DEEP_LINK = "route_"


def tap_button(run: Run, payload: str) -> None:
    tap = read_tap(payload)
    choice, waiting = run.state.choice, run.question()
    run.update(choice=None)
    if tap is None or (tap.kind == "c" and not may_change(run, tap.value)):
        _stale(run)
    elif tap.kind == "g":
        steer(run, GlobalWord(tap.value)) if tap.value in run.flows.words.labels.get("es", {}) else _stale(run)
    elif tap.kind == "r":
        _start_route(run, tap.value, from_menu=choice is None or choice.id != "meaning")
    elif tap.kind == "c":
        change_slot(run, run.flows.slots[tap.value])
    elif tap.kind == "l":
        answer_offer(run, tap.value)
        ask_anew(run)
    elif tap.kind == "b":
        {"restart": restart, "bye": say_goodbye}.get(tap.value, resume)(run)
    elif (
        waiting is None
        or tap.release != run.flows.fingerprint[:6]
        or tap.key != step_key(waiting[0].flow, waiting[0].step)
    ):
        _stale(run)
    elif tap.kind == "p":
        accept(run, Answer(page=int(tap.value)))
    elif tap.kind == "v":
        known = is_known(run.flows.slots[waiting[2].slot].type, tap.value)
        accept(run, Answer(tap.value)) if known else _stale(run)
    elif tap.kind == "s":
        accept(run, Answer(skip=True)) if waiting[2].optional else _stale(run)
    else:
        options = options_of(run.flows.slots[waiting[2].slot], waiting[2])
        index = int(tap.value)
        accept(run, Answer(options[index].value)) if index < len(options) else _stale(run)


def _stale(run: Run) -> None:
    renderer = run.renderer()
    if run.question() is not None:
        ask(run, lead=renderer.tr(phrases.STALE_TAP))
    else:
        ask_anew(run, renderer.tr(phrases.STALE_TAP_IDLE))


def _start_route(run: Run, flow_id: str, *, from_menu: bool) -> None:
    flow = run.flows.flows.get(flow_id)
    if flow is None or (flow.kind in ("crisis", "system") and flow_id not in ("language", "handoff")):
        _stale(run)
    elif from_menu:
        restart_from_menu(run, flow)
    else:
        digress(run, flow)


def open_link(run: Run, payload: str) -> None:
    flow = run.flows.flows.get(payload.removeprefix(DEEP_LINK)) if payload.startswith(DEEP_LINK) else None
    run.update(paused=False, choice=None)
    if flow is not None and flow.kind in ("route", "answer"):
        digress(run, flow)
    else:
        greet(run)


def check_in(run: Run, flow_id: str) -> None:
    flow = run.flows.flows.get(flow_id)
    if run.state.stopped or flow is None:
        if flow_id == "reminder" and not run.state.stopped:
            run.update(paused=False)
            remind(run)
        return
    if in_crisis(run):  # never interrupted: the check-in comes when everything else has ended
        run.update(later=(*(name for name in run.state.later if name != flow.id), flow.id))
        return
    run.update(paused=False)
    begin(run, flow, "digression" if run.state.stack else "start")
