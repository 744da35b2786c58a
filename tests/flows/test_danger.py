"""Danger comes first: what is read for it, and how a crisis is never interrupted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows import phrases
from bot.flows.engine import needs_understanding
from bot.flows.state import State
from bot.flows.turn import Danger, Turn
from tests.flows.harness import Talk, real_world, small_world, talk_in
from tests.flows.writing import COUNTRY, ROUTE, flow, flows

# Danger and what is read for it.


@pytest.mark.parametrize(
    ("at", "text", "asks"),
    [
        ("main", "Venezuela", False),
        ("main", "vzla", False),
        ("main", "2", False),
        ("main", "menú", False),
        ("main", "cambiar mi nacionalidad", False),
        ("main", "soy de venezuela", True),
        ("main", "cambiar de vida", True),
        ("main", "venesuela", True),
        ("wishes", "quiero morir", True),
        ("work", "sí", False),
        ("work", "no", False),
        ("work", "no quiero vivir", True),
        ("work", "no me pega", True),
        ("work", "", False),
        ("ages", "34", False),
        ("ages", "1990", False),
        ("ages", "morir a los 34", True),
        ("dates", "15/03/2024", False),
        ("dates", "quiero morir hoy", True),
        ("dates", "hoy", True),
    ],
)
def test_the_nlu_reads_every_text_that_may_say_more_than_an_answer(at: str, text: str, asks: bool) -> None:
    more = flow("ages", "\n      - {id: age, collect: age, ask: '¿Edad?', why: x}\n")
    more += flow("dates", "\n      - {id: entered, collect: entered, ask: '¿Fecha?', why: x}\n")
    talk = talk_in(ROUTE + more, at)
    assert needs_understanding(talk.state, Turn("text", text=text), talk.world) is asks


def test_captions_and_edits_are_read_for_danger_too() -> None:
    talk = talk_in(ROUTE, "main")
    for turn in (Turn("media", text="me va a matar", media="photo"), Turn("edited", text="me va a matar")):
        assert needs_understanding(talk.state, turn, talk.world)
    for turn in (Turn("media", media="photo"), Turn("tap", payload="g|menu"), Turn("start"), Turn("fire", payload="x")):
        assert not needs_understanding(talk.state, turn, talk.world)
    understood = replace(
        Turn("media", text="me va a matar", media="photo").understanding, danger=Danger("violence", "sure")
    )
    talk.turn(Turn("media", text="me va a matar", media="photo", understanding=understood))
    assert talk.at == "crisis_after/choose"


def test_a_doubt_inside_a_crisis_is_an_answer_not_a_new_beginning() -> None:
    doubt = Danger("violence", "unsure")
    talk = talk_in(ROUTE, "main")
    talk.say("esto es horrible la verdad", danger=doubt)
    assert talk.at == "crisis_check/danger"
    talk.say("sí, tengo mucho miedo", danger=doubt)
    assert talk.at == "crisis_check/which"


def test_a_short_answer_with_a_doubtful_word_stays_an_answer() -> None:
    talk = talk_in(flows(flow("main", COUNTRY.replace("vzla", "me sacaron"))), "main")
    talk.say("me sacaron", danger=Danger("violence", "unsure"))
    assert talk.state.slots == {"country": "ve"}


def test_a_doubtful_text_at_a_free_question_is_still_asked_about() -> None:
    talk = talk_in(ROUTE, "wishes")
    talk.say("ya no puedo", danger=Danger("suicide", "unsure"))
    assert talk.at == "crisis_check/danger"


def test_a_greeting_in_a_crisis_asks_its_question_again_and_names_nothing() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("me quiere matar", danger="violence")
    talk.say("hola", "meta_greet")
    assert talk.said[0].text.endswith("¿Qué quieres hacer ahora?")
    talk.say("idioma")
    talk.tap("Español")
    assert "Volvamos" not in talk.text
    assert talk.at == "crisis_after/choose"


def test_two_topics_in_a_crisis_are_not_asked_about() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("me quiere matar", danger="violence")
    talk.say("papeles para trabajar", ambiguous=("m", "w"))
    assert talk.at == "crisis_after/choose"


def test_the_menu_before_the_first_hello_asks_the_permission_but_not_in_a_crisis() -> None:
    talk = Talk(small_world(ROUTE))
    talk.say("menú")
    assert talk.at == "consent/ask"
    talk = Talk(small_world(ROUTE))
    talk.say("me quiere matar", danger="violence")
    talk.say("menú")
    assert phrases.MENU in talk.text


@pytest.mark.parametrize("consent", ["given", "refused"])
@pytest.mark.parametrize("kind", ["violence", "suicide", "trafficking", "child_risk"])
def test_after_a_quick_exit_nothing_on_the_screen_tells_of_danger(kind: str, consent: str) -> None:
    """The last message is harmless, and whoever takes the phone and writes is not asked about danger either."""
    for certainty in ("sure", "unsure"):
        talk = Talk(real_world(), State(consent=consent, greeted=True))  # type: ignore[arg-type]
        talk.start("route_ppt_lost")
        talk.say("no sé qué hacer con esto", danger=Danger(kind, certainty))  # type: ignore[arg-type]
        assert any(said.kind == "crisis" for said in talk.said)
        talk.say("salir rápido")
        assert [said.text for said in talk.said] == [phrases.EXIT]
        assert all(talk.world.flows.flows[frame.flow].kind != "crisis" for frame in talk.state.stack)
        for text in ("hola", "quién es", "sí"):
            talk.say(text)
            assert all(said.kind != "crisis" for said in talk.said)
            assert "línea" not in talk.text.lower()
