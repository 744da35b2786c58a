"""Which language the bot speaks: the phone's or the first message's at the start, then the one that the person chose.

Two clear messages in another language bring an offer, never a change: a word of one language is too often a word of
another, and somebody who mixes two may still read the one they chose best. Only danger does not wait for an offer.
"""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.events import LanguageChanged
from bot.flows.render import Renderer
from bot.flows.run import Run, in_crisis
from bot.flows.state import Choice, State
from bot.flows.turn import Turn

CLEAR_MESSAGES = 2
CHOICE = "language"
KEEP = "keep"


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


def offer_language(run: Run, turn: Turn) -> None:
    """Count the clear messages in another language, and offer it at the second, once. After a no it is not offered."""
    language = turn.understanding.language
    if turn.kind != "text" or not language:
        return
    if language == run.state.language:
        run.update(heard="", heard_times=0)
        return
    times = run.state.heard_times + 1 if language == run.state.heard else 1
    run.update(heard=language, heard_times=times)
    known = language in run.world.languages and language not in run.state.kept
    if times < CLEAR_MESSAGES or not known or run.state.choice is not None or in_crisis(run):
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


def answer_offer(run: Run, language: str) -> None:
    """A yes to the offer changes the language; a no leaves it. Both go on with what was open."""
    if speak(run, language):
        run.phrase(phrases.LANGUAGE_SET)
