"""A flow as SVG: columns of boxes from left to right, arrows between them, a head and a legend. No script, no font."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from bot.flows.diagram.chart import Box
from bot.flows.diagram.frame import ARROW_COLOURS, head, legend, style
from bot.flows.diagram.heights import settle
from bot.flows.diagram.layers import Node, arrange
from bot.flows.diagram.paint import paint_back, paint_pile
from bot.flows.diagram.stacks import ENTRY, WIDTH, Piles, pile_up
from bot.flows.model import Flow

MARGIN = 28.0
GAP, GAP_A_LINK, GAP_MOST = 56.0, 6.0, 170.0


@dataclass(frozen=True, slots=True)
class _Placed:
    piles: Piles
    left: Mapping[str, float]
    top: Mapping[str, float]
    arrows: tuple[str, ...]
    width: float
    height: float


def svg(flow: Flow, chart: Mapping[str, Box], about: str) -> str:
    """The whole document; ``about`` is the line below the description."""
    placed = _place(chart)
    header, header_height = head(flow, about, max(placed.width, 3 * WIDTH))
    key, key_width, key_height = legend(max(placed.width, 3 * WIDTH))
    width = max(placed.width, key_width, 3 * WIDTH) + 2 * MARGIN
    height = MARGIN + header_height + placed.height + MARGIN + key_height + MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
            f'viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="title desc" lang="es">',
            f'<title id="title">{escape(flow.name)}</title>',
            f'<desc id="desc">{escape(_description(flow, chart))}</desc>',
            style(),
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>',
            f'<g transform="translate({MARGIN:.0f} {MARGIN:.0f})">{header}</g>',
            f'<g transform="translate({MARGIN:.0f} {MARGIN + header_height:.0f})">',
            *placed.arrows,
            *_boxes(placed, chart),
            "</g>",
            f'<g transform="translate({MARGIN:.0f} {2 * MARGIN + header_height + placed.height:.0f})">{key}</g>',
            "</svg>",
            "",
        ]
    )


def _description(flow: Flow, chart: Mapping[str, Box]) -> str:
    questions = sum(box.kind == "question" for box in chart.values())
    return (
        f"{flow.description}. Diagrama de {len(chart)} pasos, de ellos {questions} preguntas, de izquierda a derecha."
    )


def _place(chart: Mapping[str, Box]) -> _Placed:
    piles = pile_up(chart)
    columns = arrange(list(piles.by_key), piles.links)
    heights: dict[Node, float] = {key: pile.height for key, pile in piles.by_key.items()}
    tops = settle(columns, heights, ENTRY)
    lefts, x = [], 0.0
    for segments in columns.segments:
        lefts.append(x)
        x += WIDTH + min(GAP + GAP_A_LINK * len(segments), GAP_MOST)
    left = {node: lefts[at] for at, column in enumerate(columns.order) for node in column if isinstance(node, str)}
    top = {node: y for node, y in tops.items() if isinstance(node, str)}
    order = [node for column in columns.order for node in column]
    arrows = []
    for link, path in zip(piles.links, columns.paths, strict=True):
        first = lefts.index(left[link.source])
        points = [(lefts[first] + WIDTH, tops[link.source] + link.port)]
        for at, lane in enumerate(path[1:-1], start=first + 1):
            points += [(lefts[at], tops[lane]), (lefts[at] + WIDTH, tops[lane])]
        points.append((left[link.target], tops[link.target] + ENTRY))
        colour = 1 + order.index(link.source) % (len(ARROW_COLOURS) - 1)
        style_ = f'style="stroke:{ARROW_COLOURS[colour]}" marker-end="url(#tip{colour})"'
        arrows.append(f'<path class="arrow" d="{_curve(points)}" {style_}/>')
    height = max(tops[node] + height for node, height in heights.items())
    return _Placed(piles, left, top, tuple(arrows), max(left.values()) + WIDTH, height)


def _curve(points: list[tuple[float, float]]) -> str:
    """Curves across the gaps between columns, straight lines across the columns."""
    (x, y), *rest = points
    parts = [f"M{x:.1f} {y:.1f}"]
    for number, (to_x, to_y) in enumerate(rest):
        if number % 2:
            parts.append(f"H{to_x:.1f}")
        else:
            middle = (x + to_x) / 2
            parts.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(parts)


def _boxes(placed: _Placed, chart: Mapping[str, Box]) -> Iterator[str]:
    for key, pile in placed.piles.by_key.items():
        yield f'<g transform="translate({placed.left[key]:.1f} {placed.top[key]:.1f})">'
        yield from paint_pile(pile)
        if pile.back_to:
            yield from paint_back(chart[pile.back_to], pile.back_top)
        yield "</g>"
