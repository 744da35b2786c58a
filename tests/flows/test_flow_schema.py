"""The schema from which editors complete: it is the checked-in one, it fits the real flows, and it sees what it can."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.flows.schema import flow_schema
from bot.flows.source import flow_texts, read_yaml
from tests.flows.test_loading_errors import BROKEN, EXPECT, GOOD

FLOWS = Path(__file__).parents[2] / "flows"
REAL = {file: text for file, text in flow_texts(FLOWS) if not file.endswith(("/words.yml", "/card_questions.yml"))}
VALIDATOR = Draft202012Validator(flow_schema())

# What can be seen in one file alone. Names between files, types of conditions and duplicates are left to the loader.
SEEN = {
    "version", "unknown_field", "missing_field", "not_a_block", "not_text", "not_a_list", "not_a_flag", "not_a_number",
    "not_a_value", "too_long", "unknown_choice", "unknown_action", "bad_id", "no_steps", "empty_step", "two_kinds",
    "collect_only", "link_next", "bad_next", "else_and_if",
}  # fmt: skip


def refusals(text: str) -> list[str]:
    """What the schema says against a file."""
    root, _ = read_yaml(text, "flows/x.yml")
    assert root is not None
    return [error.message for error in VALIDATOR.iter_errors(root.plain())]


def codes(file: str) -> set[str]:
    return {line.rpartition("[")[2].rstrip("]") for line in EXPECT.findall(BROKEN[file])}


def test_the_checked_in_schema_is_the_one_that_the_code_makes() -> None:
    written = (FLOWS / "flow.schema.json").read_text(encoding="utf-8")
    made = json.dumps(flow_schema(), indent=2, ensure_ascii=False) + "\n"
    assert written == made, "run: amable flows schema"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(flow_schema())


@pytest.mark.parametrize("file", REAL)
def test_the_real_flows_fit(file: str) -> None:
    assert refusals(REAL[file]) == []


def test_a_good_file_fits() -> None:
    assert refusals(GOOD[1]) == []


SHOWN = [file for file in BROKEN if "words" not in file and codes(file) & SEEN]


@pytest.mark.parametrize("file", SHOWN)
def test_an_editor_sees_a_fault_while_it_is_typed(file: str) -> None:
    assert refusals(BROKEN[file])


def test_every_fault_that_can_be_seen_has_a_file() -> None:
    assert set().union(*map(codes, SHOWN)) >= SEEN


@pytest.mark.parametrize(
    "file",
    [file for file in BROKEN if "words" not in file and not codes(file) & (SEEN | {"yaml", "not_utf8", "empty_file"})],
)
def test_what_only_the_loader_knows_is_no_false_alarm(file: str) -> None:
    assert refusals(BROKEN[file]) == []


def test_every_field_is_explained() -> None:
    fields = list(_fields(flow_schema()))
    assert len(fields) > 50
    assert all(len(field.get("description", "")) > 8 for field in fields)


def _fields(schema: Any) -> Iterator[dict[str, Any]]:
    """Every field of every block, wherever it stands in the schema."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
            yield from schema["properties"].values()
        for part in schema.values():
            yield from _fields(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _fields(part)
