"""What the engine does with a flow: branches, calls, known answers, corrections, going back, pages, limits, consent.

Each test writes the few steps that it is about; the system flows (permission, language, stop, crisis …) are the real
ones.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.facts import load_facts
from bot.flows import phrases
from bot.flows.engine import advance, needs_understanding
from bot.flows.errors import EngineError
from bot.flows.events import (
    CardShown,
    CaseOpened,
    FlowEnded,
    FlowStarted,
    FollowUpWanted,
    LanguageChanged,
    MessagesResumed,
    MessagesStopped,
    Referred,
    SlotSet,
)
from bot.flows.run import MAX_OPEN, MAX_STACK
from bot.flows.state import Frame, State
from bot.flows.turn import Danger, Turn, World
from tests.flows.harness import CONSENTED, TODAY, Talk, real_facts, small_flows, small_world, talk_in

SLOTS = """
slots:
  country: {type: category, label: país de origen, words: [nacionalidad]}
  paper: {type: category, label: documento, depends_on: [country]}
  children: {type: number, label: número de hijos}
  entered: {type: date, label: fecha de entrada}
  age: {type: age, label: edad}
  works: {type: boolean, label: trabajo}
  wish: {type: text, label: lo que buscas}
  feared: {type: category, label: volver, transient: true}
"""
COUNTRY = """
      - id: country
        collect: country
        ask: ¿De qué país eres?
        ask_again: Toca tu país.
        why: Cada país tiene otro camino.
        options:
          - {value: ve, label: Venezuela, synonyms: [venezolana, vzla]}
          - {value: ht, label: Haití}
          - {value: co, label: Colombia}
"""
PAPER = """
      - id: paper
        collect: paper
        ask: ¿Qué documento tienes?
        why: Con eso veo el camino.
        options:
          - {value: ppt, label: PPT}
          - {value: none, label: Ninguno}
"""
CHILDREN = """
      - {id: children, collect: children, ask: "¿Cuántos hijos tienes?", why: Para el colegio.}
"""
FEARED = """
      - id: feared
        collect: feared
        ask: ¿Te da miedo volver?
        why: Puede haber protección.
        options: [{value: "yes", label: Sí}, {value: "no", label: No}, {value: skip, label: Prefiero no decir}]
"""
CLOSING = (phrases.MENU_BUTTON, phrases.PERSON_BUTTON, phrases.SUMMARY_BUTTON)


def flow(name: str, steps: str, *, kind: str = "route", intent: str = "", menu: int = 0) -> str:
    """One flow as YAML."""
    more = f"\n    nlu_trigger: [{{intent: {intent}}}]" if intent else ""
    more += f"\n    menu: {menu}" if menu else ""
    return f"""
  {name}:
    name: Ruta {name}
    description: Una ruta
    kind: {kind}{more}
    steps:{steps}"""


def flows(*made: str) -> str:
    return f"{SLOTS}\nflows:{''.join(made)}"


ROUTE = flows(
    flow(
        "main", COUNTRY + PAPER + CHILDREN + "      - {id: bye, say: 'Eso es todo, de {slot:country}.'}\n", intent="m"
    ),
    flow("work", "\n      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n", intent="w", menu=1),
    flow("wishes", "\n      - {id: wish, collect: wish, ask: '¿Qué buscas?', why: x}\n", intent="s", menu=2),
)


# Steps and branches.


def test_questions_follow_each_other_and_the_route_closes_with_ways_on() -> None:
    talk = talk_in(ROUTE, "main")
    assert talk.text == "¿De qué país eres?"
    assert talk.labels == ["Venezuela", "Haití", "Colombia"]
    talk.tap("Haití")
    talk.say("ninguno")
    talk.say("tres")
    assert [said.text for said in talk.said] == ["Eso es todo, de Haití.", phrases.CLOSING]
    assert tuple(talk.labels) == CLOSING
    assert talk.state.slots == {"country": "ht", "paper": "none", "children": 3}
    assert talk.state.finished == ("main",)
    assert not talk.state.stack


BRANCHES = flows(
    flow(
        "main",
        """
      - {id: age, collect: age, ask: '¿Qué edad tienes?', why: x, next: [
          {if: slots.age < 18, then: young}, {if: 'slots.age in [18, 19]', then: new}, {else: entered}]}
      - {id: young, say: Eres menor., next: END}
      - {id: new, say: Recién mayor., next: END}
      - {id: entered, collect: entered, ask: '¿Cuándo entraste?', why: x, next: [
          {if: slots.entered >= today - 60, then: recent}, {else: old}]}
      - {id: recent, say: Hace poco., next: END}
      - {id: old, say: Hace tiempo., next: END}
""",
    )
)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["17"], "Eres menor."),
        (["18"], "Recién mayor."),
        (["tengo 19 años"], "Recién mayor."),
        (["20", "24/11/2026"], "Hace poco."),
        (["20", "25/9/2026"], "Hace poco."),
        (["20", "24/9/2026"], "Hace tiempo."),
        (["20", "15 de marzo de 2019"], "Hace tiempo."),
    ],
)
def test_the_first_branch_that_holds_is_taken(texts: list[str], said: str) -> None:
    talk = talk_in(BRANCHES, "main")
    for text in texts:
        talk.say(text)
    assert talk.said[0].text == said


CALLS = flows(
    flow(
        "main",
        """
      - {id: first, say: Antes., next: call}
      - {id: call, call: helper, next: after}
      - {id: after, say: Después., next: END}
""",
    ),
    flow("helper", CHILDREN + "      - {id: inner, call: inner}\n      - {id: end, say: Fin de la ayuda.}\n"),
    flow("inner", "\n      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n"),
    flow("linked", "\n      - {id: go, link: helper}\n"),
)


def test_a_called_flow_comes_back_from_any_depth() -> None:
    talk = talk_in(CALLS, "main")
    assert talk.text == "Antes.\n\n¿Cuántos hijos tienes?"
    talk.say("2")
    assert talk.at == "inner/works"
    assert [frame.flow for frame in talk.state.stack] == ["main", "helper", "inner"]
    talk.say("sí")
    assert [said.text for said in talk.said] == ["Fin de la ayuda.", "Después.", phrases.CLOSING]


def test_a_linked_flow_takes_the_place_of_the_one_that_linked() -> None:
    talk = talk_in(CALLS, "linked")
    assert [frame.flow for frame in talk.state.stack] == ["helper"]
    assert talk.of(FlowEnded) == [FlowEnded("linked")]
    talk.say("2")
    talk.say("no")
    assert [said.text for said in talk.said] == ["Fin de la ayuda.", phrases.CLOSING]


def test_a_flow_linked_inside_a_call_comes_back_to_the_caller() -> None:
    text = flows(
        flow("main", "\n      - {id: call, call: middle}\n      - {id: after, say: Después.}\n"),
        flow("middle", "\n      - {id: go, link: inner}\n"),
        flow("inner", CHILDREN),
    )
    talk = talk_in(text, "main")
    assert [frame.flow for frame in talk.state.stack] == ["main", "inner"]
    talk.say("2")
    assert [said.text for said in talk.said] == ["Después.", phrases.CLOSING]


def test_set_slots_gives_and_takes_back_answers() -> None:
    steps = COUNTRY + "      - {id: put, set_slots: [{paper: none}, {country: null}]}\n" + CHILDREN
    talk = talk_in(flows(flow("main", steps), flow("other", PAPER + CHILDREN)), "main")
    talk.tap("Venezuela")
    assert talk.state.slots == {"paper": "none"}
    assert talk.changed == {"paper": "none"}
    talk.tap_payload("r|other")
    assert "documento: Ninguno" in talk.text


REJECTING = flows(
    flow(
        "main",
        """
      - id: entered
        collect: entered
        ask: ¿Cuándo entraste?
        why: x
        rejections: [{if: slots.entered > today, say: Esa fecha no ha llegado.}]
      - {id: bye, say: Gracias.}
""",
    )
)


def test_an_answer_that_cannot_be_is_refused_in_the_flows_words() -> None:
    talk = talk_in(REJECTING, "main")
    talk.say("25/11/2026")
    assert talk.text == "Esa fecha no ha llegado.\n\n¿Cuándo entraste?"
    assert talk.state.slots == {}
    talk.say("1/1/2027")
    assert phrases.PERSON_BUTTON in talk.labels
    talk.say("24/11/2026")
    assert talk.state.slots == {"entered": "2026-11-24"}


def test_a_known_answer_that_this_question_would_refuse_is_asked() -> None:
    talk = Talk(small_world(REJECTING), replace(CONSENTED, slots={"entered": "2027-01-01"}))
    talk.start("route_main")
    assert talk.at == "main/entered"


# Known answers.


def test_what_is_known_is_not_asked_again_and_half_a_line_says_so() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Haití")
    talk.say("menú")
    talk.tap("Ruta work")
    talk.say("sí")
    talk.start("route_main")
    known = phrases.KNOWN.format(answers="país de origen: Haití", change="cambiar")
    assert talk.text == f"{known}\n\n¿Qué documento tienes?"
    talk.tap("PPT")
    assert "Ya sé" not in talk.text


def test_a_known_answer_that_is_no_option_here_is_asked() -> None:
    talk = Talk(small_world(ROUTE), replace(CONSENTED, slots={"country": "mars"}))
    talk.start("route_main")
    assert talk.at == "main/country"


def test_ask_before_filling_asks_even_what_is_known() -> None:
    steps = COUNTRY.replace("why:", "ask_before_filling: true\n        why:")
    talk = Talk(small_world(flows(flow("main", steps))), replace(CONSENTED, slots={"country": "ve"}))
    talk.start("route_main")
    assert talk.at == "main/country"


# Reading answers.


def test_a_question_is_answered_by_number_label_synonym_typo_part_and_sentence() -> None:
    for text in ("1", "la primera", "Venezuela", "vzla", "venesuela", "yo soy venezolana de nacimiento"):
        talk = talk_in(ROUTE, "main")
        talk.say(text)
        assert talk.state.slots == {"country": "ve"}, text


def test_not_understood_asks_in_other_words_then_offers_a_person() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("xyzw")
    assert talk.text == f"{phrases.NOT_UNDERSTOOD}\n\nToca tu país."
    assert talk.labels == ["Venezuela", "Haití", "Colombia"]
    talk.say("xyzw")
    assert talk.labels[-2:] == [phrases.PERSON_BUTTON, phrases.MENU_BUTTON]
    talk.say(phrases.PERSON_BUTTON)
    assert talk.of(CaseOpened) == [CaseOpened("handoff", "main/country")]
    assert talk.at == "main/country"


def test_a_typed_question_says_how_to_write_the_answer() -> None:
    talk = talk_in(BRANCHES, "main")
    talk.say("no me acuerdo bien")
    assert phrases.NOT_READABLE["age"] in talk.text


def test_yes_and_no_inside_a_sentence_answer_a_question_that_offers_them() -> None:
    for text, value in (("sí, desde hace tiempo", "yes"), ("no, para nada", "no"), ("saltar", "skip")):
        talk = talk_in(flows(flow("main", FEARED + CHILDREN)), "main")
        talk.say(text)
        assert talk.state.slots == {"feared": value}, text


def test_an_answer_said_in_passing_gives_way_to_another_topic() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("mi vecina es venezolana pero yo quiero saber cómo consigo trabajo", "w")
    assert talk.at == "work/works"
    talk = talk_in(ROUTE, "main")
    talk.say("soy venezolana señor", "w")
    assert talk.state.slots == {"country": "ve"}


def test_a_question_of_the_person_is_no_answer() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("¿y si soy de Haití consigo trabajo?", "w")
    assert talk.at == "work/works"
    talk = talk_in(ROUTE, "wishes")
    talk.say("¿cómo consigo trabajo?", "w")  # not even where any text would be an answer
    assert talk.at == "work/works"


# Pages.

CITIES = [f"Ciudad {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVW"]
PAGED = flows(
    flow(
        "main",
        "\n      - id: paper\n        collect: paper\n        ask: ¿En qué ciudad?\n        why: x\n        options:\n"
        + "".join(f"          - {{value: c{index}, label: {city}}}\n" for index, city in enumerate(CITIES))
        + CHILDREN,
    )
)


def test_twenty_three_options_come_in_pages_of_nine_and_a_button() -> None:
    talk = talk_in(PAGED, "main")
    assert talk.labels == [*CITIES[:9], phrases.MORE_OPTIONS]
    talk.tap(phrases.MORE_OPTIONS)
    assert talk.labels == [*CITIES[9:18], phrases.MORE_OPTIONS]
    talk.tap(10)
    assert talk.labels == [*CITIES[18:], phrases.FIRST_OPTIONS]
    talk.tap(phrases.FIRST_OPTIONS)
    assert talk.labels == [*CITIES[:9], phrases.MORE_OPTIONS]


def test_numbers_mean_the_page_that_is_seen_and_labels_any_page() -> None:
    talk = talk_in(PAGED, "main")
    talk.say("10")  # the number of the button to the next page
    talk.say("2")
    assert talk.state.slots == {"paper": "c10"}
    talk = talk_in(PAGED, "main")
    talk.say("ciudad w")
    assert talk.state.slots == {"paper": "c22"}


def test_more_options_can_be_written_and_back_leads_to_the_first_page() -> None:
    talk = talk_in(PAGED, "main")
    for text in ("más", "más opciones"):
        talk.say(text)
    assert talk.labels == [*CITIES[18:], phrases.FIRST_OPTIONS]
    talk.say("primeras opciones")
    assert talk.labels[0] == "Ciudad A"
    talk.say("ver más")
    talk.say("atrás")
    assert talk.labels[0] == "Ciudad A"
    assert talk.at == "main/paper"


def test_a_full_page_still_offers_a_person_within_ten_rows() -> None:
    talk = talk_in(PAGED, "main")
    talk.say("xyzw")
    talk.say("xyzw")
    assert [button.label for button in talk.said[0].buttons] == [phrases.PERSON_BUTTON, phrases.MENU_BUTTON]
    assert all(len(said.buttons) <= 10 for said in talk.said)
    assert talk.labels[0] == "Ciudad A"


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


# Digressions.


def test_a_digression_is_followed_and_the_person_is_brought_back_with_a_recap() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("busco trabajo", "w")
    assert talk.at == "work/works"
    talk.say("no")
    assert talk.text == "Volvamos a «Ruta main».\n\n¿De qué país eres?"


def test_the_topic_of_the_open_question_itself_is_an_answer_not_understood() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("necesito papeles", "m")
    assert phrases.NOT_UNDERSTOOD in talk.text
    assert talk.at == "main/country"


def test_a_topic_that_waits_below_is_returned_to_not_begun_twice() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("busco trabajo", "w")
    talk.say("quiero seguir con los papeles", "m")
    assert [frame.flow for frame in talk.state.stack] == ["main"]
    assert talk.text.startswith("Volvamos a «Ruta main».")


def test_a_topic_drops_a_system_question_that_was_left_open() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("más tarde")
    talk.say("busco trabajo", "w")
    talk.say("sí")
    assert talk.at == "main/country"


def test_an_unclear_topic_is_asked_and_a_number_a_label_or_neither_answers() -> None:
    for answer, at in (("1", "main/country"), ("ruta work", "work/works"), ("2", "work/works"), ("3", "")):
        talk = Talk(small_world(ROUTE), CONSENTED)
        talk.say("papeles para trabajar", ambiguous=("m", "w"))
        assert talk.labels == ["Ruta main", "Ruta work", phrases.NEITHER]
        talk.say(answer)
        assert talk.at == at
    assert phrases.MENU in talk.text


def test_neither_of_two_topics_returns_to_the_open_question() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("trabajo o deseos", ambiguous=("w", "s"))
    talk.tap(phrases.NEITHER)
    assert talk.at == "main/country"


def test_one_known_topic_of_several_is_not_asked() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    talk.say("busco trabajo", "w", ambiguous=("w", "unknown"))
    assert talk.at == "work/works"


def test_a_menu_over_an_open_question_does_not_steal_its_numbers_afterwards() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("menú")
    talk.media("photo")  # the question is asked again: numbers are its own
    talk.say("2")
    assert talk.state.slots == {"country": "ht"}


# The closing question.


@pytest.mark.parametrize(
    ("text", "said"),
    [("no, gracias", phrases.GOODBYE), ("No", phrases.GOODBYE), ("sí", phrases.MENU), ("1", phrases.MENU)],
)
def test_more_help_is_answered_with_yes_or_no(text: str, said: str) -> None:
    talk = talk_in(ROUTE, "work")
    talk.say("no")
    talk.say(text)
    assert talk.text == said


def test_the_labels_of_the_closing_buttons_can_be_written() -> None:
    talk = talk_in(ROUTE, "work")
    talk.say("no")
    person, summary = talk.fork(), talk.fork()
    person.say(phrases.PERSON_BUTTON)
    assert person.of(CaseOpened)
    summary.say("ver mis respuestas")
    assert phrases.SUMMARY in summary.text


# What is remembered, and what is not.


def test_a_transient_answer_steers_the_route_and_is_gone_after_it() -> None:
    talk = talk_in(flows(flow("main", FEARED + CHILDREN)), "main")
    talk.tap("Sí")
    assert talk.of(SlotSet) == [SlotSet("feared", "yes", "main", "feared", transient=True)]
    talk.say("2")
    assert talk.state.slots == {"children": 2}
    assert all(event.transient for event in talk.of(SlotSet) if isinstance(event, SlotSet) and event.slot == "feared")


def test_the_summary_names_answers_and_cards_and_no_system_answers() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("idioma")
    talk.say("resumen")
    assert talk.said[0].text == f"{phrases.SUMMARY}\n• País de origen: Venezuela"
    assert talk.at == "language/choose"


def test_leaving_without_consent_leaves_nothing() -> None:
    talk = talk_in(ROUTE, "main", state=replace(CONSENTED, consent="refused"))
    talk.tap("Venezuela")
    talk.say("salir rápido")
    assert talk.state == State(release=talk.state.release, consent="refused", greeted=True, paused=True)


def test_leaving_with_consent_keeps_the_place() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("salir rápido")
    assert talk.text == phrases.EXIT
    talk.say("buenas tardes señor")
    assert talk.text == phrases.WELCOME_BACK.format(flow="Ruta main")
    talk.say("sí")
    assert talk.at == "main/paper"
    assert talk.state.slots == {"country": "ve"}


# Consent.


def test_the_first_route_waits_until_the_permission_is_answered() -> None:
    talk = talk_in(ROUTE, "main", state=State())
    assert talk.at == "consent/ask"
    talk.tap("Sí, acepto")
    assert talk.at == "main/country"
    talk.start("route_work")
    assert talk.at == "work/works"


def test_the_same_deep_link_twice_does_not_skip_the_permission() -> None:
    talk = talk_in(ROUTE, "main", state=State())
    talk.start("route_main")
    assert talk.at == "consent/ask"
    talk.tap("Seguir sin guardar")
    assert talk.at == "main/country"
    assert talk.state.consent == "refused"


def test_topics_told_instead_of_a_permission_are_taken_up_in_their_order() -> None:
    talk = Talk(small_world(ROUTE))
    talk.say("hola", "meta_greet")
    talk.say("busco trabajo", "w")
    assert talk.text.startswith(phrases.AFTER_CONSENT)
    talk.tap("Sí, acepto")
    assert talk.at == "work/works"
    talk = Talk(small_world(ROUTE))
    talk.say("busco trabajo", "w")
    talk.say("y papeles", "m")
    talk.tap("Sí, acepto")
    talk.say("no")
    assert talk.at == "main/country"


def test_who_does_not_answer_the_permission_twice_is_helped_without_keeping() -> None:
    for texts in ([("xyzw", ""), ("xyzw", "")], [("busco trabajo", "w"), ("busco trabajo ya", "w")]):
        talk = talk_in(ROUTE, "work", state=State())
        for text, intent in texts:
            talk.say(text, intent)
        assert talk.state.consent == "refused"
        assert talk.at == "work/works"


CARDS = """
cards:
  guide:
    {title: La guía, what: Es esto., who: Para ti., bring: [Algo], steps: [Ve], where: Allá, cost: Es gratis,
     time: Un día, refused: Insiste}
follow_ups: {asks: {after_days: 15, flow: check}}
partners: {migracion: {name: Migración, url_fact: migracion_site}}
"""
GUIDED = CARDS + flows(
    flow("main", "\n      - {id: guide, say: Mira., steps_card: guide, refer: migracion, follow_up: asks}\n"),
    flow("check", "\n      - {id: works, collect: works, ask: '¿Ya fuiste?', why: x}\n", kind="check_in"),
)


def test_one_step_says_shows_refers_and_asks_again_later() -> None:
    talk = talk_in(GUIDED, "main")
    assert [said.kind for said in talk.said] == ["say", "card", "note", "ask"]
    assert talk.said[1].text.startswith("📄 LA GUÍA")
    assert talk.of(CardShown) == [CardShown("guide")]
    assert talk.of(Referred) == [Referred("migracion")]
    assert talk.of(FollowUpWanted) == [FollowUpWanted("check", 15, "asks")]
    talk.say("resumen")
    assert "• La guía" in talk.text


def test_without_consent_nobody_is_asked_again_later() -> None:
    talk = talk_in(GUIDED, "main", state=replace(CONSENTED, consent="refused"))
    assert talk.of(CardShown)
    assert not talk.of(FollowUpWanted)


def test_a_check_in_over_an_open_route_leads_back_to_it() -> None:
    check = flow("check", "\n      - {id: works, collect: works, ask: '¿Ya fuiste?', why: x}\n", kind="check_in")
    talk = talk_in(ROUTE + check, "main")
    talk.fire("check")
    assert talk.at == "check/works"
    talk.say("sí")
    assert talk.at == "main/country"
    assert talk.text.startswith("Volvamos a «Ruta main».")


def test_a_check_in_never_interrupts_a_crisis_and_comes_after_it() -> None:
    talk = Talk(small_world(GUIDED), CONSENTED)
    talk.say("me quiere matar", danger="violence")
    talk.fire("check")
    assert talk.said == []
    assert talk.at == "crisis_after/choose"
    talk.tap("Sigamos la guía")
    assert talk.at == "check/works"


def test_who_stopped_the_messages_hears_nothing_until_they_write() -> None:
    talk = Talk(small_world(GUIDED), CONSENTED)
    talk.say("parar")
    talk.say("sí")
    assert talk.of(MessagesStopped)
    for flow_id in ("check", "reminder", "no_such_flow"):
        talk.fire(flow_id)
        assert talk.events == ()
    talk.say("hola", "meta_greet")
    assert talk.of(MessagesResumed)
    assert talk.said


def test_a_case_is_opened_once_until_somebody_answers() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("persona")
    assert talk.of(CaseOpened) == [CaseOpened("handoff", "main/country")]
    talk.say("persona")
    assert not talk.of(CaseOpened)
    assert phrases.HANDOFF_ALREADY in talk.text


def test_a_reminder_is_promised_only_to_who_gave_their_consent() -> None:
    for consent, days in (("given", [3]), ("refused", [])):
        talk = talk_in(ROUTE, "main", state=replace(CONSENTED, consent=consent))
        talk.say("más tarde")
        talk.say("en tres días")
        assert [event.after_days for event in talk.of(FollowUpWanted) if isinstance(event, FollowUpWanted)] == days
        assert talk.state.paused
        assert (phrases.REMINDER_NEEDS_CONSENT in talk.text) is not bool(days)


def test_a_reminder_asks_whether_to_go_on_and_says_hello_where_nothing_waits() -> None:
    talk = talk_in(ROUTE, "main")
    talk.fire("reminder")
    assert [said.text for said in talk.said] == [phrases.REMINDER]
    talk.say("sí")
    assert talk.at == "main/country"
    talk = Talk(small_world(ROUTE), CONSENTED)
    talk.fire("reminder")
    assert [said.text for said in talk.said] == [phrases.REMINDER_IDLE, phrases.MENU]


# Facts.

FACT = """
  {id}:
    research: REG-06
    claim: Fee of a blue card
    kind: amount
    value: 20000
    unit: COP
    say: "20.000 pesos"
    source: {{org: Oficina Azul, url: "https://azul.example.org/fees", date: "2026-02"}}
    confirm_at: {{name: Oficina Azul, url: "https://azul.example.org"}}
    confidence: {confidence}
    expires: {expires}
    review_by: 2028-01-31
"""
PRICED = flows(
    flow("sure", "\n      - {id: a, say: 'Cuesta {fact:sure}.'}\n"),
    flow("medium", "\n      - {id: a, say: 'Cuesta {fact:medium}. Mira {fact:medium.url}'}\n"),
    flow("gone", "\n      - {id: a, say: 'El valor: {fact:gone}.'}\n"),
)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sure", "Cuesta 20.000 pesos."),
        (
            "medium",
            "Cuesta 20.000 pesos. Mira https://azul.example.org\n\n"
            "ℹ️ Dato visto en febrero de 2026. Confírmalo en Oficina Azul: https://azul.example.org",
        ),
        ("gone", "El valor: confírmalo en Oficina Azul: https://azul.example.org."),
    ],
)
def test_a_fact_is_said_as_far_as_it_can_be_trusted_today(tmp_path: Path, name: str, said: str) -> None:
    facts = "".join(
        FACT.format(id=fact, confidence=confidence, expires=expires)
        for fact, confidence, expires in (
            ("sure", "high", "2027-12-31"),
            ("medium", "medium", "2027-12-31"),
            ("gone", "high", "2026-11-23"),
        )
    )
    (tmp_path / "blue.yml").write_text(f"version: 1\nfacts:\n{facts}", encoding="utf-8")
    talk = Talk(small_world(PRICED, facts=load_facts(tmp_path)), CONSENTED)
    talk.start(f"route_{name}")
    assert talk.said[0].text == said


def test_an_unanswered_slot_leaves_no_placeholder() -> None:
    talk = talk_in(flows(flow("main", "\n      - {id: a, say: 'Eres de {slot:country}.'}\n")), "main")
    assert talk.said[0].text == "Eres de …."


# Limits.


def test_a_loop_in_a_flow_stops_with_its_code() -> None:
    text = flows(
        flow(
            "main",
            "\n      - {id: a, say: Uno., next: b}\n"
            '      - {id: b, noop: true, next: [{if: slots.country == "ve", then: c}, {else: a}]}\n'
            "      - {id: c, set_slots: [{country: ve}]}\n",
        )
    )
    with pytest.raises(EngineError) as error:
        talk_in(text, "main")
    assert error.value.code == "too_many_steps"


def test_a_flow_that_calls_itself_stops_with_its_code() -> None:
    with pytest.raises(EngineError) as error:
        talk_in(flows(flow("main", "\n      - {id: a, call: main}\n")), "main")
    assert error.value.code == "stack_too_deep"


MANY = flows(
    *(
        flow(f"topic{n}", f"\n      - {{id: call, call: sub{n}}}\n", intent=f"i{n}")
        + flow(f"sub{n}", "\n      - {id: works, collect: works, ask: '¿Sí o no?', why: x, ask_before_filling: true}\n")
        for n in range(20)
    )
)


def test_many_digressions_let_the_oldest_go_and_never_fail() -> None:
    talk = Talk(small_world(MANY), CONSENTED)
    for n in range(20):
        talk.say("otra pregunta más", f"i{n}")
        assert talk.at == f"sub{n}/works"
        assert len(talk.state.stack) <= MAX_STACK
    assert [frame.flow for frame in talk.state.stack[-2:]] == ["topic19", "sub19"]
    assert talk.state.stack[0].entry != "call"
    talk.say("me quiere matar", danger="violence")
    assert talk.at == "crisis_after/choose"
    started = 20
    for _ in range(started):
        if not talk.at:
            break
        talk.say("sigamos" if talk.at.startswith("crisis") else "sí")
    assert talk.said[-1].text == phrases.CLOSING
    assert MAX_OPEN < MAX_STACK


def test_danger_again_and_again_does_not_pile_up() -> None:
    talk = talk_in(ROUTE, "main")
    for _ in range(10):
        for kind in ("violence", "suicide", "trafficking", "child_risk"):
            talk.say("me quiere matar", danger=kind)
            talk.say("idioma")
            assert [frame.flow for frame in talk.state.stack] == ["main", f"crisis_{kind}", "crisis_after", "language"]
    talk.tap("Español")
    talk.tap("Sigamos la guía")
    assert talk.at == "main/country"


# Releases.


def changed(text: str) -> World:
    return World(small_flows(text), real_facts(), TODAY)


def test_a_conversation_keeps_its_release_until_it_is_idle() -> None:
    talk = talk_in(ROUTE, "work")
    release = talk.state.release
    assert release == small_flows(ROUTE).fingerprint
    talk.say("sí")
    talk.world = changed(ROUTE.replace("¿Trabajas?", "¿Trabajas hoy?"))
    talk.start("route_work")
    assert talk.state.release == talk.world.flows.fingerprint != release


def test_a_step_that_is_gone_from_a_new_release_asks_the_first_question_again() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    old = talk.buttons[0].payload
    talk.world = changed(flows(flow("main", CHILDREN + "      - {id: bye, say: Eso es todo.}\n")))
    talk.tap_payload(old)
    assert talk.said[0].text == phrases.STALE_TAP_IDLE
    assert talk.at == "main/children"
    assert talk.state.slots == {"country": "ve"}
    assert talk.state.release == talk.world.flows.fingerprint
    talk.say("atrás")
    assert talk.at == "main/children"


def test_a_flow_that_is_gone_from_a_new_release_is_left() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("busco trabajo", "w")
    talk.world = changed(flows(flow("other", CHILDREN, menu=1)))
    talk.say("sí")
    assert not talk.state.stack
    assert talk.labels == ["Ruta other"]


def test_back_after_a_new_release_does_not_open_what_is_gone() -> None:
    talk = talk_in(ROUTE, "work")
    talk.say("sí")
    talk.world = changed(flows(flow("other", CHILDREN, menu=1)))
    talk.say("atrás")
    assert talk.text.startswith(phrases.AT_THE_START)


def test_a_button_of_another_release_is_stale() -> None:
    talk = talk_in(ROUTE, "main")
    old = talk.buttons[0].payload
    other = Talk(changed(ROUTE.replace("Toca tu país.", "Elige tu país.")), CONSENTED)
    other.start("route_main")
    other.tap_payload(old)
    assert other.text.startswith(phrases.STALE_TAP)
    assert other.state.slots == {}


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


# Small talk and odd messages.


def test_small_talk_is_answered_and_the_question_stands() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("mil gracias de verdad", "meta_thanks")
    assert talk.text.startswith(phrases.THANKS)
    assert talk.at == "main/country"
    talk.say("bueno chao", "meta_goodbye")
    assert talk.text == phrases.GOODBYE
    assert talk.state.paused
    assert talk.state.stack


def test_a_mistyped_global_word_works_where_it_is_no_answer() -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("resumne")
    assert talk.said[0].text == phrases.SUMMARY_EMPTY
    assert talk.at == "main/country"


def test_after_a_side_talk_with_nothing_open_there_is_the_menu() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    talk.say("idioma")
    talk.tap("Español")
    assert [said.text for said in talk.said] == [phrases.LANGUAGE_SET, phrases.MENU]


def test_out_of_scope_tells_what_there_is() -> None:
    talk = Talk(small_world(ROUTE), CONSENTED)
    talk.say("véndeme una moto usada", "out", oos=True)
    assert talk.said[0].text == phrases.OUT_OF_SCOPE.format(flows="ruta work, ruta wishes")
    talk.say("brrr brrr brrr")
    assert talk.said[0].text == phrases.NOT_UNDERSTOOD


@pytest.mark.parametrize("intent", ["meta_talk_to_person", "meta_change_language", "meta_delete_my_data", "meta_help"])
def test_what_the_nlu_finds_of_global_words_works_like_them(intent: str) -> None:
    talk = talk_in(ROUTE, "main")
    talk.say("en otras palabras lo mismo", intent)
    words = {
        "meta_talk_to_person": "ya avisé al equipo",
        "meta_change_language": "¿en qué idioma",
        "meta_delete_my_data": "¿borro todo",
        "meta_help": "por qué te lo pregunto",
    }
    assert words[intent] in talk.text.lower()


ODD = [
    "",
    "   ",
    "😀",
    "🙏🙏🙏",
    "…",
    "\u200b\u200e\u200f",
    "مرحبا كيف حالك",
    "\u202emalo\u202c",
    "a" * 4000,
    "si " * 1300,
    "\x00\x07",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("route", ["main", "work", "wishes", ""])
def test_an_odd_message_is_answered_and_loses_nothing(route: str, text: str) -> None:
    talk = talk_in(ROUTE, route) if route else Talk(small_world(ROUTE), CONSENTED)
    before = talk.at
    talk.say(text)
    assert talk.text
    assert talk.at == before or talk.state.slots


def test_a_free_answer_is_kept_as_it_was_written() -> None:
    talk = talk_in(ROUTE, "wishes")
    talk.say("  Quiero ser enfermera ❤  ")
    assert talk.state.slots == {"wish": "Quiero ser enfermera ❤"}


@pytest.mark.parametrize(
    "payload",
    ["", "|", "o|", "o|abc|def|x", "o|abc|def|²", "o|a|b|" + "9" * 5000, "g|", "g|nothing", "r|", "r|consent",
     "r|crisis_violence", "p|x|y|1", "z|menu", "c|", "🙂" * 16],
)  # fmt: skip
def test_a_made_up_button_is_stale_and_loses_nothing(payload: str) -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap_payload(payload)
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.at == "main/country"
    idle = Talk(small_world(ROUTE), CONSENTED)
    idle.tap_payload(payload)
    assert idle.said[0].text == phrases.STALE_TAP_IDLE


@pytest.mark.parametrize("index", ["²", "9" * 5000, "-1", "99", ""])
def test_a_button_of_this_question_with_a_made_up_number_is_stale(index: str) -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap_payload(talk.buttons[0].payload.rsplit("|", 1)[0] + f"|{index}")
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.at == "main/country"


def test_an_old_button_after_the_end_leads_to_the_menu() -> None:
    talk = talk_in(ROUTE, "work")
    old = talk.buttons[0].payload
    talk.tap("Sí")
    talk.tap_payload(old)
    assert [said.text for said in talk.said] == [phrases.STALE_TAP_IDLE, phrases.MENU]
    assert talk.state.slots == {"works": True}


def test_a_route_of_the_menu_leaves_what_ran_and_keeps_the_answers() -> None:
    talk = talk_in(ROUTE, "main")
    talk.tap("Venezuela")
    talk.say("menú")
    talk.tap("Ruta work")
    assert [frame.flow for frame in talk.state.stack] == ["work"]
    assert FlowEnded("main", completed=False) in talk.events
    assert FlowStarted("work") in talk.events
    assert talk.state.slots == {"country": "ve"}


def test_the_engine_changes_nothing_that_it_was_given() -> None:
    talk = talk_in(ROUTE, "main")
    before = talk.state.to_json()
    advance(talk.state, Turn("text", text="Venezuela"), talk.world)
    assert talk.state.to_json() == before


def test_the_day_is_the_worlds() -> None:
    talk = Talk(small_world(BRANCHES, date(2030, 1, 1)), CONSENTED)
    talk.start("route_main")
    talk.say("20")
    talk.say("ayer")
    assert talk.state.slots["entered"] == "2029-12-31"


def test_a_state_of_another_shape_is_read_as_new() -> None:
    assert State.from_json({}) == State()
    full = State(stack=(Frame("a", "b", only=True, tries=2, page=1, asked=True),), later=("x",), stopped=True)
    assert State.from_json(full.to_json()) == full


# Other languages.

ENGLISH = {
    "¿De qué país eres?": "Where are you from?",
    "Haití": "Haiti",
    "venezolana|vzla": "venezuelan|from venezuela",
    "¿Qué documento tienes?": "Which paper do you have?",
    "país de origen": "country",
    phrases.LANGUAGE_SET: "Done. We go on in English.",
    phrases.SUMMARY: "This is what you told me:",
}


def english(text: str) -> World:
    def translate(language: str, source: str) -> str:
        return ENGLISH.get(source, source) if language == "en" else source

    return World(small_flows(text), real_facts(), TODAY, translate, ("es", "en"))


def test_a_released_language_is_spoken_from_the_next_word_on() -> None:
    talk = Talk(english(ROUTE), CONSENTED)
    talk.start("route_main")
    talk.say("idioma")
    talk.tap("English")
    assert talk.of(LanguageChanged) == [LanguageChanged("en")]
    assert talk.said[0].text == "Done. We go on in English."
    assert talk.text.endswith("Where are you from?")
    assert talk.labels == ["Venezuela", "Haiti", "Colombia"]


def test_answers_are_understood_in_the_persons_language_and_in_spanish() -> None:
    for text, value in (("Haiti", "ht"), ("haití", "ht"), ("i am venezuelan", "ve"), ("vzla", "ve")):
        talk = Talk(english(ROUTE), replace(CONSENTED, language="en"))
        talk.start("route_main")
        talk.say(text)
        assert talk.state.slots == {"country": value}, text
        assert talk.text == "Which paper do you have?"


def test_the_summary_and_corrections_speak_the_persons_language() -> None:
    talk = Talk(english(ROUTE), replace(CONSENTED, language="en"))
    talk.start("route_main")
    talk.tap("Haiti")
    talk.say("summary")
    assert talk.said[0].text == "This is what you told me:\n• Country: Haiti"
    talk.say("change my answer about country")
    assert talk.at == "main/country"


def test_a_language_that_is_not_released_is_not_promised() -> None:
    talk = Talk(english(ROUTE), CONSENTED)
    talk.say("idioma")
    talk.tap("Français")
    assert not talk.of(LanguageChanged)
    assert talk.said[0].text == phrases.LANGUAGE_NOT_YET
    assert talk.state.language == "es"
