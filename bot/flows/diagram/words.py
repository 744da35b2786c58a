"""Conditions in Spanish words: ``slots.nationality == "ve"`` becomes "Venezuela" or "nacionalidad: Venezuela"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.facts.model import PartialDate
from bot.facts.wording import spanish_date, spanish_number
from bot.flows import phrases
from bot.flows.conditions import Compare, Condition, Constant, Logic, Node, Scalar, SlotRef, Term, Today
from bot.flows.model import Option, Slot

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_NEGATED = {"==": "!=", "!=": "==", "in": "not in", "not in": "in"}
_SLOTS = {
    "==": "igual a",
    "!=": "distinto de",
    "<": "menor que",
    "<=": "menor o igual que",
    ">": "mayor que",
    ">=": "mayor o igual que",
}
_NUMBERS = {"<": "menos de {}", "<=": "{} o menos", ">": "más de {}", ">=": "{} o más"}
_DATES = {
    "==": "el {}",
    "!=": "no el {}",
    "<": "antes del {}",
    "<=": "el {} o antes",
    ">": "después del {}",
    ">=": "el {} o después",
}
_TODAY = {"<": "antes de hoy", "<=": "hoy o antes", ">": "después de hoy", ">=": "hoy o después"}
_AGO = {"<": "hace más de {}", "<=": "hace {} o más", ">": "hace menos de {}", ">=": "hace {} o menos"}
_AHEAD = {"<": "en menos de {}", "<=": "en {} o menos", ">": "en más de {}", ">=": "en {} o más"}


def joined(words: Iterable[str], last: str = "o") -> str:
    """``A``, ``A o B``, ``A, B o C``."""
    *head, tail = words
    return f"{', '.join(head)} {last} {tail}" if head else tail


class Wording:
    """Says conditions for one step. The slot that the step itself asks needs no name: its options speak for it."""

    def __init__(self, slots: Mapping[str, Slot], asked: str = "", options: Iterable[Option] = ()) -> None:
        self._slots = slots
        self._asked = asked
        self._labels = {(type(option.value), option.value): option_label(option) for option in options}

    def condition(self, condition: Condition) -> str:
        """The whole condition in words."""
        return self._say(condition.node)

    def value(self, name: str, value: Scalar) -> str:
        """A slot's value as a person knows it: the option's label, Sí or No, a date or number written out."""
        slot = self._slots[name]
        if name == self._asked and (type(value), value) in self._labels:
            return self._labels[type(value), value]
        if str(value) in slot.options:
            return slot.options[str(value)].label
        if isinstance(value, bool):
            return phrases.YES if value else phrases.NO
        if isinstance(value, int):
            return f"{spanish_number(value)} años" if slot.type == "age" else spanish_number(value)
        return spanish_date(PartialDate.parse(value)) if slot.type == "date" and value else str(value)

    def _say(self, node: Node) -> str:
        if isinstance(node, Logic):
            return self._logic(node)
        if isinstance(node, SlotRef):
            return self._about(node.name, self.value(node.name, True))
        return self._compare(node)

    def _logic(self, node: Logic) -> str:
        if node.op != "not":
            word = "y" if node.op == "and" else "o"
            return f" {word} ".join(self._part(part, node.op) for part in node.parts)
        (part,) = node.parts
        if isinstance(part, Logic) and part.op == "not":
            return self._say(part.parts[0])
        if isinstance(part, SlotRef):
            return self._about(part.name, self.value(part.name, False))
        if isinstance(part, Compare) and part.op in _NEGATED:
            return self._compare(Compare(_NEGATED[part.op], part.left, part.right))
        return f"no ({self._say(part)})"

    def _part(self, part: Node, outer: str) -> str:
        said = self._say(part)
        mixed = isinstance(part, Logic) and part.op not in (outer, "not")
        # "A o B" of one slot beside "y" would read as two conditions.
        several = isinstance(part, Compare) and part.op == "in" and outer == "and" and " o " in said
        return f"({said})" if mixed or several else said

    def _about(self, name: str, said: str) -> str:
        return said if name == self._asked else f"{self._label(name)}: {said}"

    def _label(self, name: str) -> str:
        return self._slots[name].label

    def _compare(self, node: Compare) -> str:
        left, op, right = node.left, node.op, node.right
        if isinstance(left, Constant) or (isinstance(left, Today) and isinstance(right, SlotRef)):
            left, op, right = right, _FLIPPED[op], left
        if not isinstance(left, SlotRef):
            return f"{_day(left)}: {_DATES[op].format(_day(right))}"
        if isinstance(right, SlotRef):
            return f"{self._label(left.name)} {_SLOTS[op]} {self._label(right.name)}"
        return self._about(left.name, self._against(left.name, op, right))

    def _against(self, name: str, op: str, term: Constant | Today) -> str:
        if isinstance(term, Today):
            return _relative(op, term.days)
        values = term.value if isinstance(term.value, tuple) else (term.value,)
        if values == (None,):
            return "no se sabe" if op == "==" else "ya se sabe"
        said = [self.value(name, value) for value in values]
        if op in ("==", "in"):
            return joined(said)
        if op in ("!=", "not in"):
            return f"no {said[0]}" if len(said) == 1 else " ".join(f"ni {each}" for each in said)
        return (_DATES if self._slots[name].type == "date" else _NUMBERS)[op].format(said[0])


def option_label(option: Option) -> str:
    """An option's label; one without a button is understood only when it is written."""
    return f"{option.label} (si lo escribe)" if option.hidden else option.label


def _relative(op: str, days: int) -> str:
    if op == "==":
        return "hoy" if not days else f"hace {_days(-days)}" if days < 0 else f"en {_days(days)}"
    if op == "!=":
        return f"no {_relative('==', days)}"
    if not days:
        return _TODAY[op]
    return (_AGO if days < 0 else _AHEAD)[op].format(_days(abs(days)))


def _days(days: int) -> str:
    return "1 día" if days == 1 else f"{spanish_number(days)} días"


def _day(term: Term) -> str:
    if isinstance(term, Constant):
        return spanish_date(PartialDate.parse(str(term.value)))
    days = term.days if isinstance(term, Today) else 0
    return "hoy" if not days else f"{_days(abs(days))} {'después' if days > 0 else 'antes'} de hoy"
