"""What a recap shows."""

from __future__ import annotations

import pytest

from bot.flows.model import SlotType, Value
from bot.flows.values import show_value


@pytest.mark.parametrize(
    ("kind", "value", "language", "expected"),
    [
        ("date", "2024-03-15", "es", "15 de marzo de 2024"),
        ("date", "2024-03-15", "en", "March 15, 2024"),
        ("date", "2024-03-15", "fr", "15 mars 2024"),
        ("date", "2024-03-15", "pt", "15 de março de 2024"),
        ("date", "2024-03-15", "ht", "15 mas 2024"),
        ("amount", 1_200_000, "es", "1.200.000 pesos"),
        ("amount", 1_200_000, "en", "1,200,000 pesos"),
        ("amount", 1, "es", "1 peso"),
        ("amount", 0, "es", "0 pesos"),
        ("number", 12_000, "es", "12.000"),
        ("age", 34, "es", "34 años"),
        ("age", 1, "es", "1 año"),
        ("age", 0, "es", "menos de un año"),
        ("age", 34, "ht", "34 an"),
        ("municipality", "44430", "es", "Maicao (La Guajira)"),
        ("municipality", "54001", "fr", "Cúcuta (Norte de Santander)"),
        ("municipality", "11001", "es", "Bogotá"),
        ("municipality", "88001", "es", "San Andrés (San Andrés y Providencia)"),
        ("municipality", "70771", "es", "Sucre (Sucre)"),
        ("municipality", "13244", "es", "El Carmen de Bolívar (Bolívar)"),
        ("phone", "+573001234567", "es", "+57 300 1234567"),
        ("boolean", True, "es", "Sí"),
        ("boolean", False, "pt", "Não"),
        ("boolean", True, "ht", "Wi"),
        ("text", "vendo tintos", "es", "vendo tintos"),
        ("text", None, "es", ""),
        ("date", "2024-03-15", "es-CO", "15 de marzo de 2024"),
        ("date", "2024-03-15", "xx", "15 de marzo de 2024"),
    ],
)
def test_a_value_is_shown_in_words(kind: SlotType, value: Value, language: str, expected: str) -> None:
    assert show_value(kind, value, language) == expected


@pytest.mark.parametrize(
    ("kind", "value"),
    [("date", "ayer"), ("date", "2024-13-40"), ("municipality", "99999"), ("phone", "abc"), ("age", "joven")],
)
def test_a_value_that_does_not_fit_its_kind_is_shown_as_it_is(kind: SlotType, value: Value) -> None:
    assert show_value(kind, value, "es") == value
