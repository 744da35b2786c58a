"""Diagrams of flows: conditions in words, every answer on its way, and an SVG that stands alone and hides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.facts import load_facts
from bot.flows.conditions import parse_condition
from bot.flows.diagram import KIND_WORDS, draw_flow
from bot.flows.diagram.chart import ACTION_WORDS, TYPED_ANSWERS, Charting
from bot.flows.diagram.measure import text_width
from bot.flows.diagram.words import Wording
from bot.flows.loading import load_flows, load_texts
from bot.flows.loading.links import ACTIONS
from bot.flows.loading.parts import SLOT_TYPES
from bot.flows.loading.steps import KINDS
from bot.flows.model import FlowSet

HERE = Path(__file__).parent
GOOD = (HERE / "good.yml").read_text(encoding="utf-8")
FACTS = load_facts(HERE / "good_facts")
REAL = load_flows(HERE.parents[1] / "flows")
SVG = "{http://www.w3.org/2000/svg}"


def flows_of(*more: str) -> FlowSet:
    texts = [("flows/good.yml", GOOD)]
    return load_texts([*texts, *((f"flows/more{number}.yml", text) for number, text in enumerate(more))])


def steps(*lines: str) -> str:
    body = "".join(f"      {line}\n" for line in lines)
    return f"version: 3\nflows:\n  trip:\n    name: Un viaje\n    description: Un flujo de prueba\n    steps:\n{body}"


def exits(flows: FlowSet, flow: str, step: str) -> list[tuple[str, str]]:
    box = Charting(flows).boxes(flows.flows[flow])[step]
    return [(way.label, way.target) for way in box.exits]


def said(flows: FlowSet, flow: str, step: str) -> list[str]:
    return [line.text for line in Charting(flows).boxes(flows.flows[flow])[step].lines]


SLOTS = """version: 3
slots:
  age: {type: age, label: edad}
  income: {type: amount, label: ingreso}
  left: {type: date, label: fecha de salida}
"""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('slots.paper == "card"', "papel: Carné azul"),
        ('slots.paper != "card"', "papel: no Carné azul"),
        ('slots.paper in ["card", "letter", "none"]', "papel: Carné azul, Una carta o Ninguno"),
        ('slots.paper not in ["card", "letter"]', "papel: ni Carné azul ni Una carta"),
        ('not slots.paper in ["card", "letter"]', "papel: ni Carné azul ni Una carta"),
        ("slots.paper is null", "papel: no se sabe"),
        ("slots.paper is not null", "papel: ya se sabe"),
        ("not slots.paper is null", "papel: ya se sabe"),
        ("slots.sure", "seguridad: Sí"),
        ("not slots.sure", "seguridad: No"),
        ("not not slots.sure", "seguridad: Sí"),
        ("slots.sure == false", "seguridad: No"),
        ("slots.age < 18", "edad: menos de 18 años"),
        ("18 <= slots.age", "edad: 18 años o más"),
        ("slots.income > 1500000", "ingreso: más de 1.500.000"),
        ("slots.children <= 2", "hijos: 2 o menos"),
        ("slots.children >= slots.age", "hijos mayor o igual que edad"),
        ('slots.entry_date < "2024-12-04"', "fecha de entrada: antes del 4 de diciembre de 2024"),
        ('slots.entry_date == "2024-12-04"', "fecha de entrada: 4 de diciembre de 2024"),
        ("slots.entry_date > today", "fecha de entrada: después de hoy"),
        ("today < slots.entry_date", "fecha de entrada: después de hoy"),
        ("slots.entry_date < today - 60", "fecha de entrada: hace más de 60 días"),
        ("slots.entry_date >= today - 1", "fecha de entrada: hace 1 día o menos"),
        ("slots.entry_date <= today + 30", "fecha de entrada: en 30 días o menos"),
        ("slots.entry_date == today - 7", "fecha de entrada: hace 7 días"),
        ("slots.entry_date != today", "fecha de entrada: no hoy"),
        ("slots.entry_date > slots.left", "fecha de entrada mayor que fecha de salida"),
        ('today >= "2027-01-01"', "hoy: el 1 de enero de 2027 o después"),
        ('"2027-01-01" > today + 30', "30 días después de hoy: antes del 1 de enero de 2027"),
        ('slots.paper == "card" and slots.sure', "papel: Carné azul y seguridad: Sí"),
        ('slots.paper == "card" or slots.sure', "papel: Carné azul o seguridad: Sí"),
        (
            'slots.sure and (slots.age < 18 or slots.paper == "card")',
            "seguridad: Sí y (edad: menos de 18 años o papel: Carné azul)",
        ),
        ('slots.sure and slots.paper in ["card", "none"]', "seguridad: Sí y (papel: Carné azul o Ninguno)"),
        ("not (slots.sure and slots.age < 18)", "no (seguridad: Sí y edad: menos de 18 años)"),
    ],
)
def test_a_condition_in_words(source: str, words: str) -> None:
    assert Wording(flows_of(SLOTS).slots).condition(parse_condition(source)) == words


def test_every_answer_stands_on_its_way() -> None:
    flows = flows_of()
    assert exits(flows, "office", "paper") == [("Carné azul", "sure"), ("Una carta", "guide"), ("Ninguno", "bye")]
    assert exits(flows, "office", "sure") == [("Sí", "entry"), ("No", "guide")]
    assert exits(flows, "office", "entry") == [("", "bye")]
    assert exits(flows, "office", "bye") == [("", "END")]
    assert exits(flows, "ask_blue_card", "go") == []


QUESTION = (
    "- id: a",
    "  collect: topic",
    "  ask: ¿De qué hablamos?",
    "  why: Así te guío.",
    "  options:",
    "    - {value: sun, label: Del sol}",
    "    - {value: sea, label: Del mar}",
    "    - {value: moon, label: De la luna, hidden: true}",
)


@pytest.mark.parametrize(
    ("branches", "labels"),
    [
        ([], ["Del sol, Del mar o De la luna (si lo escribe)"]),
        (['{if: slots.topic != "sun", then: END}', "{else: a}"], ["Del mar o De la luna (si lo escribe)", "Del sol"]),
        (
            [
                '{if: slots.topic == "sun" and slots.sure, then: END}',
                '{if: slots.topic == "sea", then: END}',
                "{else: a}",
            ],
            ["Del sol y seguridad: Sí", "Del mar", "Del sol o De la luna (si lo escribe) (en los demás casos)"],
        ),
        (
            ['{if: slots.topic == "moon", then: END}', "{if: slots.sure, then: END}", "{else: a}"],
            [
                "De la luna (si lo escribe)",
                "(Del sol o Del mar) y seguridad: Sí",
                "Del sol o Del mar (en los demás casos)",
            ],
        ),
        (
            ['{if: \'slots.topic in ["sun", "sea", "moon"]\', then: END}', "{else: a}"],
            ["Del sol, Del mar o De la luna (si lo escribe)", "En los demás casos"],
        ),
    ],
)
def test_what_is_left_for_the_other_branches(branches: list[str], labels: list[str]) -> None:
    following = ["  next:", *(f"    - {branch}" for branch in branches)] if branches else ["  next: END"]
    flows = flows_of(steps(*QUESTION, *following))
    assert [label for label, _ in exits(flows, "trip", "a")] == labels


def test_a_step_that_only_branches_tells_what_it_looks_at() -> None:
    flows = flows_of(
        steps("- id: a", "  noop: true", "  next: [{if: slots.sure, then: b}, {else: END}]", "- {id: b, say: Hola.}")
    )
    assert exits(flows, "trip", "a") == [("seguridad: Sí", "b"), ("En los demás casos", "END")]
    assert said(flows, "trip", "a") == ["Según lo que ya respondió:"]


def test_boxes_say_what_a_step_does() -> None:
    flows = flows_of(
        steps(
            "- {id: a, action: action_handoff}",
            "- {id: b, set_slots: [{paper: letter}, {sure: null}]}",
            "- {id: c, call: office}",
            "- id: d",
            "  say: Hola.",
            "  refer: house",
        ),
        "version: 3\npartners:\n  house: {name: el Albergue, url_fact: blue_office_site}\n",
    )
    assert said(flows, "trip", "a") == ["Abre un caso para una persona del equipo"]
    assert said(flows, "trip", "b") == ["Anota papel: Una carta", "Olvida: seguridad"]
    assert said(flows, "trip", "c") == ["La oficina (office)"]
    assert said(flows, "trip", "d") == ["Hola.", "Remite al Albergue."]
    assert said(flows, "office", "guide") == [
        "Esta es tu guía.", "Carné azul", "Remite a la Oficina Azul.", "Pregunta cómo va en 15 días.",
    ]  # fmt: skip
    assert said(flows, "office", "entry") == [
        "¿Qué día entraste?",
        "Escribe una fecha.",
        "No se acepta: después de hoy.",
    ]


def test_texts_show_facts_where_they_are_given() -> None:
    flows = flows_of()
    text = "Cuesta {fact:office_fee}. Mira {fact:office_fee.url}. Es {fact:rumour}. Tienes {slot:paper}."
    assert (
        Charting(flows).readable(text)
        == "Cuesta ‹office_fee›. Mira ‹página de office_fee›. Es ‹rumour›. Tienes ‹papel›."
    )
    assert Charting(flows, FACTS).readable(text) == (
        "Cuesta ‹20.000 pesos›. Mira ‹https://azul.example.org›. Es ‹rumour›. Tienes ‹papel›."
    )


def test_there_are_words_for_everything_that_the_loader_knows() -> None:
    assert set(ACTION_WORDS) == ACTIONS
    assert set(TYPED_ANSWERS) | {"boolean"} == set(SLOT_TYPES)
    assert set(KIND_WORDS) == set(KINDS)


def test_mermaid() -> None:
    flows = flows_of(
        steps(
            "- id: end",
            "  collect: sure",
            """  ask: '¿Dices "sí" & <listo> a #1?' """,
            "  why: Así te guío.",
            "  next: [{if: slots.sure, then: go}, {else: END}]",
            "- {id: go, link: office}",
        )
    )
    assert draw_flow(flows.flows["trip"], flows)["mmd"].splitlines()[:-6] == [
        "---",
        'title: "Un viaje"',
        "---",
        f"%% Ruta «trip», flows/more0.yml · Versión del contenido: {flows.fingerprint}",
        "flowchart LR",
        "  accTitle: Un viaje",
        "  accDescr: Un flujo de prueba",
        '  s_end("¿Dices ”sí” ＆ ‹listo› a ＃1?<br/><small>end</small>"):::question',
        '  s_go[["<i>Sigue en otra ruta:</i><br/>La oficina (office)<br/><small>go</small>"]]:::flow',
        '  s_end -->|"Sí"| s_go',
        '  s_end -->|"No"| fin_end_1((" ")):::fin',
    ]


def test_the_head_tells_where_the_flow_is_and_how_one_comes_to_it() -> None:
    flows = flows_of(steps("- {id: a, link: office}"))
    root = ElementTree.fromstring(draw_flow(flows.flows["office"], flows, day=date(2026, 11, 24))["svg"])
    head = " ".join(text for _, text, *_ in words_of(root))
    assert "La oficina" in head
    assert "Qué papel tienes y qué puedes hacer con él" in head
    assert "Ruta «office», flows/good.yml" in head
    assert "el menú principal, lo que escribe la persona (regularization_ppt), la ruta «¿Ya tienes el carné?»" in head
    assert "la ruta «Un viaje»" in head
    assert f"Versión del contenido: {flows.fingerprint} · Dibujado el 24 de noviembre de 2026" in head
    other = " ".join(
        text for _, text, *_ in words_of(ElementTree.fromstring(draw_flow(flows.flows["ask_blue_card"], flows)["svg"]))
    )
    assert "Pregunta de seguimiento «ask_blue_card»" in other
    assert "el seguimiento blue_card" in other


def test_a_way_back_names_its_step_and_leads_there() -> None:
    back = '  next: [{if: slots.topic == "sun", then: a}, {else: b}]'
    flows = flows_of(
        steps(
            "- {id: a, say: Empecemos.}",
            *(line.replace("id: a", "id: q") for line in QUESTION),
            back,
            "- {id: b, say: Adiós., next: a}",
        )
    )
    root = ElementTree.fromstring(draw_flow(flows.flows["trip"], flows)["svg"])
    links = list(root.iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["#step-a", "#step-a"]
    assert all("Empecemos." in "".join(link.itertext()) for link in links)


def test_the_longest_ids_do_not_touch_what_stands_beside_them() -> None:
    longest = "a_step_with_the_longest_id_that_there_is"
    assert len(longest) == 40
    back = f'  next: [{{if: slots.topic == "sun", then: {longest}}}, {{else: END}}]'
    flows = flows_of(steps(f"- {{id: {longest}, call: office}}", *QUESTION, back))
    root = ElementTree.fromstring(draw_flow(flows.flows["trip"], flows)["svg"])
    lines = words_of(root)
    assert sum(text == longest for _, text, *_ in lines) == 2
    for one, other in combinations(lines, 2):
        assert one[3] <= other[2] or other[3] <= one[2] or abs(one[4] - other[4]) >= 10, f"{one[1]} and {other[1]}"
    boxes = boxes_of(root)
    for _, text, left, right, base in lines:
        if text == longest:
            assert any(box[0] < left and right < box[2] and box[1] < base < box[3] for box in boxes)


def test_texts_are_escaped() -> None:
    flows = flows_of(steps("- id: a", "  say: 'Si <b>x</b> & \"y\" → </text><script>alert()</script>'"))
    svg = draw_flow(flows.flows["trip"], flows)["svg"]
    assert "<script" not in svg
    root = ElementTree.fromstring(svg)
    assert "</text><script>alert()</script>" in "".join(root.itertext())


def test_the_same_content_draws_the_same_files() -> None:
    assert draw_flow(flows_of().flows["office"], flows_of()) == draw_flow(flows_of().flows["office"], flows_of())


# Every real flow: nothing overlaps, nothing sticks out, nothing is missing, nothing comes from outside.

DRAWN = {flow.id: ElementTree.fromstring(draw_flow(flow, REAL, FACTS)["svg"]) for flow in REAL.flows.values()}
SIZES = {
    "text": 12,
    "card": 12 * 1.09,
    "note": 11,
    "tag": 11,
    "kind": 10.9,
    "id": 10,
    "about": 11,
    "lead": 14,
    "title": 24,
    "key": 12,
}


def placed(
    element: ElementTree.Element, x: float = 0, y: float = 0
) -> Iterator[tuple[ElementTree.Element, float, float]]:
    """Every element with the shift of the groups that it stands in."""
    shift = re.match(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
    if shift:
        x, y = x + float(shift[1]), y + float(shift[2])
    yield element, x, y
    for child in element:
        if child.tag != f"{SVG}defs":
            yield from placed(child, x, y)


def words_of(root: ElementTree.Element) -> list[tuple[str, str, float, float, float]]:
    """Every line of text: its class, words, left and right end, baseline."""
    found = []
    for element, x, y in placed(root):
        if element.tag == f"{SVG}text":
            name, text = element.get("class", ""), element.text or ""
            width = text_width(text, SIZES[name])
            left = x + float(element.get("x", 0)) - (width if element.get("text-anchor") == "end" else 0)
            found.append((name, text, left, left + width, y + float(element.get("y", 0))))
    return found


def boxes_of(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box and answer of the diagram itself, without the legend's samples."""
    found = []
    for element, x, y in placed(root):
        kind = element.get("class", "")
        if element.tag == f"{SVG}rect" and kind in ("question", "message", "action", "flow", "answer", "back"):
            left, top = x + float(element.get("x", 0)), y + float(element.get("y", 0))
            found.append((left, top, left + float(element.get("width", 0)), top + float(element.get("height", 0))))
        elif element.tag == f"{SVG}polygon":
            points = [tuple(map(float, point.split(","))) for point in element.get("points", "").split()]
            found.append(
                (x, y + min(p[1] for p in points), x + max(p[0] for p in points), y + max(p[1] for p in points))
            )
    return [box for box in found if box[2] - box[0] > 50]


@pytest.mark.parametrize("flow", DRAWN)
def test_boxes_do_not_overlap(flow: str) -> None:
    boxes = boxes_of(DRAWN[flow])
    assert len(boxes) >= len(REAL.flows[flow].steps)
    for one, other in combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, f"{one} and {other}"


@pytest.mark.parametrize("flow", DRAWN)
def test_text_stays_in_its_box_and_lines_do_not_touch(flow: str) -> None:
    boxes = boxes_of(DRAWN[flow])
    lines = words_of(DRAWN[flow])
    for name, text, left, right, base in lines:
        if name in ("text", "card", "note", "tag") or text in REAL.flows[flow].steps:
            assert any(box[0] < left and right < box[2] and box[1] < base < box[3] for box in boxes), text
    for one, other in combinations(lines, 2):
        beside = one[3] <= other[2] or other[3] <= one[2]
        assert beside or abs(one[4] - other[4]) >= 10, f"{one[1]!r} and {other[1]!r}"


@pytest.mark.parametrize("flow", DRAWN)
def test_everything_is_drawn_and_inside_the_page(flow: str) -> None:
    root = DRAWN[flow]
    chart = Charting(REAL, FACTS).boxes(REAL.flows[flow])
    shown = "".join(text for name, text, *_ in words_of(root) if name == "tag").replace(" ", "")
    ids = [element.get("id", "") for element in root.iter()]
    for box in chart.values():
        assert f"step-{box.id}" in ids
        assert all(way.label.replace(" ", "") in shown for way in box.exits)
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    assert all(left >= 0 and right <= width and base <= height for _, _, left, right, base in words_of(root))
    ends = sum(way.target == "END" for box in chart.values() for way in box.exits)
    assert sum(element.get("class") == "end" for element in root.iter()) == ends + 1  # and the legend's


@pytest.mark.parametrize("flow", DRAWN)
def test_every_arrow_starts_at_an_answer_or_box_and_ends_at_a_box(flow: str) -> None:
    root = DRAWN[flow]
    boxes = boxes_of(root)
    for element, x, y in placed(root):
        d = element.get("d", "")
        if element.get("class") != "arrow" or "C" not in d:
            continue
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", d)]
        start, end = (numbers[0] + x, numbers[1] + y), (numbers[-2] + x, numbers[-1] + y)
        assert any(abs(box[2] - start[0]) < 0.2 and box[1] <= start[1] <= box[3] for box in boxes)
        assert any(abs(box[0] - end[0]) < 0.2 and box[1] <= end[1] <= box[3] for box in boxes)


@pytest.mark.parametrize("flow", DRAWN)
def test_the_svg_stands_alone_and_can_be_read_aloud(flow: str) -> None:
    root = DRAWN[flow]
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == REAL.flows[flow].name
    assert desc is not None
    assert (desc.text or "").startswith(REAL.flows[flow].description)
    assert [title.get("id"), desc.get("id")] == (root.get("aria-labelledby") or "").split()
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {
        "svg",
        "title",
        "desc",
        "style",
        "defs",
        "marker",
        "g",
        "path",
        "rect",
        "circle",
        "polygon",
        "text",
        "a",
    }
    assert all((element.get("href") or "#").startswith("#") for element in root.iter())
    assert "url(" not in "".join(element.text or "" for element in root.iter(f"{SVG}style"))
