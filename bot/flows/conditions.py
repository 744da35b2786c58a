"""Conditions of a flow: a small, safe expression language over slots and today's date.

Grammar (loosest first)::

    or:   and ("or" and)*
    and:  not ("and" not)*
    not:  "not" not | comparison
    comparison: value (("==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "not in") value | "is" ["not"] "null")?
    value: "slots." name | "today" [("+" | "-") days] | "text" | number | true | false | null
           | "[" value ("," value)* "]" | "(" or ")"

A comparison with an unknown slot (null) is false, save ``is null`` and ``!=``, so an unanswered question never opens a
branch by accident. ``in`` wants a list, and only ``in`` takes one. Nothing is evaluated but this grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Scalar = str | int | bool | None
_TOKEN = re.compile(
    r"""\s*(?:(?P<slot>slots\.[a-z_][a-z0-9_]*)|(?P<word>[a-z_]+)|(?P<number>-?\d+)|(?P<text>"[^"]*")"""
    r"""|(?P<op>==|!=|<=|>=|<|>|\+|-|\(|\)|\[|\]|,))"""
)
LONGEST, DEEPEST, FURTHEST = 1000, 20, 36_500
"""Characters of a condition, brackets and nots inside each other, days from today: more is a slip of the keyboard."""


class ConditionError(ValueError):
    """A condition that cannot be read or whose types do not fit; ``mend`` says how to write it."""

    def __init__(self, fault: str, mend: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.mend = mend


@dataclass(frozen=True, slots=True)
class SlotRef:
    """``slots.name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Today:
    """``today`` with a number of days added."""

    days: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, number, true, false, null or a list of them."""

    value: Scalar | tuple[Scalar, ...]


Term = SlotRef | Today | Constant


@dataclass(frozen=True, slots=True)
class Compare:
    """One comparison of two terms."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Logic:
    """``and``, ``or`` or ``not`` over parts."""

    op: Literal["and", "or", "not"]
    parts: tuple[Node, ...]


Node = Compare | Logic | SlotRef


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition; ``source`` is what the editor wrote."""

    source: str
    node: Node

    def holds(self, slots: Mapping[str, Scalar], today: date) -> bool:
        """Whether the condition is true for these answers on this day."""
        return _truth(self.node, slots, today)

    def slot_names(self) -> frozenset[str]:
        """The slots that the condition reads."""
        return frozenset(_names(self.node))


def parse_condition(source: str) -> Condition:
    """Read a condition; raises :class:`ConditionError` with the place of the fault."""
    return Condition(source, _Parser(source).parse())


class _Parser:
    def __init__(self, source: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.source = source
        self.depth = 0
        position = 0
        if len(source) > LONGEST:
            raise ConditionError(
                f"it has {len(source)} characters, at most {LONGEST} are read", "make two branches of it"
            )
        stripped = source.rstrip()
        while position < len(stripped):
            match = _TOKEN.match(stripped, position)
            if match is None or match.lastgroup is None:
                raise ConditionError(
                    f"cannot read {stripped[position:].strip()[:20]!r}",
                    'write slots.name == "value"; texts stand in double quotes',
                )
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            position = match.end()
        self.index = 0

    def parse(self) -> Node:
        node = self.disjunction()
        if self.index < len(self.tokens):
            raise ConditionError(
                f"{self.tokens[self.index][1]!r} stands where the condition should end",
                "join two conditions with and / or",
            )
        return node

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.index] if self.index < len(self.tokens) else ("end", "")

    def take(self, *wanted: str) -> bool:
        if self.peek()[0] in ("word", "op") and self.peek()[1] in wanted:
            self.index += 1
            return True
        return False

    def disjunction(self) -> Node:
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Logic("or", tuple(parts))

    def conjunction(self) -> Node:
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def negation(self) -> Node:
        if self.take("not"):
            self.deeper()
            node = Logic("not", (self.negation(),))
            self.depth -= 1
            return node
        return self.comparison()

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError("too many brackets or nots stand inside each other", "make two branches of it")

    def comparison(self) -> Node:
        if self.take("("):
            self.deeper()
            node = self.disjunction()
            self.expect(")")
            self.depth -= 1
            return node
        left = self.term()
        if self.take("is"):
            negated = self.take("not")
            if not self.take("null"):
                raise ConditionError("'is' is only for null", 'compare values with ==, as in slots.x == "a"')
            return Compare("!=" if negated else "==", left, Constant(None))
        for op in ("==", "!=", "<=", ">=", "<", ">", "in"):
            if self.take(op):
                return Compare(op, left, self.term())
        if self.take("not"):
            if not self.take("in"):
                raise ConditionError("'not' stands after a value", "write: slots.x not in [...]")
            return Compare("not in", left, self.term())
        if isinstance(left, Today):
            raise ConditionError("today alone is no condition", "compare it: slots.entry_date < today")
        if isinstance(left, Constant):
            shown = "a list" if isinstance(left.value, tuple) else repr(left.value)
            # The slip 'slots.x == "a" or "b"', which would hold always.
            raise ConditionError(f"{shown} alone is no condition", 'write slots.x in ["a", "b"]')
        return left

    def expect(self, op: str) -> None:
        if not self.take(op):
            raise ConditionError(f"{op!r} is missing", "close every bracket that you open")

    def term(self) -> Term:
        kind, text = self.peek()
        self.index += 1
        if kind == "slot":
            return SlotRef(text.removeprefix("slots."))
        if kind == "text":
            return Constant(text[1:-1])
        if kind == "number":
            return Constant(_number(text))
        if kind == "word" and text in ("true", "false", "null"):
            return Constant({"true": True, "false": False, "null": None}[text])
        if kind == "word" and text == "today":
            return Today(self.days())
        if (kind, text) == ("op", "["):
            return self.listing()
        raise ConditionError(
            f"{text!r} stands where a value should" if text else "it ends where a value should stand",
            'use slots.name, today, "text", a number, true, false, null or a list',
        )

    def days(self) -> int:
        sign = 1 if self.take("+") else -1 if self.take("-") else 0
        if sign:
            kind, text = self.peek()
            if kind != "number":
                raise ConditionError("today +/- wants a number of days", "write: today - 60")
            self.index += 1
            return _within(sign * _number(text))
        kind, text = self.peek()
        if kind == "number" and text.startswith("-"):  # "today -60" reads as one number
            self.index += 1
            return _within(_number(text))
        return 0

    def listing(self) -> Constant:
        values: list[Scalar] = []
        while not self.take("]"):
            item = self.term()
            if not isinstance(item, Constant) or isinstance(item.value, tuple):
                raise ConditionError("a list holds only plain values", 'write: ["a", "b"]')
            values.append(item.value)
            if not self.take(",") and self.peek()[1] != "]":
                raise ConditionError("a list is not closed", 'write: ["a", "b"]')
        if not values:
            raise ConditionError("a list is empty", 'write: ["a", "b"]')
        return Constant(tuple(values))


def _number(text: str) -> int:
    if len(text) > 18:
        raise ConditionError(f"the number {text[:6]}… is too long", "write a plain number")
    return int(text)


def _within(days: int) -> int:
    if abs(days) > FURTHEST:
        raise ConditionError(f"today and {days} days is too far away", "write: today - 60")
    return days


def _names(node: Node) -> list[str]:
    if isinstance(node, Logic):
        return [name for part in node.parts for name in _names(part)]
    if isinstance(node, Compare):
        return [term.name for term in (node.left, node.right) if isinstance(term, SlotRef)]
    return [node.name] if isinstance(node, SlotRef) else []


def _value(term: Term, slots: Mapping[str, Scalar], today: date) -> Scalar | tuple[Scalar, ...]:
    if isinstance(term, SlotRef):
        return slots.get(term.name)
    if isinstance(term, Today):
        return (today + timedelta(days=term.days)).isoformat()
    return term.value


_COMPARE: Mapping[str, Callable[[str | int, str | int], bool]] = {
    "<": lambda a, b: a < b,  # type: ignore[operator]  # both are of one type: check_condition saw to it
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def _truth(node: Node, slots: Mapping[str, Scalar], today: date) -> bool:
    if isinstance(node, Logic):
        results = (_truth(part, slots, today) for part in node.parts)
        if node.op == "not":
            return not next(results)
        return all(results) if node.op == "and" else any(results)
    if isinstance(node, SlotRef):
        return bool(slots.get(node.name))
    left, right = _value(node.left, slots, today), _value(node.right, slots, today)
    if node.op == "==":
        return left == right
    if node.op == "!=":
        return left != right
    if left is None or right is None:
        return False
    if isinstance(left, tuple) or isinstance(right, tuple):
        return isinstance(right, tuple) and (left in right) == (node.op == "in")
    return _COMPARE[node.op](left, right)
