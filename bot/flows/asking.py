"""Asking a question: its text, its options page by page, and the half line about what is known already."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.events import Button
from bot.flows.model import Collect, Option, Slot
from bot.flows.run import Run
from bot.flows.state import Frame
from bot.flows.taps import option_payload, page_payload, skip_payload

PAGE = 10  # rows of a WhatsApp list in all; Telegram and the web chat have more room


def options_of(slot: Slot, collect: Collect) -> tuple[Option, ...]:
    """The options of a question; yes and no for a boolean slot without its own."""
    if collect.options or slot.type != "boolean":
        return collect.options
    return (Option(True, phrases.YES, "", (), hidden=False), Option(False, phrases.NO, "", (), hidden=False))


def pages(options: tuple[Option, ...], *, optional: bool = False) -> list[list[int]]:
    """The indexes of the options that are shown, cut into pages that leave room for the button to the next one, and
    for the one to go on without an answer."""
    shown = [index for index, option in enumerate(options) if not option.hidden]
    room = PAGE - 1 if optional else PAGE
    if len(shown) <= room:
        return [shown]
    size = room - 1
    return [shown[start : start + size] for start in range(0, len(shown), size)]


def buttons_for(run: Run, frame: Frame, collect: Collect) -> tuple[Button, ...]:
    """The buttons of the page that is shown, then the one to the next page, then the one to go on without answering."""
    slot = run.flows.slots[collect.slot]
    options = options_of(slot, collect)
    cut = pages(options, optional=collect.optional)
    page = frame.page % len(cut)
    tr, release = run.renderer().tr, run.flows.fingerprint
    made = [
        Button(
            tr(options[index].label),
            option_payload(release, frame.flow, frame.step, index),
            tr(options[index].description) if options[index].description else "",
        )
        for index in cut[page]
    ]
    if len(cut) > 1:
        last = page == len(cut) - 1
        label = phrases.FIRST_OPTIONS if last else phrases.MORE_OPTIONS
        target = 0 if last else page + 1
        made.append(Button(tr(label), page_payload(release, frame.flow, frame.step, target)))
    if collect.optional:
        made.append(Button(tr(phrases.SKIP), skip_payload(release, frame.flow, frame.step)))
    return tuple(made)


def ask(run: Run, *, lead: str = "", other_words: bool = False, helped: bool = False) -> None:
    """Ask the question on top of the stack. ``lead`` stands before it; ``helped`` adds a way to a person."""
    frame = run.state.stack[-1]
    collect = run.step(frame).collect
    if collect is None:
        return
    renderer = run.renderer()
    source = collect.ask_again if other_words and collect.ask_again else collect.ask
    parts = [lead, known_line(run), renderer.text(source)]
    buttons = buttons_for(run, frame, collect)
    if helped:
        tr = renderer.tr
        ways = (Button(tr(phrases.PERSON_BUTTON), "g|person"), Button(tr(phrases.MENU_BUTTON), "g|menu"))
        if len(buttons) + len(ways) <= PAGE:
            buttons = (*buttons, *ways)
        else:
            run.say(lead, "note", ways)
            parts[0] = ""
    run.replace_top(asked=True)
    run.update(choice=None)  # a number that comes now means an option of this question
    crisis = run.flow(frame).kind == "crisis"
    run.say(renderer.finish("\n\n".join(part for part in parts if part)), "crisis" if crisis else "ask", buttons)


def recap(run: Run) -> str:
    """One line on the way back to the question on top; none for a crisis, whose name must not stand on a screen."""
    flow = run.flow(run.state.stack[-1])
    if flow.kind == "crisis":
        return ""
    renderer = run.renderer()
    return renderer.phrase(phrases.RECAP, flow=renderer.tr(flow.name))


def known_line(run: Run) -> str:
    """Half a line about answers from before that this route did not ask again."""
    if not run.known:
        return ""
    renderer = run.renderer()
    answers = ", ".join(f"{renderer.tr(slot.label)}: {renderer.value(slot, value)}" for slot, value in run.known)
    run.known = []
    return renderer.phrase(phrases.KNOWN, answers=answers, change=run.label("change"))
