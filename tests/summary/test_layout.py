"""The layout of a graph: nothing overlaps, everything flows down, edges end at their boxes."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kerlint.summary.layout import BOX_HEIGHT, BOX_WIDTH, layout

GRAPHS = st.integers(1, 14).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30),
    )
)


@settings(max_examples=60)
@given(GRAPHS)
def test_boxes_never_overlap_and_edges_go_down(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = graph
    placed = layout(count, edges)
    assert set(placed.boxes) == set(range(count))
    for (x, y), (other_x, other_y) in combinations(placed.boxes.values(), 2):
        assert abs(y - other_y) >= BOX_HEIGHT or abs(x - other_x) >= BOX_WIDTH - 0.01
    for x, y in placed.boxes.values():
        assert BOX_WIDTH / 2 - 0.01 <= x <= placed.width - BOX_WIDTH / 2 + 0.01
        assert BOX_HEIGHT / 2 <= y <= placed.height - BOX_HEIGHT / 2
    for (start, end), points in placed.edges.items():
        assert (points[0], points[-1]) == (placed.boxes[start], placed.boxes[end])
        assert all(upper[1] < lower[1] for upper, lower in pairwise(points))


@settings(max_examples=40)
@given(GRAPHS)
def test_an_edge_passes_beside_the_boxes_of_the_ranks_between(
    graph: tuple[int, list[tuple[int, int]]],
) -> None:
    placed = layout(*graph)
    for points in placed.edges.values():
        for x, y in points[1:-1]:
            assert all(abs(x - box_x) > BOX_WIDTH / 2 for box_x, box_y in placed.boxes.values() if box_y == y)


def test_a_chain_is_a_straight_column() -> None:
    placed = layout(5, [(0, 1), (1, 2), (2, 3), (3, 4)])
    assert {x for x, _ in placed.boxes.values()} == {BOX_WIDTH / 2}


def test_an_edge_that_leads_back_is_left_out() -> None:
    assert set(layout(2, [(0, 1), (1, 0), (1, 1)]).edges) == {(0, 1)}


def test_nothing_has_no_size() -> None:
    assert layout(0, []).height == 0
