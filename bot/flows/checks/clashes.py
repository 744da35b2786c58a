"""No option is a global word, in any language, and the options of a step can be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.flows.asking import options_of
from bot.flows.errors import Fault
from bot.flows.folding import fold
from bot.flows.globals import global_words
from bot.flows.matching import forms_of
from bot.flows.model import Option, Step
from bot.flows.turn import World


def check_clashes(world: World) -> Iterator[Fault]:
    """Options that are global words, and forms that stand for two options of one step, in each released language.

    In any language the Spanish forms count too: people mix them in, and the engine reads both.
    """
    for flow in world.flows.flows.values():
        for step, collect in flow.collects():
            options = options_of(world.flows.slots[collect.slot], collect)
            spanish: dict[str, int] = {}
            for language in dict.fromkeys(("es", *world.languages)):
                yield from _clashes(world, language, f"{flow.id}/{step.id}", step, options, spanish)


def _clashes(
    world: World, language: str, where: str, step: Step, options: Sequence[Option], spanish: dict[str, int]
) -> Iterator[Fault]:
    """The clashes of one step in a language; ``spanish`` is filled by the first call and only read by the others."""
    words = global_words(world.flows.words)
    skippable = step.collect is not None and step.collect.optional
    seen = spanish if language == "es" else dict(spanish)
    spoken = "" if language == "es" else f" ({language})"
    for index, option in enumerate(options):
        for form in sorted({fold(text) for text in forms_of(option, language, world.translate)}):
            if language != "es" and spanish.get(form) == index:
                continue
            named = f"option {option.label!r}{spoken}"
            word = words.exact(form)
            if word is not None:
                fault = f"{named}: {form!r} is the global word {word.name!r}"
                yield Fault("global_clash", step.place, where, fault, "Use another word for the option")
            if skippable and words.skips(form):
                fault = f"{named}: {form!r} goes on without an answer in an optional step"
                yield Fault("skip_clash", step.place, where, fault, "Use another word for the option")
            if seen.setdefault(form, index) != index:
                other = options[seen[form]].label
                fault = f"{form!r}{spoken} stands for two options, {other!r} and {option.label!r}"
                yield Fault("option_clash", step.place, where, fault, "Let each option have words of its own")
            if not form:
                fault = f"{named} has a word without letters or digits"
                yield Fault("empty_form", step.place, where, fault, "Write letters or digits")
