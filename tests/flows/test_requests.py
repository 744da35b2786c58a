"""Two requests in one message: the first is begun, the second comes by itself when the first has ended."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from bot.flows import phrases
from bot.flows.engine import advance
from bot.flows.events import Said
from bot.flows.state import State
from bot.flows.turn import Danger, Turn, Understanding
from tests.flows.harness import CONSENTED, Talk, small_world, talk_in
from tests.flows.writing import ROUTE

FIRST_MAIN = "Primero vemos «Ruta main» y luego «Ruta work»."
NOW_WORK = "Ahora vemos lo otro: «Ruta work»."


def say(talk: Talk, text: str, intent: str, also: Collection[str], danger: Danger | None = None) -> list[Said]:
    return talk.turn(Turn("text", text=text, understanding=Understanding(intent, 0.9, also=tuple(also), danger=danger)))


def end_main(talk: Talk) -> None:
    talk.tap("Haití")
    talk.tap("Ninguno")
    talk.say("2")


def test_the_first_is_begun_and_the_second_comes_when_it_ends() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    say(talk, "quiero papeles y además busco trabajo", "m", ["w"])
    assert talk.text == f"{FIRST_MAIN}\n\n¿De qué país eres?"
    assert talk.state.later == ("work",)
    end_main(talk)
    assert talk.text.endswith(f"{NOW_WORK}\n\n¿Trabajas?")
    assert talk.state.later == ()
    talk.say("no")
    assert phrases.CLOSING in talk.text


def test_at_first_contact_both_wait_for_the_permission() -> None:
    talk = Talk(small_world(ROUTE))
    say(talk, "quiero papeles y además busco trabajo", "m", ["w"])
    assert talk.at.startswith("consent/")
    assert talk.said[0].text == FIRST_MAIN
    talk.tap(1)
    assert talk.at == "main/country"
    end_main(talk)
    assert talk.at == "work/works"


def test_told_to_the_permission_question_they_keep_their_order() -> None:
    talk = Talk(small_world(ROUTE))
    talk.start()
    assert talk.at.startswith("consent/")
    say(talk, "quiero papeles y además busco trabajo", "m", ["w"])
    talk.tap(1)
    assert talk.at == "main/country"
    end_main(talk)
    assert talk.at == "work/works"


def test_in_the_middle_of_a_route_the_person_is_brought_back_first() -> None:
    talk = talk_in(ROUTE, "main")
    say(talk, "busco trabajo y además otra cosa", "w", ["s"])
    assert talk.text == "Primero vemos «Ruta work» y luego «Ruta wishes».\n\n¿Trabajas?"
    talk.say("no")
    assert talk.at == "main/country"
    end_main(talk)
    assert talk.at == "wishes/wish"


def test_the_open_topic_and_another_one_are_no_answer_that_failed() -> None:
    talk = talk_in(ROUTE, "main")
    say(talk, "papeles es lo que quiero y además busco trabajo", "m", ["w"])
    assert talk.text == f"{FIRST_MAIN}\n\n¿De qué país eres?"
    assert talk.state.later == ("work",)


@pytest.mark.parametrize("also", [["m"], ["unknown"], ["crisis_violence"]])
def test_what_is_no_other_route_is_not_promised(also: list[str]) -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    say(talk, "quiero papeles y además otra cosa", "m", also)
    assert talk.text == "¿De qué país eres?"
    assert talk.state.later == ()


def test_a_route_that_waits_already_is_not_promised_twice() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    say(talk, "quiero papeles y además busco trabajo", "m", ["w"])
    say(talk, "busco otra cosa y trabajo tambien", "s", ["w"])
    assert "Primero vemos" not in talk.text
    assert talk.state.later == ("work",)


def test_danger_wins_over_both() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    say(talk, "quiero papeles y mi marido me pega", "m", ["w"], Danger("violence", "sure"))
    assert any(said.kind == "crisis" for said in talk.said)
    assert "Primero vemos" not in talk.text
    assert talk.state.later == ()


def test_who_leaves_quickly_without_consent_leaves_nothing_waiting() -> None:
    talk = Talk(small_world(ROUTE), State(consent="refused", greeted=True))
    say(talk, "quiero papeles y además busco trabajo", "m", ["w"])
    state, _ = advance(talk.state, Turn("text", text="salir rápido"), talk.world)
    assert (state.later, state.stack) == ((), ())
