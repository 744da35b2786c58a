"""How high each node of a column stands: as level with its neighbours as the order and the gaps allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.flows.diagram.layers import Columns, Lane, Node

NODE_GAP = 26.0
LANE_GAP = 12.0
ROUNDS = 40
_STRAIGHT = 6.0
"""How much more a straight lane is worth than a level arrow."""


def settle(columns: Columns, heights: Mapping[Node, float], entry: float) -> dict[Node, float]:
    """The top of every node and lane, the highest at 0.

    ``heights`` are those of the nodes (lanes have none); links enter ``entry`` below a node's top.
    """
    tops: dict[Node, float] = {}
    for column in columns.order:
        y = 0.0
        for place, node in enumerate(column):
            y += _gap(column[place - 1], node) if place else 0.0
            tops[node] = y
            y += heights.get(node, 0.0)
    wishes = _wishes(columns, entry)
    for round_ in range(ROUNDS):
        forward = round_ % 2 == 0
        for at in range(len(columns.order)) if forward else range(len(columns.order) - 1, -1, -1):
            column = columns.order[at]
            # The last rounds listen to both sides, the others to the side that they come from.
            sides = (0, 1) if round_ >= ROUNDS - 4 else (0,) if forward else (1,)
            wanted, weights = [], []
            for node in column:
                found = [wish for side in sides for wish in wishes[node][side]]
                weight = sum(wish[2] for wish in found)
                wanted.append(sum((tops[n] + by) * w for n, by, w in found) / weight if weight else tops[node])
                weights.append(weight or 0.1)
            for node, top in zip(column, _in_order(column, wanted, weights, heights), strict=True):
                tops[node] = top
    highest = min(tops.values(), default=0.0)
    return {node: top - highest for node, top in tops.items()}


Wish = tuple[Node, float, float]


def _wishes(columns: Columns, entry: float) -> dict[Node, tuple[list[Wish], list[Wish]]]:
    """For every node where its neighbours before and after want its top: (neighbour, distance, weight)."""
    wishes: dict[Node, tuple[list[Wish], list[Wish]]] = defaultdict(lambda: ([], []))
    for segments in columns.segments:
        for segment in segments:
            end = 0.0 if isinstance(segment.target, Lane) else entry
            lanes = isinstance(segment.source, Lane) + isinstance(segment.target, Lane)
            weight = (1.0, 2.0, _STRAIGHT)[lanes]
            wishes[segment.target][0].append((segment.source, segment.port - end, weight))
            wishes[segment.source][1].append((segment.target, end - segment.port, weight))
    return wishes


def _gap(upper: Node, lower: Node) -> float:
    return LANE_GAP if isinstance(upper, Lane) and isinstance(lower, Lane) else NODE_GAP


def _in_order(
    column: Sequence[Node], wanted: Sequence[float], weights: Sequence[float], heights: Mapping[Node, float]
) -> list[float]:
    """The tops nearest to the wanted ones (least squares) that keep the order and the gaps.

    Pool adjacent violators: with each node's distance from the first taken away, the tops must only not fall.
    """
    offsets = [0.0]
    for upper, lower in pairwise(column):
        offsets.append(offsets[-1] + heights.get(upper, 0.0) + _gap(upper, lower))
    pools: list[tuple[float, float, int]] = []
    for want, offset, weight in zip(wanted, offsets, weights, strict=True):
        pool = (want - offset, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, total, count = pools.pop()
            together = total + pool[1]
            pool = ((mean * total + pool[0] * pool[1]) / together, together, count + pool[2])
        pools.append(pool)
    levels = [mean for mean, _, count in pools for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]
