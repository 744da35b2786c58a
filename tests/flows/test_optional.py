"""Questions that need no answer, and answers that are not shown: skipping, coming back to it, health."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows import phrases
from bot.flows.asking import PAGE
from bot.flows.checks.clashes import check_clashes
from bot.flows.errors import FlowFileError
from bot.flows.events import SlotSet
from bot.flows.loading import load_texts
from bot.flows.taps import LIMIT, skip_payload
from tests.flows.harness import CONSENTED, Talk, small_flows, small_world, talk_in
from tests.flows.writing import CHILDREN, COUNTRY, FEARED, PAPER, flow, flows


def optional(steps: str) -> str:
    return steps.replace("why:", "optional: true\n        why:") if "\n        why:" in steps else _inline(steps)


def _inline(steps: str) -> str:
    return steps.replace("why:", "optional: true, why:")


AGE = '\n      - {id: age, collect: age, ask: "¿Cuántos años tienes?", optional: true, why: x}\n'
WISH = '\n      - {id: wish, collect: wish, ask: "¿Qué buscas?", optional: true, why: x}\n'
WORKS = '\n      - {id: works, collect: works, ask: "¿Trabajas?", optional: true, why: x}\n'
ALL = flows(flow("main", optional(COUNTRY) + optional(PAPER) + AGE + WISH + WORKS + CHILDREN, intent="m"))


def test_a_button_stands_last_and_goes_on_with_nothing_kept() -> None:
    talk = talk_in(ALL, "main")
    assert talk.labels == ["Venezuela", "Haití", "Colombia", phrases.SKIP]
    talk.tap(phrases.SKIP)
    assert talk.at == "main/paper"
    assert talk.state.slots == {}
    assert talk.changed == {}


@pytest.mark.parametrize(
    "text",
    ["paso", "saltar", "Prefiero no decir", "prefiero no decirlo", "siguiente", "no quiero decir", "skip", "next",
     "prefiro não dizer", "je préfère ne pas répondre", "m pa vle di", "eso prefiero no decirlo, gracias"],
)  # fmt: skip
@pytest.mark.parametrize("answers", [0, 1, 2, 3, 4])
def test_it_is_said_in_words_at_every_kind_of_question_and_is_no_failure(text: str, answers: int) -> None:
    talk = talk_in(ALL, "main")
    for _ in range(answers):
        talk.tap(phrases.SKIP)
    before = talk.at
    talk.say(text)
    assert (before, talk.at) == (STEPS[answers], STEPS[answers + 1])
    assert talk.state.slots == {}
    assert phrases.NOT_UNDERSTOOD not in talk.text
    assert talk.state.stack[-1].tries == 0


STEPS = ["main/country", "main/paper", "main/age", "main/wish", "main/works", "main/children"]


def test_its_number_in_the_list_is_understood_but_a_number_that_is_asked_for_is_a_number() -> None:
    talk = talk_in(ALL, "main")
    talk.say("4")
    assert talk.at == "main/paper"
    talk.say("3")
    assert talk.at == "main/age"
    talk.say("1")
    assert talk.state.slots == {"age": 1}


@pytest.mark.parametrize("text", ["tengo otra pregunta", "¿qué pasa si no quiero responder?"])
def test_what_only_sounds_like_it_is_no_skipping(text: str) -> None:
    talk = talk_in(ALL, "main")
    talk.say(text)
    assert talk.at == "main/country"


def test_a_question_that_is_not_optional_is_not_skipped() -> None:
    talk = talk_in(flows(flow("main", COUNTRY + CHILDREN)), "main")
    assert phrases.SKIP not in talk.labels
    for text in ("paso", "prefiero no decir"):
        talk.say(text)
    talk.tap_payload(skip_payload(talk.world.flows.fingerprint, "main", "country"))
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.at == "main/country"


def test_a_skip_button_of_an_earlier_question_is_stale() -> None:
    talk = talk_in(ALL, "main")
    talk.tap("Venezuela")
    talk.tap_payload(skip_payload(talk.world.flows.fingerprint, "main", "country"))
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.at == "main/paper"
    talk.tap_payload(skip_payload("another1", "main", "paper"))
    assert talk.at == "main/paper"
    assert len(skip_payload("a" * 40, "f" * 40, "s" * 40).encode()) <= LIMIT


def test_back_leads_to_a_skipped_question() -> None:
    talk = talk_in(ALL, "main")
    talk.tap("Venezuela")
    talk.tap(phrases.SKIP)
    talk.say("atrás")
    assert talk.at == "main/paper"
    assert talk.state.slots == {"country": "ve"}


def test_skipping_takes_back_an_answer_that_was_held_and_what_hung_on_it() -> None:
    talk = Talk(small_world(ALL), replace(CONSENTED, slots={"country": "ve", "paper": "ppt", "age": 30}))
    talk.start("route_main")
    talk.say("cambiar mi país de origen")
    talk.tap(phrases.SKIP)
    assert talk.state.slots == {"age": 30}
    assert talk.changed == {"country": None, "paper": None}
    talk.say("resumen")
    assert "País de origen" not in talk.text


def test_a_skipped_answer_can_be_given_later_and_what_was_skipped_after_it_is_not_asked_again() -> None:
    talk = talk_in(ALL, "main")
    for _ in range(4):
        talk.tap(phrases.SKIP)
    assert talk.at == "main/works"
    talk.say("cambiar mi edad")
    assert talk.at == "main/age"
    assert talk.text.startswith(f"Vamos a corregirlo. Antes dijiste: {phrases.SKIP}.")
    talk.say("34")
    assert talk.at == "main/works"
    assert talk.state.slots == {"age": 34}
    talk.say("cambiar")
    assert talk.labels == ["Lo que buscas", "Edad", "Documento", "País de origen", phrases.RESUME_BUTTON]


def test_the_button_has_its_place_among_ten() -> None:
    options = "\n".join(f"          - {{value: v{n}, label: Opción {n}x}}" for n in range(10))
    many = COUNTRY.split("        options:")[0] + f"        optional: true\n        options:\n{options}\n"
    talk = talk_in(flows(flow("main", many + CHILDREN)), "main")
    assert len(talk.labels) == PAGE
    assert talk.labels[-2:] == [phrases.MORE_OPTIONS, phrases.SKIP]
    talk.say("siguiente")
    assert talk.labels == ["Opción 8x", "Opción 9x", phrases.FIRST_OPTIONS, phrases.SKIP]
    talk.say("4")
    assert talk.at == "main/children"


def test_an_option_of_an_optional_step_is_no_word_for_skipping() -> None:
    world = small_world(flows(flow("main", optional(FEARED) + CHILDREN)))
    assert {fault.code for fault in check_clashes(world) if fault.where == "main/feared"} == {"skip_clash"}


def test_optional_is_true_or_false_and_belongs_to_a_question() -> None:
    text = "version: 3\nflows:\n  a:\n    name: A\n    description: B\n    steps: [{id: x, say: Hola, optional: 1}]\n"
    with pytest.raises(FlowFileError) as caught:
        load_texts([("flows/a.yml", text)])
    assert {fault.code for fault in caught.value.faults} == {"collect_only"}
    assert small_flows(ALL).flows["main"].steps["children"].collect.optional is False  # type: ignore[union-attr]


# Sensitive answers.

HEALTH = flows(
    flow("main", PAPER + CHILDREN, intent="m"),
    flow("work", optional(PAPER) + "\n      - {id: works, collect: works, ask: '¿Trabajas?', why: x}\n"),
).replace("paper: {type: category,", "paper: {type: category, sensitive: true,")


def test_a_sensitive_answer_stands_in_no_summary_and_in_no_half_line() -> None:
    talk = talk_in(HEALTH, "main")
    talk.tap("PPT")
    talk.say("2")
    talk.say("resumen")
    assert "PPT" not in talk.text
    assert "Número de hijos: 2" in talk.text
    assert "lo que me dijiste de tu salud" in talk.text
    talk.start("route_work")
    assert talk.at == "work/works"  # it is known, and not asked again
    assert "PPT" not in talk.text
    talk.say("cambiar documento")
    assert talk.text.startswith(phrases.CHANGING_UNSAID)
    assert "Antes dijiste" not in talk.text


def test_a_sensitive_answer_is_kept_with_consent() -> None:
    talk = talk_in(HEALTH, "main")
    talk.tap("PPT")
    assert [event.transient for event in talk.events if isinstance(event, SlotSet)] == [False]
    talk.say("2")
    assert talk.state.slots == {"paper": "ppt", "children": 2}


def test_a_sensitive_answer_is_never_stored_without_consent_and_gone_when_the_route_is() -> None:
    talk = talk_in(HEALTH, "main", state=replace(CONSENTED, consent="refused"))
    talk.tap("PPT")
    assert [event.transient for event in talk.events if isinstance(event, SlotSet)] == [True]
    assert talk.state.slots == {"paper": "ppt"}
    talk.say("2")
    assert "paper" not in talk.state.slots
    assert "ppt" not in str(talk.state.to_json())


def test_a_summary_of_sensitive_answers_alone_says_only_where_they_can_be_seen() -> None:
    talk = talk_in(HEALTH, "main")
    talk.tap("PPT")
    talk.say("resumen")
    assert phrases.SUMMARY_EMPTY not in talk.text
    assert talk.text.startswith("No muestro aquí lo que me dijiste de tu salud.")


def test_an_answer_that_only_a_step_sets_is_not_offered_for_correction() -> None:
    steps = CHILDREN + "      - {id: note, set_slots: [{works: true}]}\n" + COUNTRY
    talk = talk_in(flows(flow("main", steps)), "main")
    talk.say("2")
    talk.say("cambiar")
    assert talk.labels == ["Número de hijos", phrases.RESUME_BUTTON]
    talk.tap_payload("c|works")
    assert talk.text.startswith(phrases.STALE_TAP)
