"""The language of the conversation: taken at the start, offered after two clear messages, never flipped by one."""

from __future__ import annotations

import pytest

from bot.flows.events import LanguageChanged
from bot.flows.state import State
from bot.flows.turn import World
from tests.flows.harness import CONSENTED, TODAY, Talk, real_facts, real_flows

NAMES = {"es": "Español", "fr": "Français", "ht": "Kreyòl ayisyen"}


def spoken_world() -> World:
    """The real flows, with texts that show the language they are in."""
    return World(
        real_flows(),
        real_facts(),
        TODAY,
        lambda language, text: text if language == "es" or "|" in text else f"{text} ({language})",
        ("es", "fr", "ht"),
        NAMES,
    )


@pytest.fixture
def talk() -> Talk:
    """Somebody with a question open, in Spanish."""
    made = Talk(spoken_world(), CONSENTED)
    made.start("route_regularization")
    return made


@pytest.mark.parametrize(
    ("phone", "heard", "language"),
    [
        ("fr-FR", "", "fr"),
        ("fr", "ht", "ht"),
        ("", "ht", "ht"),
        ("de", "", "es"),
        ("pt", "", "es"),
        ("es-VE", "fr", "fr"),
    ],
)
def test_the_first_message_or_else_the_phone_begins_the_language(phone: str, heard: str, language: str) -> None:
    talk = Talk(spoken_world())
    from bot.flows.turn import Turn, Understanding

    talk.turn(Turn("text", text="mwen bezwen papye", language_hint=phone, understanding=Understanding(language=heard)))
    assert talk.state.language == language


def test_one_message_in_another_language_changes_and_offers_nothing(talk: Talk) -> None:
    talk.say("mwen pa konprann sa w mande m la", language="ht")
    assert talk.state.language == "es"
    assert "Kreyòl" not in talk.text


def test_the_second_clear_message_brings_an_offer_in_both_languages(talk: Talk) -> None:
    talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say("mwen soti Ayiti men m pa konnen ki papye", language="ht")
    assert talk.state.language == "es"
    assert talk.said[-1].text == (
        "Veo que me escribes en otro idioma. ¿Prefieres que te hable en Kreyòl ayisyen? (ht)\n"
        "Veo que me escribes en otro idioma. ¿Prefieres que te hable en Kreyòl ayisyen?"
    )
    assert talk.labels == ["Sí, cambiar (ht)", "No, sigue igual (ht)"]


@pytest.mark.parametrize("yes", ["Sí, cambiar (ht)", "wi", "sí", "1"])
def test_a_yes_goes_on_with_the_open_question_in_the_other_language(talk: Talk, yes: str) -> None:
    question = talk.at
    talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say("mwen pa konprann anyen menm", language="ht")
    talk.say(yes)
    assert (talk.state.language, talk.at) == ("ht", question)
    assert talk.events[0] == LanguageChanged("ht")
    assert talk.text.endswith("(ht)")


@pytest.mark.parametrize("no", ["No, sigue igual (ht)", "non", "2"])
def test_after_a_no_it_is_not_offered_again(talk: Talk, no: str) -> None:
    for _ in range(2):
        talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say(no)
    assert talk.state.language == "es"
    for _ in range(3):
        talk.say("mwen pa konprann sa w mande m la", language="ht")
        assert "Kreyòl" not in talk.text


def test_who_passes_over_the_offer_gets_it_once_more(talk: Talk) -> None:
    offers = 0
    for _ in range(9):
        talk.say("mwen pa konprann sa w mande m la", language="ht")
        offers += "Kreyòl" in talk.text
    assert offers == 2
    assert talk.state.language == "es"


@pytest.mark.parametrize("yes", ["Sí, cambiar", "sí, cambiar (ht)", "Sí cambiar"])
def test_the_label_of_either_language_is_an_answer_to_the_offer(talk: Talk, yes: str) -> None:
    for _ in range(2):
        talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say(yes)
    assert talk.state.language == "ht"


@pytest.mark.parametrize("yes", ["wi", "wi tanpri", "sí por favor"])
def test_before_the_first_answer_one_clear_message_brings_the_offer(yes: str) -> None:
    talk = Talk(spoken_world())
    talk.start()
    talk.say("bonjou m bezwen èd ak papye m yo", language="ht")
    assert "Kreyòl ayisyen" in talk.said[-1].text
    talk.say(yes)
    assert (talk.state.language, talk.state.consent) == ("ht", "unknown")
    assert talk.at == "consent/ask"


def test_the_label_of_the_open_question_is_its_answer_and_not_the_offers() -> None:
    talk = Talk(spoken_world())
    talk.start()
    talk.say("bonjou m bezwen èd ak papye m yo", language="ht")
    talk.say("si acepto")
    assert (talk.state.language, talk.state.consent) == ("es", "given")


def test_a_yes_to_another_language_is_no_permission() -> None:
    talk = Talk(spoken_world())
    talk.start()
    talk.say("yes i want english", intent="meta_change_language")
    assert talk.state.consent == "unknown"
    assert talk.at == "language/choose"
    talk.say("Français")
    assert (talk.state.language, talk.state.consent, talk.at) == ("fr", "unknown", "consent/ask")


def test_a_clear_message_in_the_own_language_begins_the_count_anew(talk: Talk) -> None:
    talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say("perdon no entiendo la pregunta suya", language="es")
    talk.say("mwen pa konprann sa w mande m la", language="ht")
    assert "Kreyòl" not in talk.text


def test_the_open_question_can_be_answered_past_the_offer(talk: Talk) -> None:
    for _ in range(2):
        talk.say("mwen pa konprann sa w mande m la", language="ht")
    talk.say("Venezuela")
    assert talk.changed.get("nationality") == "venezuela"
    assert talk.state.language == "es"


def test_a_language_that_is_not_released_is_not_offered(talk: Talk) -> None:
    for _ in range(3):
        talk.say("não estou entendendo o que você quer", language="pt")
        assert "idioma" not in talk.text


def test_danger_is_answered_in_the_language_it_is_told_in(talk: Talk) -> None:
    talk.say("mari m ap bat mwen tanpri ede m", danger="violence", language="ht")
    assert talk.state.language == "ht"
    assert all(said.text.endswith("(ht)") or "(ht)" in said.text for said in talk.said)


def test_in_a_crisis_no_language_is_offered(talk: Talk) -> None:
    talk.say("me pega mi marido", danger="violence", language="es")
    for _ in range(3):
        talk.say("il est devant la porte en ce moment", language="fr")
        assert "Français" not in talk.text


def test_a_page_in_another_language_takes_the_conversation_along(talk: Talk) -> None:
    talk.tap_payload("l|fr")
    assert talk.state.language == "fr"
    assert talk.at.startswith("regularization/")


def test_an_unknown_language_in_a_button_changes_nothing(talk: Talk) -> None:
    talk.tap_payload("l|xx")
    assert talk.state == State.from_json(talk.state.to_json())
    assert talk.state.language == "es"
