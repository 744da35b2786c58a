"""Boxes measured and piled: steps that simply follow each other share one pile, with the answers of its last question.

A pile is one node of the layout. Everything in it is placed by its distance from the pile's top, in pixels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.flows.diagram.chart import Box, LineStyle
from bot.flows.diagram.circles import backward
from bot.flows.diagram.exits import Exit
from bot.flows.diagram.layers import Link
from bot.flows.diagram.measure import BOLD, shorten, shorten_question, text_width, wrap
from bot.flows.model import END

WIDTH = 248.0
PADDING = 9.0
HEADER = 20.0
TEXT, LINE = 12.0, 15.0
SMALL = 10.0
TAG_LEFT = 34.0
TAG_TEXT, TAG_LINE, TAG_PADDING, TAG_GAP = 11.0, 14.0, 4.0, 5.0
ARROW = 20.0
DOT = 6.0
ICON = 16.0
BACK_HEIGHT = 40.0
ENTRY = 20.0
"""Links enter a pile this far below its top."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text, ``top`` below the box's top. ``mark`` wants the card's icon before it."""

    style: LineStyle
    text: str
    top: float
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Piled:
    """A box in its pile."""

    box: Box
    rows: tuple[Row, ...]
    top: float
    height: float
    id_below: bool
    """Whether heading and id are too long for one line, so that the id stands on a line of its own."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The words of one way out of the pile's last box; its arrow leaves from the middle of its right edge."""

    lines: tuple[str, ...]
    top: float
    height: float
    ends: bool

    @property
    def middle(self) -> float:
        """Where its arrow leaves."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Pile:
    """One node of the layout. ``back_to`` is the box that a walk goes back to from the pile's end."""

    key: str
    boxes: tuple[Piled, ...] = ()
    tags: tuple[Tag, ...] = ()
    height: float = BACK_HEIGHT
    ends: bool = False
    back_to: str = ""
    back_top: float = 0.0


@dataclass(frozen=True, slots=True)
class Piles:
    """All piles by key, and the links between them."""

    by_key: Mapping[str, Pile]
    links: tuple[Link, ...]


def pile_up(chart: Mapping[str, Box]) -> Piles:
    """Make the piles. A way back is no link: it becomes a small pile of its own that names the box it goes back to."""
    ways = [(box.id, way) for box in chart.values() for way in box.exits if way.target != END]
    closing = backward(list(chart), [(source, way.target) for source, way in ways])
    back = {(source, id(way)) for index, (source, way) in enumerate(ways) if index in closing}
    entering = Counter(way.target for _, way in ways)
    follows = {
        box.id: box.exits[0].target
        for box in chart.values()
        if len(box.exits) == 1
        and not box.exits[0].label
        and entering[box.exits[0].target] == 1
        and (box.id, id(box.exits[0])) not in back
        and box.exits[0].target != next(iter(chart))
    }
    heads = [step for step in chart if step not in follows.values()]
    piles: dict[str, Pile] = {}
    links: list[Link] = []
    for head in heads:
        steps = [head]
        while steps[-1] in follows:
            steps.append(follows[steps[-1]])
        last = chart[steps[-1]]
        returning = [way for way in last.exits if (last.id, id(way)) in back]
        pile = _pile([chart[step] for step in steps], returning)
        piles[head] = pile
        for number, way in enumerate(last.exits):
            port = pile.tags[number].middle if pile.tags else _exit_port(pile)
            if way in returning and way.label:
                key = f"{last.id} back {number}"
                piles[key] = Pile(key, back_to=way.target)
                links.append(Link(head, key, port))
            elif way.target != END and way not in returning:
                links.append(Link(head, way.target, port))
    return Piles(piles, tuple(links))


def _exit_port(pile: Pile) -> float:
    last = pile.boxes[-1]
    return last.top + min(last.height / 2, ENTRY)


def _pile(boxes: list[Box], returning: list[Exit]) -> Pile:
    y = 0.0
    placed = []
    for box in boxes:
        id_below = not fits_beside(box.heading, box.id, WIDTH - 2 * PADDING)
        rows, height = _rows(box, PADDING + HEADER + (SMALL + 2 if id_below else 0))
        placed.append(Piled(box, rows, y, height, id_below))
        y += height + ARROW
    y -= ARROW
    last = boxes[-1]
    tags: list[Tag] = []
    ends, back_to, back_top = False, "", 0.0
    if any(way.label for way in last.exits):
        for way in last.exits:
            lines = tuple(wrap(way.label or "Siempre", TAG_TEXT, WIDTH - TAG_LEFT - 2 * PADDING))
            y += TAG_GAP
            height = len(lines) * TAG_LINE + 2 * TAG_PADDING
            tags.append(Tag(lines, y, height, way.target == END))
            y += height
    elif last.exits and last.exits[0].target == END:
        ends = True
        y += ARROW + 2 * DOT
    elif returning:
        back_to, back_top = returning[0].target, y + ARROW
        y = back_top + BACK_HEIGHT
    return Pile(boxes[0].id, tuple(placed), tuple(tags), y, ends, back_to, back_top)


def fits_beside(heading: str, step_id: str, room: float) -> bool:
    """Whether a heading and a step's id fit on one line."""
    return text_width(heading, SMALL * BOLD) + SMALL + text_width(step_id, SMALL) <= room


def _rows(box: Box, y: float) -> tuple[tuple[Row, ...], float]:
    rows: list[Row] = []
    for number, line in enumerate(box.lines):
        y += 5 if number and line.style != box.lines[number - 1].style else 0
        indent = ICON + 4 if line.style == "card" else 0
        size = {"text": TEXT, "card": TEXT * BOLD, "note": TEXT - 1}[line.style]
        short = shorten_question(line.text) if box.kind == "question" else shorten(line.text)
        for place, text in enumerate(wrap(short, size, WIDTH - 2 * PADDING - indent)):
            rows.append(Row(line.style, text, y, line.style == "card" and not place))
            y += LINE
    return tuple(rows), y + PADDING


def back_line(box: Box) -> str:
    """What a way back says: the beginning of the box that it goes back to, on one line."""
    text = box.lines[0].text
    most = len(text)
    while text_width(shorten(text, most), TAG_TEXT) > WIDTH - 2 * PADDING - ICON:
        most -= 1
    return shorten(text, most)
