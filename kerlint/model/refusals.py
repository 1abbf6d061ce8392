"""Calls that Keras would refuse, and which of them count.

A call whose callee or tensors differ by path is made once for each alternative. What Keras refuses in some of
them and not in others the program does not mean: what the paths have to do with each other is not known.
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
        """Take back what was refused in some alternatives of a call, and in others not at the same place.

        `counts` says how many refusals there were before the first alternative, and after each.
        """
        met = [{_key(one) for one in self._found[start:end]} for start, end in pairwise(counts)]
        everywhere = set.intersection(*met) if met else set()
        kept = []
        for refusal in self._found[counts[0] :]:
            if _key(refusal) in everywhere:
                kept.append(refusal)
            elif refusal.node is not None:
                refusal.node.error = None
        self._found[counts[0] :] = kept

    def told(self) -> tuple[tuple[Place, str], ...]:
        """Those that can be shown, as facts."""
        return tuple((one.place, one.words) for one in self._found if one.place is not None)


def _key(refusal: Refusal) -> object:
    return refusal.place.key if refusal.place is not None else None
