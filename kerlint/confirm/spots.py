"""Which calls of the program led to where Python is now, as regions of the program's text."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FrameType, TracebackType

from kerlint.confirm.recording import Spot


class Spots:
    """Finds the places of one program among the frames of a running process."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self._lines = text.split("\n")
        self._positions = lru_cache(maxsize=None)(_positions)

    def here(self) -> tuple[Spot, ...]:
        """The calls of the program that are under way, innermost first."""
        return tuple(self._walk(sys._getframe(1)))

    def is_program(self, frame: FrameType | None) -> bool:
        """Whether a frame runs the program's own text."""
        return frame is not None and frame.f_code.co_filename == self.path

    def of_traceback(self, traceback: TracebackType | None) -> tuple[Spot, ...]:
        """The places of the program that an exception passed, innermost first."""
        found: list[Spot] = []
        while traceback is not None:
            if self.is_program(traceback.tb_frame):
                spot = self._spot(traceback.tb_frame.f_code, traceback.tb_lasti)
                found += [spot] if spot is not None else []
            traceback = traceback.tb_next
        return tuple(reversed(found))

    def of_row(self, row: int) -> Spot:
        """All of a row, for what is known by its row only."""
        line = self._line(row)
        return (row, len(line) - len(line.lstrip()) + 1, row, len(line) + 1)

    def _walk(self, frame: FrameType | None) -> Iterator[Spot]:
        while frame is not None:
            if self.is_program(frame):
                spot = self._spot(frame.f_code, frame.f_lasti)
                if spot is not None:
                    yield spot
            frame = frame.f_back

    def _spot(self, code: CodeType, at: int) -> Spot | None:
        """The expression that an instruction belongs to."""
        positions = self._positions(code)
        index = at // 2
        if not 0 <= index < len(positions):
            return None
        row, end_row, column, end_column = positions[index]
        if row is None or end_row is None or column is None or end_column is None:
            return None
        return (row, self._column(row, column), end_row, self._column(end_row, end_column))

    def _column(self, row: int, offset: int) -> int:
        """Bytes before, as CPython counts, to a 1-based column of code points."""
        line = self._line(row)
        return (offset if line.isascii() else len(line.encode()[:offset].decode(errors="ignore"))) + 1

    def _line(self, row: int) -> str:
        return self._lines[row - 1] if 0 < row <= len(self._lines) else ""


def _positions(code: CodeType) -> list[tuple[int | None, int | None, int | None, int | None]]:
    return list(code.co_positions())
