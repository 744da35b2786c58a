"""Digressions, the closing question, what is remembered, consent, check-ins, releases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.flows import phrases
from bot.flows.engine import advance
from bot.flows.events import (
    CardShown,
    CaseOpened,
    FollowUpWanted,
    MessagesResumed,
    MessagesStopped,
    Referred,
    SlotSet,
)
from bot.flows.state import State
from bot.flows.turn import Turn, World
from tests.flows.harness import CONSENTED, TODAY, Talk, real_facts, small_flows, small_world, talk_in
from tests.flows.writing import CHILDREN, FEARED, ROUTE, flow, flows

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


def test_a_transient_answer_that_was_changed_leaves_no_trace_in_the_state() -> None:
    steps = (
        FEARED + "      - {id: again, collect: works, ask: '¿Otra vez?', why: x, ask_before_filling: true, next: [\n"
    )
    steps += "          {if: slots.works, then: feared}, {else: END}]}\n"
    talk = talk_in(
        flows(flow("main", steps.replace("why: Puede", "ask_before_filling: true\n        why: Puede"))), "main"
    )
    for text in ("sí", "sí", "prefiero no decir", "no"):
        talk.say(text)
    assert not talk.state.stack
    assert "skip" not in str(talk.state.to_json())
    assert "yes" not in str(talk.state.to_json())
    assert talk.state.slots == {"works": False}


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


def test_who_stopped_the_messages_hears_nothing_until_they_ask_for_it() -> None:
    talk = Talk(small_world(GUIDED), CONSENTED)
    talk.say("parar")
    talk.say("sí")
    assert talk.of(MessagesStopped)
    for flow_id in ("check", "reminder", "no_such_flow"):
        talk.fire(flow_id)
        assert talk.events == ()
    talk.say("hola", "meta_greet")
    assert talk.said
    assert not talk.of(MessagesResumed)
    talk.fire("check")
    assert talk.events == ()
    talk.say("más tarde")
    talk.say("mañana")
    assert talk.of(MessagesResumed)


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


def test_the_first_message_takes_the_phone_s_language_where_we_speak_it() -> None:
    world = replace(small_world(GUIDED), languages=("es", "fr"))
    for hint, language in (("fr-CA", "fr"), ("de", "es"), ("", "es")):
        state, _ = advance(State(), Turn("text", "hola", language_hint=hint), world)
        assert state.language == language
    later, _ = advance(state, Turn("text", "hola", language_hint="fr"), world)
    assert later.language == "es"
