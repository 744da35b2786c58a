"""JSON Schema (2020-12) of flow files, from which editors complete and check while somebody types.

Fields, kinds and limits are the loader's own constants, so the two cannot part: a field that the loader learns and that
has no description here raises KeyError when the schema is made. What only the loader can know (does a name exist, do
types fit) is left to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.flows.loading import LANGUAGE_VERSION, TOP_FIELDS
from bot.flows.loading.fields import ID_PATTERN
from bot.flows.loading.links import ACTIONS
from bot.flows.loading.parts import (
    CARD_FIELDS,
    CARD_LISTS,
    CARD_TEXTS,
    FOLLOW_UP_FIELDS,
    PARTNER_FIELDS,
    SLOT_FIELDS,
    SLOT_LABEL,
    SLOT_TYPES,
)
from bot.flows.loading.plan_rules import MOST_PRIORITY, RULE_FIELDS, RULE_TEXT
from bot.flows.loading.steps import (
    BRANCH_FIELDS,
    COLLECT_ONLY,
    FLOW_FIELDS,
    KINDS,
    MENU_LABEL,
    MESSAGE,
    OPTION_FIELDS,
    QUESTION,
    REJECTION_FIELDS,
    ROW_DESCRIPTION,
    SPEECH,
    STEP_FIELDS,
    WORK,
)
from bot.flows.model import END
from bot.flows.schema_words import BRANCH, CARD, FLOW, FOLLOW_UP, OPTION, PARTNER, PLAN_RULE, REJECTION, SLOT, STEP, TOP

Schema = dict[str, Any]
"""A part of the document: plain JSON."""

_ID: Schema = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
_STEP_OR_END: Schema = {"type": "string", "pattern": f"^({ID_PATTERN}|{END})$"}
_FLAG: Schema = {"type": "boolean"}
_PLAIN: Schema = {"type": ["string", "integer", "boolean"]}
_TEXTS: Schema = {"type": "array", "items": _PLAIN}
_NAMES: Schema = {"type": "array", "items": _ID}
_VALUE: Schema = {"type": ["string", "integer", "boolean", "null"]}
_CONDITION: Schema = {
    "type": "string",
    "pattern": "\\S",
    "examples": ['slots.nationality == "venezuela"', "slots.age < 18"],
}


def flow_schema() -> Schema:
    """The whole schema as plain JSON. It describes flow files, not ``words.yml``."""
    parts = {"slots": _slot(), "flows": _flow(), "cards": _card(), "follow_ups": _follow_up(), "partners": _partner()}
    parts["plan"] = _plan_rule()
    top = {name: _by_id(part) for name, part in parts.items()} | {"version": {"const": LANGUAGE_VERSION}}
    schema = _block(TOP_FIELDS, TOP, top, ("version",))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Banco Amable flow file", **schema}


def _block(
    names: Iterable[str], words: Mapping[str, str], types: Mapping[str, Schema], required: Iterable[str] = ()
) -> Schema:
    """A block that knows these fields and no others."""
    properties = {name: {"description": words[name], **types[name]} for name in names}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": list(required)} if required else {}),
    }


def _by_id(part: Schema) -> Schema:
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "patternProperties": {f"^{ID_PATTERN}$": part},
    }


def _text(most: int = 0) -> Schema:
    return {"type": ["string", "integer"], "pattern": "\\S", **({"maxLength": most} if most else {})}


def _list(item: Schema) -> Schema:
    return {"type": "array", "minItems": 1, "items": item}


def _slot() -> Schema:
    types = {
        "type": {"enum": list(SLOT_TYPES)},
        "label": _text(SLOT_LABEL),
        "words": _TEXTS,
        "depends_on": _NAMES,
        "transient": _FLAG,
        "sensitive": _FLAG,
    }
    return _block(SLOT_FIELDS, SLOT, types, ("type", "label"))


def _flow() -> Schema:
    trigger = _block(("intent",), {"intent": "An intent of the NLU."}, {"intent": {"type": "string"}}, ("intent",))
    types = {
        "name": _text(MENU_LABEL),
        "description": _text(ROW_DESCRIPTION),
        "kind": {"enum": list(KINDS)},
        "menu": {"type": "integer", "minimum": 0},
        "nlu_trigger": _list(trigger),
        "steps": _list(_step()),
    }
    return _block(FLOW_FIELDS, FLOW, types, ("name", "description", "steps"))


def _step() -> Schema:
    types: dict[str, Schema] = {
        "id": _ID,
        "next": {"anyOf": [_STEP_OR_END, _list(_branch())]},
        "collect": _ID,
        "set_slots": _list({"type": "object", "minProperties": 1, "additionalProperties": _VALUE}),
        "call": _ID,
        "link": _ID,
        "action": {"enum": sorted(ACTIONS)},
        "noop": {"const": True},
        "say": _text(MESSAGE),
        "steps_card": _ID,
        "refer": _ID,
        "follow_up": _ID,
        "ask": _text(QUESTION),
        "ask_again": _text(QUESTION),
        "why": _text(QUESTION),
        "options": _list(_option()),
        "ask_before_filling": _FLAG,
        "optional": _FLAG,
        "rejections": _list(
            _block(REJECTION_FIELDS, REJECTION, {"if": _CONDITION, "say": _text(QUESTION)}, ("if", "say"))
        ),
    }
    return {
        **_block(STEP_FIELDS, STEP, types, ("id",)),
        "anyOf": [{"required": [name]} for name in (*WORK, *SPEECH)],
        "dependentSchemas": {kind: _alone(kind) for kind in WORK},
        "dependentRequired": {name: ["collect"] for name in COLLECT_ONLY} | {"collect": ["ask", "why"]},
    }


def _alone(kind: str) -> Schema:
    """One kind of work in a step, and nothing after a link. The parts of speech may stand together."""
    others = [name for name in (*WORK, *SPEECH, *(["next"] if kind == "link" else [])) if name != kind]
    return {"not": {"anyOf": [{"required": [name]} for name in others]}}


def _branch() -> Schema:
    types = {"if": _CONDITION, "then": _STEP_OR_END, "else": _STEP_OR_END}
    one_of = [
        {"required": ["if", "then"], "not": {"required": ["else"]}},
        {"required": ["else"], "not": {"anyOf": [{"required": ["if"]}, {"required": ["then"]}]}},
    ]
    return {**_block(BRANCH_FIELDS, BRANCH, types), "oneOf": one_of}


def _option() -> Schema:
    types = {
        "value": _PLAIN,
        "label": _text(MENU_LABEL),
        "description": _text(ROW_DESCRIPTION),
        "synonyms": _TEXTS,
        "hidden": _FLAG,
        "urgent": _TEXTS,
    }
    return _block(OPTION_FIELDS, OPTION, types, ("value", "label"))


def _card() -> Schema:
    types = dict.fromkeys((*CARD_TEXTS, "note"), _text()) | {name: _list(_PLAIN) for name in CARD_LISTS}
    return _block(CARD_FIELDS, CARD, types | {"facts": _NAMES}, (*CARD_TEXTS, *CARD_LISTS))


def _follow_up() -> Schema:
    types = {"after_days": {"type": "integer", "minimum": 1}, "flow": _ID}
    return _block(FOLLOW_UP_FIELDS, FOLLOW_UP, types, FOLLOW_UP_FIELDS)


def _partner() -> Schema:
    return _block(PARTNER_FIELDS, PARTNER, {"name": _text(), "url_fact": _ID}, PARTNER_FIELDS)


def _plan_rule() -> Schema:
    types: dict[str, Schema] = {
        "if": _CONDITION,
        **dict.fromkeys(("opportunity", "barrier", "step", "step_after"), _text(RULE_TEXT)),
        "priority": {"type": "integer", "minimum": 1, "maximum": MOST_PRIORITY},
        "in_days": {"type": "integer", "minimum": 1},
        "flow": _ID,
        "word": _text(),
        "cards": _NAMES,
        "goals": _TEXTS,
        "discreet": _FLAG,
    }
    said = [{"required": [name]} for name in ("opportunity", "barrier", "step")]
    needs = {"step": ["priority", "in_days"], "step_after": ["step"]}
    return {**_block(RULE_FIELDS, PLAN_RULE, types, ("if",)), "anyOf": said, "dependentRequired": needs}
