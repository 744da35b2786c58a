"""No option is a global word, in any language, and the options of a step can be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows.asking import options_of
from bot.flows.errors import Fault
from bot.flows.folding import fold
from bot.flows.globals import global_words
from bot.flows.turn import World


def check_clashes(world: World) -> Iterator[Fault]:
    """Options that are global words, and forms that stand for two options of one step."""
    words = global_words(world.flows.words)
    for flow in world.flows.flows.values():
        for step, collect in flow.collects():
            where = f"{flow.id}/{step.id}"
            seen: dict[str, int] = {}
            options = options_of(world.flows.slots[collect.slot], collect)
            for index, option in enumerate(options):
                labels = {world.translate(language, option.label) for language in world.languages}
                for form in sorted({fold(text) for text in (*labels, option.label, *option.synonyms)}):
                    word = words.exact(form)
                    if word is not None:
                        fault = f"option {option.label!r}: {form!r} is the global word {word.name!r}"
                        yield Fault("global_clash", step.place, where, fault, "Use another word for the option")
                    if collect.optional and words.skips(form):
                        fault = f"option {option.label!r}: {form!r} goes on without an answer in an optional step"
                        yield Fault("skip_clash", step.place, where, fault, "Use another word for the option")
                    if seen.setdefault(form, index) != index:
                        fault = f"{form!r} stands for two options, {options[seen[form]].label!r} and {option.label!r}"
                        yield Fault("option_clash", step.place, where, fault, "Let each option have words of its own")
                    if not form:
                        fault = f"option {option.label!r} has a word without letters or digits"
                        yield Fault("empty_form", step.place, where, fault, "Write letters or digits")
