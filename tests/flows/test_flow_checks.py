"""``amable check``: for every proof content that passes it and content that fails it, with an editor's message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.facts import load_facts
from bot.flows.alarm import CRISIS_CHECK
from bot.flows.checks import CHECKS, check_flows
from bot.flows.checks.reading import LEAST, reading_ease, syllables
from bot.flows.checks.whole import CRISES
from bot.flows.loading import load_texts
from bot.flows.steering import CONSENT, SYSTEM_FLOWS
from bot.flows.turn import World

HERE = Path(__file__).parent
GOOD = (HERE / "good.yml").read_text(encoding="utf-8")
WORDS = (HERE / "good_words.yml").read_text(encoding="utf-8")
FACTS = load_facts(HERE / "good_facts")
TODAY = date(2026, 11, 24)

FLOW = """version: 3
flows:
  trip:
    name: Un viaje
    description: Un flujo de prueba
    steps:
"""


def world_of(
    *more: str,
    changes: Mapping[str, str] | None = None,
    translate: Callable[[str, str], str] = lambda _language, text: text,
    languages: tuple[str, ...] = ("es",),
) -> World:
    """The good content with some of its words changed and further files beside it."""
    good = GOOD
    for old, new in (changes or {}).items():
        assert good.count(old) == 1, f"{old!r} stands {good.count(old)} times in good.yml"
        good = good.replace(old, new)
    texts = [("flows/good.yml", good), ("flows/words.yml", WORDS)]
    texts += [(f"flows/more{number}.yml", text) for number, text in enumerate(more)]
    return World(load_texts(texts), FACTS, TODAY, translate, languages)


def steps(*lines: str) -> str:
    """A file with one flow of these steps, the first on line 7."""
    return FLOW + "".join(f"      {line}\n" for line in lines)


def found(check: str, world: World) -> list[str]:
    return [str(fault) for fault in check_flows(world)[check]]


def whole_flows() -> str:
    """Every flow that the engine needs, each with one step."""
    needed = [CONSENT, CRISIS_CHECK, *SYSTEM_FLOWS.values(), *(f"crisis_{kind}" for kind in CRISES)]
    text = "version: 3\nflows:\n"
    for flow in needed:
        kind = "crisis" if flow.startswith("crisis_") else "system"
        text += f"  {flow}:\n    name: Flujo\n    description: Un flujo\n    kind: {kind}\n"
        text += "    steps: [{id: a, say: Hola.}]\n"
    return text


@pytest.mark.parametrize("check", [check.name for check in CHECKS])
def test_good_content_passes(check: str) -> None:
    assert found(check, world_of(whole_flows())) == []


RED: list[tuple[str, str, World, list[str]]] = [
    (
        "reach",
        "a step that nothing leads to",
        world_of(steps("- id: a", "  say: Hola.", "  next: END", "- id: b", "  say: Adiós.")),
        ["flows/more0.yml:10: trip/b: no step leads here. Lead to it with next, or delete it. [unreachable]"],
    ),
    (
        "reach",
        "steps that go round and round",
        world_of(
            steps(
                "- id: a",
                "  say: Hola.",
                "- id: b",
                "  say: Otra vez.",
                "  next: c",
                "- id: c",
                "  noop: true",
                "  next: b",
            )
        ),
        [
            "flows/more0.yml:7: trip/a: from here the flow never ends. Lead somewhere to END or to a link. [endless]",
            "flows/more0.yml:9: trip/b: from here the flow never ends. Lead somewhere to END or to a link. [endless]",
            "flows/more0.yml:12: trip/c: from here the flow never ends. Lead somewhere to END or to a link. [endless]",
        ],
    ),
    (
        "reach",
        "signs of an emergency in a question that is not the first",
        world_of(
            steps(
                "- id: a",
                "  say: Hola.",
                "- id: b",
                "  collect: paper",
                "  ask: ¿Qué papel tienes?",
                "  why: Para saber qué te sirve.",
                "  options:",
                "    - {value: x, label: Está mal, urgent: [no respira]}",
                "  next: END",
            )
        ),
        [
            "flows/more0.yml:9: trip/b: urgent is read in the first step of a flow only. "
            "Put them in the first step, or among the synonyms. [urgent_late]"
        ],
    ),
    (
        "calls",
        "flows that call each other",
        world_of(
            steps("- {id: a, call: tour}").replace(
                "\n  trip:",
                "\n  tour:\n    name: Un paseo\n    description: Otro flujo\n    steps: [{id: a, call: trip}]\n  trip:",
            )
        ),
        [
            "flows/more0.yml:3: tour: the flow calls itself in a circle. "
            "Use link where the first flow need not go on. [call_circle]",
            "flows/more0.yml:7: trip: the flow calls itself in a circle. "
            "Use link where the first flow need not go on. [call_circle]",
        ],
    ),
    (
        "facts",
        "a misspelt fact",
        world_of(steps("- id: a", '  say: "Cuesta {fact:ofice_fee}."')),
        ["flows/more0.yml:7: trip/a: there is no fact 'ofice_fee'. Did you mean 'office_fee'? [unknown_fact]"],
    ),
    (
        "facts",
        "a fact that resembles none, behind a card",
        world_of(changes={"    refused: Pide la respuesta por escrito.": "    refused: Pide ayuda.\n    facts: [zzz]"}),
        [
            "flows/good.yml:70: card blue_card: there is no fact 'zzz'. "
            "Add it under facts/, with its source. [unknown_fact]"
        ],
    ),
    (
        "facts",
        "a doubtful fact",
        world_of(changes={"where: En la oficina.": 'where: "{fact:rumour}"'}),
        [
            "flows/good.yml:70: card blue_card: fact 'rumour' must not be said: low_confidence. "
            "Find a better source, or point to the official site instead. [fact_low_confidence]"
        ],
    ),
    (
        "facts",
        "a fact of last year",
        world_of(steps("- id: a", '  say: "Cuesta {fact:old_fee}."')),
        [
            "flows/more0.yml:7: trip/a: fact 'old_fee' must not be said: expired. "
            "Look up the new value and mend it in facts/. [fact_expired]"
        ],
    ),
    (
        "facts",
        "a fact of next year, as the address of a partner",
        world_of(changes={"url_fact: blue_office_site": "url_fact: new_fee"}),
        [
            "flows/good.yml:85: partner blue_office: fact 'new_fee' must not be said: not_yet_valid. "
            "Use it from the day when it is valid. [fact_not_yet_valid]"
        ],
    ),
    (
        "facts",
        "a placeholder with a space in it",
        world_of(steps("- id: a", '  say: "Cuesta {fact: office_fee}."')),
        [
            "flows/more0.yml:7: trip/a: '{fact: office_fee}' is no placeholder and would be said as it stands. "
            "Write {fact:id}, {fact:id.url} or {slot:name}, without spaces. [bad_placeholder]"
        ],
    ),
    (
        "facts",
        "a placeholder of an unknown slot",
        world_of(steps("- id: a", '  say: "Tienes {slot:papel}."')),
        ["flows/more0.yml:7: trip/a: there is no slot 'papel'. Mend the name. [unknown_slot]"],
    ),
    (
        "numbers",
        "a fee that is typed by hand",
        world_of(steps("- id: a", "  say: Cuesta 20.000 pesos.")),
        [
            "flows/more0.yml:7: trip/a: the number '20.000' is typed by hand. "
            "Write it as {fact:…}, so that it has a source and a date. [typed_number]"
        ],
    ),
    (
        "clashes",
        "a synonym that is a global word",
        world_of(changes={"synonyms: [azul, carnet]": "synonyms: [azul, ATRAS]"}),
        [
            "flows/good.yml:23: office/paper: option 'Carné azul': 'atras' is the global word 'back'. "
            "Use another word for the option. [global_clash]"
        ],
    ),
    (
        "clashes",
        "a word that means two options",
        world_of(changes={"label: Ninguno": "label: Ninguno, synonyms: [CARNÉT]"}),
        [
            "flows/good.yml:23: office/paper: 'carnet' stands for two options, 'Carné azul' and 'Ninguno'. "
            "Let each option have words of its own. [option_clash]"
        ],
    ),
    (
        "clashes",
        "a synonym of signs alone",
        world_of(changes={"synonyms: [azul, carnet]": 'synonyms: [azul, "¡!"]'}),
        [
            "flows/good.yml:23: office/paper: option 'Carné azul' has a word without letters or digits. "
            "Write letters or digits. [empty_form]"
        ],
    ),
    (
        "clashes",
        "a label whose translation is a global word",
        world_of(
            translate=lambda language, text: "Menú" if (language, text) == ("en", "Ninguno") else text,
            languages=("es", "en"),
        ),
        [
            "flows/good.yml:23: office/paper: option 'Ninguno' (en): 'menu' is the global word 'menu'. "
            "Use another word for the option. [global_clash]"
        ],
    ),
    (
        "limits",
        "a label that fits a list but no button",
        world_of(changes={"label: Carné azul": "label: Un carné azul y verde"}),
        [
            "flows/good.yml:23: office/paper: 'Un carné azul y verde' has 21 characters in es, at most 20 fit. "
            "Say it shorter. [label_too_long]"
        ],
    ),
    (
        "limits",
        "a name whose translation fits no menu",
        world_of(
            translate=lambda language, text: "The office of the blue cards" if text == "La oficina" else text,
            languages=("es", "en"),
        ),
        [
            f"flows/good.yml:16: office: 'The office of the blue cards' has 28 characters in {language}, "
            "at most 24 fit. Say it shorter. [label_too_long]"
            for language in ("es", "en")
        ],
    ),
    (
        "limits",
        "a description whose translation is too long",
        world_of(translate=lambda _language, text: text * 4 if text.startswith("La que te dio") else text),
        [
            "flows/good.yml:23: office/paper: 'La que te dio la oficinaLa que te dio la' has 96 characters in es, "
            "at most 72 fit. Say it shorter. [description_too_long]"
        ],
    ),
    (
        "limits",
        "a question that no option shows",
        world_of(
            steps(
                "- id: a",
                "  collect: topic",
                "  ask: ¿De qué hablamos?",
                "  why: Así te guío.",
                "  options: [{value: sun, label: Del sol, hidden: true}]",
            )
        ),
        ["flows/more0.yml:7: trip/a: every option is hidden. Show at least one. [all_hidden]"],
    ),
    (
        "limits",
        "a message that grows too long in another language",
        world_of(translate=lambda _language, text: "Bueno. " * 600 if text == "Eso es todo." else text),
        [
            "flows/good.yml:56: office/bye: 'Bueno. Bueno. Bueno. Bueno. Bueno. Bueno' has 4200 characters in es, "
            "at most 4096 fit. Say it shorter. [message_too_long]"
        ],
    ),
    (
        "limits",
        "a question that fits no message with buttons",
        world_of(translate=lambda _language, text: "Bueno. " * 147 if text == "¿Qué papel tienes?" else text),
        [
            "flows/good.yml:23: office/paper: 'Bueno. Bueno. Bueno. Bueno. Bueno. Bueno' has 1029 characters in es, "
            "at most 1024 fit. Say it shorter. [message_too_long]"
        ],
    ),
    (
        "limits",
        "a card of several pages",
        world_of(translate=lambda _language, text: "Bueno. " * 450 if text == "Es gratis." else text),
        [
            "flows/good.yml:70: card blue_card: '📄 CARNÉ AZUL\\n\\nEs el carné de la oficina.' has 3411 "
            "characters in es, at most 3000 fit. Say it shorter. [card_too_long]"
        ],
    ),
    (
        "reading",
        "a message as an office would write it",
        world_of(
            steps(
                "- id: a",
                "  say: >-",
                "    La regularización administrativa extraordinaria presupone la acreditación documental",
                "    correspondiente, conforme a las disposiciones reglamentarias anteriormente establecidas",
                "    por la institucionalidad competente.",
            )
        ),
        [
            "flows/more0.yml:7: trip/a: reading ease -50, at least 55 is wanted: "
            "'La regularización administrativa extraordinaria presupone la'. "
            "Use shorter words and shorter sentences. [hard_to_read]"
        ],
    ),
    (
        "whole",
        "no flow for what a person may ask at any time",
        world_of(whole_flows().replace("  erase:\n", "  erased:\n").replace("  crisis_suicide:\n", "  suicide:\n")),
        [
            "flows:1: crisis_suicide: the flow 'crisis_suicide' is missing. "
            "The engine needs it: write it. [missing_flow]",
            "flows:1: erase: the flow 'erase' is missing. The engine needs it: write it. [missing_flow]",
        ],
    ),
    (
        "whole",
        "a crisis flow that could be interrupted",
        world_of(
            whole_flows()
            + "  crisis_fire:\n    name: Fuego\n    description: Hay fuego\n    steps: [{id: a, say: Corre.}]\n"
        ),
        ["flows/more0.yml:63: crisis_fire: its kind is 'route'. Write kind: crisis. [not_crisis]"],
    ),
    (
        "whole",
        "a language without global words",
        world_of(whole_flows(), languages=("es", "pt")),
        ["flows/words.yml:1: pt: there are no global words for 'pt'. Add them. [missing_words]"],
    ),
]


@pytest.mark.parametrize(
    ("check", "world", "messages"), [row[:1] + row[2:] for row in RED], ids=[row[1] for row in RED]
)
def test_bad_content_is_told_exactly(check: str, world: World, messages: list[str]) -> None:
    assert found(check, world) == messages


def test_every_check_has_content_that_fails_it() -> None:
    assert {row[0] for row in RED} == {check.name for check in CHECKS}


def test_an_unknown_fact_does_not_hide_the_other_faults() -> None:
    """It is told by its own check, and the checks that render texts pass over it."""
    world = world_of(
        whole_flows(),
        changes={"say: Esta es tu guía.": 'say: "{fact:zzz} Trae 2 fotos."', "cost: Es gratis.": 'cost: "{fact:zzz}"'},
    )
    codes = {name: [fault.code for fault in faults] for name, faults in check_flows(world).items() if faults}
    assert codes == {"facts": ["unknown_fact", "unknown_fact"], "numbers": ["typed_number"]}


@pytest.mark.parametrize(
    "say",
    [
        "Tienes un SC-2.",
        '"1. Ve allá."',
        '"Cuesta {fact:office_fee}."',
        "Trae dos fotos.",
        '"Mira {fact:office_fee.url}"',
    ],
)
def test_numbers_that_may_stand(say: str) -> None:
    assert found("numbers", world_of(steps("- id: a", f"  say: {say}"))) == []


def test_a_label_of_four_options_may_be_as_long_as_a_list_row() -> None:
    more = "- {value: none, label: Ninguno}\n          - {value: both, label: El carné y también carta}"
    assert found("limits", world_of(changes={"- {value: none, label: Ninguno}": more})) == []


def test_each_engine_button_must_fit_in_every_language() -> None:
    long = world_of(translate=lambda _language, text: "B" * 21 if text == "Ver el menú" else text)
    assert found("limits", long) == [
        "bot/flows/phrases.py:1: 'BBBBBBBBBBBBBBBBBBBBB' has 21 characters in es, at most 20 fit. "
        "Say it shorter. [label_too_long]"
    ]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("que", 1),
        ("guía", 2),
        ("país", 2),
        ("ley", 1),
        ("yo", 1),
        ("cédula", 3),
        ("Colombia", 3),
        ("pingüino", 3),
        ("leer", 2),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_ease_falls_with_long_words_and_sentences() -> None:
    easy = reading_ease("Ve allá. Lleva tu foto. Es gratis.")
    long_sentence = reading_ease(
        "Ve allá con tu foto y con tu carta y con quien te ayuda y lleva todo lo que te dieron ayer."
    )
    long_words = reading_ease("Documentación. Regularización. Acreditación.")
    assert easy is not None
    assert long_sentence is not None
    assert long_words is not None
    assert easy > long_sentence > LEAST > long_words


def test_addresses_and_acronyms_are_not_read_as_words() -> None:
    assert reading_ease("Ve allá.") == reading_ease("Ve allá PPT https://regularizacion.example.org.")
    assert reading_ease("https://azul.example.org") is None
