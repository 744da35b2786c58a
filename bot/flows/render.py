"""From a source text with placeholders to what a person reads: translated, with facts, dated where needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.facts import FactNotSayable, Saying, caveat_line
from bot.facts.wording import spanish_number
from bot.flows import phrases
from bot.flows.model import Card, Slot, Value
from bot.flows.turn import World
from bot.flows.values import show_figure, show_value

PLACEHOLDER = re.compile(r"\{(fact|slot):([a-z0-9_]+)(\.url)?\}")


class Renderer:
    """Renders the texts of one message and gathers the facts that it said."""

    def __init__(self, world: World, language: str, slots: Mapping[str, Value]) -> None:
        self._world = world
        self._language = language
        self._slots = slots
        self._sayings: list[Saying] = []

    def tr(self, text: str) -> str:
        """A source text in the person's language, its placeholders still in it."""
        return self._world.translate(self._language, text)

    def text(self, text: str) -> str:
        """A source text, translated and filled."""
        return PLACEHOLDER.sub(self._fill, self.tr(text))

    def phrase(self, phrase: str, **parts: str) -> str:
        """One of the engine's phrases, translated and filled with parts that are already in the person's language."""
        return self.tr(phrase).format(**parts)

    def note_fact(self, fact_id: str) -> None:
        """Count a fact that backs the message without standing in it, so that its date is said."""
        self._sayable(fact_id)

    def finish(self, text: str, *, dated: bool = False) -> str:
        """The message with the line that dates its facts, where one of them asks for it; ``dated`` says it anyway."""
        caveat = caveat_line(self._sayings, self.tr, always=dated)
        return f"{text}\n\n{caveat}" if caveat else text

    def value(self, slot: Slot, value: Value) -> str:
        """An answer as the summary shows it."""
        option = slot.options.get(str(value))
        if option is not None:
            return self.tr(option.label)
        if slot.type == "boolean":
            return self.tr(phrases.YES if value else phrases.NO)
        return show_value(slot.type, value, self._language)

    def _fill(self, match: re.Match[str]) -> str:
        kind, name, url = match.groups()
        if kind == "slot":
            slot = self._world.flows.slots.get(name)
            value = self._slots.get(name)
            return self.value(slot, value) if slot is not None and value is not None else "…"
        if url:
            return self._world.facts.get(name).confirm_at.url
        saying = self._sayable(name)
        if saying is not None:
            return saying.text
        place = self._world.facts.get(name).confirm_at
        return self.phrase(phrases.WHERE_TO_CONFIRM, place=f"{place.name}: {place.url}")

    def _show_number(self, number: int | Decimal) -> str:
        return spanish_number(number) if self._language == "es" else show_figure(number, self._language)

    def _sayable(self, fact_id: str) -> Saying | None:
        try:
            saying = self._world.facts.say(fact_id, self._world.today, self.tr, self._show_number)
        except FactNotSayable:
            return None
        self._sayings.append(saying)
        return saying


def render_card(card: Card, renderer: Renderer) -> str:
    """The card as one message. Parts stand in the order in which a person needs them."""
    text, tr = renderer.text, renderer.tr
    for fact_id in card.facts:
        renderer.note_fact(fact_id)
    lines = [f"📄 {text(card.title).upper()}", "", text(card.what), f"{tr(phrases.CARD_WHO)}: {text(card.who)}"]
    lines += ["", f"🎒 {tr(phrases.CARD_BRING)}:", *(f"• {text(item)}" for item in card.bring)]
    lines += ["", f"👣 {tr(phrases.CARD_STEPS)}:"]
    lines += [f"{number}. {text(step)}" for number, step in enumerate(card.steps, start=1)]
    lines += ["", f"📍 {tr(phrases.CARD_WHERE)}: {text(card.where)}"]
    lines += [f"💵 {tr(phrases.CARD_COST)}: {text(card.cost)}", f"⏱ {tr(phrases.CARD_TIME)}: {text(card.time)}"]
    lines += ["", f"✋ {tr(phrases.CARD_REFUSED)}: {text(card.refused)}"]
    if card.note:
        lines += ["", text(card.note)]
    return renderer.finish("\n".join(lines), dated=True)


def facts_in(text: str) -> tuple[str, ...]:
    """The facts that a source text names, in order."""
    return tuple(name for kind, name, _ in PLACEHOLDER.findall(text) if kind == "fact")


def texts_of_card(card: Card) -> tuple[str, ...]:
    """Every source text of a card."""
    texts = (card.title, card.what, card.who, *card.bring, *card.steps, card.where, card.cost, card.time, card.refused)
    return (*texts, card.note) if card.note else texts
