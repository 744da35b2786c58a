"""Which links of a flow lead back, so that the rest can be drawn from left to right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def backward(nodes: Sequence[str], links: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The indexes of links to take out so that no circle is left: those that a reader would call a way back.

    Links on a circle count as ways back where they lead to a node that a walk in breadth from the first node met no
    later; of these, what closes no circle with the rest is put back. So every node keeps the link by which it was met.
    """
    leaving = _leaving(links)
    order = {node: place for place, node in enumerate(_in_breadth(nodes, leaving))}
    reached = {node: set(_in_breadth([node], leaving)) for node in nodes}
    out = {
        index
        for index, (source, target) in enumerate(links)
        if source in reached[target] and order[target] <= order[source]
    }
    for index in sorted(out):
        source, target = links[index]
        kept = _leaving([link for at, link in enumerate(links) if at not in out])
        if source not in _in_breadth([target], kept):
            out.discard(index)
    return frozenset(out)


def _leaving(links: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    leaving: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        leaving[source].append(target)
    return leaving


def _in_breadth(starts: Iterable[str], leaving: Mapping[str, Sequence[str]]) -> list[str]:
    """What can be reached, from the first start as far as it goes, then from each that it did not reach."""
    met: dict[str, None] = {}
    for start in starts:
        waiting = [] if start in met else [start]
        while waiting:
            met.update(dict.fromkeys(waiting))
            waiting = list(dict.fromkeys(t for node in waiting for t in leaving.get(node, ()) if t not in met))
    return list(met)
