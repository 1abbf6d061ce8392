"""Calls that Keras would refuse, and which of them count.

A call whose callee or tensors differ by path is made once for each alternative. Where Keras refuses some of
them and not the others, the program means the others: what the paths have to do with each other is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kerlint.model.states import NodeState
    from kerlint.places import Place


class Refusal(NamedTuple):
    """One call, with words close to Keras's own."""

    place: Place | None
    words: str
    node: NodeState | None


class Refusals:
    """What was refused so far, in order."""

    def __init__(self) -> None:
        self._found: list[Refusal] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: Place | None, words: str, node: NodeState | None = None) -> None:
        """Keras raises here, in the call that made the node if there is one."""
        self._found.append(Refusal(place, words, node))
        if node is not None:
            node.error = words

    def settle(self, counts: Sequence[int]) -> None:
        """Take back what some alternatives of a call met and others did not.

        `counts` says how many refusals there were before the first alternative, and after each.
        """
        if all(before < after for before, after in pairwise(counts)):
            return
        for refusal in self._found[counts[0] :]:
            if refusal.node is not None:
                refusal.node.error = None
        del self._found[counts[0] :]

    def told(self) -> tuple[tuple[Place, str], ...]:
        """Those that can be shown, as facts."""
        return tuple((one.place, one.words) for one in self._found if one.place is not None)
