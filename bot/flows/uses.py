"""Which facts the flows use."""

from __future__ import annotations

from bot.flows.checks.texts import texts_of
from bot.flows.model import FlowSet
from bot.flows.render import facts_in


def facts_used(flows: FlowSet) -> frozenset[str]:
    """The ids of every fact that a text, a card or a partner names."""
    named = {fact for text in texts_of(flows) for fact in facts_in(text.text)}
    backing = {fact for card in flows.cards.values() for fact in card.facts}
    return frozenset(named | backing | {partner.url_fact for partner in flows.partners.values()})
