"""Lists, dicts and sets, as far as their contents are known.

A container is `open` when something may be in it that is not in `items`.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from kerlint.python.refs import GAP, Join, Ref, Value

T = TypeVar("T")


class ListValue(Ref):
    """A list. Of an open one the last `loose` items only may be in it, somewhere behind the first ones."""

    __slots__ = ("items", "loose", "open")

    def __init__(self, items: list[Value], *, open: bool = False, loose: int = 0) -> None:
        super().__init__()
        self.items = items
        self.open = open
        self.loose = loose

    @property
    def steady(self) -> int:
        """How many of the first items are certain."""
        return len(self.items) - self.loose if self.open else len(self.items)

    def state(self) -> Any:
        return (self.items[:], self.open, self.loose)

    def restore(self, state: Any) -> None:
        items, self.open, self.loose = state
        self.items = items[:]

    def merged(self, states: list[Any], join: Join) -> Any:
        firsts = [items[: len(items) - loose] if opened else items for items, opened, loose in states]
        length = min(len(items) for items in firsts)
        joined = [join([items[index] for items in firsts]) for index in range(length)]
        opened = any(opened for _, opened, _ in states) or any(len(items) != length for items in firsts)
        if not opened:
            return (joined, False, 0)
        known = {id(item) for items in firsts for item in items[:length]}
        rest: dict[int, Value] = {id(GAP): GAP}
        for items, _, _ in states:
            rest.update({id(item): item for item in items[length:] if id(item) not in known})
        return ([*joined, *rest.values()], True, len(rest))

    def add(self, items: list[Value]) -> None:
        """Put items at the end; where the end is not known, they are loose."""
        if self.open:
            items = items if self.loose else [GAP, *items]
            self.loose += len(items)
        self.items = self.items + items

    def forget(self) -> None:
        """Nothing is known of the contents any more."""
        self.items, self.open, self.loose = [], True, 0


class IteratorValue(ListValue):
    """A generator, `map`, `filter` and the like: the items that are left; iterating takes them out."""

    __slots__ = ()

    def take(self) -> Value:
        """The next item, taken out. Raises IndexError when no certain one is left."""
        if not self.steady:
            raise IndexError
        return self.items.pop(0)

    def take_all(self) -> list[Value]:
        """All the certain items, taken out; whether there are more is told by `open`."""
        taken = self.items[: self.steady]
        self.items, self.loose = [], 0
        return taken


class ViewValue(ListValue):
    """The keys, values or items of a dict, as they were when the view was made."""

    __slots__ = ()


class DequeValue(ListValue):
    """A `collections.deque` without a greatest length."""

    __slots__ = ()


class _Keyed(Ref, Generic[T]):
    """What is looked up by known constants or `Ref`s; `open` when there may be more in it."""

    __slots__ = ("items", "open")

    def __init__(self, items: dict[Value, T], *, open: bool = False) -> None:
        super().__init__()
        self.items = items
        self.open = open

    def state(self) -> Any:
        return (dict(self.items), self.open)

    def restore(self, state: Any) -> None:
        items, self.open = state
        self.items = dict(items)

    def forget(self) -> None:
        """Nothing is known of the contents any more."""
        self.items, self.open = {}, True


class DictValue(_Keyed[Value]):
    """A dict; keys are known constants or `Ref`s. `factory` is a `defaultdict`'s, or None."""

    __slots__ = ("factory",)

    def __init__(self, items: dict[Value, Value], *, open: bool = False, factory: Value = None) -> None:
        super().__init__(items, open=open)
        self.factory = factory

    def merged(self, states: list[Any], join: Join) -> Any:
        first = states[0][0]
        common = [key for key in first if all(key in items for items, _ in states)]
        joined = {key: join([items[key] for items, _ in states]) for key in common}
        same = all(list(items) == common for items, _ in states)
        return (joined, not same or any(opened for _, opened in states))


class SetValue(_Keyed[None]):
    """A set of known hashable values; `frozen` for a frozenset."""

    __slots__ = ("frozen",)

    def __init__(self, items: dict[Value, None], *, open: bool = False, frozen: bool = False) -> None:
        super().__init__(items, open=open)
        self.frozen = frozen

    def merged(self, states: list[Any], join: Join) -> Any:
        common = {key: None for key in states[0][0] if all(key in items for items, _ in states)}
        same = all(len(items) == len(common) for items, _ in states)
        return (common, not same or any(opened for _, opened in states))


Container = ListValue | DictValue | SetValue
