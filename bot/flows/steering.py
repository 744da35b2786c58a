"""What the global words do. Each works at every question, in every language, and never loses an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.flows import phrases
from bot.flows.acting import plan_for
from bot.flows.asking import ask, recap
from bot.flows.correcting import change
from bot.flows.folding import begin_sentence
from bot.flows.globals import GlobalWord
from bot.flows.model import Flow
from bot.flows.plan.showing import next_steps
from bot.flows.run import Run
from bot.flows.state import Entry
from bot.flows.walking import show_menu, walk

SYSTEM_FLOWS = {
    "person": "handoff",
    "language": "language",
    "later": "later",
    "stop": "stop",
    "my_data": "my_data",
    "erase": "erase",
}
CONSENT = "consent"
_HELP_WORDS = ("menu", "back", "change", "summary", "person", "later", "stop", "my_data", "exit")


def steer(run: Run, word: GlobalWord) -> None:
    """Do what a global word asks."""
    if word.name in SYSTEM_FLOWS:
        begin(run, run.flows.flows[SYSTEM_FLOWS[word.name]], "system")
    elif word.name == "change":
        change(run, word.rest)
    else:
        _OTHERS[word.name](run)


def begin(run: Run, flow: Flow, entry: Entry) -> None:
    """Start a flow. With an open route it is a digression, and the person is brought back; a flow that is already
    running is returned to. The first contact is asked for consent before anything but an emergency."""
    running = [frame.flow for frame in run.state.stack]
    if flow.id in running:
        _return_to(run, running.index(flow.id))
        return
    if not run.state.stack:
        run.update(trail=(), replay={})
    run.push(flow, entry)
    if flow.kind in ("route", "answer"):
        ask_consent(run)
    walk(run)


def digress(run: Run, flow: Flow) -> None:
    """Start the flow of a topic that the person names. A system question left open is dropped, save for consent."""
    while run.top is not None and run.top.entry == "system" and run.flow(run.top).kind == "system":
        if run.top.flow == CONSENT:
            break
        run.pop(completed=False)
    begin(run, flow, "digression" if run.state.stack else "start")


def ask_consent(run: Run) -> None:
    """Put the consent question on top of what is about to begin, where it was never answered."""
    run.update(greeted=True)
    running = any(frame.flow == CONSENT for frame in run.state.stack)
    if run.state.consent == "unknown" and CONSENT in run.flows.flows and not running:
        run.push(run.flows.flows[CONSENT], "system")


def ask_anew(run: Run, lead: str = "") -> None:
    """Ask the waiting question once more, or show the menu where nothing waits."""
    if run.question() is not None:
        ask(run, lead=lead)
        return
    run.say(lead, "note")
    if run.state.stack:
        walk(run)
    else:
        show_menu(run)


def restart_from_menu(run: Run, flow: Flow) -> None:
    """A route chosen in the menu: what ran is left, the answers are kept and will not be asked again."""
    while run.state.stack:
        run.pop(completed=False)
    begin(run, flow, "start")


def resume(run: Run) -> None:
    """Go on where the person was."""
    if run.top is None:
        show_menu(run)
        return
    if run.question() is not None:
        ask(run, lead=recap(run))
    else:
        walk(run)


def restart(run: Run) -> None:
    """Leave everything that runs and show the menu."""
    while run.state.stack:
        run.pop(completed=False)
    show_menu(run)


def _return_to(run: Run, depth: int) -> None:
    if any(frame.flow == CONSENT for frame in run.state.stack[depth:]):  # the permission is asked before the route
        ask_anew(run)
        return
    while len(run.state.stack) > depth + 1:
        run.pop(completed=False)
    resume(run)


def _back(run: Run) -> None:
    renderer = run.renderer()
    frame = run.top
    if frame is not None and frame.asked and frame.page:
        run.replace_top(page=0)
        ask(run)
        return
    if frame is not None and not _answered_here(run):
        _leave_aside(run)
        return
    if not run.state.trail:
        ask_anew(run, renderer.tr(phrases.AT_THE_START))
        return
    *earlier, mark = run.state.trail
    run.update(trail=tuple(earlier), stack=mark.stack)
    for name, value in (*mark.also, (mark.slot, mark.before)):
        run.set_slot(name, value)
    run.replace_top(asked=True, tries=0, page=0)
    ask(run, lead=renderer.tr(phrases.WENT_BACK))


def _base(run: Run) -> int:
    """Where the flow on top begins on the stack, below everything that it called."""
    return max(index for index, frame in enumerate(run.state.stack) if index == 0 or frame.entry != "call")


def _answered_here(run: Run) -> bool:
    """Whether the last answer was given in what runs on top, and not in a route that waits below it."""
    trail = run.state.trail
    return bool(trail) and not run.state.stack[-1].only and len(trail[-1].stack) > _base(run)


def _leave_aside(run: Run) -> None:
    """Back at the first question: out of a digression or side talk to the route below. Not past the permission, and
    not out of a crisis, whose question offers the way on."""
    base = _base(run)
    side = [run.flow(frame) for frame in run.state.stack[base:]]
    if (base == 0 and not run.state.stack[-1].only) or any(f.kind == "crisis" or f.id == CONSENT for f in side):
        ask_anew(run, run.renderer().tr(phrases.AT_THE_START))
        return
    while len(run.state.stack) > base:
        run.pop(completed=False)
    resume(run)


def _summary(run: Run) -> None:
    renderer = run.renderer()
    held = [slot for name, slot in run.flows.slots.items() if name in run.state.slots and run.is_own(slot)]
    lines = [
        f"• {begin_sentence(renderer.tr(slot.label))}: {renderer.value(slot, run.state.slots[slot.id])}"
        for slot in held
        if not slot.sensitive
    ]
    parts = ["\n".join([renderer.tr(phrases.SUMMARY), *lines])] if lines else []
    if len(lines) < len(held):
        parts.append(renderer.phrase(phrases.SUMMARY_SENSITIVE, my_data=run.label("my_data")))
    text = "\n\n".join(parts) or renderer.tr(phrases.SUMMARY_EMPTY)
    cards = [run.flows.cards[card].title for card in run.state.cards if card in run.flows.cards]
    if cards:
        text += "\n\n" + "\n".join([renderer.tr(phrases.SUMMARY_CARDS), *(f"• {renderer.text(t)}" for t in cards)])
    plan = plan_for(run)
    if lines and plan.steps:
        steps = next_steps(plan, renderer, run.state.language)
        text += "\n\n" + "\n".join([renderer.tr(phrases.PLAN_IN_SUMMARY), *steps, renderer.tr(phrases.PLAN_MORE)])
    if held and run.state.consent != "given":
        text += "\n\n" + renderer.tr(phrases.SUMMARY_NOT_KEPT)
    run.say(renderer.finish(text), "note")
    if run.question() is not None:
        ask(run)
    else:
        show_menu(run)


def _help(run: Run) -> None:
    renderer = run.renderer()
    waiting = run.question()
    words = ", ".join(f"«{run.label(name)}»" for name in _HELP_WORDS)
    lines = [renderer.phrase(phrases.HELP_WORDS, words=words)]
    if waiting is not None:
        lines.insert(0, renderer.phrase(phrases.HELP_WHY, why=renderer.text(waiting[2].why)))
    else:
        lines.insert(0, renderer.tr(phrases.HELP_WHO))
    run.say(renderer.finish("\n\n".join(lines)), "note")
    ask_anew(run)


def _exit(run: Run) -> None:
    kinds = [run.flow(frame).kind for frame in run.state.stack]
    while "crisis" in kinds and len(run.state.stack) > kinds.index("crisis"):
        run.pop(completed=False)  # whoever takes the phone and writes must not be asked about danger
    forget_unconsented(run)
    run.update(paused=True, choice=None)
    run.phrase(phrases.EXIT, "exit")


def forget_unconsented(run: Run) -> None:
    """Without consent nothing outlives the visit: the answers go when the person leaves."""
    if run.state.consent != "given":
        run.update(slots={}, trail=(), replay={}, cards=(), finished=(), stack=(), later=())


def _menu(run: Run) -> None:
    if not run.state.greeted and not run.state.stack:
        ask_consent(run)
        if run.state.stack:
            walk(run)
            return
    show_menu(run)


_OTHERS: Mapping[str, Callable[[Run], None]] = {
    "menu": _menu,
    "back": _back,
    "summary": _summary,
    "help": _help,
    "exit": _exit,
}
