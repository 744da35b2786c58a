"""A flow as a Mermaid flowchart (mermaid.js.org): text that GitHub and most wikis draw by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from bot.flows.diagram.chart import Box, BoxKind, Line
from bot.flows.diagram.measure import shorten, shorten_question
from bot.flows.model import END, Flow

_SHAPES: Mapping[BoxKind, tuple[str, str]] = {
    "question": ("(", ")"),
    "message": ("[", "]"),
    "action": ("[/", "/]"),
    "choice": ("{{", "}}"),
    "flow": ("[[", "]]"),
}
_STYLES: Mapping[str, str] = {
    "question": "fill:#e6f0fa,stroke:#23527c,stroke-width:2px",
    "message": "fill:#ffffff,stroke:#6b6b6b",
    "action": "fill:#f0f0f0,stroke:#6b6b6b,stroke-dasharray:4 3",
    "choice": "fill:#fdf3d8,stroke:#8a6a10",
    "flow": "fill:#f1eafa,stroke:#5b3a8c",
    "fin": "fill:#222222,stroke:#222222",
}
_LOOK_ALIKES = str.maketrans({'"': "”", "<": "‹", ">": "›", "`": "’", "#": "＃", "&": "＆"})


def mermaid(flow: Flow, chart: Mapping[str, Box], about: str) -> str:
    """The flowchart as text. Step ids are prefixed, since some words (``end``) are Mermaid's own."""
    return "\n".join(_lines(flow, chart, about)) + "\n"


def _lines(flow: Flow, chart: Mapping[str, Box], about: str) -> Iterator[str]:
    yield from ("---", f"title: {json.dumps(_escape(flow.name), ensure_ascii=False)}", "---")
    yield f"%% {about}"
    yield "flowchart LR"
    yield f"  accTitle: {_plain(flow.name)}"
    yield f"  accDescr: {_plain(flow.description)}"
    for box in chart.values():
        opening, closing = _SHAPES[box.kind]
        heading = [f"<i>{box.heading}:</i>"] if box.kind == "flow" else []
        text = "<br/>".join([*heading, *(_line(line, box.kind) for line in box.lines), f"<small>{box.id}</small>"])
        yield f'  s_{box.id}{opening}"{text}"{closing}:::{box.kind}'
    for box in chart.values():
        for number, way in enumerate(box.exits):
            arrow = f'-->|"{_escape(way.label)}"|' if way.label else "-->"
            if way.target == END:
                yield f'  s_{box.id} {arrow} fin_{box.id}_{number}((" ")):::fin'
            else:
                yield f"  s_{box.id} {arrow} s_{way.target}"
    for name, style in _STYLES.items():
        yield f"  classDef {name} {style}"


def _line(line: Line, kind: BoxKind) -> str:
    text = _escape(shorten_question(line.text) if kind == "question" else shorten(line.text))
    if line.style == "card":
        return f"<b>Guía: {text}</b>"
    return f"<i>{text}</i>" if line.style == "note" else text


def _escape(text: str) -> str:
    """Look-alikes for the characters that mean something to Mermaid: its own entities are not read in every place."""
    return text.translate(_LOOK_ALIKES)


def _plain(text: str) -> str:
    return " ".join(_escape(text).replace(";", ",").split())
