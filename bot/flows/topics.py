"""Acting on what the NLU understood: the topic of a message, and where it leads."""

from __future__ import annotations

from bot.flows import phrases
from bot.flows.answering import Answer, accept, not_understood
from bot.flows.asking import ask
from bot.flows.globals import INTENTS, GlobalWord
from bot.flows.greeting import greet, say_goodbye, thank
from bot.flows.model import Flow
from bot.flows.requests import keep_others
from bot.flows.run import Run, in_crisis
from bot.flows.steering import ask_anew, digress, steer
from bot.flows.turn import Turn
from bot.flows.urgency import go_urgently, urgent_answer
from bot.flows.walking import show_menu, walk

CONSENT = "consent"


def topic_of(run: Run, turn: Turn) -> Flow | None:
    understanding = turn.understanding
    if understanding.out_of_scope or not understanding.intent:
        return None
    return run.flows.flow_for_intent(understanding.intent)


def other_topic(run: Run, turn: Turn) -> bool:
    """Whether a message is about a topic that is not open now."""
    flow = topic_of(run, turn)
    return flow is not None and flow.kind != "crisis" and all(frame.flow != flow.id for frame in run.state.stack)


def by_intent(run: Run, turn: Turn) -> bool:
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
    small_talk = {"meta_greet": greet, "meta_thanks": thank, "meta_goodbye": say_goodbye}.get(understanding.intent)
    if small_talk is not None:
        small_talk(run)
        return True
    flow = run.flows.flow_for_intent(understanding.intent)
    if flow is None or flow.kind == "crisis":
        return False
    urgent = None if in_crisis(run) else urgent_answer(run, flow, turn.text)
    if urgent is not None:
        go_urgently(run, flow, urgent)
        return True
    several = not in_crisis(run) and keep_others(run, flow, understanding.also)
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
            assume_no(run)
            return
        run.replace_top(tries=1)
        ask(run, lead=run.renderer().tr(phrases.AFTER_CONSENT))
    elif in_crisis(run):
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
    asked = run.top is not None and (run.top.flow == CONSENT or in_crisis(run))
    if len({flow.id for flow in flows}) < 2 or asked:
        return False
    renderer = run.renderer()
    options = [(renderer.tr(flow.name), f"r|{flow.id}") for flow in flows]
    options.append((renderer.tr(phrases.NEITHER), "b|resume" if run.state.stack else "g|menu"))
    run.choose("meaning", renderer.tr(phrases.DID_YOU_MEAN), options)
    return True


def assume_no(run: Run) -> None:
    """Who does not answer the question for permission has not given it, and is helped all the same."""
    run.phrase(phrases.CONSENT_ASSUMED)
    accept(run, Answer("no"))


def lost(run: Run, turn: Turn) -> None:
    """Nothing was understood."""
    frame = run.top
    if frame is not None and frame.flow == CONSENT and frame.tries >= 1 and run.question() is not None:
        assume_no(run)
        return
    renderer = run.renderer()
    out = turn.understanding.out_of_scope and bool(turn.understanding.intent)
    if run.question() is not None:
        not_understood(run)
    elif run.state.stack:
        walk(run)
    elif not run.state.greeted:
        greet(run)
    else:
        names = ", ".join(renderer.tr(flow.name).lower() for flow in run.flows.menu())
        text = renderer.phrase(phrases.OUT_OF_SCOPE, flows=names) if out else renderer.tr(phrases.NOT_UNDERSTOOD)
        run.say(text, "note")
        show_menu(run)
