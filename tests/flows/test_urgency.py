"""An emergency that is told with the topic is answered at once: no consent, no question before it."""

from __future__ import annotations

import pytest

from bot.flows.events import CardShown
from bot.flows.state import State
from bot.flows.turn import World
from bot.i18n import Catalogues
from bot.settings import ROOT
from tests.flows.harness import CONSENTED, TODAY, Talk, real_facts, real_flows


@pytest.fixture(scope="module")
def world() -> World:
    catalogues = Catalogues(ROOT / "locales")
    return World(real_flows(), real_facts(), TODAY, catalogues.text, catalogues.released, catalogues.names)


def shown(talk: Talk) -> list[str]:
    return [event.card for event in talk.events if isinstance(event, CardShown)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "mi bebé no respira bien que hago??"),
        ("es", "ayuda esta sangrando y no se q hacer no tengo papeles"),
        ("pt", "meu filho ta com febre alta ele nao respira bem"),
        ("ht", "tanpri pitit mwen pa ka respire"),
        ("fr", "mon fils n'arrive pas a respirer svp"),
        ("en", "please my baby isnt breathing"),
    ],
)
@pytest.mark.parametrize("intent", ["protection_health_eps", "protection_pregnancy_children"])
def test_at_the_first_contact_the_emergency_comes_before_consent(
    world: World, language: str, text: str, intent: str
) -> None:
    talk = Talk(world, State(language=language))
    talk.say(text, intent=intent, language=language)
    assert "emergency_room" in shown(talk)
    assert talk.state.consent == "unknown"
    assert not any("consent" in frame.flow for frame in talk.state.stack)


def test_in_the_middle_of_another_route_the_person_is_brought_back(world: World) -> None:
    talk = Talk(world, CONSENTED)
    talk.start("route_regularization")
    question = talk.at
    talk.say("espera mi hija se desmayó", intent="protection_health_eps")
    assert "emergency_room" in shown(talk)
    assert talk.at == question


def test_a_route_that_waits_below_is_returned_to_at_its_emergency(world: World) -> None:
    talk = Talk(world, CONSENTED)
    talk.say("quiero un medico", intent="protection_health_eps")
    talk.say("y el ppt como lo saco", intent="regularization_ppt")
    talk.say("se desmayó mi mamá", intent="protection_health_eps")
    assert "emergency_room" in shown(talk)


@pytest.mark.parametrize(
    "text", ["quiero afiliarme a una eps", "mi hija no tiene mucha fiebre, quiero la eps", "es urgente la eps"]
)
def test_what_is_no_emergency_is_asked_about(world: World, text: str) -> None:
    talk = Talk(world, CONSENTED)
    talk.say(text, intent="protection_health_eps")
    assert shown(talk) == []
    assert talk.at == "health_eps/need"
