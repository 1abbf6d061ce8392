"""Layers and models that were given to code which is not followed: it may have done anything to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kerlint.model.states import LayerState
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, Value

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments

DEEPEST = 4
"""Containers and objects around a layer that is still seen in them."""


class Handed:
    """Which layers were given away, by serial, each with the first call that took it."""

    def __init__(self) -> None:
        self._takers: dict[int, Place] = {}

    def note(self, arguments: Arguments, place: Place) -> None:
        """A call of something unknown takes these arguments."""
        for value in arguments.values():
            for layer in _layers_in(value, DEEPEST):
                self._takers.setdefault(layer.serial, place)

    @property
    def serials(self) -> frozenset[int]:
        """The layers that were given away."""
        return frozenset(self._takers)

    def takers(self, serials: Iterable[int]) -> tuple[Place, ...]:
        """The calls that took any of these layers."""
        return tuple(dict.fromkeys(self._takers[one] for one in serials if one in self._takers))


def _layers_in(value: Value, depth: int) -> Iterator[LayerState]:
    """The layers in a structure, and those that an object of the user's holds."""
    inner: Iterable[Value] = ()
    match value:
        case Instance(native=LayerState() as layer):
            yield layer
        case Instance():
            inner = value.attributes.values()
        case tuple():
            inner = value
        case ListValue():
            inner = value.items
        case DictValue():
            inner = value.items.values()
        case OneOf():
            inner = value.alternatives
    if depth:
        for one in inner:
            yield from _layers_in(one, depth - 1)
