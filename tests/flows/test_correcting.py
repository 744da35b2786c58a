"""Correcting an answer and going back: what still fits is kept, what hung on it is asked, the place is the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows import phrases
from bot.flows.state import State
from tests.flows.harness import CONSENTED, Talk, small_world, talk_in
from tests.flows.writing import CALLS, CHILDREN, COUNTRY, FEARED, PAPER, ROUTE, flow, flows

# Correcting.


def test_a_correction_keeps_what_fits_and_asks_what_hung_on_it() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("cambiar mi país")
    assert talk.text.startswith("Vamos a corregirlo. Antes dijiste: Venezuela.")
    talk.tap("Haití")
    assert talk.at == "main/paper"  # it depends on the country
    assert talk.state.slots == {"country": "ht"}


def test_a_correction_takes_over_later_answers_without_asking() -> None:
    steps = CHILDREN + COUNTRY + "      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n"
    talk = talk_in(flows(flow("main", steps)), "main")
    talk.say("2")
    talk.tap("Venezuela")
    talk.say("cambiar número de hijos")
    assert talk.changed == {"children": None}  # the country waits and is not lost
    talk.say("3")
    assert talk.at == "main/works"
    assert talk.state.slots == {"children": 3, "country": "ve"}
    assert talk.changed == {"children": 3}


def test_answers_wait_over_several_turns_of_a_correction() -> None:
    steps = CHILDREN + COUNTRY + "      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n"
    talk = talk_in(
        flows(flow("main", steps), flow("work", CHILDREN.replace("children,", "other,", 1), intent="w")), "main"
    )
    talk.say("2")
    talk.tap("Venezuela")
    talk.say("cambiar hijos")
    for text in ("xyzw", "ayuda", "idioma"):
        talk.say(text)
    talk.tap("Español")
    assert talk.at == "main/children"
    talk.say("3")
    assert talk.at == "main/works"
    assert talk.state.slots == {"children": 3, "country": "ve"}


def test_a_correction_on_another_branch_drops_what_is_not_reached() -> None:
    steps = (
        COUNTRY.rstrip()
        + '\n        next: [{if: slots.country == "ve", then: paper}, {else: children}]\n'
        + PAPER.rstrip()
        + "\n        next: children\n"
        + CHILDREN
    )
    world = flows(flow("main", steps)).replace(", depends_on: [country]", "")
    talk = talk_in(world, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("cambiar país de origen a Haití")
    assert talk.at == "main/children"
    talk.say("1")
    assert talk.state.slots == {"country": "ht", "children": 1}
    assert talk.changed == {"children": 1, "paper": None}


LOOP = flows(
    flow(
        "main",
        PAPER.replace("why:", "ask_before_filling: true\n        why:")
        + CHILDREN
        + """
      - {id: again, collect: works, ask: '¿Otra vez?', why: x, ask_before_filling: true, next: [
          {if: slots.works, then: paper}, {else: END}]}
""",
    )
)


def test_an_answer_that_was_taken_over_is_not_taken_over_again_in_a_loop() -> None:
    talk = talk_in(LOOP, "main")
    for text in ("PPT", "2", "sí", "cambiar hijos", "3"):
        talk.say(text)
    assert talk.at == "main/paper"  # "sí" was taken over
    talk.say("ninguno")
    assert talk.at == "main/again"


def test_an_answer_given_anew_takes_the_place_of_the_one_that_waits() -> None:
    talk = talk_in(LOOP, "main")
    for text in ("PPT", "2", "sí", "ninguno", "cambiar hijos", "atrás", "PPT", "3"):
        talk.say(text)
    assert talk.at == "main/paper"
    assert talk.state.slots["paper"] == "ppt"


def test_one_message_corrects_and_answers() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("cambiar mi nacionalidad a haití")
    assert talk.state.slots == {"country": "ht"}
    assert talk.text == "¿Qué documento tienes?"


def test_change_alone_lists_the_answers_the_newest_first() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("cambiar")
    assert talk.text == phrases.CHANGE_WHAT
    assert talk.labels == ["Documento", "País de origen", phrases.RESUME_BUTTON]
    talk.say("2")
    assert talk.at == "main/country"


def test_there_is_nothing_to_change_at_the_first_question() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("cambiar")
    assert talk.text.startswith(phrases.NOTHING_TO_CHANGE)
    assert talk.at == "main/country"


def test_an_answer_of_this_route_can_be_corrected_even_where_it_is_not_kept() -> None:
    talk = talk_in(flows(flow("main", FEARED + CHILDREN)), "main")
    talk.tap("Sí")
    talk.say("cambiar volver")
    assert talk.at == "main/feared"


def test_a_correction_out_of_a_digression_returns_to_the_route_and_does_not_ask_it_again() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("busco trabajo", "w")
    talk.say("sí")
    talk.tap("PPT")
    talk.say("cambiar trabajo a no")
    assert talk.at == "main/children"
    assert talk.state.slots == {"country": "ve", "paper": "ppt", "works": False}


def test_a_finished_route_is_corrected_in_its_place_while_it_is_remembered() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("2")
    talk.say("cambiar número de hijos")
    assert talk.at == "main/children"
    talk.say("3")
    assert talk.said[0].text == "Eso es todo, de Venezuela."
    assert talk.state.slots["children"] == 3


def test_an_answer_of_an_older_route_is_asked_alone_and_the_person_comes_back() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("2")
    talk.start("route_work")
    talk.say("cambiar país de origen")
    assert talk.state.stack[-1].only
    assert talk.text.startswith("Vamos a corregirlo. Antes dijiste: Venezuela.")
    talk.tap("Haití")
    assert talk.at == "work/works"
    assert phrases.RECAP.format(flow="Ruta work") in talk.text
    assert talk.state.slots == {"country": "ht", "children": 2}  # the paper hung on the country
    assert talk.changed == {"country": "ht", "paper": None}


def test_one_correction_at_a_time_stands_on_the_stack() -> None:
    talk = Talk(small_world(ROUTE), replace(CONSENTED, slots={"country": "ve", "children": 2}))
    talk.start("route_work")
    for _ in range(30):
        talk.tap_payload("c|country")
        talk.tap_payload("c|children")
    assert len(talk.state.stack) == 2
    talk.say("atrás")
    assert talk.at == "work/works"


@pytest.mark.parametrize("slot", ["consent_answer", "feared", "no_such_slot", "works"])
def test_a_button_to_change_what_was_never_answered_is_stale(slot: str) -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap_payload(f"c|{slot}")
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.at == "main/country"


# Going back.


def test_back_takes_the_last_answer_back_and_asks_it_again() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.tap("PPT")
    talk.say("atrás")
    assert talk.text.startswith(phrases.WENT_BACK)
    assert talk.at == "main/paper"
    assert talk.changed == {"paper": None}
    talk.say("atrás")
    assert talk.at == "main/country"
    talk.say("atrás")
    assert talk.text.startswith(phrases.AT_THE_START)
    assert talk.at == "main/country"
    assert talk.state.slots == {}


def test_back_restores_what_was_answered_before_a_change() -> None:
    steps = COUNTRY.replace("why:", "ask_before_filling: true\n        why:") + CHILDREN
    talk = Talk(small_world(flows(flow("main", steps))), replace(CONSENTED, slots={"country": "ve"}))
    talk.start("route_main")
    talk.tap("Haití")
    talk.say("atrás")
    assert talk.state.slots == {"country": "ve"}


def test_back_goes_through_calls_and_links() -> None:
    talk = talk_in(CALLS, "main")
    talk.say("2")
    talk.say("atrás")
    assert talk.at == "helper/children"
    assert [frame.flow for frame in talk.state.stack] == ["main", "helper"]


def test_back_at_the_first_question_of_a_digression_returns_to_the_open_question() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("busco trabajo", "w")
    talk.say("atrás")
    assert talk.at == "main/paper"
    assert phrases.RECAP.format(flow="Ruta main") in talk.text
    assert talk.state.slots == {"country": "ve"}


def test_back_after_the_end_opens_the_last_question_again() -> None:
    talk = talk_in(ROUTE, "work")
    talk.say("sí")
    talk.say("atrás")
    assert talk.at == "work/works"
    assert talk.state.slots == {}


def test_back_out_of_a_side_talk_asks_the_question_that_was_open() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("borrar mis datos")
    talk.say("atrás")
    assert talk.at == "main/paper"
    assert talk.state.slots == {"country": "ve"}


def test_back_never_leads_into_a_side_talk_that_is_over() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("idioma")
    talk.tap("Español")
    assert talk.at == "main/paper"
    talk.say("atrás")
    assert talk.at == "main/country"


def test_nobody_goes_back_past_the_permission_or_out_of_a_crisis() -> None:
    talk = talk_in(ROUTE, "main", state=State())
    talk.say("atrás")
    assert talk.at == "consent/ask"
    assert phrases.AT_THE_START in talk.text
    talk.say("me quiere matar", danger="violence")
    talk.say("atrás")
    assert talk.at == "crisis_after/choose"


# What set_slots set goes with the answer that led to it.

SETS = flows(
    flow(
        "main",
        CHILDREN
        + COUNTRY.rstrip()
        + """
        next: [{if: slots.country == "ve", then: clear}, {else: works}]
      - {id: clear, set_slots: [{children: null}, {age: 30}, {country: ht}]}
      - {id: works, collect: works, ask: '¿Trabajas?', why: x}
      - {id: wish, collect: wish, ask: '¿Qué buscas?', why: x}
""",
    )
)


def test_back_undoes_what_steps_set_since_the_question() -> None:
    talk = talk_in(SETS, "main")
    talk.say("2")
    talk.tap("Venezuela")
    assert talk.state.slots == {"age": 30, "country": "ht"}
    talk.say("sí")
    talk.say("atrás")
    assert talk.state.slots == {"age": 30, "country": "ht"}
    talk.say("atrás")
    assert talk.at == "main/country"
    assert talk.state.slots == {"children": 2}
    assert talk.changed == {"age": None, "children": 2, "country": None}


def test_a_correction_undoes_what_steps_set_since_the_question() -> None:
    talk = talk_in(SETS, "main")
    talk.say("2")
    talk.tap("Venezuela")
    talk.say("cambiar país de origen")
    assert talk.state.slots == {"children": 2}
    talk.tap("Colombia")
    assert talk.state.slots == {"children": 2, "country": "co"}


def test_what_steps_set_for_the_moment_is_not_remembered_for_going_back() -> None:
    steps = FEARED + CHILDREN + "      - {id: forget, set_slots: [{feared: null}]}\n" + COUNTRY
    talk = talk_in(flows(flow("main", steps), flow("work", "\n      - {id: a, say: Hola.}\n", intent="w")), "main")
    talk.tap("Sí")
    talk.say("2")
    talk.tap("Haití")
    assert "feared', 'yes" not in str(talk.state.to_json())


def test_a_correction_of_an_older_answer_asks_it_where_that_answer_is_offered() -> None:
    few = COUNTRY.replace("          - {value: ht, label: Haití}\n", "").replace("¿De qué país eres?", "¿De dónde?")
    world = flows(flow("first", few), flow("second", COUNTRY), flow("third", CHILDREN))
    talk = Talk(small_world(world), replace(CONSENTED, slots={"country": "ht"}))
    talk.start("route_third")
    talk.say("cambiar país de origen")
    assert talk.at == "second/country"
    assert "Haití" in talk.labels
