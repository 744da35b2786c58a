"""The shapes of a pile: boxes by kind, the answers below a question, the ending, the way back."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from bot.flows.diagram.chart import Box, BoxKind
from bot.flows.diagram.stacks import (
    ARROW,
    BACK_HEIGHT,
    DOT,
    ICON,
    LINE,
    PADDING,
    SMALL,
    TAG_LEFT,
    TAG_LINE,
    TAG_PADDING,
    TAG_TEXT,
    TEXT,
    WIDTH,
    Pile,
    Piled,
    Row,
    Tag,
    back_line,
    fits_beside,
)

_ROUND: dict[BoxKind, int] = {"question": 16}
_SPINE = 16.0
BACK = "Vuelve a"


def paint_pile(pile: Pile) -> Iterator[str]:
    """Everything of a pile, its top at 0."""
    for number, piled in enumerate(pile.boxes):
        if number:
            yield _down(piled.top - ARROW, piled.top)
        yield from _box(piled)
    if not pile.boxes:
        return
    last = pile.boxes[-1]
    bottom = last.top + last.height
    if pile.tags:
        yield f'<path class="spine" d="M{_SPINE:.0f} {bottom:.1f}V{pile.tags[-1].middle:.1f}"/>'
        for tag in pile.tags:
            yield from _tag(tag)
    if pile.ends:
        yield _down(bottom, bottom + ARROW)
        yield f'<circle class="end" cx="{_SPINE:.0f}" cy="{bottom + ARROW + DOT:.1f}" r="{DOT:.0f}"/>'
    if pile.back_to:
        yield _down(bottom, bottom + ARROW)


def paint_back(box: Box, top: float) -> Iterator[str]:
    """The small box that says where a walk goes back to; a click on it goes there."""
    y = top + PADDING + 9
    yield f'<a href="#step-{escape(box.id)}">'
    yield f'<rect class="back" x="0" y="{top:.1f}" width="{WIDTH:.0f}" height="{BACK_HEIGHT:.0f}" rx="8"/>'
    yield back_mark(PADDING, top + 10)
    # The mark alone says "back" where a long id needs the whole line.
    if fits_beside(BACK, box.id, WIDTH - 2 * PADDING - ICON):
        yield f'<text class="kind" x="{PADDING + ICON + 2:.0f}" y="{y - 3:.1f}">{BACK}</text>'
    yield _right(box.id, y - 3)
    yield f'<text class="tag" x="{PADDING + ICON + 2:.0f}" y="{y + 13:.1f}">{escape(back_line(box))}</text></a>'


def back_mark(x: float, y: float) -> str:
    """An arrow that turns back."""
    return (
        f'<path class="mark" d="M{x + 12:.1f} {y + 16:.1f}V{y + 6:.1f}H{x + 2:.1f}M{x + 6:.1f} {y + 2:.1f}l-4 4l4 4"/>'
    )


def card_mark(x: float, y: float) -> str:
    """A sheet with a folded corner."""
    sheet = f"M{x:.1f} {y:.1f}h8l4 4v10h-12z"
    return f'<path class="sheet" d="{sheet}M{x + 8:.1f} {y:.1f}v4h4M{x + 3:.1f} {y + 7:.1f}h6m-6 3h6"/>'


def frame_of(kind: BoxKind, top: float, width: float, height: float) -> str:
    """The border of a box: question rounded, other flow doubled, action dashed, decision with cut corners."""
    if kind == "choice":
        cut = 10
        points = (
            f"{cut},{top:.1f} {width - cut:.0f},{top:.1f} {width:.0f},{top + cut:.1f} "
            f"{width:.0f},{top + height - cut:.1f} {width - cut:.0f},{top + height:.1f} {cut},{top + height:.1f} "
            f"0,{top + height - cut:.1f} 0,{top + cut:.1f}"
        )
        return f'<polygon class="{kind}" points="{points}"/>'
    outer = f'<rect class="{kind}" y="{top:.1f}" width="{width:.0f}" height="{height:.1f}" rx="{_ROUND.get(kind, 3)}"/>'
    if kind != "flow":
        return outer
    inner = f'<rect class="inner" x="4" y="{top + 4:.1f}" width="{width - 8:.0f}" height="{height - 8:.1f}" rx="2"/>'
    return outer + inner


def _box(piled: Piled) -> Iterator[str]:
    box, top = piled.box, piled.top
    yield f'<g id="step-{escape(box.id)}" class="box-{box.kind}">'
    yield f"<title>{escape(box.id + ': ' + ' '.join(line.text for line in box.lines))}</title>"
    yield frame_of(box.kind, top, WIDTH, piled.height)
    baseline = top + PADDING + SMALL
    yield f'<text class="kind" x="{PADDING:.0f}" y="{baseline:.1f}">{escape(box.heading)}</text>'
    yield _right(box.id, baseline + (SMALL + 2 if piled.id_below else 0))
    for row in piled.rows:
        yield from _row(row, top)
    yield "</g>"


def _row(row: Row, top: float) -> Iterator[str]:
    indent = ICON + 4 if row.style == "card" else 0
    if row.mark:
        yield card_mark(PADDING, top + row.top)
    baseline = top + row.top + LINE * 0.78
    yield f'<text class="{row.style}" x="{PADDING + indent:.0f}" y="{baseline:.1f}">{escape(row.text)}</text>'


def _tag(tag: Tag) -> Iterator[str]:
    yield f'<path class="spine" d="M{_SPINE:.0f} {tag.middle:.1f}H{TAG_LEFT:.0f}"/>'
    right = WIDTH - 2 * DOT - 8 if tag.ends else WIDTH
    yield (
        f'<rect class="answer" x="{TAG_LEFT:.0f}" y="{tag.top:.1f}" width="{right - TAG_LEFT:.0f}" '
        f'height="{tag.height:.1f}" rx="9"/>'
    )
    for number, line in enumerate(tag.lines):
        y = tag.top + TAG_PADDING + TAG_LINE * (number + 0.76)
        yield f'<text class="tag" x="{TAG_LEFT + PADDING:.0f}" y="{y:.1f}">{escape(line)}</text>'
    if tag.ends:
        yield f'<path class="arrow" d="M{right:.0f} {tag.middle:.1f}H{WIDTH - 2 * DOT:.0f}"/>'
        yield f'<circle class="end" cx="{WIDTH - DOT:.0f}" cy="{tag.middle:.1f}" r="{DOT:.0f}"/>'


def _down(start: float, end: float) -> str:
    return f'<path class="arrow" d="M{_SPINE:.0f} {start:.1f}V{end:.1f}" marker-end="url(#tip0)"/>'


def _right(text: str, y: float) -> str:
    return f'<text class="id" x="{WIDTH - PADDING:.0f}" y="{y:.1f}" text-anchor="end">{escape(text)}</text>'


SIZES = (
    f".kind,.id{{font-size:{SMALL:.0f}px}}.text,.card{{font-size:{TEXT:.0f}px}}"
    f".note{{font-size:{TEXT - 1:.0f}px}}.tag{{font-size:{TAG_TEXT:.0f}px}}"
)
"""The part of the style sheet that measuring relies on."""
