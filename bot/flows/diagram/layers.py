"""Which column each node of an acyclic graph stands in and in what order: few crossings, lanes for long links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 16


@dataclass(frozen=True, slots=True)
class Lane:
    """The place where a long link passes a column that it only crosses."""

    link: int
    column: int


Node = str | Lane
"""What stands in a column: a node by its key, or a lane. Links are given between keys alone."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link between two nodes. ``port`` is where it leaves its source, in pixels below the source's top."""

    source: str
    target: str
    port: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a link, from one column to the next."""

    source: Node
    target: Node
    port: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The nodes and lanes of each column from top to bottom, and the segments that leave each column."""

    order: tuple[tuple[Node, ...], ...]
    segments: tuple[tuple[Segment, ...], ...]
    paths: tuple[tuple[Node, ...], ...]
    """For every link the nodes and lanes it runs through, source first, target last."""


def arrange(nodes: Sequence[Node], links: Sequence[Link]) -> Columns:
    """Longest-path columns, then barycentre sweeps and swaps of neighbours. The links must close no circle."""
    column = _longest_paths(nodes, links)
    width = max(column.values(), default=-1) + 1
    order: list[list[Node]] = [[] for _ in range(width)]
    for node in nodes:
        order[column[node]].append(node)
    segments: list[list[Segment]] = [[] for _ in range(width)]
    paths: list[tuple[Node, ...]] = []
    for index, link in enumerate(links):
        lanes = [Lane(index, between) for between in range(column[link.source] + 1, column[link.target])]
        for lane in lanes:
            order[lane.column].append(lane)
        path: tuple[Node, ...] = (link.source, *lanes, link.target)
        paths.append(path)
        for at, (source, target) in enumerate(pairwise(path), start=column[link.source]):
            segments[at].append(Segment(source, target, link.port if source == link.source else 0.0))
    _depth_first(order, segments)
    best = _fewest_crossings(order, segments)
    return Columns(tuple(map(tuple, best)), tuple(map(tuple, segments)), tuple(paths))


def _longest_paths(nodes: Sequence[Node], links: Sequence[Link]) -> dict[Node, int]:
    entering: dict[Node, int] = dict.fromkeys(nodes, 0)
    leaving: dict[Node, list[Node]] = defaultdict(list)
    for link in links:
        entering[link.target] += 1
        leaving[link.source].append(link.target)
    column = dict.fromkeys(nodes, 0)
    ready = [node for node in nodes if not entering[node]]
    while ready:
        node = ready.pop()
        for target in leaving[node]:
            column[target] = max(column[target], column[node] + 1)
            entering[target] -= 1
            if not entering[target]:
                ready.append(target)
    return column


def _depth_first(order: list[list[Node]], segments: Sequence[Sequence[Segment]]) -> None:
    """Sort each column as a walk meets its nodes: for a tree this order has no crossings at all."""
    leaving: dict[Node, list[Segment]] = defaultdict(list)
    for segment in (segment for column in segments for segment in column):
        leaving[segment.source].append(segment)
    rank: dict[Node, int] = {}
    stack = [node for column in reversed(order) for node in reversed(column)]
    while stack:
        node = stack.pop()
        if node not in rank:
            rank[node] = len(rank)
            stack.extend(s.target for s in sorted(leaving[node], key=lambda s: s.port, reverse=True))
    for column in order:
        column.sort(key=rank.__getitem__)


def _fewest_crossings(order: Sequence[Sequence[Node]], segments: Sequence[Sequence[Segment]]) -> list[list[Node]]:
    now = [list(column) for column in order]
    best, fewest = [list(column) for column in now], _all_crossings(now, segments)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        for at in range(1, len(now)) if forward else range(len(now) - 2, -1, -1):
            _sort_by_neighbours(now, segments, at, forward=forward)
        _swap_neighbours(now, segments)
        count = _all_crossings(now, segments)
        if count < fewest:
            best, fewest = [list(column) for column in now], count
    return best


def _sort_by_neighbours(
    order: list[list[Node]], segments: Sequence[Sequence[Segment]], at: int, *, forward: bool
) -> None:
    between = segments[at - 1] if forward else segments[at]
    side = _positions(order[at - 1] if forward else order[at + 1])
    places: dict[Node, list[float]] = defaultdict(list)
    for segment in between:
        here, there = (segment.target, segment.source) if forward else (segment.source, segment.target)
        # Ports are told apart inside their node's place.
        places[here].append(side[there] + (segment.port / (segment.port + 100) if forward else 0))
    own = _positions(order[at])
    centre = {node: sum(found) / len(found) for node, found in places.items()}
    order[at].sort(key=lambda node: (centre.get(node, own[node]), own[node]))


def _swap_neighbours(order: list[list[Node]], segments: Sequence[Sequence[Segment]]) -> None:
    for at, column in enumerate(order):
        touching = [side for side in (at - 1, at) if 0 <= side < len(order) - 1]
        for upper in range(len(column) - 1):
            before = sum(_crossings(order, segments, side) for side in touching)
            column[upper], column[upper + 1] = column[upper + 1], column[upper]
            if sum(_crossings(order, segments, side) for side in touching) >= before:
                column[upper], column[upper + 1] = column[upper + 1], column[upper]


def _all_crossings(order: Sequence[Sequence[Node]], segments: Sequence[Sequence[Segment]]) -> int:
    return sum(_crossings(order, segments, at) for at in range(len(order) - 1))


def _crossings(order: Sequence[Sequence[Node]], segments: Sequence[Sequence[Segment]], at: int) -> int:
    left, right = _positions(order[at]), _positions(order[at + 1])
    ends = sorted((left[s.source], s.port, right[s.target]) for s in segments[at])
    return sum(1 for i, one in enumerate(ends) for other in ends[i + 1 :] if one[2] > other[2])


def _positions(column: Iterable[Node]) -> Mapping[Node, int]:
    return {node: place for place, node in enumerate(column)}
