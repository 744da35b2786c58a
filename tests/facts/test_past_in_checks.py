"""``amable check`` on 2 January: red for a silent amount in a text, green for one said with its year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.facts import load_facts
from bot.flows.checks.facts_alive import check_facts
from bot.flows.loading import load_texts
from bot.flows.render import Renderer
from bot.flows.turn import World

FLOWS = """
version: 3
flows:
  main:
    name: Sueldo
    description: El sueldo
    steps:
      - {id: one, say: "El sueldo es {fact:wage}."}
"""


@pytest.mark.parametrize(
    ("after", "day", "faults", "said"),
    [
        ("silent", date(2026, 12, 31), [], "El sueldo es 20.000 pesos."),
        ("with_year", date(2026, 12, 31), [], "El sueldo es 20.000 pesos."),
        ("with_year", date(2027, 1, 2), [], "El sueldo es en 2026: 20.000 pesos."),
        (
            "silent",
            date(2027, 1, 2),
            ["fact_expired"],
            "El sueldo es confírmalo en Oficina Azul: https://azul.example.org.",
        ),
        (
            "with_year",
            date(2028, 1, 2),
            ["fact_expired"],
            "El sueldo es confírmalo en Oficina Azul: https://azul.example.org.",
        ),
    ],
)
def test_the_year_after(
    folder: Callable[..., Path], lines: Callable[..., str], after: str, day: date, faults: list[str], said: str
) -> None:
    book = load_facts(folder(a=lines("wage", after_expiry=after)))
    world = World(load_texts([("flows/test.yml", FLOWS)]), book, day)
    assert [fault.code for fault in check_facts(world)] == faults
    assert Renderer(world, "es", {}).text("El sueldo es {fact:wage}.") == said
