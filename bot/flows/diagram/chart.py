"""A flow as boxes and named ways out of them, before any drawing: what both Mermaid and SVG show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.facts import FactBook
from bot.flows.asking import options_of
from bot.flows.diagram.exits import Exit, exits_of
from bot.flows.diagram.words import Wording
from bot.flows.model import Collect, Flow, FlowSet, Step
from bot.flows.render import PLACEHOLDER

BoxKind = Literal["question", "message", "action", "choice", "flow"]
LineStyle = Literal["text", "card", "note"]

KIND_WORDS: Mapping[BoxKind, str] = {
    "question": "Pregunta",
    "message": "Mensaje",
    "action": "Acción",
    "choice": "Decisión",
    "flow": "Otra ruta",
}
CALL_WORDS, LINK_WORDS = "Pasa por otra ruta y vuelve", "Sigue en otra ruta"
ACTION_WORDS: Mapping[str, str] = {
    "action_give_consent": "Guarda el permiso de la persona",
    "action_refuse_consent": "Anota que no hay permiso: nada se guarda",
    "action_set_language": "Cambia el idioma",
    "action_stop_messages": "Deja de enviar mensajes",
    "action_export_data": "Muestra los datos guardados",
    "action_erase_data": "Borra los datos de la persona",
    "action_handoff": "Abre un caso para una persona del equipo",
    "action_urgent_case": "Abre un caso urgente para el equipo",
    "action_remind_later": "Programa un recordatorio y hace una pausa",
    "action_forget_route": "Olvida las respuestas de la conversación",
    "action_send_plan": "Hace el plan y lo envía, también como hoja para imprimir",
    "action_look_at_cv": "Mira qué falta para la hoja de vida y lo dice",
    "action_send_cv": "Hace la hoja de vida y la envía, también como hoja para imprimir",
}
TYPED_ANSWERS: Mapping[str, str] = {
    "category": "su respuesta",
    "text": "con sus palabras",
    "number": "un número",
    "age": "una edad",
    "amount": "un valor en pesos",
    "date": "una fecha",
    "municipality": "un municipio",
    "occupation": "un oficio",
    "phone": "un teléfono",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a box. ``note`` is what the diagram adds to the flow's own words."""

    style: LineStyle
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A step as it is drawn."""

    id: str
    kind: BoxKind
    heading: str
    lines: tuple[Line, ...]
    exits: tuple[Exit, ...]


class Charting:
    """Turns steps into boxes. ``facts`` says what a fact reads; without it, or for a doubtful fact, its id is shown."""

    def __init__(self, flows: FlowSet, facts: FactBook | None = None) -> None:
        self._flows = flows
        self._facts = facts

    def boxes(self, flow: Flow) -> dict[str, Box]:
        """Every step of a flow as a box, by step id, in the order of the file."""
        return {step.id: self._box(step) for step in flow.steps.values()}

    def readable(self, text: str) -> str:
        """A source text on one line, with what will stand for its placeholders in ``‹ ›``."""
        return " ".join(PLACEHOLDER.sub(self._fill, text).split())

    def _fill(self, match: re.Match[str]) -> str:
        kind, name, url = match.groups()
        if kind == "slot":
            return f"‹{self._flows.slots[name].label if name in self._flows.slots else name}›"
        if self._facts is None or name not in self._facts:
            return f"‹página de {name}›" if url else f"‹{name}›"
        fact = self._facts.get(name)
        return f"‹{fact.confirm_at.url if url else fact.say or name}›"

    def _box(self, step: Step) -> Box:
        kind: BoxKind
        if step.collect is not None:
            kind, lines = "question", self._question(step.collect)
        elif step.call or step.link:
            kind, lines = "flow", self._other_flow(step.call or step.link)
        elif step.action or step.set_slots:
            kind, lines = "action", self._work(step)
        elif step.say or step.card or step.refer or step.follow_up:
            kind, lines = "message", self._speech(step)
        else:
            kind, lines = "choice", iter([Line("note", "Según lo que ya respondió:")])
        heading = LINK_WORDS if step.link else CALL_WORDS if step.call else KIND_WORDS[kind]
        return Box(step.id, kind, heading, tuple(lines), exits_of(step, self._flows))

    def _other_flow(self, flow_id: str) -> Iterator[Line]:
        name = self._flows.flows[flow_id].name
        yield Line("text", f"{name} ({flow_id})")

    def _question(self, collect: Collect) -> Iterator[Line]:
        yield Line("text", self.readable(collect.ask))
        slot = self._flows.slots[collect.slot]
        options = options_of(slot, collect)
        if not options:
            yield Line("note", f"Escribe {TYPED_ANSWERS[slot.type]}.")
        wording = Wording(self._flows.slots, collect.slot, options)
        for rejection in collect.rejections:
            yield Line("note", f"No se acepta: {wording.condition(rejection.condition)}.")

    def _work(self, step: Step) -> Iterator[Line]:
        if step.action:
            yield Line("text", ACTION_WORDS[step.action])
        wording = Wording(self._flows.slots)
        for name, value in step.set_slots:
            label = self._flows.slots[name].label
            yield Line("text", f"Olvida: {label}" if value is None else f"Anota {label}: {wording.value(name, value)}")

    def _speech(self, step: Step) -> Iterator[Line]:
        if step.say:
            yield Line("text", self.readable(step.say))
        if step.card:
            yield Line("card", self.readable(self._flows.cards[step.card].title))
        if step.refer:
            name = self._flows.partners[step.refer].name
            yield Line("note", f"Remite al {name[3:]}." if name.startswith("el ") else f"Remite a {name}.")
        if step.follow_up:
            days = self._flows.follow_ups[step.follow_up].after_days
            yield Line("note", f"Pregunta cómo va en {'1 día' if days == 1 else f'{days} días'}.")
