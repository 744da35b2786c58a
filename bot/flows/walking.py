"""Walking a flow from step to step until a question waits or everything has ended."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.acting import act
from bot.flows.asking import ask, known_line, options_of, recap
from bot.flows.errors import EngineError
from bot.flows.events import CardShown, FollowUpWanted, Referred
from bot.flows.folding import begin_sentence
from bot.flows.model import END, Collect, Slot, Step, Value
from bot.flows.render import render_card
from bot.flows.run import Run
from bot.flows.state import Frame

CLOSING_KINDS = ("route", "answer", "check_in")
SHOWN_CARDS = 12


def walk(run: Run, *, ended: str = "") -> None:
    """Run steps until a question is asked or the stack is empty. ``ended``: the kind of a flow that just ended."""
    ended_kind = ended
    if run.state.paused and ended:
        return
    while run.state.stack:
        frame = run.state.stack[-1]
        run.reach(frame)
        step = run.step(frame)
        if step.collect is not None:
            if _passes(run, frame, step.collect):
                ended_kind = leave_step(run)
                continue
            ask(run, lead=recap(run) if ended_kind and frame.asked else "")
            return
        ended_kind = _work(run, frame, step)
        if run.state.paused and ended_kind:
            return
    _all_ended(run, ended_kind)


def leave_step(run: Run) -> str:
    """Go where ``next`` leads. Returns the kind of the flow that ended last on the way, or an empty text."""
    ended = ""
    while run.state.stack:
        frame = run.state.stack[-1]
        target = END if frame.only else _target(run, run.step(frame))
        if target != END:
            run.replace_top(step=target, tries=0, page=0, asked=False)
            return ended
        ended = run.flow(frame).kind
        run.pop()
        if ended == "route" and not frame.only:
            run.update(finished=(*(f for f in run.state.finished if f != frame.flow), frame.flow))
        if frame.entry != "call":
            return ended
    return ended


def _target(run: Run, step: Step) -> str:
    for branch in step.next:
        if branch.condition is None or branch.condition.holds(run.state.slots, run.world.today):
            return branch.target
    raise EngineError("unknown_step", f"no branch of {step.id} holds")


def _passes(run: Run, frame: Frame, collect: Collect) -> bool:
    """Whether the question needs no asking: it was answered before a correction, or in another route."""
    slot = run.flows.slots[collect.slot]
    if collect.slot in run.state.replay:  # asked or not: a correction may have led back below an open question
        value = run.state.replay[collect.slot]
        run.forget_replay(collect.slot)
        skipped = value is None
        if not (collect.optional if skipped else _fits(run, slot, collect, value)):
            return False
        run.replace_top(asked=True)
        run.mark(run.state.stack[-1], collect.slot, skipped=skipped)
        run.set_slot(collect.slot, value)
        return True
    value = run.state.slots.get(collect.slot)
    if frame.asked or value is None or collect.ask_before_filling or frame.only:
        return False
    if not _fits(run, slot, collect, value):
        return False
    if not (slot.transient or slot.sensitive) and all(mark.slot != collect.slot for mark in run.state.trail):
        run.known.append((slot, value))
    return True


def _fits(run: Run, slot: Slot, collect: Collect, value: Value) -> bool:
    """Whether an answer from elsewhere could have been given to this question."""
    options = options_of(slot, collect)
    return (not options or value in [option.value for option in options]) and refusal(run, collect, value) is None


def refusal(run: Run, collect: Collect, value: Value) -> str | None:
    """What is said where an answer is understood but cannot be; None where it can."""
    slots = {**run.state.slots, collect.slot: value}
    return next((r.say for r in collect.rejections if r.condition.holds(slots, run.world.today)), None)


def _work(run: Run, frame: Frame, step: Step) -> str:
    """Do what a step does that asks nothing, and go on. Returns the kind of a flow that ended on the way."""
    if step.call:
        run.push(run.flows.flows[step.call], "call")
        return ""
    if step.link:
        run.pop()
        if any(below.flow == step.link for below in run.state.stack):  # it waits below: go on there, not once more
            return run.flow(frame).kind
        run.push(run.flows.flows[step.link], frame.entry)
        return ""
    for name, value in step.set_slots:
        run.set_by_step(name, value)
    if step.action:
        act(run, step.action, frame)
        if not run.state.stack:  # the person was erased: there is nothing to go on with
            return ""
    _speak(run, frame, step)
    return leave_step(run)


def _speak(run: Run, frame: Frame, step: Step) -> None:
    crisis = run.flow(frame).kind == "crisis"
    run.say(known_line(run), "note")
    if step.say:
        renderer = run.renderer()
        run.say(renderer.finish(renderer.text(step.say)), "crisis" if crisis else "say")
    if step.card:
        run.say(render_card(run.flows.cards[step.card], run.renderer()), "card")
        run.emit(CardShown(step.card))
        run.update(cards=(*(card for card in run.state.cards if card != step.card), step.card)[-SHOWN_CARDS:])
    if step.refer:
        partner = run.flows.partners[step.refer]
        renderer = run.renderer()
        url = run.world.facts.get(partner.url_fact).confirm_at.url
        run.say(begin_sentence(renderer.phrase(phrases.REFER, partner=renderer.tr(partner.name), url=url)), "note")
        run.emit(Referred(step.refer))
    # That somebody is to be asked again is itself kept data, and who said stop has not taken it back.
    if step.follow_up and run.state.consent == "given" and not run.state.stopped:
        follow_up = run.flows.follow_ups[step.follow_up]
        run.emit(FollowUpWanted(follow_up.flow, follow_up.after_days, follow_up.id))


def _all_ended(run: Run, ended_kind: str) -> None:
    """Nothing runs any more: take up what waits, or close."""
    if run.state.later:
        first, *rest = run.state.later
        run.update(later=tuple(rest))
        if ended_kind in CLOSING_KINDS:
            run.phrase(phrases.AND_NOW, flow=run.renderer().tr(run.flows.flows[first].name))
        run.push(run.flows.flows[first], "start")
        walk(run)
    elif run.closing:
        tr = run.renderer().tr
        run.choose("plan", tr(phrases.PLAN_OPEN), [*run.closing, (tr(phrases.MENU_BUTTON), "g|menu")])
    elif ended_kind in CLOSING_KINDS:
        offer_more(run)
    elif ended_kind and not run.state.paused:
        show_menu(run)


def offer_more(run: Run) -> None:
    """The closing question, after a route has ended."""
    tr = run.renderer().tr
    options = [
        (tr(phrases.MENU_BUTTON), "g|menu"),
        (tr(phrases.PERSON_BUTTON), "g|person"),
        (tr(phrases.SUMMARY_BUTTON), "g|summary"),
    ]
    run.choose("closing", tr(phrases.CLOSING), options)


def show_menu(run: Run) -> None:
    """The main menu; with the way back where a route is open."""
    renderer = run.renderer()
    options = [(renderer.tr(flow.name), f"r|{flow.id}") for flow in run.flows.menu()]
    if run.state.stack:
        options.append((renderer.tr(phrases.RESUME_BUTTON), "b|resume"))
    run.choose("menu", renderer.tr(phrases.MENU), options)
