"""Municipalities: names, nicknames, typos, sentences, and names that several share."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.flows.values import municipality_candidates, read_value, show_value
from bot.flows.values.places.atlas import atlas

TODAY = date(2026, 11, 24)
BOGOTA, MEDELLIN, CALI, BARRANQUILLA, CARTAGENA = "11001", "05001", "76001", "08001", "13001"
MAICAO, CUCUTA, SOACHA, SANTA_MARTA, BUCARAMANGA, VILLAVICENCIO = "44430", "54001", "25754", "47001", "68001", "50001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Maicao", MAICAO),
        ("MAICAO!!", MAICAO),
        ("maicaooo", MAICAO),
        ("Bogotá", BOGOTA),
        ("bogota d.c.", BOGOTA),
        ("Cúcuta", CUCUTA),
        ("San José de Cúcuta", CUCUTA),
        ("Itagüí", "05360"),
        ("Santa Marta", SANTA_MARTA),
        ("Riohacha", "44001"),
        ("Villa del Rosario", "54874"),
        ("Ubaté", "25843"),
        ("Nuevo Belén de Bajirá", "27493"),
        # nicknames and quarters
        ("Medallo", MEDELLIN),
        ("medetown", MEDELLIN),
        ("la nevera", BOGOTA),
        ("bacatá", BOGOTA),
        ("suba", BOGOTA),
        ("Quilla", BARRANQUILLA),
        ("Curramba", BARRANQUILLA),
        ("la Heroica", CARTAGENA),
        ("la Sucursal del Cielo", CALI),
        ("Villao", VILLAVICENCIO),
        ("barranca", "68081"),
        ("la parada", "54874"),
        # short forms
        ("b/quilla", BARRANQUILLA),
        ("bga", BUCARAMANGA),
        ("bmanga", BUCARAMANGA),
        ("ctg", CARTAGENA),
        ("sta. marta", SANTA_MARTA),
        ("pto asis", "86568"),
        ("faca", "25269"),
        # typos and spelling by ear
        ("barranqilla", BARRANQUILLA),
        ("baranquiya", BARRANQUILLA),
        ("bogata", BOGOTA),
        ("vogota", BOGOTA),
        ("medelin", MEDELLIN),
        ("kukuta", CUCUTA),
        ("villavisencio", VILLAVICENCIO),
        ("cartajena", CARTAGENA),
        ("floridablanka", "68276"),
        ("soledá", "08758"),
        ("dos quebradas", "66170"),
        ("pereria", "66001"),
        ("envigao", "05266"),
        # sentences
        ("vivo en maicao la guajira", MAICAO),
        ("yo toy en soacha", SOACHA),
        ("estoy en el barrio bello horizonte medellin", MEDELLIN),
        ("vivo aca en barrankilla hace un mes", BARRANQUILLA),
        ("vine de venezuela y vivo en maicao", MAICAO),
        ("vivo en soledad", "08758"),
        ("me equivoqué de ciudad, es Ipiales", "52356"),
        ("i live in cali", CALI),
        ("j'habite à Bogotá", BOGOTA),
        ("moro em Cartagena", CARTAGENA),
        ("mwen abite nan Medellin", MEDELLIN),
        # a department beside a shared name
        ("San Pedro, Sucre", "70717"),
        ("san pedro valle", "76670"),
        ("Villanueva Casanare", "85440"),
        ("armenia antioquia", "05059"),
        ("la paz cesar", "20621"),
        ("córdoba quindío", "63212"),
        ("sucre sucre", "70771"),
        ("guajira maicao", MAICAO),
        ("bogotá cundinamarca", BOGOTA),
        ("el banco magdalena", "47245"),
        ("colombia huila", "41206"),
        ("valencia córdoba", "23855"),
        # the one that nearly everyone means
        ("Armenia", "63001"),
        ("Florencia", "18001"),
        ("Rionegro", "05615"),
        ("San Andrés", "88001"),
        ("Cartagena", CARTAGENA),
        ("el banco", "47245"),
    ],
)
def test_a_municipality_is_found(text: str, code: str) -> None:
    assert read_value("municipality", text, TODAY, "es") == code


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("San Pedro", {"San Pedro (Sucre)", "San Pedro (Valle del Cauca)"}),
        ("el carmen", {"El Carmen (Norte de Santander)", "El Carmen de Bolívar (Bolívar)"}),
        ("San Juan", {"San Juan del Cesar (La Guajira)", "San Juan Nepomuceno (Bolívar)"}),
        ("ciudad bolívar", {"Bogotá (Bogotá)", "Ciudad Bolívar (Antioquia)"}),
        ("vivo en soacha pero trabajo en bogota", {"Soacha (Cundinamarca)", "Bogotá (Bogotá)"}),
        ("maicao antioquia", {"Maicao (La Guajira)"}),
        ("valencia", {"Valencia (Córdoba)"}),
        ("balencia", {"Valencia (Córdoba)"}),
        ("palmita", {"Palmira (Valle del Cauca)", "Palmito (Sucre)"}),
    ],
)
def test_a_name_that_may_mean_several_is_asked_with_what_it_may_mean(text: str, shown: set[str]) -> None:
    assert read_value("municipality", text, TODAY, "es") is None
    assert shown <= {f"{found.name} ({found.department})" for found in municipality_candidates(text)}


def test_no_more_candidates_than_a_list_holds() -> None:
    assert 0 < len(municipality_candidates("santa rosa")) <= 10
    assert len(municipality_candidates("puerto")) <= 10


@pytest.mark.parametrize(
    "text",
    [
        "caracas",
        "maracaibo",
        "San Antonio del Táchira",
        "vivo en Colombia",
        "guajira",
        "no sé",
        "toca ir",
        "pasot",
        "qué bello",
        "tengo mucha soledad",
        "trabajo en el banco",
        "soy cubana",
        "soy colombiano",
        "no mandes más",
        "¿va a llover en pasto mañana temprano?",
        "mi bebé nació en cúcuta y no tiene papeles",
        "🙂🙂🙂",
        "",
        "a",
    ],
)
def test_no_municipality_is_made_out_of_other_words(text: str) -> None:
    assert read_value("municipality", text, TODAY, "es") is None


def test_every_municipality_is_found_by_the_name_it_is_shown_with() -> None:
    for code in atlas().municipalities:
        assert read_value("municipality", show_value("municipality", code, "es"), TODAY, "es") == code


def test_a_shared_name_offers_every_municipality_that_bears_it() -> None:
    for code, found in atlas().municipalities.items():
        offered = [candidate.code for candidate in municipality_candidates(found.name)]
        sure = read_value("municipality", found.name, TODAY, "es")
        assert sure is not None or code in offered or found.name == "Colombia", found


def test_municipalities_are_found_fast_once_loaded() -> None:
    read_value("municipality", "maicao", TODAY, "es")
    texts = ["maicao", "barankilla", "vivo aca en barrankilla", "no tengo idea de nada de lo que me preguntas"]
    start = time.perf_counter()
    for number in range(100):
        read_value("municipality", f"{texts[number % 4]} {number}", TODAY, "es")
    assert (time.perf_counter() - start) / 100 < 0.002
