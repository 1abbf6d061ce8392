"""Lines of the files that findings are in, for formats that quote them and baselines that hash them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from kerlint.report.run import Lines, split_lines
from kerlint.source import read
from kerlint.text.encoding import SourceError, decode


def line_reader(known: Mapping[str, bytes]) -> Lines:
    """A function from (filename, cell) to lines; files that are not in `known` are read from disk.

    It gives None for what cannot be read.
    """

    def lines(filename: str, cell: int | None) -> Sequence[str] | None:
        cells = cells_of(filename)
        return None if cells is None else cells.get(cell)

    @lru_cache(maxsize=8)
    def cells_of(filename: str) -> Mapping[int | None, Sequence[str]] | None:
        try:
            data = known.get(filename)
            if data is None:
                with open(filename, "rb") as file:
                    data = file.read()
            return _cells(filename, decode(data).text)
        except (OSError, ValueError, SourceError):
            return None

    return lines


def _cells(filename: str, text: str) -> Mapping[int | None, Sequence[str]]:
    """The lines of each cell by its number, and under None those of the whole file."""
    found: dict[int | None, Sequence[str]] = {None: split_lines(text)}
    if filename.endswith(".ipynb"):
        from kerlint.text.notebook import read_notebook

        found |= {cell.index: split_lines(cell.source) for cell in read_notebook(text).cells}
    return found


def program_reader(known: Mapping[str, bytes]) -> Callable[[str], Sequence[str]]:
    """A function from a filename to the rows of its program (of a notebook: its cells joined)."""

    @lru_cache(maxsize=8)
    def rows(filename: str) -> Sequence[str]:
        try:
            data = known.get(filename)
            if data is None:
                with open(filename, "rb") as file:
                    data = file.read()
            return read(data, filename).lines
        except (OSError, ValueError, SourceError):
            return ()

    return rows
