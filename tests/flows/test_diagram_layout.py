"""The layout of diagrams: what leads back, columns, order, heights, and text that stays inside its box."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.diagram.circles import backward
from bot.flows.diagram.heights import LANE_GAP, settle
from bot.flows.diagram.layers import Columns, Lane, Link, Node, arrange
from bot.flows.diagram.measure import shorten, shorten_question, text_width, wrap

ENTRY = 20.0
NODES = [f"n{number}" for number in range(12)]
EDGES = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=24)


def column_of(columns: Columns) -> dict[Node, int]:
    return {node: at for at, column in enumerate(columns.order) for node in column}


def crossings(columns: Columns) -> int:
    """Counted the plain way: two segments cross where their ends stand in opposite orders."""
    place = {node: place for column in columns.order for place, node in enumerate(column)}
    return sum(
        (place[one.source], one.port) < (place[other.source], other.port) and place[one.target] > place[other.target]
        for segments in columns.segments
        for first, second in combinations(segments, 2)
        for one, other in ((first, second), (second, first))
    )


def reachable(start: str, links: list[tuple[str, str]]) -> set[str]:
    met = {start}
    while True:
        more = {target for source, target in links if source in met} - met
        if not more:
            return met
        met |= more


@given(EDGES)
def test_what_leads_back_is_all_that_makes_circles(links: list[tuple[str, str]]) -> None:
    back = backward(NODES, links)
    kept = [link for index, link in enumerate(links) if index not in back]
    assert all(source not in reachable(target, kept) for source, target in kept)
    # None of them was taken without need, and nobody is cut off.
    assert all(source in reachable(target, [*kept, (source, target)]) for source, target in (links[at] for at in back))
    assert reachable(NODES[0], kept) == reachable(NODES[0], links)


def test_a_loop_goes_back_at_its_end() -> None:
    links = [("ask", "tell"), ("tell", "again"), ("again", "ask"), ("again", "bye")]
    assert backward(["ask", "tell", "again", "bye"], links) == {2}


def test_a_step_that_leads_to_itself_leads_back() -> None:
    assert backward(["a"], [("a", "a")]) == {0}


def acyclic(edges: list[tuple[str, str]]) -> list[Link]:
    ordered = [sorted(edge, key=NODES.index) for edge in edges if edge[0] != edge[1]]
    return [Link(source, target, 10.0 * at) for at, (source, target) in enumerate(ordered)]


@given(EDGES)
def test_every_link_runs_from_left_to_right_through_every_column_between(edges: list[tuple[str, str]]) -> None:
    links = acyclic(edges)
    columns = arrange(NODES, links)
    at = column_of(columns)
    assert sorted(node for node in at if isinstance(node, str)) == sorted(NODES)
    for link, path in zip(links, columns.paths, strict=True):
        assert (path[0], path[-1]) == (link.source, link.target)
        assert [at[node] for node in path] == list(range(at[link.source], at[link.target] + 1))
        assert all(isinstance(node, Lane) for node in path[1:-1])


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_a_tree_is_drawn_without_crossings(parents: list[int]) -> None:
    links = [Link(NODES[parent % (at + 1)], NODES[at + 1], 10.0 * at) for at, parent in enumerate(parents)]
    assert crossings(arrange(NODES[: len(parents) + 1], links)) == 0


def test_two_questions_with_the_same_answers_keep_them_in_order() -> None:
    """The boxes follow the order of the answers that lead to them, whatever order they came in."""
    boxes = ["c", "a", "b"]
    links = [Link(question, box, 10.0 * at) for question in ("one", "two") for at, box in enumerate("abc")]
    columns = arrange(["start", "one", "two", *boxes], [Link("start", "one", 0), Link("start", "two", 10), *links])
    assert columns.order[2] == ("a", "b", "c")
    assert crossings(columns) == 3  # the fewest that two complete fans can have


@given(EDGES, st.lists(st.floats(30, 400), min_size=12, max_size=12))
def test_nothing_in_a_column_overlaps(edges: list[tuple[str, str]], sizes: list[float]) -> None:
    columns = arrange(NODES, acyclic(edges))
    heights: dict[Node, float] = dict(zip(NODES, sizes, strict=True))
    tops = settle(columns, heights, ENTRY)
    for column in columns.order:
        for upper, lower in pairwise(column):
            assert tops[lower] - tops[upper] - heights.get(upper, 0.0) >= LANE_GAP - 0.01
    assert min(tops.values()) == pytest.approx(0)


def test_a_single_arrow_is_level() -> None:
    columns = arrange(["a", "b"], [Link("a", "b", 90.0)])
    tops = settle(columns, {"a": 120.0, "b": 60.0}, ENTRY)
    assert tops["a"] + 90.0 == pytest.approx(tops["b"] + ENTRY)


def test_a_long_lane_is_straight_where_nothing_is_in_its_way() -> None:
    nodes = ["a", "b", "c", "d", "e"]
    columns = arrange(nodes, [*(Link(x, y, 20.0) for x, y in pairwise(nodes)), Link("a", "e", 60.0)])
    tops = settle(columns, dict.fromkeys(nodes, 80.0), ENTRY)
    lanes = [tops[node] for node in columns.paths[-1][1:-1]]
    assert max(lanes) - min(lanes) < 5


WORDS = st.lists(st.text("abcmilñÁ‹›…123", min_size=1, max_size=12), max_size=30).map(" ".join)


@given(WORDS, st.floats(60, 300))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrap(text, 12, width)
    assert all(text_width(line, 12) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(WORDS, st.integers(20, 120))
def test_a_short_text_stays_and_a_long_one_is_cut_with_a_mark(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text if len(text) <= most else short.endswith("…")


def test_whole_sentences_stay_where_they_can() -> None:
    assert shorten("Ve a la oficina. Lleva tu foto y la carta que te dieron.", 30) == "Ve a la oficina…"
    assert shorten("Ve a la oficina con tu foto y con la carta.", 30) == "Ve a la oficina con tu foto…"


def test_what_is_asked_at_the_end_stays_whole() -> None:
    text = "Soy un asistente gratis. No pido dinero ni contraseñas. ¿Puedo guardar lo que respondes?"
    assert shorten_question(text, 70) == "Soy un asistente gratis… ¿Puedo guardar lo que respondes?"
    assert len(shorten_question("Es largo. " * 20 + "¿" + "o".join(["así"] * 40) + "?", 70)) <= 70
