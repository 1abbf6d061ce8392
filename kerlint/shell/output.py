"""Putting results out: bytes on standard output, one line a reason on standard error."""

from __future__ import annotations

import sys

from kerlint.replay import Record


def write(result: Record) -> None:
    """Print what a run gave. Raises BrokenPipeError when nobody reads on."""
    complain(result.errors)
    sys.stdout.flush()
    sys.stdout.buffer.write(result.out)
    sys.stdout.buffer.flush()


def complain(lines: str) -> None:
    """Print lines to standard error; names that the terminal's encoding lacks are escaped."""
    if lines:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(lines.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()


def encoded(text: str) -> bytes:
    """Text for standard output in its encoding; what that lacks, or is half a character, is escaped."""
    return text.encode(sys.stdout.encoding or "utf-8", "backslashreplace")
