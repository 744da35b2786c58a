"""The engine: what happens next in a conversation, as a pure function.

``advance(state, turn, world) -> (state, events)`` knows no clock, no database, no network and no Rasa. An answer is
understood in the order of ``docs/flow-language.md``: danger, tapped button, global word, the engine's own open
question, exact answer, intent where the text asks something, loose answer (one said in passing gives way to another
topic), typo of a global word, intent, then a re-ask with other words and, after two failures, a person.
"""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.answering import Answer, accept, not_understood, offer, read_exact, read_loose, stands_alone
from bot.flows.asking import ask, options_of
from bot.flows.correcting import change_slot, may_change, name_slot
from bot.flows.events import Event, LanguageChanged
from bot.flows.explaining import explain, explains_card
from bot.flows.fitting import fit
from bot.flows.folding import fold
from bot.flows.globals import INTENTS, GlobalWord
from bot.flows.matching import candidate, looks_like_question, match_exact, match_number, match_part, match_typo
from bot.flows.model import Flow
from bot.flows.requests import keep_others
from bot.flows.run import Run
from bot.flows.state import State
from bot.flows.steering import (
    ask_anew,
    ask_consent,
    begin,
    digress,
    forget_unconsented,
    restart,
    restart_from_menu,
    resume,
    steer,
)
from bot.flows.taps import read_tap, step_key
from bot.flows.turn import Turn, World
from bot.flows.values import is_known
from bot.flows.walking import show_menu, walk

CRISIS_CHECK = "crisis_check"
CONSENT = "consent"
YES_NO_CHOICES = {
    "resume": {"yes": "b|resume", "no": "b|restart"},
    "closing": {"yes": "g|menu", "no": "b|bye"},
}
DEEP_LINK = "route_"
SHORT_ANSWER = 3  # words
BUTTON_WORDS = {phrases.PERSON_BUTTON: "person", phrases.MENU_BUTTON: "menu", phrases.SUMMARY_BUTTON: "summary"}


def advance(state: State, turn: Turn, world: World) -> tuple[State, tuple[Event, ...]]:
    """One turn. Raises :class:`~bot.flows.errors.EngineError` only where a flow file is at fault (a loop)."""
    run = _begin_run(state, world)
    _take_language(run, turn)
    _dispatch(run, turn)
    return run.finish()


def _take_language(run: Run, turn: Turn) -> None:
    """At the very first message, the language of the person's phone, where it is one that we speak."""
    hinted = turn.language_hint[:2].lower()
    new = not run.state.greeted and not run.state.stack and run.state == State(release=run.state.release)
    if new and hinted != run.state.language and hinted in run.world.languages:
        run.update(language=hinted)
        run.emit(LanguageChanged(hinted))


def needs_understanding(state: State, turn: Turn, world: World) -> bool:
    """Whether the NLU is worth asking: not for taps, nor for a global word or an answer that can be nothing else."""
    if turn.kind not in ("text", "media", "edited") or not turn.text.strip():
        return False
    if turn.kind == "edited":
        return True
    run = _begin_run(state, world)
    word = _global_word(run, turn.text)
    if word is not None:
        return not _names_something(run, word)
    if state.choice is not None and _chosen(run, turn.text, exact=True) is not None:
        return False
    return not stands_alone(run, turn.text)


def _begin_run(state: State, world: World) -> Run:
    return Run(state if state.release == world.flows.fingerprint else fit(state, world.flows), world)


def _dispatch(run: Run, turn: Turn) -> None:
    crisis = _crisis_for(run, turn)
    if crisis is not None:
        _begin_crisis(run, crisis)
    elif turn.kind == "tap":
        run.update(paused=False)
        _tap(run, turn.payload)
    elif turn.kind == "start":
        _start(run, turn.payload)
    elif turn.kind == "fire":
        _fire(run, turn.payload)
    elif turn.kind == "edited":
        ask_anew(run, run.renderer().phrase(phrases.EDITED, change=run.label("change")))
    elif turn.kind == "media" and not turn.text.strip():
        ask_anew(run, run.renderer().tr(phrases.MEDIA.get(turn.media, phrases.MEDIA_OTHER)))
    else:
        _text(run, turn)


# Danger comes first.


def _crisis_for(run: Run, turn: Turn) -> Flow | None:
    """The crisis flow that a message calls for. A mere doubt does not begin anew what a crisis already asks."""
    danger = turn.understanding.danger
    if danger is None or turn.kind not in ("text", "media", "edited"):
        return None
    if danger.certainty == "sure":
        return run.flows.flows.get(f"crisis_{danger.kind}")
    if _in_crisis(run) or _answers_shortly(run, turn):
        return None
    return run.flows.flows.get(CRISIS_CHECK)


def _answers_shortly(run: Run, turn: Turn) -> bool:
    """A doubtful sign in a few words that choose an option of the open question ("se perdió") is that answer."""
    waiting = run.question()
    if waiting is None or turn.kind != "text" or len(turn.text.split()) > SHORT_ANSWER:
        return False
    listed = options_of(run.flows.slots[waiting[2].slot], waiting[2])
    return bool(listed) and (read_exact(run, turn.text) or read_loose(run, turn.text)) is not None


def _begin_crisis(run: Run, flow: Flow) -> None:
    run.update(choice=None, paused=False)
    kinds = [run.flow(frame).kind for frame in run.state.stack]
    depth = kinds.index("crisis") if "crisis" in kinds else len(kinds)
    while len(run.state.stack) > depth:  # an earlier crisis, and what was asked over it, gives way
        run.pop(completed=False)
    run.push(flow, "crisis")
    walk(run)


def _in_crisis(run: Run) -> bool:
    return run.top is not None and run.flow(run.state.stack[-1]).kind == "crisis"


# Taps, deep links and check-ins.


def _tap(run: Run, payload: str) -> None:
    tap = read_tap(payload)
    choice, waiting = run.state.choice, run.question()
    run.update(choice=None)
    if tap is None or (tap.kind == "c" and not may_change(run, tap.value)):
        _stale(run)
    elif tap.kind == "g":
        steer(run, GlobalWord(tap.value)) if tap.value in run.flows.words.labels.get("es", {}) else _stale(run)
    elif tap.kind == "r":
        _start_route(run, tap.value, from_menu=choice is None or choice.id != "meaning")
    elif tap.kind == "c":
        change_slot(run, run.flows.slots[tap.value])
    elif tap.kind == "b":
        {"restart": restart, "bye": _goodbye}.get(tap.value, resume)(run)
    elif (
        waiting is None
        or tap.release != run.flows.fingerprint[:6]
        or tap.key != step_key(waiting[0].flow, waiting[0].step)
    ):
        _stale(run)
    elif tap.kind == "p":
        accept(run, Answer(page=int(tap.value)))
    elif tap.kind == "v":
        known = is_known(run.flows.slots[waiting[2].slot].type, tap.value)
        accept(run, Answer(tap.value)) if known else _stale(run)
    elif tap.kind == "s":
        accept(run, Answer(skip=True)) if waiting[2].optional else _stale(run)
    else:
        options = options_of(run.flows.slots[waiting[2].slot], waiting[2])
        index = int(tap.value)
        accept(run, Answer(options[index].value)) if index < len(options) else _stale(run)


def _stale(run: Run) -> None:
    renderer = run.renderer()
    if run.question() is not None:
        ask(run, lead=renderer.tr(phrases.STALE_TAP))
    else:
        ask_anew(run, renderer.tr(phrases.STALE_TAP_IDLE))


def _start_route(run: Run, flow_id: str, *, from_menu: bool) -> None:
    flow = run.flows.flows.get(flow_id)
    if flow is None or (flow.kind in ("crisis", "system") and flow_id not in ("language", "handoff")):
        _stale(run)
    elif from_menu:
        restart_from_menu(run, flow)
    else:
        digress(run, flow)


def _start(run: Run, payload: str) -> None:
    flow = run.flows.flows.get(payload.removeprefix(DEEP_LINK)) if payload.startswith(DEEP_LINK) else None
    run.update(paused=False, choice=None)
    if flow is not None and flow.kind in ("route", "answer"):
        digress(run, flow)
    else:
        _greet(run)


def _greet(run: Run) -> None:
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


def _remind(run: Run) -> None:
    if run.question() is None:
        run.phrase(phrases.REMINDER_IDLE)
        _greet(run)
    else:
        _ask_whether_to_resume(run, run.renderer().tr(phrases.REMINDER))


def _ask_whether_to_resume(run: Run, text: str) -> None:
    tr = run.renderer().tr
    run.choose("resume", text, [(tr(phrases.RESUME_BUTTON), "b|resume"), (tr(phrases.RESTART_BUTTON), "b|restart")])


def _fire(run: Run, flow_id: str) -> None:
    flow = run.flows.flows.get(flow_id)
    if run.state.stopped or flow is None:
        if flow_id == "reminder" and not run.state.stopped:
            run.update(paused=False)
            _remind(run)
        return
    if _in_crisis(run):  # never interrupted: the check-in comes when everything else has ended
        run.update(later=(*(name for name in run.state.later if name != flow.id), flow.id))
        return
    run.update(paused=False)
    begin(run, flow, "digression" if run.state.stack else "start")


# Free text.


def _text(run: Run, turn: Turn) -> None:
    text = turn.text.strip()
    word = _global_word(run, text)
    if word is not None and word.name == "help" and explains_card(run, text):
        word = None
    if word is not None and (_names_something(run, word) or not _topic(run, turn)):
        run.update(choice=None, paused=False)
        steer(run, word)
        return
    if run.state.choice is not None:
        action = _chosen(run, text, exact=False)
        if action is not None:
            run.update(paused=False)
            _tap(run, action)
            return
        run.update(choice=None)
    answer = read_exact(run, text)
    if run.state.paused:
        run.update(paused=False)
        if answer is None and run.question() is not None and not _topic(run, turn):
            _greet(run)
            return
    if answer is not None:
        accept(run, answer)
        return
    if explain(run, turn):
        return
    if looks_like_question(text) and _by_intent(run, turn):
        return
    answer = read_loose(run, text)
    if answer is not None and not (answer.aside and _other_topic(run, turn)):
        accept(run, answer)
        return
    if not _other_topic(run, turn) and offer(run, text):
        return
    word = run.words.typo(text, run.state.language)
    if word is not None:
        steer(run, word)
        return
    if not _by_intent(run, turn):
        _lost(run, turn)


def _global_word(run: Run, text: str) -> GlobalWord | None:
    """The global word that a text is, or that a button of the engine's own stands for: labels are also typed."""
    word = run.words.exact(text)
    if word is None:
        tr, folded = run.renderer().tr, fold(text)
        word = next((GlobalWord(name) for label, name in BUTTON_WORDS.items() if fold(tr(label)) == folded), None)
    return word


def _names_something(run: Run, word: GlobalWord) -> bool:
    """False for "cambiar de ciudad" and the like: a sentence that begins as a correction and names no answer."""
    return (
        word.name != "change" or not word.rest or name_slot(run, word.rest, list(run.flows.slots.values())) is not None
    )


def _chosen(run: Run, text: str, *, exact: bool) -> str | None:
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
    if found is None and not exact:
        found = match_part(text, candidates)
    if found is None and not exact:
        found = match_typo(text, candidates)
    return choice.options[found].action if found is not None else None


def _topic(run: Run, turn: Turn) -> Flow | None:
    understanding = turn.understanding
    if understanding.out_of_scope or not understanding.intent:
        return None
    return run.flows.flow_for_intent(understanding.intent)


def _other_topic(run: Run, turn: Turn) -> bool:
    """Whether a message is about a topic that is not open now."""
    flow = _topic(run, turn)
    return flow is not None and flow.kind != "crisis" and all(frame.flow != flow.id for frame in run.state.stack)


def _by_intent(run: Run, turn: Turn) -> bool:
    """Act on what the NLU understood; False where it understood nothing to act on."""
    understanding = turn.understanding
    if understanding.ambiguous and _ask_meaning(run, understanding.ambiguous):
        return True
    if not understanding.intent or understanding.out_of_scope:
        return False
    if understanding.intent in INTENTS:
        name = INTENTS[understanding.intent]
        steer(run, GlobalWord(name, turn.text if name == "change" else ""))
        return True
    small_talk = {"meta_greet": _greet, "meta_thanks": _thanks, "meta_goodbye": _goodbye}.get(understanding.intent)
    if small_talk is not None:
        small_talk(run)
        return True
    flow = run.flows.flow_for_intent(understanding.intent)
    if flow is None or flow.kind == "crisis":
        return False
    several = not _in_crisis(run) and keep_others(run, flow, understanding.also)
    _go_to_topic(run, flow, several=several)
    return True


def _go_to_topic(run: Run, flow: Flow, *, several: bool = False) -> None:
    frame = run.top
    if frame is not None and frame.flow == CONSENT and frame.asked:
        later = tuple(dict.fromkeys((flow.id, *run.state.later) if several else (*run.state.later, flow.id)))
        if any(below.flow == flow.id for below in run.state.stack):
            later = run.state.later
        run.update(later=later)
        if frame.tries:  # asked twice, the topic told twice: they are not kept waiting for a permission
            _assume_no(run)
            return
        run.replace_top(tries=1)
        ask(run, lead=run.renderer().tr(phrases.AFTER_CONSENT))
    elif _in_crisis(run):
        not_understood(run)
    elif frame is not None and frame.flow == flow.id and several:
        ask_anew(run)
    elif frame is not None and frame.flow == flow.id:
        not_understood(run)  # the topic of the open question itself: it was an answer that could not be read
    else:
        digress(run, flow)


def _ask_meaning(run: Run, intents: tuple[str, ...]) -> bool:
    """Ask which of the near topics is meant; False where fewer than two of them have a flow."""
    flows = [flow for intent in intents if (flow := run.flows.flow_for_intent(intent)) and flow.kind != "crisis"]
    asked = run.top is not None and (run.top.flow == CONSENT or _in_crisis(run))
    if len({flow.id for flow in flows}) < 2 or asked:
        return False
    renderer = run.renderer()
    options = [(renderer.tr(flow.name), f"r|{flow.id}") for flow in flows]
    options.append((renderer.tr(phrases.NEITHER), "b|resume" if run.state.stack else "g|menu"))
    run.choose("meaning", renderer.tr(phrases.DID_YOU_MEAN), options)
    return True


def _thanks(run: Run) -> None:
    if run.question() is not None:
        ask(run, lead=run.renderer().tr(phrases.THANKS))
    else:
        run.phrase(phrases.THANKS)


def _goodbye(run: Run) -> None:
    forget_unconsented(run)
    run.update(paused=True)
    run.phrase(phrases.GOODBYE)


def _assume_no(run: Run) -> None:
    """Who does not answer the question for permission has not given it, and is helped all the same."""
    run.phrase(phrases.CONSENT_ASSUMED)
    accept(run, Answer("no"))


def _lost(run: Run, turn: Turn) -> None:
    """Nothing was understood."""
    frame = run.top
    if frame is not None and frame.flow == CONSENT and frame.tries >= 1 and run.question() is not None:
        _assume_no(run)
        return
    renderer = run.renderer()
    out = turn.understanding.out_of_scope and bool(turn.understanding.intent)
    if run.question() is not None:
        not_understood(run)
    elif run.state.stack:
        walk(run)
    elif not run.state.greeted:
        _greet(run)
    else:
        names = ", ".join(renderer.tr(flow.name).lower() for flow in run.flows.menu())
        text = renderer.phrase(phrases.OUT_OF_SCOPE, flows=names) if out else renderer.tr(phrases.NOT_UNDERSTOOD)
        run.say(text, "note")
        show_menu(run)
