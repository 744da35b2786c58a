"""The CV (hoja de vida): from what a person told to a text to copy and a page to print.

Name and phone are typed for this alone, in transient slots: they stand in the text and on the page, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.flows import phrases
from bot.flows.events import DocumentMade, Paragraph
from bot.flows.folding import begin_sentence
from bot.flows.model import FlowSet, Value
from bot.flows.render import Renderer
from bot.flows.values import show_value

THIN_SLOT = "cv_thin"
NAME_SLOT, PHONE_SLOT = "cv_name", "cv_phone"
FILE_NAME = "hoja-de-vida.pdf"
LONGEST = 300
"""Characters of one typed answer: a page has to hold them all."""
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (phrases.CV_WORK, ("occupation", "occupation_years", "cv_work")),
    (phrases.CV_SKILLS, ("other_occupation", "cv_skills")),
    (phrases.CV_STUDIES, ("education_level", "title_field")),
    (phrases.CV_LANGUAGES, ("other_language",)),
    (phrases.CV_WHERE, ("municipality",)),
)
"""Headings and the slots that stand under each. A slot that no flow file defines is passed over."""
NEEDED = {
    phrases.CV_WORK: phrases.CV_NEEDS["work"],
    phrases.CV_SKILLS: phrases.CV_NEEDS["skills"],
    phrases.CV_STUDIES: phrases.CV_NEEDS["studies"],
    phrases.CV_WHERE: phrases.CV_NEEDS["where"],
}
"""Headings that a CV should have, and how they are asked for."""
_LABELLED = frozenset({"occupation_years", "title_field"})
"""Slots whose bare value says too little."""
_NOTHING = frozenset({"none", "no", "skip", "unsure"})
"""Values that have no place on a CV."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines, in the person's language."""

    heading: str
    lines: tuple[str, ...]


def missing_parts(flows: FlowSet, slots: Mapping[str, Value]) -> tuple[str, ...]:
    """What is needed and not known, as source texts."""
    return tuple(
        NEEDED[heading]
        for heading, names in SECTIONS
        if heading in NEEDED and not any(_told(flows, slots, name) for name in names)
    )


def cv_sections(flows: FlowSet, slots: Mapping[str, Value], renderer: Renderer) -> tuple[Section, ...]:
    """What can be written; empty where nothing is known."""
    made = []
    for heading, names in SECTIONS:
        lines = [_line(flows, slots, name, renderer) for name in names if _told(flows, slots, name)]
        if lines:
            made.append(Section(renderer.tr(heading), tuple(dict.fromkeys(lines))))
    return tuple(made)


def cv_card(sections: tuple[Section, ...], slots: Mapping[str, Value], renderer: Renderer) -> str:
    """The CV as a text to copy."""
    parts = [[f"📄 {renderer.tr(phrases.CV_TITLE).upper()}"], _who(slots, renderer)]
    parts += [[f"{section.heading}:", *(f"• {line}" for line in section.lines)] for section in sections]
    parts.append([renderer.tr(phrases.CV_ADVICE)])
    return "\n\n".join("\n".join(part) for part in parts if part)


def cv_document(
    sections: tuple[Section, ...], slots: Mapping[str, Value], renderer: Renderer, language: str
) -> DocumentMade:
    """The CV as one page. It bears no code and no name of ours: it goes to an employer."""
    name = _clean(slots.get(NAME_SLOT))
    page = [Paragraph("heading" if line == name else "text", line) for line in _who(slots, renderer)]
    for section in sections:
        page.append(Paragraph("heading", section.heading))
        page += [Paragraph("item", line) for line in section.lines]
    return DocumentMade(
        name=FILE_NAME,
        title=renderer.tr(phrases.CV_TITLE),
        caption=renderer.tr(phrases.CV_FILE),
        language=language,
        page=tuple(page),
    )


def _who(slots: Mapping[str, Value], renderer: Renderer) -> list[str]:
    """Name and contact, where they were typed."""
    name, phone = _clean(slots.get(NAME_SLOT)), slots.get(PHONE_SLOT)
    shown = show_value("phone", phone, "es") if phone else ""
    return [line for line in (name, f"{renderer.tr(phrases.CV_CONTACT)}: {shown}" if shown else "") if line]


def _told(flows: FlowSet, slots: Mapping[str, Value], name: str) -> bool:
    value = slots.get(name)
    return name in flows.slots and value not in (None, "", False) and value not in _NOTHING


def _line(flows: FlowSet, slots: Mapping[str, Value], name: str, renderer: Renderer) -> str:
    slot = flows.slots[name]
    shown = begin_sentence(_clean(renderer.value(slot, slots[name])))
    return f"{begin_sentence(renderer.tr(slot.label))}: {shown}" if name in _LABELLED else shown


def _clean(value: Value) -> str:
    """A typed text on one line, of a length that a page can hold."""
    text = " ".join(str(value or "").split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
