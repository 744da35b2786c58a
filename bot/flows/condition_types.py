"""Do the two sides of a condition fit: what could never be true, or not be compared, is a fault when loading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.flows.conditions import Compare, Condition, ConditionError, Constant, Logic, Node, Scalar, SlotRef, Today

_ORDERED = {"number", "age", "amount", "date"}
_NUMERIC = {"number", "age", "amount"}


@dataclass(frozen=True, slots=True)
class SlotShape:
    """What a condition may do with a slot: its type and, for a category, the values its steps offer."""

    type: str
    values: frozenset[Scalar]


def check_condition(condition: Condition, shapes: Mapping[str, SlotShape]) -> None:
    """Raise :class:`ConditionError` where the condition names an unknown slot or compares what cannot be equal."""
    for name in sorted(condition.slot_names() - shapes.keys()):
        close = difflib.get_close_matches(name, shapes, 1)
        mend = f"did you mean {close[0]!r}?" if close else "write it under slots:, or mend the name"
        raise ConditionError(f"there is no slot {name!r}", mend)
    _check(condition.node, shapes)


def _check(node: Node, shapes: Mapping[str, SlotShape]) -> None:
    if isinstance(node, Logic):
        for part in node.parts:
            _check(part, shapes)
        return
    if isinstance(node, SlotRef) and shapes[node.name].type != "boolean":
        raise ConditionError(f"slot {node.name!r} is not boolean and stands alone", 'compare it: slots.x == "value"')
    if isinstance(node, Compare):
        _check_compare(node, shapes)


def _check_compare(node: Compare, shapes: Mapping[str, SlotShape]) -> None:
    _check_sides(node)
    if isinstance(node.left, SlotRef) and isinstance(node.right, SlotRef):
        types = [shapes[side.name].type for side in (node.left, node.right)]
        if len({"number" if each in _NUMERIC else each for each in types}) > 1:
            raise ConditionError(
                f"slots {node.left.name!r} ({types[0]}) and {node.right.name!r} ({types[1]}) are of different types",
                "compare slots of one type",
            )
    for slot_side, other in ((node.left, node.right), (node.right, node.left)):
        if isinstance(slot_side, SlotRef):
            shape = shapes[slot_side.name]
            if node.op in ("<", "<=", ">", ">=") and shape.type not in _ORDERED:
                raise ConditionError(
                    f"slot {slot_side.name!r} ({shape.type}) has no order", "use == or in with its values"
                )
            if isinstance(other, Constant):
                values = other.value if isinstance(other.value, tuple) else (other.value,)
                _check_values(slot_side.name, shape, values)
            elif isinstance(other, Today) and shape.type != "date":
                raise ConditionError(
                    f"slot {slot_side.name!r} ({shape.type}) is compared with today", "only dates compare with today"
                )


def _check_sides(node: Compare) -> None:
    """What holds for every slot: where lists and null may stand, and that something can change at all."""
    listed = isinstance(node.right, Constant) and isinstance(node.right.value, tuple)
    if isinstance(node.left, Constant) and isinstance(node.left.value, tuple):
        raise ConditionError("a list stands on the left", "write: slots.x in [...]")
    if node.op in ("in", "not in") and not listed:
        raise ConditionError(f"{node.op!r} wants a list", 'write: slots.x in ["a", "b"]')
    if node.op not in ("in", "not in") and listed:
        raise ConditionError(f"a list is compared with {node.op}", "use in or not in")
    constants = [side.value for side in (node.left, node.right) if isinstance(side, Constant)]
    if any(isinstance(value, tuple) and None in value for value in constants):
        raise ConditionError("null stands in a list", "write: slots.x is null or slots.x in [...]")
    if None in constants and node.op not in ("==", "!="):
        raise ConditionError("null has no order", "write: slots.x is null")
    if isinstance(node.left, SlotRef) or isinstance(node.right, SlotRef):
        return
    if len(constants) != 1 or not _is_date(constants[0]):
        raise ConditionError("no slot is compared", 'name one: slots.x == "a", or compare a date: today < "2024-12-31"')


def _check_values(name: str, shape: SlotShape, values: Sequence[Scalar]) -> None:
    for value in values:
        if value is None:
            continue
        if shape.type == "category" and value not in shape.values:
            known = ", ".join(sorted(str(known) for known in shape.values if known is not None))
            raise ConditionError(f"{value!r} is no option of slot {name!r}", f"its options are: {known}")
        if shape.type == "boolean" and not isinstance(value, bool):
            raise ConditionError(f"slot {name!r} is boolean, {value!r} is not", "compare with true or false")
        if shape.type in ("text", "municipality", "phone", "occupation") and not isinstance(value, str):
            raise ConditionError(f"slot {name!r} is a text, {value!r} is not", "compare with a text in double quotes")
        if shape.type in _NUMERIC and (isinstance(value, bool) or not isinstance(value, int)):
            raise ConditionError(f"slot {name!r} is a number, {value!r} is not", "compare with a plain number")
        if shape.type == "date" and not _is_date(value):
            raise ConditionError(f"slot {name!r} is a date, {value!r} is not", 'write it as "2024-12-31"')


def _is_date(value: Scalar | tuple[Scalar, ...]) -> bool:
    # Dates are compared as texts, so only the form with dashes will do.
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
