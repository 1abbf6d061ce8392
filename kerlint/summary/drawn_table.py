"""The frame of a table as Keras draws it with rich: heavy head, light rows, columns as wide as they must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from kerlint.report.printable import text_width

_CORNERS = {
    "top": ("┏", "━", "┳", "┓"),
    "head": ("┡", "━", "╇", "┩"),
    "row": ("├", "─", "┼", "┤"),
    "bottom": ("└", "─", "┴", "┘"),
}


def drawn(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], right: int) -> str:
    """The table; `right` is the column set to the right.

    Cells break at spaces where they are wider than the column's width; a longer word widens the column.
    """
    sizes = [
        max(least, *(text_width(word) for line in (head, *rows) for word in line[index].split(" ")))
        for index, least in enumerate(widths)
    ]
    lines = [_rule("top", sizes), *_lines("┃", head, sizes, right), _rule("head", sizes)]
    for index, row in enumerate(rows):
        lines += [_rule("row", sizes)] if index else []
        lines += _lines("│", row, sizes, right)
    return "".join(f"{line}\n" for line in (*lines, _rule("bottom", sizes)))


def _rule(kind: str, sizes: Sequence[int]) -> str:
    left, fill, between, right = _CORNERS[kind]
    return left + between.join(fill * (size + 2) for size in sizes) + right


def _lines(bar: str, cells: Sequence[str], sizes: Sequence[int], right: int) -> Iterator[str]:
    """The lines of a row, as many as its longest cell has."""
    broken = [_broken(cell, size) for cell, size in zip(cells, sizes, strict=True)]
    for level in zip_longest(*broken, fillvalue=""):
        padded = [_padded(*part, index == right) for index, part in enumerate(zip(level, sizes, strict=True))]
        yield bar + bar.join(f" {cell} " for cell in padded) + bar


def _broken(cell: str, size: int) -> list[str]:
    """A cell in lines of at most `size`, broken at spaces."""
    lines = [""]
    for word in cell.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and text_width(longer) > size:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _padded(cell: str, size: int, to_the_right: bool) -> str:
    fill = " " * (size - text_width(cell))
    return fill + cell if to_the_right else cell + fill
