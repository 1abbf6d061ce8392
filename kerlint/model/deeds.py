"""Noting what a program does to tensors and layers, with the method and the call that it happens in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.frozen import fact
from kerlint.model.acts import Act, Deed
from kerlint.model.certainty import is_surely_tensor
from kerlint.model.states import LayerState, ModelState, NodeState, TensorValue
from kerlint.model.structure import tensors_in
from kerlint.python.values import ClassValue, FunctionValue, Instance, Path, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments
    from kerlint.python.interpreter import Interpreter

LIFE = frozenset(
    {
        *("__init__", "build", "call", "__call__", "train_step", "test_step", "predict_step"),
        *("compute_output_shape", "compute_mask", "get_config", "from_config", "compile"),
    }
)
"""Methods that Keras calls, or that make the object."""
MOST = 2_000


@fact
class Note:
    """An act before its layer is frozen."""

    act: Act
    layer: LayerState | None


@fact
class Following:
    """A user's `call` that is being followed."""

    instance: Instance
    node: NodeState


def note(
    domain: KerasDomain,
    kind: Deed,
    what: str,
    place: Place,
    *,
    tensor: TensorValue | None = None,
    layer: LayerState | None = None,
    site: CallSite | None = None,
    variables: frozenset[int] | None = None,
) -> None:
    """Append one act, with all that surrounds it."""
    if len(domain.notes) >= MOST:
        return
    method = _method_around(domain.interpreter)
    following = _followed(domain, method)
    outermost = domain.following[0].instance.native if domain.following else None
    domain.notes.append(
        Note(
            Act(
                kind,
                what,
                place,
                next_serial(),
                _path(domain),
                owner=_owner(method),
                method=method.name if method is not None else None,
                caller=following.instance.native.serial if following is not None else None,
                outermost=outermost.serial if outermost is not None else None,
                symbolic=tensor is not None and comes_from_input(tensor),
                converted=_is_converted(domain.interpreter, method),
                certain=tensor is None or tensor.outer is not None or is_surely_tensor(tensor),
                variables=variables,
                taped=bool(domain.tapes),
                function=domain.interpreter.calls[-1].name if domain.interpreter.calls else None,
                inside=domain.is_inside,
                site=site,
            ),
            layer,
        )
    )


def _path(domain: KerasDomain) -> Path:
    return domain.interpreter.path


def _owner(method: FunctionValue | None) -> str | None:
    return method.owner.name if method is not None and method.owner is not None else None


def _method_around(interpreter: Interpreter) -> FunctionValue | None:
    """The innermost running method of the life cycle."""
    for function in reversed(interpreter.calls):
        if function.owner is not None and function.name in LIFE:
            return function
    return None


def _followed(domain: KerasDomain, method: FunctionValue | None) -> Following | None:
    """The layer's call that the method belongs to; None where it is called in another way."""
    if method is None or method.name != "call" or not domain.following:
        return None
    last = domain.following[-1]
    cls = last.instance.cls
    return last if isinstance(cls, ClassValue) and method.owner in cls.mro else None


def _is_converted(interpreter: Interpreter, method: FunctionValue | None) -> bool:
    """Whether a user's `tf.function` runs, the method itself or something that it calls."""
    for function in reversed(interpreter.calls):
        if is_graph_function(function):
            return True
        if function is method:
            return False
    return False


def is_graph_function(function: FunctionValue) -> bool:
    """Whether a function is decorated with `tf.function`."""
    decorators = function.node.decorators if isinstance(function.node, cst.FunctionDef) else ()
    for one in decorators:
        node = one.decorator.func if type(one.decorator) is cst.Call else one.decorator
        name = node.attr.value if type(node) is cst.Attribute else getattr(node, "value", "")
        if name in ("function", "do_not_convert", "convert"):
            return True
    return False


def comes_from_input(tensor: TensorValue) -> bool:
    """Whether a tensor is made from a `keras.Input`, through the borders of calls too."""
    front, seen = [tensor], dict[int, TensorValue]()
    while front:
        one = front.pop()
        if id(one) in seen or one.is_from_input is False:
            continue
        seen[id(one)] = one
        if one.is_from_input or _is_input(one.producer):
            tensor.is_from_input = True
            return True
        if one.outer is not None:
            front.append(one.outer)
        if one.producer is not None:
            front += one.producer.edges
    for one in seen.values():
        one.is_from_input = False
    return False


def _is_input(node: NodeState | None) -> bool:
    return node is not None and isinstance(node.layer, LayerState) and node.layer.cls == "InputLayer"


def first_tensor(values: list[Value]) -> TensorValue | None:
    """The first tensor with a history among values."""
    for value in values:
        for tensor in tensors_in(value):
            if not tensor.constant:
                return tensor
    return None


def asked(domain: KerasDomain, what: str, value: Value, place: Place) -> None:
    """Python asks a value for its truth, length, items or a number; or a statement leaves it unused."""
    if not isinstance(value, TensorValue) or value.constant:
        return
    if what != "statement":
        if is_surely_tensor(value):
            note(domain, Deed.ASK, what, place, tensor=value)
        return
    node = value.producer
    if node is None or node.place is None or node.place.node is not place.node:
        return  # what a function gives back may have been kept by it as well
    if isinstance(node.layer, LayerState) and node.layer.cls != "InputLayer":
        note(domain, Deed.DROP, node.layer.cls, place, tensor=value, layer=node.layer)


def took_tensor(domain: KerasDomain, symbol: str, values: list[Value], site: CallSite, place: Place) -> None:
    """A function of TensorFlow or NumPy, or a method of a tensor, was called on tensors."""
    if not symbol.startswith(("tensorflow.", "numpy.", "keras.Tensor.", "keras.backend.")):
        return
    tensor = first_tensor(values)
    if tensor is not None:
        note(domain, Deed.FUNCTION, symbol, place, tensor=tensor, site=site)


def constructed(domain: KerasDomain, what: str, place: Place, layer: LayerState | None = None) -> None:
    """A layer, an object or a variable was made; only what happens inside a method counts."""
    method = _method_around(domain.interpreter)
    if method is not None and method.name in ("call", "train_step"):
        note(domain, Deed.CONSTRUCT, what, place, layer=layer)


def called(domain: KerasDomain, state: ModelState, arguments: Arguments, place: Place) -> None:
    """A model is called by the program itself, not by another layer."""
    mode = arguments.keywords.get("training")
    second = arguments.positional[1].value if len(arguments.positional) > 1 else None
    value = mode.value if mode is not None else second
    said = "" if value is None and arguments.exact else str(value) if isinstance(value, bool) else "unknown"
    note(domain, Deed.CALL, said, place, layer=state, tensor=first_tensor(arguments.values()))
