"""*mis datos*: what is held about a person, in words that the person can read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.flows.folding import begin_sentence
from bot.flows.model import FlowSet
from bot.flows.render import Renderer
from bot.flows.turn import World
from bot.messages import Attachment
from bot.storage.attachments import MOST_BYTES
from bot.translatable import N_

HEADING = N_("Esto es lo que guardo de ti:")
ANSWERS = N_("Tus respuestas:")
NO_ANSWERS = N_("No guardo respuestas tuyas.")
CONSENT: Mapping[str, str] = {
    "given": N_("Me diste permiso de guardar tus respuestas el {day}."),
    "refused": N_("Me pediste no guardar tus respuestas. Se borran cuando terminamos."),
    "withdrawn": N_("Quitaste el permiso de guardar tus respuestas. Ya las borré."),
    "unknown": N_("Todavía no me has dado permiso de guardar tus respuestas."),
}
MESSAGES = N_("Mensajes de esta conversación que guardo: {count}.")
PAGES = N_("Hojas que te envié y guardo un día: {count}.")
CHANNEL = N_("Cómo te escribo: {channels}.")
CASES = N_("Avisos que dejé al equipo para ti: {count}.")
FIRES = N_("Recordatorios que tengo para ti: {count}.")
HELD = N_("Por obligación legal guardo tu caso número {case}, aunque borres tus datos. La razón: {why}")
ERASE_HINT = N_("Todo está cifrado. Para borrarlo, escribe «borrar mis datos».")
RECEIPT = N_("Este es tu recibo: {receipt}. No dice nada de ti. Sirve para probar que borré tus datos.")
FILE = N_("Aquí va todo, palabra por palabra. Quien abra este archivo lo puede leer: guárdalo bien o bórralo.")
FILE_NAME = "mis-datos.json"


def own_data_text(held: Mapping[str, Any], world: World, language: str) -> str:
    """The readable form of :meth:`bot.storage.Store.export_person`, in the person's language."""
    renderer = Renderer(world, language, {})
    person = held.get("person") or {}
    status = str(person.get("consent") or "unknown")
    lines = [renderer.tr(HEADING), ""]
    answers = _answers(held.get("answers") or [], world.flows, renderer)
    lines += [renderer.tr(ANSWERS), *answers] if answers else [renderer.tr(NO_ANSWERS)]
    decided = [row.get("decided_at", "") for row in held.get("consents") or []]
    lines += ["", renderer.phrase(CONSENT.get(status, CONSENT["unknown"]), day=_day(decided[-1] if decided else ""))]
    channels = ", ".join(sorted({str(row.get("channel", "")) for row in held.get("addresses") or []}))
    lines.append(renderer.phrase(CHANNEL, channels=channels))
    for phrase, table in ((MESSAGES, "transcript"), (PAGES, "attachments"), (CASES, "cases"), (FIRES, "fires")):
        count = sum(1 for row in held.get(table) or [] if row.get("status", "pending") == "pending")
        if count:
            lines.append(renderer.phrase(phrase, count=str(count)))
    for case in held.get("cases") or []:
        if case.get("held_at"):
            lines.append(renderer.phrase(HELD, case=str(case.get("id")), why=str(case.get("held_why") or "")))
    return "\n".join([*lines, "", renderer.tr(ERASE_HINT)])


def own_data_file(held: Mapping[str, Any]) -> Attachment | None:
    """Everything held, as JSON that another program can read too; None where it is too large to be sent.

    Pages that were sent count as held, but without their content where the file would be too large with it; an earlier
    file like this one is only named, or each would hold all before it.
    """
    pages = held.get("attachments") or []
    own = [row if row.get("name") != FILE_NAME else {**row, "content": None} for row in pages]
    without = [{**row, "content": None} for row in pages]
    for shown in ({**held, "attachments": own}, {**held, "attachments": without}):
        content = json.dumps(shown, ensure_ascii=False, indent=1).encode()
        if len(content) <= MOST_BYTES:
            return Attachment(FILE_NAME, "application/json", content)
    return None


def _answers(rows: Sequence[Mapping[str, Any]], flows: FlowSet, renderer: Renderer) -> list[str]:
    present: dict[str, Any] = {}
    for row in rows:
        if row.get("superseded_at") is None:
            present[str(row.get("slot"))] = row.get("value")
    return [
        f"• {begin_sentence(renderer.tr(flows.slots[name].label))}: {renderer.value(flows.slots[name], value)}"
        for name, value in present.items()
        if name in flows.slots and value is not None
    ]


def _day(moment: str) -> str:
    try:
        return datetime.fromisoformat(moment).strftime("%d/%m/%Y")
    except ValueError:
        return "…"
