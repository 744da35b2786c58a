"""What the engine does with a flow: steps, known answers, reading, pages, facts, limits, odd messages, languages.

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
from bot.flows.engine import advance
from bot.flows.errors import EngineError
from bot.flows.events import (
    CaseOpened,
    FlowEnded,
    FlowStarted,
    LanguageChanged,
)
from bot.flows.run import MAX_OPEN, MAX_STACK
from bot.flows.state import Frame, State
from bot.flows.turn import Turn, World
from tests.flows.harness import CONSENTED, TODAY, Talk, real_facts, small_flows, small_world, talk_in
from tests.flows.writing import CALLS, CHILDREN, COUNTRY, FEARED, PAPER, ROUTE, flow, flows

CLOSING = (phrases.MENU_BUTTON, phrases.PERSON_BUTTON, phrases.SUMMARY_BUTTON)

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
