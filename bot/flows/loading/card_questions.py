"""Reading ``flows/card_questions.yml``: how people ask for a part of a card, by language."""

from __future__ import annotations

from collections.abc import Mapping

from bot.flows.card_questions import AROUND, ASPECTS, PatternError, expand
from bot.flows.loading.fields import Block, Faults
from bot.flows.source import Node


def read_card_questions(node: Node, faults: Faults) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The patterns of every language; a pattern that cannot be read is told with its line."""
    block = Block(node, "card_questions", faults)
    block.only(("card_questions",))
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, table in block.fields["card_questions"].mapping().items() if block.has("card_questions") else []:
        lists = Block(table, f"card_questions/{language}", faults)
        lists.only((*ASPECTS, *AROUND))
        found[language] = {name: lists.texts(name, required=True) for name in (*ASPECTS, *AROUND)}
        for name in ASPECTS:
            for item in lists.fields[name].items() if lists.has(name) else []:
                try:
                    expand(str(item.value))
                except PatternError as error:
                    mend = "Write words, (a|b) for one of these and (a)? for perhaps"
                    faults.add("bad_pattern", item.place, f"card_questions/{language}", str(error), mend)
    return found
