"""The shape of an input that is not known, axis by axis: what the code around has made sure of.

Code that checks a shape before it goes on (`if len(shape) != 3: raise`, `if shape[0] < 32: raise`) tells its
rank and bounds. An axis may be free (`None`) or have a size. Most models are the same either way; where they
were found to differ, each way is walked on its own.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import product
from typing import TYPE_CHECKING, Final, TypeAlias

from kerlint.keras_api.sizes import Origin, SizeDim, SizeValue
from kerlint.model.sites import OWN_ROOTS
from kerlint.python.conditions import (
    ITEM,
    LENGTH,
    NOT_TAKEN,
    TAKEN,
    Atom,
    Constant,
    Operand,
)
from kerlint.python.formulas import operand_for, part_of
from kerlint.python.joining import alternatives, both
from kerlint.python.values import ListValue, OneOf, Path, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

_NONE: Final = Constant("None", None)
_HIGHEST_RANK: Final = 8


Options: TypeAlias = list[tuple[Value, Path]]
"""What something can be, each with the path on which it is that."""


def spelled_out(
    domain: KerasDomain, shape: Value, place: Place, *, told_apart: frozenset[Hashable] | None = None
) -> Value:
    """The shape that an input is given, with extents that can be computed with where they are not known.

    `told_apart` are the axes whose two ways are told apart, those of the evaluation if not given.
    """
    speller = _Speller(domain, place, domain.told_apart if told_apart is None else told_apart)
    forms = [form for one, path in alternatives(shape) for form in speller.forms(one, path)]
    if len(forms) == 1:
        return forms[0][0]
    return OneOf(tuple(value for value, _ in forms), tuple(path for _, path in forms))


def _is_open(value: Value) -> bool:
    """Whether a value is not known, but the same one wherever it is met."""
    if isinstance(value, Symbol):
        return value.dotted.partition(".")[0] not in OWN_ROOTS
    return type(value) is Unknown


class _Speller:
    """The shape of one input."""

    def __init__(self, domain: KerasDomain, place: Place, told_apart: frozenset[Hashable]) -> None:
        self.interpreter = domain.interpreter
        self.conditions = domain.interpreter.conditions
        self.origins = domain.origins
        self.place = place
        self.told_apart = told_apart

    def forms(self, shape: Value, path: Path) -> Options:
        """A shape that is given on a path: its forms, each with its path."""
        known = self.conditions.known(both(self.interpreter.path, path) or path)
        axes = self._axes(shape, known)
        if axes is None:
            return [(shape, path)]
        made = []
        for choice in product(*axes):
            way: Path | None = path
            for _, own in choice:
                way = None if way is None else both(way, own)
            if way is not None:
                made.append((tuple(value for value, _ in choice), way))
        return made

    def _axes(self, shape: Value, known: Path) -> list[Options] | None:
        """What each item of a shape can be; None where nothing is to be said."""
        if isinstance(shape, ListValue) and not shape.open:
            shape = tuple(shape.items)
        if isinstance(shape, tuple):
            if not any(map(_is_open, shape)):
                return None
            return [self._item(index, item, known) for index, item in enumerate(shape)]
        owner = operand_for(self.interpreter, shape) if _is_open(shape) else None
        if owner is None:
            return None
        rank = self.conditions.constant(part_of(self.interpreter, owner, LENGTH, LENGTH), known)
        if type(rank) is not int or not 0 < rank <= _HIGHEST_RANK:
            return None
        items = [part_of(self.interpreter, owner, index, ITEM) for index in range(rank)]
        holds_none = Atom("In", _NONE, owner)
        return [self._axis(index, item, known, holds_none) for index, item in enumerate(items)]

    def _item(self, index: int, item: Value, known: Path) -> Options:
        """An item of a shape that was written out."""
        operand = operand_for(self.interpreter, item) if _is_open(item) else None
        return [(item, ())] if operand is None else self._axis(index, operand, known, None)

    def _axis(self, index: int, operand: Operand, known: Path, holds_none: Atom | None) -> Options:
        """An axis of unknown size; `holds_none` asks of the whole shape whether any is free."""
        is_none = Atom("Is", operand, _NONE)
        is_free = self._is_free(is_none, holds_none, known)
        if is_free:
            return [(None, ())]
        sized = self.conditions.ways(is_none)[NOT_TAKEN]
        least = self.conditions.least(operand, self.conditions.known((*known, *sized)))
        dim = SizeDim(self.origins.setdefault(operand, Origin((self.place.key, index))), least=least)
        if is_free is False:
            return [(SizeValue(dim.sized()), ())]
        if dim.origin.source not in self.told_apart:
            return [(SizeValue(dim), ())]
        free, sized = self.conditions.suppose(is_none)
        if holds_none is not None:
            free = both(free, self.conditions.ways(holds_none)[TAKEN]) or free
        return [(SizeValue(dim.sized()), sized), (None, free)]

    def _is_free(self, is_none: Atom, holds_none: Atom | None, known: Path) -> bool | None:
        """Whether an axis is None, as far as a path says it."""
        answer = self.conditions.decided(is_none, known)
        if answer is None and holds_none is not None and self.conditions.decided(holds_none, known) is False:
            return False
        return answer
