"""The trail: undo one path of the program before another is walked, then keep or join what they did.

As in Prolog machines, a mutable value is saved the first time it changes after a mark. Walking an `if`
whose test is unknown is: mark, walk one arm, `undo` (which hands back what the arm had changed), mark,
walk the other arm, `undo`, and then `redo` one of them, or both joined. Outside any mark the trail costs
one comparison per mutation.
"""

from __future__ import annotations

from itertools import count
from typing import Any, Protocol

from kerlint.python.refs import Join, next_serial


class Mutable(Protocol):
    """What the trail can save: `stamp` belongs to the trail."""

    stamp: int
    serial: int

    @property
    def keeper(self) -> Mutable:
        """The value that holds the state: itself, unless it is a view of another one."""

    def state(self) -> Any:
        """A shallow copy of everything that can change."""

    def restore(self, state: Any) -> None:
        """Take such a copy back."""

    def merged(self, states: list[Any], join: Join) -> Any:
        """One state for several paths."""


Changes = dict[int, tuple[Mutable, Any]]
"""What one path changed: by id, the value and its state at the end of the path."""


class Trail:
    """A stack of marks; each holds the states of the values that changed since."""

    def __init__(self) -> None:
        self._epochs = count(1)
        self._marks: list[tuple[int, int, list[tuple[Mutable, Any, int]]]] = []
        self.epoch = 0
        self._newest = 0

    def mark(self) -> None:
        """Start a stretch that can be undone. Values made later need no saving."""
        self.epoch = next(self._epochs)
        self._newest = next_serial()
        self._marks.append((self.epoch, self._newest, []))

    def touch(self, value: Mutable) -> None:
        """Say that `value` is about to change."""
        if value.stamp < self.epoch and value.serial < self._newest:
            if value.keeper is not value:
                self.touch(value.keeper)
                return
            self._marks[-1][2].append((value, value.state(), value.stamp))
            value.stamp = self.epoch

    def undo(self) -> Changes:
        """Take everything back since the last mark, drop the mark, and return what had changed."""
        log = self._drop()
        changes: Changes = {}
        for value, state, stamp in reversed(log):
            changes[id(value)] = (value, value.state())
            value.restore(state)
            value.stamp = stamp
        return changes

    def commit(self) -> None:
        """Keep everything since the last mark and drop the mark (an outer mark can still undo it)."""
        log = self._drop()
        for value, state, stamp in log:
            if stamp < self.epoch and value.serial < self._newest:
                self._marks[-1][2].append((value, state, stamp))
                value.stamp = self.epoch
            else:
                value.stamp = stamp

    @property
    def depth(self) -> int:
        """The number of marks."""
        return len(self._marks)

    def changes_since(self, depth: int) -> Changes:
        """What has changed since the mark that was made at this depth, without undoing it."""
        touched = {id(value): value for mark in self._marks[depth:] for value, _, _ in mark[2]}
        return {key: (value, value.state()) for key, value in touched.items()}

    @property
    def is_clean(self) -> bool:
        """Whether nothing older than the last mark has changed since."""
        return not self._marks[-1][2]

    def _drop(self) -> list[tuple[Mutable, Any, int]]:
        log = self._marks.pop()[2]
        self.epoch, self._newest = self._marks[-1][:2] if self._marks else (0, 0)
        return log

    def redo(self, changes: Changes) -> None:
        """Make the changes of an undone path again."""
        for value, state in changes.values():
            self.touch(value)
            value.restore(state)
