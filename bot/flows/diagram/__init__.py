"""``amable flows draw``: a flow as a diagram that a lawyer can follow, as Mermaid text and as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.facts import FactBook
from bot.facts.model import PartialDate
from bot.facts.wording import spanish_date
from bot.flows.diagram.chart import Charting
from bot.flows.diagram.mermaid import mermaid
from bot.flows.diagram.svg import svg
from bot.flows.model import Flow, FlowSet

__all__ = ["draw_flow"]

KIND_WORDS = {
    "route": "Ruta",
    "answer": "Respuesta corta",
    "crisis": "Ruta de emergencia",
    "check_in": "Pregunta de seguimiento",
    "system": "Ruta del sistema",
}


def draw_flow(flow: Flow, flows: FlowSet, facts: FactBook | None = None, day: date | None = None) -> dict[str, str]:
    """The diagram of one flow: ``mmd`` is a Mermaid flowchart, ``svg`` a whole SVG document without outside parts.

    With ``facts`` the texts show what each fact reads, else its id. ``day`` is named in the head as the day of drawing;
    without it the head names the release alone, so that unchanged content draws unchanged files.
    """
    chart = Charting(flows, facts).boxes(flow)
    about = " · ".join(_about(flow, flows, day))
    return {"mmd": mermaid(flow, chart, about), "svg": svg(flow, chart, about)}


def _about(flow: Flow, flows: FlowSet, day: date | None) -> Iterator[str]:
    yield f"{KIND_WORDS[flow.kind]} «{flow.id}», {flow.place.file}"
    ways = list(_ways_in(flow, flows))
    if ways:
        yield f"Se llega por: {', '.join(ways)}"
    yield f"Versión del contenido: {flows.fingerprint}"
    if day is not None:
        yield "Dibujado el " + spanish_date(PartialDate(day.year, day.month, day.day))


def _ways_in(flow: Flow, flows: FlowSet) -> Iterator[str]:
    if flow.menu is not None:
        yield "el menú principal"
    if flow.intents:
        yield f"lo que escribe la persona ({', '.join(flow.intents)})"
    for other in flows.flows.values():
        if other is not flow and any(flow.id in (step.call, step.link) for step in other.steps.values()):
            yield f"la ruta «{other.name}»"
    for follow_up in flows.follow_ups.values():
        if follow_up.flow == flow.id:
            yield f"el seguimiento {follow_up.id}"
