"""Which language the bot speaks: the phone's or the first message's at the start, then the one that the person chose.

Two clear messages in another language bring an offer, never a change: a word of one language is too often a word of
another, and somebody who mixes two may still read the one they chose best. Before the first answer, the one about
consent, the language is only the phone's, and one clear message is enough. Only danger does not wait for an offer.
"""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.events import LanguageChanged
from bot.flows.folding import fold
from bot.flows.render import Renderer
from bot.flows.run import Run, in_crisis
from bot.flows.state import Choice, State
from bot.flows.turn import Turn

CLEAR_MESSAGES = 2
OFFERS = 2
"""How often a language is offered to somebody who passes over the offer; a no ends it at once."""
CHOICE = "language"
KEEP = "keep"
BRIEF = 3
"""Words of an answer that may begin with a yes or a no."""


def take_first_language(run: Run, turn: Turn) -> None:
    """At the very first message: the language that it is clearly in, else that of the person's phone."""
    new = not run.state.greeted and not run.state.stack and run.state == State(release=run.state.release)
    if new:
        speak(run, turn.understanding.language or turn.language_hint[:2].lower())


def take_language_of_danger(run: Run, turn: Turn) -> None:
    """Whoever calls for help is answered in the language that they clearly call in."""
    speak(run, turn.understanding.language)


def speak(run: Run, language: str) -> bool:
    """Go on in a language. False where it is not released, or is spoken already."""
    if language == run.state.language or language not in run.world.languages:
        return False
    run.update(language=language, heard="", heard_times=0)
    run.emit(LanguageChanged(language))
    return True


def offer_language(run: Run, turn: Turn, before: State) -> None:
    """Count the clear messages in another language; offer it when they are enough, and after a no never again."""
    language = turn.understanding.language
    if turn.kind != "text" or not language:
        return
    if language == run.state.language:
        run.update(heard="", heard_times=0)
        return
    times = run.state.heard_times + 1 if language == run.state.heard else 1
    run.update(heard=language, heard_times=times)
    known = language in run.world.languages and run.state.kept.count(language) < OFFERS
    wanted = 1 if before.consent == "unknown" and not before.kept else CLEAR_MESSAGES
    if times < wanted or not known or run.state.choice is not None or in_crisis(run):
        return
    there, here = Renderer(run.world, language, {}), run.renderer()
    name = run.world.language_names.get(language, language)
    asked = [each.phrase(phrases.LANGUAGE_OFFER, language=name) for each in (there, here)]
    options = [(there.tr(phrases.LANGUAGE_YES), f"l|{language}"), (there.tr(phrases.LANGUAGE_KEEP), f"l|{KEEP}")]
    run.update(heard="", heard_times=0, kept=(*run.state.kept, language))
    run.choose(CHOICE, "\n".join(asked), options)


def offered_language(choice: Choice) -> str:
    """The language that a choice of this room offers."""
    return choice.options[0].action.removeprefix("l|")


def read_offer(run: Run, choice: Choice, text: str, *, exact: bool) -> int | None:
    """The option of an offer that a text means, in either language: 0 to change, 1 to keep.

    Not ``exact``: a few words that begin with a yes or a no ("yes pls"), unless they are the open question's own.
    """
    words = fold(text).split()
    for language in (offered_language(choice), run.state.language):
        labels = Renderer(run.world, language, {}).tr
        for index, label in enumerate((phrases.LANGUAGE_YES, phrases.LANGUAGE_KEEP)):
            if fold(text) == fold(labels(label)):
                return index
        said = run.words.answer(text, language)
        if said not in ("yes", "no") and not exact and 0 < len(words) <= BRIEF and not _is_a_label(run, text):
            said = run.words.answer(words[0], language)
        if said in ("yes", "no"):
            return 0 if said == "yes" else 1
    return None


def _is_a_label(run: Run, text: str) -> bool:
    waiting = run.question()
    options = waiting[2].options if waiting is not None else ()
    tr = run.renderer().tr
    return any(fold(text) in (fold(option.label), fold(tr(option.label))) for option in options)


def answer_offer(run: Run, language: str) -> None:
    """A yes to the offer changes the language; a no leaves it. Both go on with what was open."""
    if language == KEEP and run.state.kept:
        run.update(kept=(*run.state.kept, *run.state.kept[-1:] * OFFERS))
    if speak(run, language):
        run.phrase(phrases.LANGUAGE_SET)
