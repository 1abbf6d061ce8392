"""Iterators over lists that may change while they are walked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from kerlint.python.containers import IteratorValue, ListValue
from kerlint.python.refs import Join, Value

NOTHING_KNOWN: Final[tuple[list[Value], bool, int, int, None]] = ([], True, 0, 0, None)
"""The state of one whose items are not known any more."""


class LiveValue(IteratorValue):
    """`iter`, `enumerate`, `zip` and `reversed` over lists: they see what happens to the lists meanwhile.

    Each source is a ListValue or a plain list; `row` makes an item of its index and one item of each.
    `sources` is None when the end was reached, or nothing is known any more: then it is like any iterator.
    """

    __slots__ = ("index", "left", "more", "row", "sources", "start")

    def __init__(
        self,
        sources: Sequence[ListValue | list[Value]],
        row: Callable[..., Value],
        *,
        backwards: bool = False,
    ) -> None:
        self.sources: Sequence[ListValue | list[Value]] | None = sources
        self.row = row
        self.index = 0
        self.start = _length(sources[0]) - 1 if backwards else None
        self.left: list[Value] = []
        self.more = False
        super().__init__([])

    @property
    def items(self) -> list[Value]:
        """The items that are left."""
        if self.sources is None:
            return self.left
        made = []
        for index in range(self.index, self.index + self._count()):
            made.append(self._row(index))
        return made

    @items.setter
    def items(self, items: list[Value]) -> None:
        self.left = items

    @property
    def open(self) -> bool:
        """Whether there may be more items than these."""
        return self.more if self.sources is None else self._may_go_on()

    @open.setter
    def open(self, opened: bool) -> None:
        if self.sources is not None and opened:
            self.left, self.sources = self.items, None
        self.more = opened

    def _position(self, index: int) -> int:
        return index if self.start is None else self.start - index

    def _count(self) -> int:
        """How many certain items are left."""
        assert self.sources is not None
        if self.start is not None:
            position = self._position(self.index)
            return position + 1 if position < _length(self.sources[0]) else 0
        return max(min(_length(source) for source in self.sources) - self.index, 0)

    def _may_go_on(self) -> bool:
        """Whether no source of known length ends first."""
        assert self.sources is not None
        end = self.index + self._count()
        if self.start is not None:
            source = self.sources[0]
            return (
                isinstance(source, ListValue) and source.open and self._position(self.index) >= source.steady
            )
        return all(
            isinstance(source, ListValue) and source.open for source in self.sources if _length(source) <= end
        )

    def _row(self, index: int) -> Value:
        assert self.sources is not None
        position = self._position(index)
        rows = [source.items if isinstance(source, ListValue) else source for source in self.sources]
        return self.row(index, *(items[position] for items in rows))

    def state(self) -> Any:
        return (self.left[:], self.more, self.loose, self.index, self.sources)

    def restore(self, state: Any) -> None:
        left, self.more, self.loose, self.index, self.sources = state
        self.left = left[:]

    def merged(self, states: list[Any], join: Join) -> Any:
        first = states[0]
        same = all(state[3] == first[3] and state[4] is first[4] for state in states)
        return first if same and first[4] is not None else NOTHING_KNOWN

    def forget(self) -> None:
        """Nothing is known of the items any more."""
        self.sources, self.left, self.more, self.loose = None, [], True, 0

    def take(self) -> Value:
        """The next item, taken out. Raises IndexError when no certain one is left."""
        if self.sources is None:
            return super().take()
        if self._count() == 0:
            self.more, self.sources = self._may_go_on(), None
            raise IndexError
        self.index += 1
        return self._row(self.index - 1)

    def take_all(self) -> list[Value]:
        """All the certain items, taken out; whether there are more is told by `open`."""
        if self.sources is None:
            return super().take_all()
        taken, self.more, self.sources = self.items, self._may_go_on(), None
        return taken


def _length(source: ListValue | list[Value]) -> int:
    return source.steady if isinstance(source, ListValue) else len(source)
