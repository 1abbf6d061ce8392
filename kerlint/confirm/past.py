"""What can still be seen behind a statement that Keras refuses: the program is run again without it.

The program is another one then, so that only what lies in the flagged object itself is taken from such a run: what it
gives whatever it is fed, how an argument of its own was resolved. Nothing is refuted by it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from kerlint.confirm.cells import in_cells
from kerlint.confirm.marking import SOFT
from kerlint.confirm.probing.saying import overlap, stopped
from kerlint.confirm.recording import Raised, Recording
from kerlint.probes import Property

MOST_LEFT_OUT = 3
TRAINS = re.compile(r"\s*(?:\w+\s*=\s*)?[\w.]+\.(?:fit|fit_generator|evaluate|predict|train_on_batch)\(")
"""A statement that makes nothing of the model."""
KINDS = ("Resolves", "CompiledAs")
OF_ITSELF = frozenset({Property.CONSTANT_OUTPUT, Property.BOUNDED_OUTPUT})
"""Properties that an object has whatever came before it."""


class Past:
    """The run behind the failures of a recording, made when it is first asked for."""

    def __init__(self, first: Recording) -> None:
        self._first = first
        self._failures: list[tuple[int, Raised]] = []

    def narrowed(self, finding: Mapping[str, Any]) -> dict[str, Any] | None:
        """The finding with what such a run may show of it; None where that is nothing."""
        raised = self._first.raised
        region = tuple(finding["region"])
        if raised is None or not raised.own or not isinstance(raised.error, Exception):
            return None
        if raised.region is not None and overlap(region, raised.region):
            return None
        if not self._failures_are_left_out:
            return None
        expects = [one for one in finding["expects"] if _is_of_itself(one) or self._only_trained(one)]
        return {**finding, "expects": expects} if expects else None

    @cached_property
    def recording(self) -> Recording:
        """The last run; the first where nothing can be left out."""
        recording = self._first
        while (raised := recording.raised) is not None and len(self._failures) < MOST_LEFT_OUT:
            row = statement_of(recording.text, raised)
            if row is None or any(row == known for known, _ in self._failures):
                break
            self._failures.append((row, raised))
            found = self._first.past(frozenset(row for row, _ in self._failures))
            if found is None:
                break
            recording = found
        return recording

    @property
    def _failures_are_left_out(self) -> bool:
        return self.recording is not self._first

    def _only_trained(self, expected: Mapping[str, Any]) -> bool:
        """Whether Keras's refusal of a later call counts: what is left out made nothing, it trained or predicted."""
        return expected["kind"] == "Raises" and all(
            TRAINS.match(self._first.text.split("\n")[row - 1]) for row, _ in self._failures
        )

    def is_to_blame(self, evidence: str) -> bool:
        """Whether evidence says no more than where the program stopped."""
        return self._first.raised is not None and evidence.startswith(stopped(self._first.raised)[:40])

    def words(self, cells: Sequence[Sequence[int]]) -> str:
        """What was left out, in brackets."""
        rows = [in_cells(f"line {row}", cells) for row, _ in self._failures]
        return f" (without {', '.join(rows)}, which Keras refuses)"


def _is_of_itself(expected: Mapping[str, Any]) -> bool:
    return expected["kind"] in KINDS or (
        expected["kind"] == "Holds" and Property(expected["what"]) in OF_ITSELF
    )


def statement_of(text: str, raised: Raised) -> int | None:
    """The row of the innermost statement on the way to an exception that a program can do without."""
    tree = ast.parse(text)
    statements = [node for node in ast.walk(tree) if isinstance(node, SOFT)]
    for row, *_ in raised.chain:
        around = [node for node in statements if node.lineno <= row <= (node.end_lineno or node.lineno)]
        if around:
            return max(node.lineno for node in around)
    return None
