"""Every text of the flows that a person may read, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.flows.model import Card, FlowSet, Place
from bot.flows.render import facts_in, texts_of_card
from bot.flows.turn import World

Kind = Literal["ask", "ask_again", "why", "say", "label", "description", "name", "card", "slot"]


@dataclass(frozen=True, slots=True)
class Text:
    """One source text: its kind, where it stands, and its words."""

    kind: Kind
    where: str
    place: Place
    text: str


def texts_of(flows: FlowSet) -> Iterator[Text]:
    """All of them, in the order of the files."""
    for flow in flows.flows.values():
        yield Text("name", flow.id, flow.place, flow.name)
        yield Text("description", flow.id, flow.place, flow.description)
        for step in flow.steps.values():
            where = f"{flow.id}/{step.id}"
            if step.say:
                yield Text("say", where, step.place, step.say)
            if step.collect is None:
                continue
            yield Text("ask", where, step.place, step.collect.ask)
            if step.collect.ask_again:
                yield Text("ask_again", where, step.place, step.collect.ask_again)
            yield Text("why", where, step.place, step.collect.why)
            for rejection in step.collect.rejections:
                yield Text("say", where, step.place, rejection.say)
            for option in step.collect.options:
                yield Text("label", where, step.place, option.label)
                if option.description:
                    yield Text("description", where, step.place, option.description)
    for card in flows.cards.values():
        for text in texts_of_card(card):
            yield Text("card", f"card {card.id}", card.place, text)
    for rule in flows.plan.values():
        for text in (rule.opportunity, rule.barrier, rule.step, rule.step_after):
            if text:
                yield Text("say", f"plan {rule.id}", rule.place, text)
    for slot in flows.slots.values():
        yield Text("slot", f"slot {slot.id}", slot.place, slot.label)


def can_render(world: World, text: str) -> bool:
    """Whether every fact that a text names is known. Where one is not, ``check_facts`` tells of it."""
    return all(fact_id in world.facts for fact_id in facts_in(text))


def can_render_card(world: World, card: Card) -> bool:
    """The same for a card and the facts that back it."""
    return all(can_render(world, text) for text in texts_of_card(card)) and all(
        fact_id in world.facts for fact_id in card.facts
    )
