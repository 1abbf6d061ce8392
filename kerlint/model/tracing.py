"""What happens inside a call: a user's `call` followed on stand-ins, a nested model walked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import UnknownDim
from kerlint.model.applications import applied
from kerlint.model.apply import (
    ancestors,
    defines,
    operation_shapes,
    output_of,
    output_shapes,
    outputs_of,
    user_call,
)
from kerlint.model.deeds import Following
from kerlint.model.naming import lose_count
from kerlint.model.sequential import built_on, input_tensor, run_sequential
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue, Trace
from kerlint.model.structure import has_tensor, mapped, mapped_arguments, tensors_in
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import find_in_class
from kerlint.python.calls import call, call_function
from kerlint.python.paths import alternatives, join
from kerlint.python.values import (
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    OneOf,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.keras_api.shapes import Shape
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place


def trace_user_call(
    domain: KerasDomain, instance: Instance, node: NodeState, arguments: Arguments, place: Place
) -> Value:
    """Follow a user's `call` with placeholders for the tensors that were given."""
    method = user_call(instance)
    if method is None or method in domain.interpreter.calls:
        lose_count(domain)
        return _opaque(node)
    stand_ins = {id(tensor): _placeholder(tensor) for tensor in node.inputs}
    if isinstance(instance.native, ModelState) and not domain.following:
        for stand_in in stand_ins.values():
            stand_in.constant = False  # a model is a graph, also when it is called on data
    inner = _inside(arguments, stand_ins)
    build(domain, instance, arguments, place)
    supposed = defines(instance, "build") and defines(instance, "compute_output_shape")
    with domain.tracing(inside=True, supposed=supposed) as nodes:
        domain.following.append(Following(instance, node))
        try:
            result = call_function(domain.interpreter, method, inner.prepended(instance), place)
        finally:
            domain.following.pop()
    outcome = _leave(node, tuple(stand_ins.values()), nodes, result)
    _declare_shape(domain, instance, node, place)
    return outcome


def _opaque(node: NodeState) -> TensorValue:
    node.outputs = (output_of(node, None),)
    return node.outputs[0]


def _placeholder(tensor: TensorValue) -> TensorValue:
    made = TensorValue(tensor.keras_shape)
    made.outer, made.constant = tensor, tensor.constant
    return made


def _inside(arguments: Arguments, stand_ins: dict[int, TensorValue]) -> Arguments:
    """The same arguments with placeholders for tensors; an unknown first argument is one tensor."""

    def replace(arg: Arg, *, is_data: bool) -> Arg:
        if has_tensor(arg.value):
            return Arg(
                mapped(arg.value, lambda tensor: stand_ins.get(id(tensor), tensor)), arg.node, arg.origin
            )
        if is_data and isinstance(arg.value, Unknown) and len(stand_ins) == 1:
            return Arg(next(iter(stand_ins.values())), arg.node, arg.origin)
        return arg

    positional = [replace(arg, is_data=index == 0) for index, arg in enumerate(arguments.positional)]
    keywords = {name: replace(arg, is_data=False) for name, arg in arguments.keywords.items()}
    if not positional and not any(has_tensor(arg.value) for arg in keywords.values()):
        positional = [Arg(tensor) for tensor in stand_ins.values()]
    made = Arguments(positional, keywords)
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


def build(domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place) -> None:
    """A user's own `build` runs once, before the first call; the caller has already noted that call."""
    state = instance.native
    assert isinstance(state, LayerState) and isinstance(instance.cls, ClassValue)
    method = find_in_class(instance.cls, "build")
    if not isinstance(method, FunctionValue) or any(node.builds for node in state.calls[:-1]):
        return
    given = arguments.positional[0].value if arguments.positional else Unknown("no first argument")
    with domain.tracing(inside=True):
        shape = shape_structure(domain, given)
        call_function(domain.interpreter, method, Arguments.of(instance, shape), place)


def shape_structure(domain: KerasDomain, value: Value) -> Value:
    """The shapes of a structure of tensors in the same structure, as Keras hands it to `build`."""
    if isinstance(value, TensorValue):
        shape = value.keras_shape
        return Unknown("an unknown shape") if shape is None else domain.shape_value(shape)
    if isinstance(value, ListValue) and not value.open:
        return ListValue([shape_structure(domain, item) for item in value.items])
    if isinstance(value, tuple):
        return tuple(shape_structure(domain, item) for item in value)
    if isinstance(value, DictValue) and not value.open:
        return DictValue({key: shape_structure(domain, item) for key, item in value.items.items()})
    return Unknown("an unknown shape")


def lambda_shapes(
    domain: KerasDomain, state: LayerState, node: NodeState, arguments: Arguments, place: Place
) -> tuple[Shape | None, ...] | None:
    """The shapes of what a Lambda's function makes of these inputs; what it does stays inside the layer."""
    stand_ins = {id(tensor): _placeholder(tensor) for tensor in node.inputs}
    given = _inside(Arguments(arguments.positional[:1]), stand_ins)
    extra = state.config.get("arguments")
    if isinstance(extra, DictValue):
        given.keywords.update({str(name): Arg(value) for name, value in extra.items.items()})
    with domain.tracing(inside=True):
        result = call(domain.interpreter, state.config.get("function"), given, place)
    if isinstance(result, OneOf | Unknown):
        return None
    return tuple(tensor.keras_shape for tensor in tensors_in(result)) or None


def _declare_shape(domain: KerasDomain, instance: Instance, node: NodeState, place: Place) -> None:
    """A user's `compute_output_shape` has the last word on a single output (Layer.compute_output_spec).

    One that could not be followed to its end, and whose rank `call` does not bear out, is not believed.
    """
    assert isinstance(instance.cls, ClassValue)
    method = find_in_class(instance.cls, "compute_output_shape")
    if not isinstance(method, FunctionValue) or len(node.outputs) != 1 or len(node.inputs) != 1:
        return
    with domain.tracing(inside=True):
        given = Arguments.of(instance, shape_structure(domain, node.inputs[0]))
        declared = domain.shape_of(call_function(domain.interpreter, method, given, place))
    if declared is None:
        return
    output = node.outputs[0]
    is_whole = not any(isinstance(dim, UnknownDim) for dim in declared)
    is_borne_out = output.keras_shape is not None and len(output.keras_shape) == len(declared)
    output.keras_shape = declared if is_whole or is_borne_out else None


def _leave(
    node: NodeState, stand_ins: tuple[TensorValue, ...], nodes: list[NodeState], result: Value
) -> Value:
    """The outputs of a traced call: a tensor outside for each tensor that leaves."""
    leaving: dict[int, TensorValue] = {}
    inner: list[TensorValue] = []

    def outside(tensor: TensorValue) -> TensorValue:
        if id(tensor) not in leaving:
            made = output_of(node, tensor.keras_shape)
            made.inner = tensor
            leaving[id(tensor)] = made
            inner.append(tensor)
        return leaving[id(tensor)]

    ways = alternatives(result)
    results = [mapped(one, outside) for one, _ in ways]
    outcome = results[0] if len(results) == 1 else join(results, [path for _, path in ways])
    if not leaving:
        _opaque(node)
        return node.outputs[0] if isinstance(result, Unknown) else result
    node.outputs = tuple(leaving.values())
    node.inner = Trace(stand_ins, tuple(inner), nodes)
    return outcome


def nested_model(domain: KerasDomain, state: ModelState, node: NodeState) -> Value:
    """A Sequential or functional model applied to tensors: its graph is walked again on them."""
    if state.kind == "sequential" and node.inputs:
        built_on(domain, state, node.inputs[0].keras_shape)
    if state.kind == "application":
        return outputs_of(node, (applied(state, node),))
    if state.uncertain or len(state.variants) > 1:
        return _opaque(node)
    stand_ins = tuple(_placeholder(tensor) for tensor in node.inputs)
    with domain.tracing(inside=True) as nodes:
        if state.kind == "sequential":
            result = run_sequential(domain, state.variants[0], stand_ins[0], node.place or state.place)
        else:
            result = _run_functional(domain, state, stand_ins)
    if result is None:
        return _opaque(node)
    return _leave(node, stand_ins, nodes, result)


def _run_functional(domain: KerasDomain, state: ModelState, stand_ins: tuple[TensorValue, ...]) -> Value:
    """The model's graph on other inputs: each node is made again; None where that cannot be done."""
    if len(state.inputs) != len(stand_ins) or not state.outputs:
        return None
    known: dict[int, TensorValue] = {
        id(given): stand_in for given, stand_in in zip(state.inputs, stand_ins, strict=True)
    }
    for node in ancestors(state.outputs, state.inputs):
        copy = _applied_again(domain, node, known)
        if len(copy.outputs) != len(node.outputs):
            return None
        known.update({id(old): new for old, new in zip(node.outputs, copy.outputs, strict=True)})
    return mapped(state.structure, lambda tensor: known.get(id(tensor), tensor))


def clone_graph(domain: KerasDomain, state: ModelState) -> None:
    """A model that starts at tensors in the midst of a graph gets inputs and nodes of its own.

    Their names end in a count of all tensors ever made (`clone_graph_nodes` in keras/src/models/functional.py).
    """
    known: dict[int, TensorValue] = {}
    for tensor in state.inputs:
        if tensor.producer is not None and tensor.producer.edges:
            known[id(tensor)] = input_tensor(domain, tensor.keras_shape, None, state.place)
    with domain.tracing(inside=False):
        for node in ancestors(state.outputs, state.inputs):
            if not node.edges:
                continue
            copy = _applied_again(domain, node, known)
            if isinstance(node.layer, LayerState):
                domain.interpreter.trail.touch(node.layer)
                node.layer.calls.append(copy)
            known.update({id(old): new for old, new in zip(node.outputs, copy.outputs, strict=False)})

    def cloned(tensor: TensorValue) -> TensorValue:
        return known.get(id(tensor), tensor)

    state.inputs = tuple(cloned(tensor) for tensor in state.inputs)
    state.outputs = tuple(cloned(tensor) for tensor in state.outputs)
    state.entry, state.structure = mapped(state.entry, cloned), mapped(state.structure, cloned)


def _applied_again(domain: KerasDomain, node: NodeState, known: dict[int, TensorValue]) -> NodeState:
    layer = node.layer
    copy = domain.node(layer, tuple(known.get(id(tensor), tensor) for tensor in node.inputs), node.place)
    copy.edges = tuple(known.get(id(tensor), tensor) for tensor in node.edges)
    copy.opaque_inputs, copy.loop = node.opaque_inputs, node.loop
    if node.arguments is not None:
        copy.arguments = mapped_arguments(node.arguments, lambda tensor: known.get(id(tensor), tensor))
    if isinstance(layer, OperationState):
        outputs_of(copy, operation_shapes(domain, layer, copy))
    elif layer.instance is not None and user_call(layer.instance) is not None:
        _again_inside(domain, node, copy)
    elif isinstance(layer, ModelState):
        nested_model(domain, layer, copy)
    else:
        outputs_of(copy, output_shapes(domain, layer, copy))
    return copy


def _again_inside(domain: KerasDomain, node: NodeState, copy: NodeState) -> None:
    """A user's `call` is followed again: what is inside belongs to this application."""
    layer = node.layer
    assert isinstance(layer, LayerState) and layer.instance is not None
    if copy.arguments is None or copy.place is None:
        _opaque(copy)
    else:
        trace_user_call(domain, layer.instance, copy, copy.arguments, copy.place)
