"""JSON Lines: the objects of the JSON format, one a line, for streams and logs."""

from __future__ import annotations

from kerlint.report.json_list import items
from kerlint.report.json_text import dump
from kerlint.report.run import Run


def render(run: Run) -> str:
    """One object a line; empty when nothing was found."""
    return "".join(dump(item, indent=None) + "\n" for item in items(run))
