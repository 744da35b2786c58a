"""The flows that the engine itself calls are there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.alarm import CRISIS_CHECK
from bot.flows.errors import Fault
from bot.flows.model import Place
from bot.flows.steering import CONSENT, SYSTEM_FLOWS
from bot.flows.turn import World

CRISES = ("violence", "suicide", "trafficking", "child_risk")
_FOLDER = Place("flows", 1)


def check_whole(world: World) -> Iterator[Fault]:
    """Consent, the flows of the global words, the crisis flows, and words for each language."""
    needed = {CONSENT, CRISIS_CHECK, *SYSTEM_FLOWS.values(), *(f"crisis_{kind}" for kind in CRISES)}
    for flow_id in sorted(needed - world.flows.flows.keys()):
        yield Fault(
            "missing_flow", _FOLDER, flow_id, f"the flow {flow_id!r} is missing", "The engine needs it: write it"
        )
    for flow in world.flows.flows.values():
        if flow.id.startswith("crisis_") and flow.kind != "crisis":
            yield Fault("not_crisis", flow.place, flow.id, f"its kind is {flow.kind!r}", "Write kind: crisis")
    for language in world.languages:
        if language not in world.flows.words.forms:
            fault = f"there are no global words for {language!r}"
            yield Fault("missing_words", Place("flows/words.yml", 1), language, fault, "Add them")
