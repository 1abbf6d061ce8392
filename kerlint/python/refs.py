"""What all values have in common: the unknown, the choice between paths, and identity."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = Any
"""Any member of the evaluator's domain (see `kerlint.python.values`)."""

Path: TypeAlias = tuple[tuple[int, int], ...]
"""Which arm was taken at which undecided branch."""

Join: TypeAlias = "Callable[[list[Value]], Value]"
"""Makes one value of several."""

_serials = count(1)
next_serial: Final[Callable[[], int]] = _serials.__next__
"""Gives a fresh serial: larger than that of any value made so far."""


class Unknown:
    """A value nothing is known of, with the reason in a few words (for `--verbose` and `gave_up`).

    It may be one of the mutable values that it `hides`, or be reached from them; `acts` when calling it may
    change them.
    """

    __slots__ = ("acts", "hides", "reason")

    def __init__(self, reason: str = "not known", hides: tuple[Ref, ...] = (), *, acts: bool = False) -> None:
        self.reason = reason
        self.hides = hides
        self.acts = acts

    def is_same(self, other: Unknown) -> bool:
        """Whether nothing tells it from another of its kind."""
        return True

    def __repr__(self) -> str:
        return f"Unknown({self.reason!r})"


UNKNOWN: Final = Unknown()
ABSENT: Final = Unknown("exists on some paths only")
GAP: Final = Unknown("items that nobody knows")
"""Stands in an open list before its loose items: they do not follow what stands before."""


class OneOf:
    """A value that is one of a few alternatives, each with the path on which it is that."""

    __slots__ = ("alternatives", "paths")

    def __init__(self, alternatives: tuple[Value, ...], paths: tuple[Path, ...]) -> None:
        self.alternatives = alternatives
        self.paths = paths

    def __repr__(self) -> str:
        return f"OneOf{self.alternatives!r}"


class Ref:
    """A value with identity. `serial` grows with time, so it also tells what existed before what."""

    __slots__ = ("serial", "stamp")

    def __init__(self) -> None:
        self.serial = next(_serials)
        self.stamp = 0

    @property
    def keeper(self) -> Ref:
        """The value that holds the state: itself, unless it is a view of another one."""
        return self

    def state(self) -> Any:
        """A shallow copy of what can change, for the trail; None when nothing can."""
        return None

    def restore(self, state: Any) -> None:
        """Take back a state that `state` gave."""

    def merged(self, states: list[Any], join: Join) -> Any:
        """One state for several paths that all lead on from here; `join` makes one value of several."""
        return states[0]


def merged_names(states: list[dict[Any, Value]], join: Join) -> dict[Any, Value]:
    """Join dicts of names; a name that some path lacks becomes `ABSENT`."""
    first, *others = states
    keys = {key: None for state in states for key in state}
    made = {}
    for key in keys:
        value = first.get(key, ABSENT)
        for other in others:
            if other.get(key, ABSENT) is not value:
                value = join([state.get(key, ABSENT) for state in states])
                break
        made[key] = value
    return made
