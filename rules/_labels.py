"""How messages call layers and shapes: in the user's own words where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import Dim
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Operation

if TYPE_CHECKING:
    from kerlint.places import Place

LOOP_NAMES = frozenset({"layer", "l", "lyr", "module", "_", "block"})
"""Names that a loop over layers gives to each of them."""


def label(operation: Operation) -> str:
    """The class with the layer's given name or the user's variable: "Conv2D 'stem'", "Conv2D `first`"."""
    given = operation.site.argument("name") if operation.site is not None else None
    if given is not None and isinstance(given.value, str):
        return f"{operation.cls} '{given.value}'"
    named = operation.variable is not None and operation.variable not in LOOP_NAMES
    return f"{operation.cls} `{operation.variable}`" if named else operation.cls


def by(extents: tuple[Dim, ...]) -> str:
    """Extents as people write a size: 3x3, or ?x3 where one is not known."""
    return "x".join("?" if not isinstance(extent, int | None) else str(extent) for extent in extents)


def shown(shape: tuple[Dim, ...]) -> str:
    """A shape as Python writes it, with ? for what is not known."""
    inside = ", ".join("?" if not isinstance(extent, int | None) else str(extent) for extent in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def is_called_by_name(site: CallSite) -> bool:
    """Whether a class is called as a class: not through a variable that may hold an object of it instead."""
    return not site.symbol.rpartition(".")[2][:1].isupper() or is_named_as_class(site.place)


def is_named_as_class(call: Place) -> bool:
    """Whether what is called has the name of a class: `self.layer(...)` may call an object all the same."""
    callee = call.text.partition("(")[0].rpartition(".")[2].strip()
    return callee[:1].isupper() or callee == "super"
