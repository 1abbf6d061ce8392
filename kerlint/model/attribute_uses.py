"""Reads and assignments of attributes that some Keras has and another has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeGuard

from kerlint.frozen import fact
from kerlint.keras_api.former_members import WATCHED
from kerlint.model.guards import is_guard
from kerlint.model.states import LayerState, ModelState, ObjectState
from kerlint.places import Place
from kerlint.python.values import Instance, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from kerlint.model.call_sites import CallSite
    from kerlint.source import Source

SHAPE: Final = "keras.Shape"
"""A name for what `compute_output_shape` gives: a TensorShape in Keras 2, a tuple in Keras 3."""
AS_LIST: Final = ".as_list("


@fact
class AttributeUse:
    """`model.fit_generator`, `optimizer.lr = x`: `place` is the attribute's name alone."""

    symbol: str
    """Canonical name of the library class that the object is or derives from."""
    name: str
    place: Place
    is_set: bool = False
    variable: str | None = None
    """The user's name for the object."""
    site: CallSite | None = None
    """Where the object was made."""


def use_of(value: Value, name: str, place: Place, *, is_set: bool = False) -> AttributeUse | None:
    """The use of a watched attribute of a library object, spelled in the program; else None."""
    if name not in WATCHED or not isinstance(value, Instance):
        return None
    import libcst as cst  # rules import this module at start-up, where no parser is wanted

    native = value.native
    node = place.node.target if isinstance(place.node, cst.AugAssign) else place.node
    if not isinstance(native, LayerState | ObjectState) or not isinstance(node, cst.Attribute):
        return None
    where = Place(place.statement, node.attr, None, place.chain)
    symbol = "keras.Model" if isinstance(native, ModelState) else native.symbol
    return AttributeUse(symbol, name, where, is_set, native.variable, native.site)


def shape_methods(source: Source) -> list[AttributeUse]:
    """`layer.compute_output_shape(shape).as_list()`, wherever it is written: it gives a plain tuple now."""
    from kerlint.text.nodes import children

    found = []
    for statement in source.statements if AS_LIST in source.text else ():
        if AS_LIST not in statement.text or "compute_output_shape" not in statement.text:
            continue
        front: list[tuple[cst.CSTNode, bool]] = [(node, False) for node in statement.body]
        while front:
            node, guarded = front.pop()
            if not guarded and _is_shape_method(node):
                found.append(AttributeUse(SHAPE, "as_list", Place(statement, node.attr)))
            inside = guarded or is_guard(statement, node)
            front += [(child, inside) for child in children(node)]
    return found


def _is_shape_method(node: cst.CSTNode) -> TypeGuard[cst.Attribute]:
    import libcst as cst

    if not isinstance(node, cst.Attribute) or node.attr.value != "as_list":
        return False
    call = node.value
    is_method = isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute)
    return is_method and call.func.attr.value == "compute_output_shape"  # type: ignore[attr-defined]


def call_of(use: AttributeUse, calls: Iterable[CallSite]) -> CallSite | None:
    """The call that a method was read for, among the program's calls."""
    import libcst as cst

    for site in calls:
        node = site.place.node
        if (
            isinstance(node, cst.Call)
            and isinstance(node.func, cst.Attribute)
            and node.func.attr is use.place.node
        ):
            return site
    return None
