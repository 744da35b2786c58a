"""The engine: what happens next in a conversation, as a pure function.

``advance(state, turn, world) -> (state, events)`` knows no clock, no database, no network and no Rasa. An answer is
understood in the order of ``docs/flow-language.md``: danger, tapped button, global word, the engine's own open
question, exact answer, intent where the text asks something, loose answer (one said in passing gives way to another
topic), typo of a global word, intent, then a re-ask with other words and, after two failures, a person.
"""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.alarm import begin_crisis, crisis_for
from bot.flows.answering import stands_alone
from bot.flows.events import Event
from bot.flows.fitting import fit
from bot.flows.free_text import chosen, global_word, names_something, read_text
from bot.flows.run import Run
from bot.flows.speaking import offer_language, take_first_language, take_language_of_danger
from bot.flows.state import State
from bot.flows.steering import ask_anew
from bot.flows.tapping import check_in, open_link, tap_button
from bot.flows.turn import Turn, World


def advance(state: State, turn: Turn, world: World) -> tuple[State, tuple[Event, ...]]:
    """One turn. Raises :class:`~bot.flows.errors.EngineError` only where a flow file is at fault (a loop)."""
    run = _begin_run(state, world)
    take_first_language(run, turn)
    _dispatch(run, turn)
    offer_language(run, turn, state)
    return run.finish()


def needs_understanding(state: State, turn: Turn, world: World) -> bool:
    """Whether the NLU is worth asking: not for taps, nor for a global word or an answer that can be nothing else."""
    if turn.kind not in ("text", "media", "edited") or not turn.text.strip():
        return False
    if turn.kind == "edited":
        return True
    run = _begin_run(state, world)
    word = global_word(run, turn.text)
    if word is not None:
        return not names_something(run, word)
    if state.choice is not None and chosen(run, turn.text, exact=True) is not None:
        return False
    return not stands_alone(run, turn.text)


def _begin_run(state: State, world: World) -> Run:
    return Run(state if state.release == world.flows.fingerprint else fit(state, world.flows), world)


def _dispatch(run: Run, turn: Turn) -> None:
    crisis = crisis_for(run, turn)
    if crisis is not None:
        take_language_of_danger(run, turn)
        begin_crisis(run, crisis)
    elif turn.kind == "tap":
        run.update(paused=False)
        tap_button(run, turn.payload)
    elif turn.kind == "start":
        open_link(run, turn.payload)
    elif turn.kind == "fire":
        check_in(run, turn.payload)
    elif turn.kind == "edited":
        ask_anew(run, run.renderer().phrase(phrases.EDITED, change=run.label("change")))
    elif turn.kind == "media" and not turn.text.strip():
        ask_anew(run, run.renderer().tr(phrases.MEDIA.get(turn.media, phrases.MEDIA_OTHER)))
    else:
        read_text(run, turn)
