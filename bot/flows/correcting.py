"""Correcting an answer: ask it again, keep what still fits, ask anew what hung on it."""

from __future__ import annotations

from rapidfuzz import fuzz

from bot.flows import phrases
from bot.flows.answering import accept, dependents, read_exact, read_loose
from bot.flows.asking import ask, options_of
from bot.flows.folding import begin_sentence, fold
from bot.flows.matching import SYNONYMS
from bot.flows.model import Collect, Slot, Value
from bot.flows.run import Run
from bot.flows.state import Frame

NAMED = 82.0  # similarity from which a word names a slot
_BEFORE_NAME = (
    *("mi ", "mis ", "la ", "el ", "lo de ", "de ", "en ", "a "),
    *("my ", "the ", "mon ", "ma ", "mes ", "le ", "les ", "l ", "meu ", "minha ", "meus ", "o ", "os ", "as "),
)
_BEFORE_VALUE = (
    *("a ", "por ", "es ", "soy ", "ahora ", "ya "),
    *(
        "to ",
        "is ",
        "i am ",
        "en ",
        "pour ",
        "c est ",
        "je suis ",
        "para ",
        "e ",
        "sou ",
        "mwen ",
        "an ",
        "pou ",
        "se ",
    ),
)
PART_LETTERS = 4  # from which part of a slot's name, said alone, names it ("hijos" for "número de hijos")
LISTED = 9


def change(run: Run, said: str) -> None:
    """*cambiar*, alone or with what to change ("mi nacionalidad", "nacionalidad a colombiana")."""
    answered = _answered(run)
    if not answered:
        renderer = run.renderer()
        if run.question() is not None:
            ask(run, lead=renderer.tr(phrases.NOTHING_TO_CHANGE))
        else:
            run.say(renderer.tr(phrases.NOTHING_TO_CHANGE), "note")
        return
    named = name_slot(run, said, answered) if said else None
    if named is None:
        renderer = run.renderer()
        options = [
            (begin_sentence(renderer.tr(slot.label))[:24], f"c|{slot.id}") for slot in reversed(answered[-LISTED:])
        ]
        if run.state.stack:
            options.append((renderer.tr(phrases.RESUME_BUTTON), "b|resume"))
        run.choose("change", renderer.tr(phrases.CHANGE_WHAT), options)
        return
    slot, rest = named
    change_slot(run, slot)
    if rest and (answer := read_exact(run, rest) or read_loose(run, rest)):
        run.events = [event for event in run.events if event.type != "said"]
        accept(run, answer)


def may_change(run: Run, slot_id: str) -> bool:
    """Whether this answer was given and is the person's to change."""
    return any(slot.id == slot_id for slot in _answered(run))


def change_slot(run: Run, slot: Slot) -> None:
    """Ask one answered slot again."""
    renderer = run.renderer()
    before = run.state.slots.get(slot.id)
    lead = ""
    if before is not None and not slot.sensitive:
        lead = renderer.phrase(phrases.CHANGING, value=renderer.value(slot, before))
    elif run.skipped(slot.id):
        lead = renderer.phrase(phrases.CHANGING, value=renderer.tr(phrases.SKIP))
    elif before is not None:
        lead = renderer.tr(phrases.CHANGING_UNSAID)
    trail = run.state.trail
    places = [index for index, mark in enumerate(trail) if mark.slot == slot.id]
    if places:
        _rewind(run, slot, places[-1])
    elif not _ask_alone(run, slot):
        return
    ask(run, lead=lead)


def _rewind(run: Run, slot: Slot, index: int) -> None:
    """Stand where the question was asked; what was answered after it waits to be taken over."""
    trail = run.state.trail
    mark, later = trail[index], trail[index + 1 :]
    gone = dependents(run, slot.id)
    kept = {**run.state.replay}
    for other in later:
        value = run.state.slots.get(other.slot)
        if (value is not None or other.skipped) and other.slot not in gone and other.slot != slot.id:
            kept[other.slot] = value
    dropped = {other.slot for other in later} | gone | {slot.id}
    as_they_were = {name: value for other in reversed(trail[index:]) for name, value in other.also}
    slots = {**run.state.slots, **as_they_were}
    run.update(
        stack=mark.stack,
        trail=trail[:index],
        slots={name: value for name, value in slots.items() if name not in dropped and value is not None},
        replay={name: value for name, value in kept.items() if name not in gone},
    )
    run.replace_top(asked=True, tries=0, page=0)


def _ask_alone(run: Run, slot: Slot) -> bool:
    """An answer of a route that is over: ask just its question, then come back.

    Where several steps ask for it, one that offers the present answer is asked: it was given there, or could have been.
    """
    places = [
        (flow, step, collect)
        for flow in run.flows.flows.values()
        for step, collect in flow.collects()
        if collect.slot == slot.id
    ]
    if not places:
        return False
    value = run.state.slots.get(slot.id)
    flow, step, _ = next((place for place in places if _offers(slot, place[2], value)), places[0])
    if run.top is not None and run.top.only:  # one correction at a time: the one before it is dropped
        run.update(stack=run.state.stack[:-1])
    run.make_room()
    run.forget_replay(slot.id)
    frame = Frame(flow.id, step.id, "system", asked=True, only=True)
    run.update(stack=(*run.state.stack, frame))
    return True


def _offers(slot: Slot, collect: Collect, value: Value) -> bool:
    options = options_of(slot, collect)
    return not options or any(option.value == value for option in options)


def name_slot(run: Run, said: str, slots: list[Slot]) -> tuple[Slot, str] | None:
    """The slot that a text names, and what stands behind the name ("nacionalidad a colombiana" → …, "colombiana")."""
    words = fold(said)
    for filler in _BEFORE_NAME:
        words = words.removeprefix(filler)
    best: tuple[float, Slot, str] | None = None
    for slot in slots:
        for name in _names_of(run, slot):
            form = fold(name)
            count = len(form.split())
            head, tail = " ".join(words.split()[:count]), " ".join(words.split()[count:])
            score = 100.0 + len(form) if form and f" {form} " in f" {words} " else fuzz.ratio(form, head)
            if score > 100:
                tail = words.split(form, 1)[1].strip()
            if score >= NAMED and (best is None or score > best[0]):
                best = (score, slot, tail)
    if best is None:
        tr = run.renderer().tr
        parts = [slot for slot in slots if len(words) >= PART_LETTERS and f" {words} " in f" {fold(tr(slot.label))} "]
        return (parts[0], "") if len(parts) == 1 else None
    rest = best[2]
    for filler in _BEFORE_VALUE:
        rest = rest.removeprefix(filler)
    return best[1], rest


def _names_of(run: Run, slot: Slot) -> tuple[str, ...]:
    tr = run.renderer().tr
    words = tr(SYNONYMS.join(slot.words)).split(SYNONYMS) if slot.words else []
    return (tr(slot.label), slot.label, *words, *slot.words)


def _answered(run: Run) -> list[Slot]:
    """The slots that have an answer a person may change, or were left unanswered in this talk, the newest last."""
    asked = {collect.slot for flow in run.flows.flows.values() for _, collect in flow.collects()}
    order = {mark.slot: index for index, mark in enumerate(run.state.trail)}
    held = [
        slot
        for name, slot in run.flows.slots.items()
        if name in asked and (name in run.state.slots or run.skipped(name)) and run.is_own(slot)
    ]
    return sorted(held, key=lambda slot: order.get(slot.id, -1))
