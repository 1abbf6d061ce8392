"""What the terminal can take: colours, width, and a progress bar for runs that last."""

from __future__ import annotations

import os
import sys
import time

_PATIENCE = 1.0
"""Seconds before a progress bar appears."""
_STEP = 0.1
_BAR = 30


def wants_colour(asked: bool | None, to_file: bool) -> bool:
    """Whether to colour: as asked, else NO_COLOR and FORCE_COLOR (no-color.org), else on a terminal."""
    if asked is not None:
        return asked
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return not to_file and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Columns for source excerpts: `$COLUMNS`, else those of the terminal, else 110."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given):
        return max(40, int(given))
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return 110


class Progress:
    """A bar on standard error, for a terminal only, and only once a run takes longer than a second."""

    def __init__(self, total: int, things: str = "files") -> None:
        self._total = total
        self._things = things
        self._done = 0
        self._next = time.monotonic() + _PATIENCE
        self._is_on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._is_shown = False

    def advance(self) -> None:
        """One more file is done."""
        self._done += 1
        if time.monotonic() >= self._next:
            self.show()

    def show(self) -> None:
        """Draw the bar now: what comes next lasts."""
        if self._is_on and self._total:
            self._next = time.monotonic() + _STEP
            self._is_shown = True
            full = _BAR * self._done // self._total
            bar = "#" * full + "." * (_BAR - full)
            print(f"\r[{bar}] {self._done}/{self._total} {self._things}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the bar away."""
        if self._is_shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
            self._is_shown = False
