"""Answering a question about a paper in the middle of a route, from its card; then the open question comes again."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows import phrases
from bot.flows.answering import read_loose
from bot.flows.asking import ask, recap
from bot.flows.card_questions import Aspect, CardQuestion, read_card_question
from bot.flows.folding import fold
from bot.flows.matching import looks_like_question
from bot.flows.model import Card, Flow
from bot.flows.render import Renderer
from bot.flows.run import Run
from bot.flows.turn import Turn
from bot.flows.walking import offer_more

OPEN_KINDS = ("route", "answer", "check_in")
SYSTEM_ASPECTS = ("cost", "what", "why", "who")


def explain(run: Run, turn: Turn) -> bool:
    """Answer a question about the paper that we are talking of; False where the message is none, or names another
    topic."""
    question = read_card_question(run.flows.words, run.state.language, turn.text)
    if question is None or _is_answer(run, turn.text):
        return False
    kind = run.flow(run.state.stack[-1]).kind if run.state.stack else ""
    if kind == "crisis":
        return False
    if kind == "system":
        return not question.named and _explain_system(run, question.aspect)
    card = card_in_reach(run)
    if question.named and not _is_about(run, card, question) and not _same_topic(run, turn, card):
        return False
    if card is not None and question.aspect != "why":
        _answer_from(run, card, question.aspect)
    elif run.question() is None or question.named:
        return False
    else:
        _answer_without_card(run, question.aspect)
    return True


def explains_card(run: Run, text: str) -> bool:
    """Whether a message asks for a part of the card in reach and names nothing else ("¿qué es eso?")."""
    question = read_card_question(run.flows.words, run.state.language, text)
    if question is None or question.named or question.aspect == "why":
        return False
    open_kind = not run.state.stack or run.flow(run.state.stack[-1]).kind in OPEN_KINDS
    return open_kind and card_in_reach(run) is not None


def card_in_reach(run: Run) -> Card | None:
    """The card last shown by what runs; else the only one that the open question can lead to. With nothing open, the
    card shown last."""
    cards = run.flows.cards
    shown = [cards[name] for name in reversed(run.state.cards) if name in cards]
    if not run.state.stack:
        return shown[0] if shown else None
    frame = run.state.stack[-1]
    here = {card for flow in _flows_from(run, run.flow(frame)) for card in _cards_of(flow)}
    found = next((card for card in shown if card.id in here), None)
    if found is not None:
        return found
    ahead = _cards_ahead(run, run.flow(frame), frame.step)
    return cards[next(iter(ahead))] if len(ahead) == 1 else None


def _is_answer(run: Run, text: str) -> bool:
    """Whether what looks like a question answers the open one ("es para mí"). A free text answers anything."""
    waiting = run.question()
    if waiting is None or run.flows.slots[waiting[2].slot].type == "text" or looks_like_question(text):
        return False
    return read_loose(run, text) is not None


def _is_about(run: Run, card: Card | None, question: CardQuestion) -> bool:
    """Whether every word that names a thing stands in the card's title ("cuánto cuesta el duplicado")."""
    if card is None:
        return False
    renderer = run.renderer()
    title = set(fold(f"{card.title} {renderer.text(card.title)}").split())
    return all(word in title for word in question.named)


def _same_topic(run: Run, turn: Turn, card: Card | None) -> bool:
    """Whether the NLU is sure that a message is about what runs, or what the card belongs to."""
    understanding = turn.understanding
    if not understanding.intent or understanding.out_of_scope or understanding.ambiguous:
        return False
    flow = run.flows.flow_for_intent(understanding.intent)
    if flow is None or flow.kind == "crisis":
        return False
    running = any(frame.flow == flow.id for frame in run.state.stack)
    belongs = card is not None and any(card.id in _cards_of(f) for f in _flows_from(run, flow))
    return running or (belongs and not run.state.stack)


def _answer_from(run: Run, card: Card, aspect: Aspect) -> None:
    renderer = run.renderer()
    about = renderer.phrase(phrases.ABOUT_CARD, card=renderer.text(card.title))
    run.say(renderer.finish(f"{about}\n{_part(renderer, card, aspect)}", dated=True), "note")
    _ask_again(run)


def _part(renderer: Renderer, card: Card, aspect: Aspect) -> str:
    """One part of a card with its name, as the card itself shows it."""
    tr, text = renderer.tr, renderer.text
    if aspect == "bring":
        return "\n".join([f"🎒 {tr(phrases.CARD_BRING)}:", *(f"• {text(item)}" for item in card.bring)])
    if aspect == "steps":
        steps = (f"{number}. {text(step)}" for number, step in enumerate(card.steps, start=1))
        return "\n".join([f"👣 {tr(phrases.CARD_STEPS)}:", *steps])
    if aspect == "what":
        return text(card.what)
    label, part = {
        "cost": (f"💵 {tr(phrases.CARD_COST)}", card.cost),
        "where": (f"📍 {tr(phrases.CARD_WHERE)}", card.where),
        "time": (f"⏱ {tr(phrases.CARD_TIME)}", card.time),
        "refused": (f"✋ {tr(phrases.CARD_REFUSED)}", card.refused),
    }.get(aspect, (tr(phrases.CARD_WHO), card.who))
    return f"{label}: {text(part)}"


def _answer_without_card(run: Run, aspect: Aspect) -> None:
    """No paper is chosen yet: why we ask what we ask, which is what leads to one."""
    waiting = run.question()
    if waiting is None:
        return
    renderer = run.renderer()
    why = renderer.phrase(phrases.HELP_WHY, why=renderer.text(waiting[2].why))
    known = aspect in ("what", "why")
    run.say(renderer.finish(why if known else f"{renderer.tr(phrases.NOT_YET)} {why}"), "note")
    _ask_again(run)


def _explain_system(run: Run, aspect: Aspect) -> bool:
    """In a dialogue of the bot's own (permission, language …): that it is free, and why it asks."""
    waiting = run.question()
    if waiting is None or aspect not in SYSTEM_ASPECTS:
        return False
    renderer = run.renderer()
    if aspect == "cost":
        text = renderer.tr(phrases.HELP_WHO)
    else:
        text = renderer.phrase(phrases.HELP_WHY, why=renderer.text(waiting[2].why))
    run.say(renderer.finish(text), "note")
    ask(run)
    return True


def _ask_again(run: Run) -> None:
    if run.question() is not None:
        ask(run, lead=recap(run))
    else:
        offer_more(run)


def _cards_of(flow: Flow) -> Iterator[str]:
    return (step.card for step in flow.steps.values() if step.card)


def _flows_from(run: Run, flow: Flow) -> list[Flow]:
    """A flow and all that it calls or links to."""
    found, frontier = {flow.id: flow}, [flow]
    while frontier:
        for step in frontier.pop().steps.values():
            for name in (step.call, step.link):
                if name and name not in found and run.flows.flows[name].kind in OPEN_KINDS:
                    found[name] = run.flows.flows[name]
                    frontier.append(found[name])
    return list(found.values())


def _cards_ahead(run: Run, flow: Flow, step_id: str) -> set[str]:
    """Every card that can still be shown from a step on."""
    seen: set[tuple[str, str]] = set()
    frontier = [(flow, step_id)]
    cards: set[str] = set()
    while frontier:
        here, name = frontier.pop()
        step = here.steps.get(name)
        if step is None or (here.id, name) in seen:
            continue
        seen.add((here.id, name))
        if step.card:
            cards.add(step.card)
        for called in (step.call, step.link):
            if called:
                target = run.flows.flows[called]
                frontier.append((target, target.first.id))
        frontier += [(here, branch.target) for branch in step.next]
    return cards
