"""The part of a program that a finding's objects depend on, with every row and column where it was.

Backward from the finding's statements by names and by what changes their objects; forward along what makes
Keras objects out of them, for a layer is judged in its model. Functions and classes are kept whole.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from kerlint.confirm.pieces import Piece


@dataclass(frozen=True, slots=True)
class Wanted:
    """What decides on a slice. Rows are the program's."""

    seeds: frozenset[int]
    """Rows of the finding and of what it is related to."""
    making: frozenset[int]
    """Rows of calls of Keras."""
    optional: frozenset[int]
    """Rows of calls that are left out unless something needs their results: trainings, plots."""


class Slicer:
    """Slices of one program."""

    def __init__(self, pieces: Sequence[Piece], standing_in: Callable[[Piece], Collection[str]]) -> None:
        self.pieces = pieces
        self._standing_in = standing_in
        """Names of a piece whose values do not matter: stand-ins take their place."""
        self._definers: dict[str, list[Piece]] = {}
        for piece in pieces:
            for name in piece.binds | piece.changes:
                self._definers.setdefault(name, []).append(piece)

    def slice(self, wanted: Wanted) -> list[Piece]:
        """The pieces to keep, in order."""
        makers = self._makers(wanted)
        kept = {piece for piece in self.pieces if piece.is_setting or _may_matter_to_all(piece)}
        kept |= self.backward(piece for piece in self.pieces if _holds(piece, wanted.seeds))
        while True:
            more = {
                piece
                for piece in self.pieces
                if piece in makers and piece not in kept and self._follows(piece, kept & makers)
            }
            if not more and not any(piece.binds or piece.changes for piece in kept & makers):
                more = makers  # it is about all of the program: a seed, a setting
            if more <= kept:
                return sorted(kept | self.backward(kept), key=lambda piece: piece.index)
            kept |= self.backward(more)

    def backward(self, wanted: Iterable[Piece]) -> set[Piece]:
        """The pieces and all that they depend on."""
        found: set[Piece] = set()
        front = list(wanted)
        while front:
            piece = front.pop()
            if piece not in found:
                found.add(piece)
                front += [one for name in self._needed(piece) for one in self.sources(name, piece)]
        return found

    def sources(self, name: str, reader: Piece) -> list[Piece]:
        """The pieces that a name's value at `reader` comes from: the last binding, and changes since."""
        known = self._definers.get(name, [])
        if reader.is_definition:
            return [piece for piece in known if piece is not reader]
        found: list[Piece] = []
        for piece in reversed([one for one in known if one.index < reader.index]):
            found.append(piece)
            if name in piece.rebinds:
                break
        return found or [piece for piece in known if piece is not reader and name in piece.binds]

    def _needed(self, piece: Piece) -> set[str]:
        return set((piece.reads | piece.changes) - frozenset(self._standing_in(piece)))

    def _makers(self, wanted: Wanted) -> set[Piece]:
        """The pieces that make or use Keras objects, or call a function that does."""
        makers = {piece for piece in self.pieces if _holds(piece, wanted.making) and not piece.is_import}
        makers -= {piece for piece in makers if piece.is_simple and _only(piece, wanted)}
        makers |= {piece for piece in self.pieces if piece.assigns or _holds(piece, wanted.seeds)}
        optional = {piece for piece in self.pieces if piece.is_simple and _holds(piece, wanted.optional)}
        while True:
            names = {name for piece in makers if piece.is_definition for name in piece.binds}
            more = {
                piece
                for piece in self.pieces
                if piece not in makers and piece not in optional and piece.reads & names
            }
            if not more:
                return makers
            makers |= more

    def _follows(self, piece: Piece, kept: set[Piece]) -> bool:
        """Whether a piece takes what one of those kept made."""
        return any(
            source in kept
            for name in piece.reads | piece.changes
            if name not in piece.modules
            for source in self.sources(name, piece)
        )


def _may_matter_to_all(piece: Piece) -> bool:
    """Whether it is an import for the whole program: from the future, or of nobody knows which names."""
    return piece.is_import and (getattr(piece.node, "module", None) == "__future__" or "*" in piece.binds)


def _holds(piece: Piece, rows: Collection[int]) -> bool:
    return any(row in rows for row in range(piece.first_row, piece.last_row + 1))


def _only(piece: Piece, wanted: Wanted) -> bool:
    """Whether all that Keras does in a piece may be left out."""
    rows = {row for row in range(piece.first_row, piece.last_row + 1) if row in wanted.making}
    return rows <= wanted.optional


def blanked(text: str, kept: Iterable[Piece]) -> str:
    """The program with blank rows where nothing is kept."""
    rows: set[int] = set()
    for piece in kept:
        rows.update(range(piece.first_row, piece.last_row + 1))
        if piece.guard is not None:
            rows.update(range(piece.guard.lineno, _first_of(piece.guard)))
    lines = text.split("\n")
    return "\n".join(line if row in rows else "" for row, line in enumerate(lines, start=1))


def _first_of(guard: ast.If) -> int:
    """The first row of a guard's body."""
    first = guard.body[0]
    decorators: list[ast.expr] = getattr(first, "decorator_list", [])
    return max(guard.lineno + 1, min([first.lineno, *(one.lineno for one in decorators)]))
