"""The flows that the engine itself calls are there, and released languages are complete."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.alarm import CRISIS_CHECK
from bot.flows.checks.texts import texts_of
from bot.flows.errors import Fault
from bot.flows.model import Place
from bot.flows.phrases import all_phrases
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


def check_translations(world: World) -> Iterator[Fault]:
    """Texts that a released language lacks."""
    for language in world.languages:
        if language == "es":
            continue
        for text in texts_of(world.flows):
            if world.translate(language, text.text) == text.text and text.kind not in ("name", "label"):
                fault = f"{text.kind} is not translated to {language}"
                yield Fault("untranslated", text.place, text.where, fault, f"Translate it in locales/{language}")
        for phrase in all_phrases():
            if world.translate(language, phrase) == phrase:
                fault = f"{phrase[:40]!r} is not translated to {language}"
                yield Fault("untranslated", Place("bot/flows/phrases.py", 1), "", fault, "Translate it")
