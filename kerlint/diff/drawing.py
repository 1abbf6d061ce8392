"""Two models as one drawing: a row a pair of steps, so that what stands for one another stands side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kerlint.diff.compare import differ
from kerlint.diff.result import Diff, words_of
from kerlint.diff.rows import Fold, Row, step_title
from kerlint.diff.steps import Chain, Step
from kerlint.page.frame import text
from kerlint.page.svg import ARROW, LONGEST_TITLE, cut, picture
from kerlint.summary.layout import BOX_HEIGHT, BOX_WIDTH, GAP_Y
from kerlint.summary.wording import count_text, shape_text

GAP, LANE, LINE = 84.0, 14.0, 15.0
"""Between the columns; between edges that pass boxes; of one more line in a box."""
SIGNS = {"!": "≠", "=": "=", "<": "only left", ">": "only right"}
KINDS = {"!": " differs", "=": "", "<": " left", ">": " right"}
WHOLE = "all"
"""The identity of the section that shows what is folded."""


@dataclass(frozen=True, slots=True)
class Box:
    """One side of a row: a title and lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One row of the drawing; both boxes are None in a fold, which says `words` across."""

    key: str
    mark: str
    left: Box | None = None
    right: Box | None = None
    words: str = ""

    @property
    def height(self) -> float:
        """As high as the higher box."""
        lines = max(len(box.lines) if box is not None else 1 for box in (self.left, self.right))
        return BOX_HEIGHT + (lines - 1) * LINE

    def has(self, side: int) -> bool:
        """Whether there is something on the left (0) or right (1)."""
        return bool(self.words) or (self.left, self.right)[side] is not None


def graphs_svg(found: Diff, shown: Sequence[Row | Fold]) -> str:
    """The drawing; boxes carry `data-row`, the number of their pair."""
    levels = [*_inputs(found), *map(_level, shown)]
    tops = [0.0]
    for level in levels:
        tops.append(tops[-1] + level.height + GAP_Y)
    edges = [list(_edges(found, shown, levels, side)) for side in (0, 1)]
    lanes = [_lanes(edges[side], levels, side) for side in (0, 1)]
    rooms = [(max(one.values(), default=-1) + 1.5) * LANE for one in lanes]
    lefts = (rooms[0], rooms[0] + BOX_WIDTH + GAP)
    drawn = [
        *(
            _path(edge, lanes[side].get(edge), levels, tops, lefts[side], side)
            for side in (0, 1)
            for edge in edges[side]
        ),
        *(piece for level, top in zip(levels, tops, strict=False) for piece in _drawn(level, top, lefts)),
    ]
    label = " and ".join(found.labels)
    width = lefts[1] + BOX_WIDTH + rooms[1]
    return picture(f"graphs of {label}", width, max(tops[-1] - GAP_Y, BOX_HEIGHT), drawn)


# Rows


def _inputs(found: Diff) -> Iterator[Level]:
    """What goes into the models."""
    mine, theirs = ([one.shape for one in side.model.flat.inputs] for side in (found.left, found.right))
    for index in range(max(len(mine), len(theirs))):
        shapes = [given[index] if index < len(given) else None for given in (mine, theirs)]
        one, other = (
            Box("input", (shape_text(shape),)) if index < len(given) else None
            for given, shape in zip((mine, theirs), shapes, strict=True)
        )
        left, right = shapes
        differs = left is not None and right is not None and differ(left, right)
        mark = "<" if other is None else ">" if one is None else "!" if differs else "="
        yield Level(f"input-{index}", mark, one, other)


def _level(row: Row | Fold) -> Level:
    if isinstance(row, Row):
        return Level(str(row.number), row.mark, _box(row, row.left, 0), _box(row, row.right, 1))
    ends = [_title(one) for one in (row.rows[0], row.rows[-1])]
    words = f"{len(row.rows)} equal: {ends[0]} … {ends[1]}"
    return Level(str(row.rows[0].number), "=", words=words)


def _title(row: Row) -> str:
    step = row.left or row.right
    return step_title(step)[0] if step is not None else ""


def _box(row: Row, step: Step | None, side: int) -> Box | None:
    if step is None:
        return None
    name, cls = step_title(step)
    told = [(one.argument, (one.left_setting, one.right_setting)[side]) for one in row.told]
    lines = [f"{name}={one.value!r} {one.origin}" for name, one in told if one is not None]
    words = [one.words or words_of(one) for one in row.told if one.left_setting is one.right_setting]
    params = f", {count_text(step.params)} params" if step.params else ""
    return Box(name, (cls, f"{shape_text(step.shape)}{params}", *lines, *words))


# Edges

Edge = tuple[int, int]


def _edges(found: Diff, shown: Sequence[Row | Fold], levels: Sequence[Level], side: int) -> Iterable[Edge]:
    """Pairs of levels, each once."""
    chain = (found.comparison.left, found.comparison.right)[side]
    inputs = len(levels) - len(shown)
    level_of = _level_of(found, shown, inputs, chain, side)
    level_of |= {-index - 1: index for index in range(inputs)}
    ends = (
        (level_of[source], level_of[number])
        for number, step in enumerate(chain.steps)
        for source in step.inputs
        if source in level_of and number in level_of
    )
    return dict.fromkeys(edge for edge in ends if edge[0] < edge[1])


def _level_of(
    found: Diff, shown: Sequence[Row | Fold], inputs: int, chain: Chain, side: int
) -> dict[int, int]:
    """By the number of a step, the level that it stands in."""
    made: dict[int, int] = {}
    for level, row in enumerate(shown, inputs):
        for one in row.rows if isinstance(row, Fold) else (row,):
            number = found.comparison.pairs[one.number][side]
            if number is not None:
                made[number] = level
    owners = {number: step.owner for number, step in enumerate(chain.steps) if step.owner is not None}
    return made | {
        number: made[owner] for number, owner in owners.items() if number not in made and owner in made
    }


def _lanes(edges: Iterable[Edge], levels: Sequence[Level], side: int) -> dict[Edge, int]:
    """The lane of each edge that has to go around boxes; short ones are the closest."""
    lanes: list[list[Edge]] = []
    found: dict[Edge, int] = {}
    for start, end in sorted(edges, key=lambda edge: edge[1] - edge[0]):
        if not any(levels[between].has(side) for between in range(start + 1, end)):
            continue
        free = (
            number
            for number, taken in enumerate(lanes)
            if all(end <= first or last <= start for first, last in taken)
        )
        number = next(free, len(lanes))
        if number == len(lanes):
            lanes.append([])
        lanes[number].append((start, end))
        found[start, end] = number
    return found


def _path(
    edge: Edge, lane: int | None, levels: Sequence[Level], tops: Sequence[float], left: float, side: int
) -> str:
    """An edge: straight down, or out of the box's outer side, down its lane and in again."""
    start, end = edge
    if lane is None:
        x, from_y = left + BOX_WIDTH / 2, tops[start] + _height(levels[start], side)
        return f'<path class="edge" d="M{x:.1f} {from_y:.1f}V{tops[end]:.1f}{ARROW}"/>'
    out = 1 if side else -1
    x = left + (BOX_WIDTH if side else 0.0)
    aside = x + out * (lane + 1) * LANE
    from_y, to_y = tops[start] + BOX_HEIGHT * 0.7, tops[end] + BOX_HEIGHT * 0.3
    return (
        f'<path class="edge" d="M{x:.1f} {from_y:.1f}Q{aside:.1f} {from_y:.1f} {aside:.1f} {from_y + 14:.1f}'
        f"V{to_y - 14:.1f}Q{aside:.1f} {to_y:.1f} {x:.1f} {to_y:.1f}m{out * 6} -4l{-out * 6} 4l{out * 6} 4"
        '"/>'
    )


def _height(level: Level, side: int) -> float:
    box = (level.left, level.right)[side]
    return BOX_HEIGHT if box is None else BOX_HEIGHT + (len(box.lines) - 1) * LINE


# Boxes


def _drawn(level: Level, top: float, lefts: tuple[float, float]) -> Iterator[str]:
    if level.words:
        yield _fold(level, top, lefts)
        return
    middle = (lefts[0] + BOX_WIDTH + lefts[1]) / 2
    sign, kind = SIGNS[level.mark], KINDS[level.mark]
    yield f'<text class="sign{kind}" x="{middle:.1f}" y="{top + 28:.1f}">{sign}</text>'
    for box, left in zip((level.left, level.right), lefts, strict=True):
        if box is not None:
            yield _one(box, level, left, top)


def _one(box: Box, level: Level, left: float, top: float) -> str:
    plain = 0 if level.key.startswith("input") else 1
    lines = "".join(
        f'<text class="{"kind" if index <= plain else "argument"}" x="10" y="{37 + index * LINE:g}">'
        f"{text(cut(line))}</text>"
        for index, line in enumerate(box.lines)
    )
    height = BOX_HEIGHT + (len(box.lines) - 1) * LINE
    return (
        f'<g class="box{KINDS[level.mark]}" data-row="{level.key}" tabindex="0"'
        f' transform="translate({left:.1f} {top:.1f})">'
        f"<title>{text(chr(10).join((box.title, *box.lines)))}</title>"
        f'<rect width="{BOX_WIDTH:g}" height="{height:g}" rx="6"/>'
        f'<text class="name" x="10" y="20">{text(cut(box.title, LONGEST_TITLE))}</text>{lines}</g>'
    )


def _fold(level: Level, top: float, lefts: tuple[float, float]) -> str:
    width = lefts[1] + BOX_WIDTH - lefts[0]
    return (
        f'<a href="#{WHOLE}"><g class="box fold" transform="translate({lefts[0]:.1f} {top:.1f})">'
        f"<title>{text(level.words)}\nShow all layers</title>"
        f'<rect width="{width:g}" height="{BOX_HEIGHT:g}" rx="6"/>'
        f'<text class="sign" x="{width / 2:g}" y="28">{text(cut(level.words, 72))}</text></g></a>'
    )
