"""Questions in the middle of a route are answered from the card in reach, and the open question comes again."""

from __future__ import annotations

import pytest

from bot.flows import phrases
from bot.flows.card_questions import CardQuestion, PatternError, expand, read_card_question
from bot.flows.turn import Danger
from tests.flows.harness import CONSENTED, Talk, real_flows, small_world, talk_in
from tests.flows.writing import COUNTRY, SLOTS, flow

WORDS = real_flows().words
CARDS = """
cards:
  permit:
    title: Permiso de prueba
    what: Es un permiso de prueba.
    who: Personas de otro país.
    bring: [Tu pasaporte., Una foto.]
    steps: [Pide la cita., Ve a la cita.]
    where: En la oficina central.
    cost: Pregunta en la oficina.
    time: Depende de la ciudad.
    refused: Pide la respuesta por escrito.
  other:
    title: Visa de prueba
    what: Es una visa de prueba.
    who: Quien estudia.
    bring: [Tu carta.]
    steps: [Llena la hoja.]
    where: En internet.
    cost: Es otra cosa.
    time: Varias semanas.
    refused: Pide ayuda gratis.
"""
SHOWS = """
      - {id: show, steps_card: permit, next: works}
      - {id: works, collect: works, ask: '¿Ya lo tienes?', why: Para saber qué sigue., next: END}
"""
ONE_AHEAD = (
    COUNTRY
    + """
        next: [{if: slots.country == "co", then: END}, {else: show}]
      - {id: show, steps_card: permit, next: END}
"""
)
TWO_AHEAD = (
    COUNTRY
    + """
        next: [{if: slots.country == "co", then: visa}, {else: show}]
      - {id: show, steps_card: permit, next: END}
      - {id: visa, steps_card: other, next: END}
"""
)
WISH = """
      - {id: show, steps_card: permit, next: wish}
      - {id: wish, collect: wish, ask: '¿Qué buscas?', why: Para orientarte., next: END}
"""
VISAS = flow("visas", "\n      - {id: v, collect: age, ask: '¿Qué edad tienes?', why: x, next: END}\n", intent="v")


def world(steps: str) -> str:
    return f"{CARDS}{SLOTS}\nflows:{flow('main', steps, intent='m')}{VISAS}"


def talk(steps: str) -> Talk:
    return talk_in(world(steps), "main")


# Reading.


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("¿y eso cuánto cuesta?", "cost"),
        ("cuanto vale", "cost"),
        ("cuánto cobran por eso", "cost"),
        ("hay q pagar algo?", "cost"),
        ("eso es gratis?", "cost"),
        ("k precio tiene", "cost"),
        ("cuanto hay que pagar por el papel ese", "cost"),
        ("kuanto kuesta", "cost"),
        ("y cuanto cuezta eso", "cost"),
        ("disculpe señorita y eso tiene algun costo", "cost"),
        ("cuanta plata hay que llevar", "cost"),
        ("cuánto?", "cost"),
        ("dónde queda", "where"),
        ("y eso donde es", "where"),
        ("a donde tengo que ir", "where"),
        ("onde queda eso", "where"),
        ("en que oficina", "where"),
        ("como llego alla", "where"),
        ("me dice la direccion por favor", "where"),
        ("donde lo saco", "where"),
        ("q llevo", "bring"),
        ("que tengo que llevar", "bring"),
        ("q papeles piden", "bring"),
        ("cuales son los requisitos", "bring"),
        ("que hay que yevar", "bring"),
        ("que documentos nesesito", "bring"),
        ("q nececito para eso", "bring"),
        ("cuánto se demora", "time"),
        ("cuanto tiempo se tarda eso", "time"),
        ("y eso es demorado?", "time"),
        ("cuantos dias son", "time"),
        ("cuando me lo entregan", "time"),
        ("cuanto demora en salir", "time"),
        ("y si me dicen que no", "refused"),
        ("y si no me lo dan?", "refused"),
        ("que hago si me lo niegan", "refused"),
        ("y si no me atienden", "refused"),
        ("pero si me ponen problema", "refused"),
        ("qué es eso", "what"),
        ("y eso que es", "what"),
        ("eso para que sirve", "what"),
        ("que significa eso", "what"),
        ("para quien es", "who"),
        ("quien puede pedirlo", "who"),
        ("yo califico?", "who"),
        ("yo lo puedo pedir", "who"),
        ("como se hace", "steps"),
        ("que tengo que hacer", "steps"),
        ("y cuales son los pasos", "steps"),
        ("por que me preguntas eso", "why"),
        ("pa que quieren saber", "why"),
    ],
)
def test_a_question_about_the_paper_is_read(text: str, aspect: str) -> None:
    assert read_card_question(WORDS, "es", text) == CardQuestion(aspect)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "aspect", "named"),
    [
        ("cuánto cuesta la visa", "cost", ("visa",)),
        ("donde queda la oficina de migracion", "where", ("oficina", "migracion")),
        ("que es el ppt", "what", ("ppt",)),
        ("que necesito para abrir un negocio", "bring", ("abrir", "negocio")),
    ],
)
def test_what_a_question_names_is_kept_apart(text: str, aspect: str, named: tuple[str, ...]) -> None:
    assert read_card_question(WORDS, "es", text) == CardQuestion(aspect, named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "sí",
        "no",
        "de Venezuela",
        "tengo ppt",
        "perdí el pasaporte y no sé cuánto cuesta",
        "donde trabajo no me pagan",
        "y si no llega la plata",
        "que llevo aqui 3 años",
        "cuando cruzamos la frontera nos robaron todo",
        "mi hijo no va al colegio",
        "quiero saber de la visa",
        "no puedo pagar el arriendo",
        "me dijeron que no",
        "mi marido me pega",
        "busco trabajo",
        "vivo donde mi tía",
        "cuanto más busco trabajo menos encuentro y la plata no alcanza para la comida de mis hijos",
    ],
)
def test_other_messages_are_no_question_about_the_paper(text: str) -> None:
    assert read_card_question(WORDS, "es", text) is None


def test_a_language_without_a_table_is_read_by_the_spanish_one() -> None:
    assert read_card_question(WORDS, "fr", "cuanto cuesta") == CardQuestion("cost")


# Answering.


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("¿y eso cuánto cuesta?", "💵 Cuánto cuesta: Pregunta en la oficina."),
        ("dónde queda", "📍 Dónde: En la oficina central."),
        ("q llevo", "🎒 Qué llevar:\n• Tu pasaporte.\n• Una foto."),
        ("cuánto se demora", "⏱ Cuánto demora: Depende de la ciudad."),
        ("y si me dicen que no", "✋ Si te dicen que no: Pide la respuesta por escrito."),
        ("qué es eso", "Es un permiso de prueba."),
        ("para quien es", "Para quién: Personas de otro país."),
        ("como se hace", "👣 Pasos:\n1. Pide la cita.\n2. Ve a la cita."),
    ],
)
def test_the_card_shown_in_the_route_answers_and_the_question_comes_again(text: str, answer: str) -> None:
    talking = talk(SHOWS)
    talking.say(text)
    assert talking.text == f"Sobre «Permiso de prueba»:\n{answer}\n\nVolvamos a «Ruta main».\n\n¿Ya lo tienes?"
    assert talking.at == "main/works"
    assert talking.state.stack[-1].tries == 0
    talking.say("sí")
    assert phrases.CLOSING in talking.text


def test_the_only_card_ahead_answers_before_it_was_shown() -> None:
    talking = talk(ONE_AHEAD)
    talking.say("y cuanto cuesta")
    assert "Pregunta en la oficina." in talking.text
    assert talking.at == "main/country"


def test_where_several_cards_are_ahead_the_reason_of_the_question_is_told() -> None:
    talking = talk(TWO_AHEAD)
    talking.say("y cuanto cuesta")
    assert talking.text == (
        f"{phrases.NOT_YET} ¿Por qué te lo pregunto? Cada país tiene otro camino."
        "\n\nVolvamos a «Ruta main».\n\n¿De qué país eres?"
    )


def test_why_do_you_ask_is_answered_with_the_reason() -> None:
    talking = talk(SHOWS)
    talking.say("por qué me preguntas eso")
    assert talking.text.startswith("¿Por qué te lo pregunto? Para saber qué sigue.")
    assert phrases.NOT_YET not in talking.text


def test_after_the_route_the_last_card_answers_and_more_help_is_offered() -> None:
    talking = talk(ONE_AHEAD)
    talking.tap("Haití")
    assert phrases.CLOSING in talking.text
    talking.say("¿y cuánto cuesta?")
    assert talking.text == f"Sobre «Permiso de prueba»:\n💵 Cuánto cuesta: Pregunta en la oficina.\n\n{phrases.CLOSING}"
    talking.say("no, gracias")
    assert talking.text == phrases.GOODBYE


def test_with_nothing_open_and_no_card_it_is_no_card_question() -> None:
    talking = Talk(small_world(world(SHOWS)), CONSENTED)
    talking.say("cuánto cuesta")
    assert "Sobre" not in talking.text


def test_a_question_does_not_become_the_answer_to_a_free_text() -> None:
    talking = talk(WISH)
    talking.say("y eso cuanto cuesta")
    assert talking.state.slots == {}
    assert talking.at == "main/wish"


# What is not stolen.


def test_a_question_about_another_topic_goes_there_when_the_nlu_is_sure() -> None:
    talking = talk(SHOWS)
    talking.say("cuánto cuesta la visa", "v")
    assert talking.at == "visas/v"


def test_a_question_that_names_the_card_is_answered_whatever_the_nlu_says() -> None:
    talking = talk(SHOWS)
    talking.say("cuánto cuesta el permiso", "v")
    assert "Pregunta en la oficina." in talking.text


def test_a_question_about_something_unknown_is_not_answered_from_the_card() -> None:
    talking = talk(SHOWS)
    talking.say("cuánto cuesta un carro", oos=True)
    assert "Pregunta en la oficina." not in talking.text


def test_a_question_of_the_running_topic_is_answered_from_its_card() -> None:
    talking = talk(SHOWS)
    talking.say("donde queda la oficina esa", "m")
    assert "En la oficina central." in talking.text


def test_an_option_of_the_open_question_comes_first() -> None:
    steps = SHOWS.replace("collect: works, ask: '¿Ya lo tienes?'", "collect: paper, ask: '¿Qué quieres?'").replace(
        "why: Para saber qué sigue.,",
        "why: x, options: [{value: price, label: Precio, synonyms: [cuánto cuesta]}, {value: mine, label: Para mí}],",
    )
    talking = talk(steps)
    listed, loose = talking.fork(), talking.fork()
    listed.say("cuánto cuesta")
    assert listed.changed == {"paper": "price"}
    loose.say("es para mi")
    assert loose.changed == {"paper": "mine"}


@pytest.mark.parametrize("certainty", ["sure", "unsure"])
def test_danger_comes_before_any_question(certainty: str) -> None:
    talking = talk(SHOWS)
    talking.say("y si me pega cuánto se demora la policía", danger=Danger("violence", certainty))  # type: ignore[arg-type]
    assert talking.state.stack[-1].flow.startswith("crisis_")
    crisis = talking.at
    talking.say("qué es eso")
    assert "permiso de prueba" not in talking.text
    assert talking.at == crisis


def test_the_permission_question_explains_itself() -> None:
    talking = Talk(small_world(world(SHOWS)))
    talking.start("route_main")
    assert talking.at.startswith("consent/")
    talking.say("¿y esto cuánto cuesta?")
    assert phrases.HELP_WHO in talking.text
    assert talking.at.startswith("consent/")
    talking.say("qué es eso")
    assert "¿Por qué te lo pregunto?" in talking.text


# The table.


def test_a_line_stands_for_every_wording() -> None:
    assert set(expand("que (llevo|(puedo|debo) llevar) (hoy)?")) == {
        ("que", "llevo"),
        ("que", "llevo", "hoy"),
        ("que", "puedo", "llevar"),
        ("que", "puedo", "llevar", "hoy"),
        ("que", "debo", "llevar"),
        ("que", "debo", "llevar", "hoy"),
    }


@pytest.mark.parametrize("pattern", ["", "(a", "a)", "()", ")("])
def test_a_line_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        expand(pattern)


def test_the_real_table_reads_without_a_wording_that_means_two_things() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for aspect in ("cost", "where", "bring", "time", "refused", "what", "who", "steps", "why"):
        for line in WORDS.questions["es"][aspect]:
            for wording in expand(line):
                assert seen.setdefault(wording, aspect) == aspect, wording
