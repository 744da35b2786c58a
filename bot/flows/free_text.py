"""A text that somebody wrote: global word, answer, question, other topic, in the order of the flow language."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.answering import Answer, accept, offer, read_exact, read_loose
from bot.flows.correcting import name_slot
from bot.flows.explaining import explain, explains_card
from bot.flows.folding import fold
from bot.flows.globals import INTENTS, GlobalWord
from bot.flows.greeting import greet
from bot.flows.matching import candidate, looks_like_question, match_exact, match_number, match_part, match_typo
from bot.flows.run import Run
from bot.flows.speaking import CHOICE as LANGUAGE_CHOICE
from bot.flows.speaking import read_offer
from bot.flows.steering import steer
from bot.flows.tapping import tap_button
from bot.flows.topics import CONSENT, by_intent, lost, other_topic, topic_of
from bot.flows.turn import Turn

YES_NO_CHOICES = {
    "resume": {"yes": "b|resume", "no": "b|restart"},
    "closing": {"yes": "g|menu", "no": "b|bye"},
}
BUTTON_WORDS = {phrases.PERSON_BUTTON: "person", phrases.MENU_BUTTON: "menu", phrases.SUMMARY_BUTTON: "summary"}


def read_text(run: Run, turn: Turn) -> None:
    text = turn.text.strip()
    if (
        run.state.choice is not None
        and run.state.choice.id == LANGUAGE_CHOICE
        and (action := chosen(run, text, exact=True))
    ):
        tap_button(run, action)  # «Sí, cambiar» is the offer's answer and not the global word "cambiar"
        return
    word = global_word(run, text)
    if word is not None and word.name == "help" and explains_card(run, text):
        word = None
    if word is not None and (names_something(run, word) or not topic_of(run, turn)):
        run.update(choice=None, paused=False)
        steer(run, word)
        return
    if run.state.choice is not None:
        action = chosen(run, text, exact=False)
        if action is not None:
            run.update(paused=False)
            tap_button(run, action)
            return
        run.update(choice=None)
    answer = read_exact(run, text)
    if run.state.paused:
        run.update(paused=False)
        if answer is None and run.question() is not None and not topic_of(run, turn):
            greet(run)
            return
    if answer is not None:
        accept(run, answer)
        return
    if explain(run, turn):
        return
    if looks_like_question(text) and by_intent(run, turn):
        return
    answer = read_loose(run, text)
    if answer is not None and not _gives_way(run, turn, answer):
        accept(run, answer)
        return
    if not other_topic(run, turn) and offer(run, text):
        return
    word = run.words.typo(text, run.state.language)
    if word is not None:
        steer(run, word)
        return
    if not by_intent(run, turn):
        lost(run, turn)


def _gives_way(run: Run, turn: Turn, answer: Answer) -> bool:
    """Whether a loose answer is not taken because the message is about something else."""
    if run.top is not None and run.top.flow == CONSENT and INTENTS.get(turn.understanding.intent) == "language":
        return True  # "yes I want English" gives no permission
    return answer.aside and other_topic(run, turn)


def global_word(run: Run, text: str) -> GlobalWord | None:
    """The global word that a text is, or that a button of the engine's own stands for: labels are also typed."""
    word = run.words.exact(text)
    if word is None:
        tr, folded = run.renderer().tr, fold(text)
        word = next((GlobalWord(name) for label, name in BUTTON_WORDS.items() if fold(tr(label)) == folded), None)
    return word


def names_something(run: Run, word: GlobalWord) -> bool:
    """False for "cambiar de ciudad" and the like: a sentence that begins as a correction and names no answer."""
    return (
        word.name != "change" or not word.rest or name_slot(run, word.rest, list(run.flows.slots.values())) is not None
    )


def chosen(run: Run, text: str, *, exact: bool) -> str | None:
    """The payload of the option of the engine's own question that a text means."""
    choice = run.state.choice
    if choice is None:
        return None
    candidates = [candidate(index, option.label) for index, option in enumerate(choice.options)]
    found = match_exact(text, candidates)
    number = match_number(text)
    if found is None and number is not None and 1 <= number <= len(choice.options):
        found = number - 1
    if found is None and choice.id in YES_NO_CHOICES:
        action = YES_NO_CHOICES[choice.id].get(run.words.answer(text, run.state.language))
        if action is not None:
            return action
    if found is None and choice.id == LANGUAGE_CHOICE:
        found = read_offer(run, choice, text, exact=exact)
    if found is None and not exact:
        found = match_part(text, candidates)
    if found is None and not exact:
        found = match_typo(text, candidates)
    return choice.options[found].action if found is not None else None
