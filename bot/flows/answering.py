"""Reading an answer to the question that waits, and what happens when it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.flows import phrases
from bot.flows.asking import ask, options_of, pages
from bot.flows.folding import begin_sentence, fold
from bot.flows.matching import (
    Candidate,
    candidate,
    forms_of,
    is_aside,
    looks_like_question,
    match_exact,
    match_inside,
    match_number,
    match_part,
    match_typo,
)
from bot.flows.model import Collect, Option, Value
from bot.flows.run import Run
from bot.flows.state import Frame
from bot.flows.taps import value_payload
from bot.flows.values import may_mean, read_value
from bot.flows.walking import leave_step, refusal, walk

TRIES_BEFORE_PERSON = 2
_WORD_VALUES: Mapping[str, tuple[Value, ...]] = {"yes": (True, "yes"), "no": (False, "no"), "skip": ("skip",)}
LABEL = 24  # characters of a list row of WhatsApp
_TYPED_INSIDE = 6  # words: a longer message may be about something else, and its number is no answer


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was understood; ``page`` is set where the person asked for more options instead, ``skip`` where
    they go on without answering an optional question.

    ``aside``: it is the smaller part of a message, which gives way where the message is about another topic.
    """

    value: Value = None
    page: int | None = None
    aside: bool = False
    skip: bool = False


def read_exact(run: Run, text: str) -> Answer | None:
    """An answer that needs no guess: a number of the list, a label, a synonym, a short typed value."""
    waiting = run.question()
    if waiting is None:
        return None
    frame, _, collect = waiting
    slot = run.flows.slots[collect.slot]
    options = options_of(slot, collect)
    if not options:
        if _skips(run, collect, text):
            return Answer(skip=True)
        short = len(text.split()) <= _TYPED_INSIDE
        value = (
            read_value(slot.type, text, run.world.today, run.state.language) if short and slot.type != "text" else None
        )
        return Answer(value) if value is not None else None
    found = match_exact(text, _candidates(run, options))
    if found is not None:
        return Answer(options[found].value)
    answer = _by_number(frame, collect, options, text) or _by_word(run, frame, collect, options, text)
    return answer or (Answer(skip=True) if _skips(run, collect, text) else None)


def stands_alone(run: Run, text: str) -> bool:
    """Whether a text is an answer and can be nothing else: listed by the question, a number, yes or no.

    A typed value among words may stand beside what must not be missed ("quiero morir hoy" names a day).
    """
    waiting = run.question()
    if waiting is None or read_exact(run, text) is None:
        return False
    options = options_of(run.flows.slots[waiting[2].slot], waiting[2])
    if not any(char.isalpha() for char in text) or match_number(text) is not None:
        return True
    if _skips(run, waiting[2], text):
        return True
    return match_exact(text, _candidates(run, options)) is not None or bool(run.words.answer(text, run.state.language))


def read_loose(run: Run, text: str) -> Answer | None:
    """An answer inside a sentence, with a typo, or of a typed kind in a longer message."""
    waiting = run.question()
    if waiting is None:
        return None
    _, _, collect = waiting
    slot = run.flows.slots[collect.slot]
    options = options_of(slot, collect)
    long = len(text.split()) > _TYPED_INSIDE
    if collect.optional and run.words.skips(text, inside=True) and not looks_like_question(text):
        return Answer(skip=True)
    if not options:
        value = read_value(slot.type, text, run.world.today, run.state.language)
        return Answer(value, aside=long and slot.type != "text") if value is not None else None
    candidates = _candidates(run, options)
    found = match_inside(text, candidates)
    if found is not None:
        return Answer(options[found].value, aside=is_aside(text, candidates[found]))
    for match in (match_part, match_typo):
        found = match(text, candidates)
        if found is not None:
            return Answer(options[found].value)
    answer = _yes_or_no(run, options, text)
    return replace(answer, aside=long) if answer is not None else None


def accept(run: Run, answer: Answer) -> None:
    """Take an answer: refuse what cannot be, else keep it and walk on."""
    waiting = run.question()
    if waiting is None:
        return
    frame, _, collect = waiting
    if answer.page is not None:
        run.replace_top(page=answer.page)
        ask(run)
        return
    if answer.skip:
        _skip(run, frame, collect)
        return
    refused = refusal(run, collect, answer.value)
    if refused is not None:
        run.replace_top(tries=frame.tries + 1)
        ask(run, lead=run.renderer().text(refused), helped=frame.tries + 1 >= TRIES_BEFORE_PERSON)
        return
    changed = run.state.slots.get(collect.slot) not in (None, answer.value)
    run.mark(frame, collect.slot)
    run.set_slot(collect.slot, answer.value)
    run.forget_replay(collect.slot)
    if changed:
        forget_dependents(run, collect.slot)
    leave_and_walk(run)


def _skip(run: Run, frame: Frame, collect: Collect) -> None:
    """Go on without an answer. One that was held before is taken back."""
    held = collect.slot in run.state.slots
    run.mark(frame, collect.slot, skipped=True)
    run.set_slot(collect.slot, None)
    run.forget_replay(collect.slot)
    if held:
        forget_dependents(run, collect.slot)
    leave_and_walk(run)


def _skips(run: Run, collect: Collect, text: str) -> bool:
    """Whether a text is the word, or the label, for going on without answering the question."""
    return collect.optional and (run.words.skips(text) or fold(text) == fold(run.renderer().tr(phrases.SKIP)))


def leave_and_walk(run: Run) -> None:
    """Leave the question just answered and run on, with a recap where a route waits below."""
    walk(run, ended=leave_step(run))


def forget_dependents(run: Run, slot: str) -> None:
    """Answers that hang on a changed one are asked again where a route needs them."""
    gone = dependents(run, slot)
    run.update(
        slots={name: value for name, value in run.state.slots.items() if name not in gone},
        replay={name: value for name, value in run.state.replay.items() if name not in gone},
    )


def dependents(run: Run, slot: str) -> frozenset[str]:
    """Every slot that depends on this one, directly or through another."""
    found: set[str] = set()
    frontier = {slot}
    while frontier:
        frontier = {s.id for s in run.flows.slots.values() if frontier & set(s.depends_on)} - found - {slot}
        found |= frontier
    return frozenset(found)


def offer(run: Run, text: str) -> bool:
    """Ask which place or occupation is meant, where a typed answer may mean several or is only nearly a name."""
    waiting = run.question()
    if waiting is None:
        return False
    frame, _, collect = waiting
    meanings = may_mean(run.flows.slots[collect.slot].type, text, run.state.language)
    if not meanings:
        return False
    tr = run.renderer().tr
    release = run.flows.fingerprint
    shown = [(value, begin_sentence(name)) for value, name in meanings]
    options = [
        (name if len(name) <= LABEL else f"{name[: LABEL - 1]}…", value_payload(release, frame.flow, frame.step, value))
        for value, name in shown
    ]
    lines = [f"• {name}" for _, name in shown if len(name) > LABEL]
    run.choose("which", "\n".join([tr(phrases.WHICH), *lines]), [*options, (tr(phrases.NEITHER), "b|resume")])
    return True


def not_understood(run: Run) -> None:
    """Ask again with other words; from the second failure on, offer a person."""
    waiting = run.question()
    if waiting is None:
        return
    frame, _, collect = waiting
    tries = frame.tries + 1
    run.replace_top(tries=tries)
    renderer = run.renderer()
    slot = run.flows.slots[collect.slot]
    lead = phrases.NOT_UNDERSTOOD if tries < TRIES_BEFORE_PERSON else phrases.NOT_UNDERSTOOD_TWICE
    how = phrases.NOT_READABLE.get(slot.type, "")
    parts = [renderer.tr(lead), renderer.tr(how) if how else ""]
    ask(
        run,
        lead=" ".join(part for part in parts if part),
        other_words=True,
        helped=tries >= TRIES_BEFORE_PERSON,
    )


def _candidates(run: Run, options: Sequence[Option]) -> list[Candidate]:
    language, translate = run.state.language, run.world.translate
    return [candidate(index, *forms_of(option, language, translate)) for index, option in enumerate(options)]


def _by_number(frame: Frame, collect: Collect, options: Sequence[Option], text: str) -> Answer | None:
    number = match_number(text)
    if number is None:
        return None
    cut = pages(tuple(options), optional=collect.optional)
    page = frame.page % len(cut)
    shown = cut[page]
    if 1 <= number <= len(shown):
        return Answer(options[shown[number - 1]].value)
    if number == len(shown) + 1 and len(cut) > 1:
        return Answer(page=(page + 1) % len(cut))
    last = len(shown) + (2 if len(cut) > 1 else 1)
    return Answer(skip=True) if collect.optional and number == last else None


def _by_word(run: Run, frame: Frame, collect: Collect, options: Sequence[Option], text: str) -> Answer | None:
    """Yes, no, "skip" and "more" by the word lists of the languages, and the labels of the page buttons."""
    word = run.words.answer(text, run.state.language)
    cut = pages(tuple(options), optional=collect.optional)
    if len(cut) > 1:
        tr = run.renderer().tr
        if fold(text) == fold(tr(phrases.FIRST_OPTIONS)):
            return Answer(page=0)
        if word == "more" or fold(text) == fold(tr(phrases.MORE_OPTIONS)):
            return Answer(page=(frame.page + 1) % len(cut))
    answer = _meaning(options, word)
    boolean = run.flows.slots[collect.slot].type == "boolean"
    if answer is None and not word and boolean and len(text.split()) <= _TYPED_INSIDE:
        return _yes_or_no(run, options, text)
    return answer


def _meaning(options: Sequence[Option], word: str) -> Answer | None:
    """The option that stands for yes, for no or for not telling."""
    for option in options:
        if any(option.value == value and type(option.value) is type(value) for value in _WORD_VALUES.get(word, ())):
            return Answer(option.value)
    return None


def _yes_or_no(run: Run, options: Sequence[Option], text: str) -> Answer | None:
    """The option that a sentence which says yes or no means ("sí, hace tiempo")."""
    value = read_value("boolean", text, run.world.today, run.state.language)
    return None if value is None else _meaning(options, "yes" if value else "no")
