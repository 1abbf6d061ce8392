"""Where the boxes of a graph go: layers from top to bottom, few crossings, long edges around boxes.

The method of Sugiyama, Tagawa and Toda (1981): rank by the longest path, put stand-ins where an edge passes
a rank, order each rank by its neighbours' middles, then shift boxes towards their neighbours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

BOX_WIDTH, BOX_HEIGHT = 236.0, 48.0
LANE = 24.0
"""The width that an edge takes where it passes a rank."""
GAP_X, GAP_Y = 24.0, 34.0
_SWEEPS = 8
_SHIFTS = 12

Edge = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """The centre of each box, the points that each edge runs through, and the size of the whole."""

    boxes: Mapping[int, Point]
    edges: Mapping[Edge, tuple[Point, ...]]
    width: float
    height: float


@dataclass(slots=True)
class _Ranked:
    """Nodes in ranks: boxes by their number from 0, stand-ins by negative numbers."""

    ranks: list[list[int]] = field(default_factory=list)
    above: dict[int, list[int]] = field(default_factory=dict)
    below: dict[int, list[int]] = field(default_factory=dict)
    chains: dict[Edge, list[int]] = field(default_factory=dict)
    stand_ins: int = 0


def layout(count: int, edges: Sequence[Edge]) -> Layout:
    """Place `count` boxes; edges go from a lower to a higher number or are left out, each once."""
    forward = [edge for edge in dict.fromkeys(edges) if edge[0] < edge[1]]
    if not count:
        return Layout({}, {}, 0.0, 0.0)
    ranked = _ranked(count, forward)
    _order(ranked)
    middles = _middles(ranked)
    left = min(middles[node] - _width(node) / 2 for node in middles)
    rank_of = {node: rank for rank, nodes in enumerate(ranked.ranks) for node in nodes}

    def point(node: int) -> Point:
        return middles[node] - left, rank_of[node] * (BOX_HEIGHT + GAP_Y) + BOX_HEIGHT / 2

    right = max(middles[node] + _width(node) / 2 for node in middles)
    height = len(ranked.ranks) * (BOX_HEIGHT + GAP_Y) - GAP_Y
    return Layout(
        {node: point(node) for node in range(count)},
        {edge: tuple(map(point, chain)) for edge, chain in ranked.chains.items()},
        right - left,
        height,
    )


def _width(node: int) -> float:
    return BOX_WIDTH if node >= 0 else LANE


def _ranked(count: int, edges: Sequence[Edge]) -> _Ranked:
    """Each box one rank below the lowest that it takes from; a source just above what takes from it."""
    rank = [0] * count
    for start, end in sorted(edges, key=lambda edge: edge[1]):
        rank[end] = max(rank[end], rank[start] + 1)
    fed = {end for _, end in edges}
    for node in range(count):
        below = [rank[end] for start, end in edges if start == node] if node not in fed else []
        rank[node] = min(below) - 1 if below else rank[node]
    made = _Ranked([[] for _ in range(max(rank) + 1)])
    for node in range(count):
        made.ranks[rank[node]].append(node)
    for edge in edges:
        _add_chain(made, edge, rank)
    return made


def _add_chain(made: _Ranked, edge: Edge, rank: Sequence[int]) -> None:
    start, end = edge
    chain = [start]
    for level in range(rank[start] + 1, rank[end]):
        made.stand_ins += 1
        made.ranks[level].append(-made.stand_ins)
        chain.append(-made.stand_ins)
    chain.append(end)
    made.chains[edge] = chain
    for upper, lower in pairwise(chain):
        made.below.setdefault(upper, []).append(lower)
        made.above.setdefault(lower, []).append(upper)


def _order(ranked: _Ranked) -> None:
    """Sort each rank by the middle of its neighbours, downwards and upwards in turn."""
    for sweep in range(_SWEEPS):
        down = sweep % 2 == 0
        ranks = ranked.ranks if down else ranked.ranks[::-1]
        neighbours = ranked.above if down else ranked.below
        for fixed, moving in pairwise(ranks):
            place = {node: index for index, node in enumerate(fixed)}
            now = {node: index for index, node in enumerate(moving)}
            moving.sort(key=lambda node: _mean([place[one] for one in neighbours.get(node, ())], now[node]))


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _middles(ranked: _Ranked) -> dict[int, float]:
    """The middle of each node: side by side at first, then drawn towards its neighbours."""
    middles: dict[int, float] = {}
    for nodes in ranked.ranks:
        at = 0.0
        for node in nodes:
            middles[node] = at + _width(node) / 2
            at += _width(node) + GAP_X
    for shift in range(_SHIFTS):
        ranks = ranked.ranks if shift % 2 == 0 else ranked.ranks[::-1]
        neighbours = ranked.above if shift % 2 == 0 else ranked.below
        for nodes in ranks:
            wanted = [
                _mean([middles[one] for one in neighbours.get(node, ())], middles[node]) for node in nodes
            ]
            middles.update(zip(nodes, _apart(nodes, wanted), strict=True))
    return middles


def _apart(nodes: Sequence[int], wanted: Sequence[float]) -> list[float]:
    """Places as close to the wanted ones as can be, in order and without overlaps.

    Neighbours that would overlap are merged into blocks, each at the mean of what its members want.
    """
    offsets = [0.0]
    for left, right in pairwise(nodes):
        offsets.append(offsets[-1] + (_width(left) + _width(right)) / 2 + GAP_X)
    blocks: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, size = want - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / size:
            before, members = blocks.pop()
            total, size = total + before, size + members
        blocks.append((total, size))
    starts = [total / size for total, size in blocks for _ in range(size)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
