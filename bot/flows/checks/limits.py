"""Every label and message fits both Telegram and WhatsApp, in every released language."""

from __future__ import annotations

from collections.abc import Iterator

from bot.flows import phrases
from bot.flows.asking import options_of
from bot.flows.checks.texts import can_render, can_render_card
from bot.flows.errors import Fault
from bot.flows.model import Place
from bot.flows.render import Renderer, render_card
from bot.flows.turn import World

# Meta, WhatsApp Cloud API: interactive reply buttons and list messages (pages of May 2026); Telegram Bot API.
ROW_TITLE = 24
BUTTON_TITLE = 20
REPLY_BUTTONS = 3
ROW_DESCRIPTION = 72
INTERACTIVE_BODY = 1024
MESSAGE = 4096
CARD = 3000
ENGINE_BUTTONS = (
    phrases.MORE_OPTIONS,
    phrases.FIRST_OPTIONS,
    phrases.SKIP,
    phrases.PERSON_BUTTON,
    phrases.MENU_BUTTON,
    phrases.SUMMARY_BUTTON,
    phrases.RESUME_BUTTON,
    phrases.RESTART_BUTTON,
    phrases.NEITHER,
)
_ENGINE = Place("bot/flows/phrases.py", 1)


def check_limits(world: World) -> Iterator[Fault]:
    """Texts that are too long for one of the channels."""
    for language in world.languages:
        renderer = Renderer(world, language, {})
        yield from _labels(world, renderer, language)
        yield from _messages(world, language)
        for phrase in ENGINE_BUTTONS:
            yield from _fits("label_too_long", _ENGINE, "", language, renderer.tr(phrase), BUTTON_TITLE)


def _fits(code: str, place: Place, where: str, language: str, text: str, most: int) -> Iterator[Fault]:
    if len(text) > most:
        fault = f"{text[:40]!r} has {len(text)} characters in {language}, at most {most} fit"
        yield Fault(code, place, where, fault, "Say it shorter")


def _labels(world: World, renderer: Renderer, language: str) -> Iterator[Fault]:
    for flow in world.flows.flows.values():
        yield from _fits("label_too_long", flow.place, flow.id, language, renderer.tr(flow.name), ROW_TITLE)
        for step, collect in flow.collects():
            where = f"{flow.id}/{step.id}"
            options = options_of(world.flows.slots[collect.slot], collect)
            shown = [option for option in options if not option.hidden]
            buttons = len(shown) + (1 if collect.optional else 0)
            most = BUTTON_TITLE if buttons <= REPLY_BUTTONS else ROW_TITLE
            for option in shown:
                yield from _fits("label_too_long", step.place, where, language, renderer.tr(option.label), most)
                description = renderer.tr(option.description) if option.description else ""
                yield from _fits("description_too_long", step.place, where, language, description, ROW_DESCRIPTION)
            if not shown and world.flows.slots[collect.slot].type == "category":
                yield Fault("all_hidden", step.place, where, "every option is hidden", "Show at least one")


def _messages(world: World, language: str) -> Iterator[Fault]:
    for flow in world.flows.flows.values():
        for step in flow.steps.values():
            where = f"{flow.id}/{step.id}"
            if step.say and can_render(world, step.say):
                renderer = Renderer(world, language, {})
                text = renderer.finish(renderer.text(step.say))
                yield from _fits("message_too_long", step.place, where, language, text, MESSAGE)
            if step.collect is None:
                continue
            for ask in (step.collect.ask, step.collect.ask_again):
                renderer = Renderer(world, language, {})
                text = renderer.finish(renderer.text(ask)) if can_render(world, ask) and ask else ""
                yield from _fits("message_too_long", step.place, where, language, text, INTERACTIVE_BODY)
    for card in world.flows.cards.values():
        if not can_render_card(world, card):
            continue
        text = render_card(card, Renderer(world, language, {}))
        yield from _fits("card_too_long", card.place, f"card {card.id}", language, text, CARD)
