"""Occupations as people write them: street names, typos, by ear; what is unclear is offered or not understood."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from bot.flows import phrases
from bot.flows.folding import fold
from bot.flows.values import may_mean, read_value, show_value
from bot.flows.values.occupations import MOST_OFFERED, all_occupations, occupation_candidates, read_occupation
from tests.flows.harness import talk_in
from tests.flows.writing import CHILDREN, flow, flows


def test_the_table_is_wide_and_whole() -> None:
    rows = all_occupations()
    assert len(rows) >= 150
    assert sum(len(row.names) for row in rows) >= 700
    for row in rows:
        assert re.fullmatch(r"[a-z][a-z0-9_]{1,39}", row.key)
        assert re.fullmatch(r"[0-9]{4}", row.code)
        assert all(name.strip() == name != "" for name in (row.feminine, row.masculine, *row.names)), row.key
        twice = [name for name, count in Counter(map(fold, row.names)).items() if count > 1]
        assert not twice, f"{row.key}: {twice}"


def test_every_name_leads_to_its_occupation_or_is_asked_among_three() -> None:
    for row in all_occupations():
        for name in (row.feminine, row.masculine, *row.names):
            found = [each.key for each in occupation_candidates(name)]
            assert row.key in found, f"{name}: {found}"
            assert len(found) <= MOST_OFFERED
            assert read_occupation(name) in (row.key if len(found) == 1 else None,)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("albañil", "albanil"),
        ("ALBAÑIL", "albanil"),
        ("albanil", "albanil"),
        ("alvañil", "albanil"),
        ("albañill", "albanil"),
        ("soy maestro de obra", "albanil"),
        ("trabajo en construccion", "albanil"),
        ("contruccion", "albanil"),
        ("muchacha del servicio", "casas_familia"),
        ("trabajo en casas de familia", "casas_familia"),
        ("casa de famlia", "casas_familia"),
        ("limpio casas por dias", "casas_familia"),
        ("mototaxi", "mototaxi"),
        ("mototaxista en maicao", "mototaxi"),
        ("moto taxi", "mototaxi"),
        ("vendedor hambulante", "vendedor_ambulante"),
        ("yo vendo dulces en los buses", "vendedor_ambulante"),
        ("uñas", "manicurista"),
        ("hago uñas", "manicurista"),
        ("manicurita", "manicurista"),
        ("celador", "celador"),
        ("selador", "celador"),
        ("vigilante de seguridad", "celador"),
        ("soldador", "soldador"),
        ("soldaor", "soldador"),
        ("jornalero", "jornalero"),
        ("recojo café", "jornalero"),
        ("recolector de cafe en el Huila", "jornalero"),
        ("agricultor", "agricultor"),
        ("kiltivatè", "agricultor"),
        ("vendo arepas en la esquina de mi casa", "vende_comida"),
        ("vendo tinto", "vende_comida"),
        ("cosinera", "cocinero"),
        ("cocinera en un colegio", "cocinero"),
        ("barbero", "peluquero"),
        ("barvero", "peluquero"),
        ("peluqera", "peluquero"),
        ("costurera", "modista"),
        ("kouti", "modista"),
        ("rappi", "domiciliario"),
        ("hago domicilios", "domiciliario"),
        ("resiclador", "reciclador"),
        ("recojo carton", "reciclador"),
        ("plomero hace 12 años", "plomero"),
        ("era electricista en valencia", "electricista"),
        ("elektrisyen", "electricista"),
        ("cuido abuelitos", "cuidado_mayores"),
        ("cuido niños", "nineras"),
        ("contadora", "contador"),
        ("abogada", "abogado"),
        ("ingeniero civil", "ingeniero_civil"),
        ("camionero", "camion"),
        ("taxista", "taxi"),
        ("gandolero", "camion"),
        ("estilista", "peluquero"),
        ("panadero", "panadero"),
        ("panaero", "panadero"),
        ("mesonera", "mesero"),
        ("pescador", "pescador"),
        ("carretillero de trocha", "cotero"),
    ],
)
def test_it_is_understood_as_people_write_it(text: str, key: str) -> None:
    assert read_occupation(text) == key


@pytest.mark.parametrize(
    "text",
    [
        "trabajo en lo que salga",
        "lo que sea",
        "cualquier cosa",
        "de todo un poquito",
        "no tengo trabajo",
        "nada",
        "no sé hacer nada",
        "desempleada",
        "sí",
        "hola",
        "xqztv wpfk",
        "lorfm ipzum dolxr",
        "estudio",
        "estoy buscando empleo",
        "Maicao",
        "34",
        "",
        "🙂",
    ],
)
def test_what_is_no_occupation_is_not_guessed(text: str) -> None:
    assert read_occupation(text) is None
    assert occupation_candidates(text) == ()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("vendedora", {"vendedor_ambulante", "vendedor_tienda", "puerta_puerta"}),
        ("conductor", {"taxi", "bus", "camion"}),
        ("trabajo en la moto", {"mototaxi", "domiciliario"}),
        ("profesora", {"docente_primaria", "docente_secundaria"}),
        ("enfermera", {"enfermero", "tecnico_enfermeria"}),
        ("me rebusco", {"vendedor_ambulante", "oficios_varios"}),
        ("albañil y pintor", {"albanil", "pintor"}),
        ("operaria", {"empacador", "operario"}),
    ],
)
def test_what_may_mean_several_is_offered(text: str, keys: set[str]) -> None:
    assert read_occupation(text) is None
    assert {found.key for found in occupation_candidates(text)} == keys


def test_it_is_shown_by_its_name_for_women_and_men() -> None:
    today = date(2026, 11, 24)
    assert read_value("occupation", "cosinera", today, "es") == "cocinero"
    assert show_value("occupation", "cocinero", "es") == "cocinero/a"
    assert show_value("occupation", "vendedor_tienda", "es") == "vendedor/a de almacén"
    assert show_value("occupation", "actor", "es") == "actriz o actor"
    assert show_value("occupation", "auxiliar_contable", "es") == "auxiliar contable"
    assert show_value("occupation", "gone_from_the_table", "es") == "gone_from_the_table"
    assert may_mean("occupation", "¿y usted en qué me puede ayudar con eso?", "es") == ()


WORK = flows(
    flow("main", '\n      - {id: craft, collect: craft, ask: "¿Qué oficio tienes?", why: x}\n' + CHILDREN, intent="m"),
    flow("town", '\n      - {id: town, collect: town, ask: "¿Dónde vives?", why: x}\n' + CHILDREN),
).replace(
    "\nflows:", "  craft: {type: occupation, label: oficio}\n  town: {type: municipality, label: municipio}\nflows:", 1
)


def test_the_engine_asks_which_one_and_takes_the_tap() -> None:
    talk = talk_in(WORK, "main")
    talk.say("trabajo de vendedora")
    assert talk.text.startswith(phrases.WHICH)
    assert talk.labels[-1] == phrases.NEITHER
    assert talk.state.slots == {}
    talk.tap(2)
    assert talk.state.slots == {"craft": "puerta_puerta"} or talk.state.slots == {"craft": "vendedor_tienda"}
    assert talk.at == "main/children"


def test_the_engine_takes_a_number_or_other_words_instead() -> None:
    talk = talk_in(WORK, "main")
    talk.say("enfermera")
    talk.say("1")
    assert talk.at == "main/children"
    other = talk_in(WORK, "main")
    other.say("enfermera")
    other.say("no, soy peluquera")
    other.say("peluquera")
    assert other.state.slots == {"craft": "peluquero"}
    none = talk_in(WORK, "main")
    none.say("enfermera")
    none.tap(phrases.NEITHER)
    assert none.at == "main/craft"
    assert none.state.slots == {}


def test_a_made_up_or_old_value_is_stale() -> None:
    talk = talk_in(WORK, "main")
    talk.say("enfermera")
    payload = talk.buttons[0].payload
    talk.tap_payload(payload.rsplit("|", 1)[0] + "|presidente")
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.state.slots == {}
    talk.say("albañil")
    talk.tap_payload(payload)
    assert talk.text.startswith(phrases.STALE_TAP)
    assert talk.state.slots == {"craft": "albanil"}


def test_the_same_means_ask_which_place() -> None:
    talk = talk_in(WORK, "town")
    talk.say("santa rosa")
    assert talk.text.startswith(phrases.WHICH)
    assert all(len(label) <= 24 for label in talk.labels)
    talk.tap(1)
    assert talk.at == "town/children"
    assert len(str(talk.state.slots["town"])) == 5
