"""Hello, thanks and goodbye, and taking up what was left open."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.asking import ask
from bot.flows.run import Run
from bot.flows.steering import ask_consent, forget_unconsented
from bot.flows.walking import show_menu, walk


def greet(run: Run) -> None:
    if run.question() is not None:
        renderer = run.renderer()
        name = renderer.tr(run.flow(run.state.stack[-1]).name)
        if run.flow(run.state.stack[-1]).kind in ("system", "crisis"):
            ask(run)
            return
        _ask_whether_to_resume(run, renderer.phrase(phrases.WELCOME_BACK, flow=name))
        return
    if not run.state.greeted:
        ask_consent(run)
        if run.state.stack:
            walk(run)
            return
    show_menu(run)


def remind(run: Run) -> None:
    if run.question() is None:
        run.phrase(phrases.REMINDER_IDLE)
        greet(run)
    else:
        _ask_whether_to_resume(run, run.renderer().tr(phrases.REMINDER))


def _ask_whether_to_resume(run: Run, text: str) -> None:
    tr = run.renderer().tr
    run.choose("resume", text, [(tr(phrases.RESUME_BUTTON), "b|resume"), (tr(phrases.RESTART_BUTTON), "b|restart")])


def thank(run: Run) -> None:
    if run.question() is not None:
        ask(run, lead=run.renderer().tr(phrases.THANKS))
    else:
        run.phrase(phrases.THANKS)


def say_goodbye(run: Run) -> None:
    forget_unconsented(run)
    run.update(paused=True)
    run.phrase(phrases.GOODBYE)
