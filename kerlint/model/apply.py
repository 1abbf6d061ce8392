"""Applying layers, models and operations to tensors: nodes of the graph, with shapes and what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api import behaviour
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.model.sites import class_site, plain_config
from kerlint.model.states import LayerState, ModelState, NodeState, OperationState, TensorValue, Trace
from kerlint.model.structure import choices, has_tensor, has_unknown, mapped, tensors_in
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import find_in_class
from kerlint.python.calls import call_function
from kerlint.python.paths import join
from kerlint.python.values import (
    ClassValue,
    FunctionValue,
    Instance,
    ListValue,
    Unknown,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.source import Place

NOT_INPUTS = frozenset({"training", "mask", "initial_state", "states"})


def call_layer(domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place) -> Value:
    """`layer(tensors)`: one node a path, its outputs."""
    spread = choices(arguments)
    if spread is None:
        return _call_once(domain, instance, arguments, place)
    results = []
    for one, path in spread:
        with domain.interpreter.on_path(path):
            results.append(_call_once(domain, instance, one, place))
    return join(results, [path for _, path in spread])


def _call_once(domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place) -> Value:
    state = instance.native
    assert isinstance(state, LayerState)
    if not arguments.positional and arguments.open_positional:
        arguments = Arguments([Arg(Unknown("unpacked"))], arguments.keywords)
    inputs, opaque = _inputs(arguments)
    node = domain.node(state, inputs, place)
    node.opaque_inputs = opaque or not arguments.exact
    domain.interpreter.trail.touch(state)
    state.calls.append(node)
    if state.is_custom or (isinstance(state, ModelState) and state.kind == "subclassed"):
        return _trace_user_call(domain, instance, node, arguments, place)
    if isinstance(state, ModelState):
        return nested_model(domain, state, node)
    shapes = _output_shapes(domain, state, node)
    return _outputs(node, shapes)


def _inputs(arguments: Arguments) -> tuple[tuple[TensorValue, ...], bool]:
    """The tensors given; something unknown stands in as a tensor of unknown shape."""
    found: list[TensorValue] = []
    opaque = False
    given = [arg.value for arg in arguments.positional[:1]]
    given += [arg.value for arg in arguments.positional[1:] if has_tensor(arg.value)]
    given += [
        arg.value
        for name, arg in arguments.keywords.items()
        if (not given or has_tensor(arg.value)) and name not in NOT_INPUTS
    ]
    for value in given:
        tensors = list(tensors_in(value))
        found += tensors
        if has_unknown(value):
            opaque = opaque or bool(tensors)
            if not tensors:
                found.append(TensorValue(None))
    if not found:
        found.append(TensorValue(None))
    return tuple(found), opaque


def _output_shapes(
    domain: KerasDomain, state: LayerState, node: NodeState
) -> tuple[Shape | None, ...] | None:
    if node.opaque_inputs and "merge" in domain.traits(state):
        return (None,)
    try:
        return behaviour.output_shape(state.symbol, state.config, tuple(t.keras_shape for t in node.inputs))
    except ShapeError as error:
        node.error = str(error)
        domain.refused(node.place, str(error))
        return None


def _outputs(node: NodeState, shapes: tuple[Shape | None, ...] | None) -> Value:
    node.outputs = tuple(TensorValue(shape, node) for shape in (shapes or (None,)))
    return node.outputs[0] if len(node.outputs) == 1 else ListValue(list(node.outputs))


# What happens inside


def _trace_user_call(
    domain: KerasDomain, instance: Instance, node: NodeState, arguments: Arguments, place: Place
) -> Value:
    """Follow a user's `call` with placeholders for the tensors that were given."""
    method = find_in_class(instance.cls, "call") if isinstance(instance.cls, ClassValue) else None
    state = instance.native
    assert isinstance(state, LayerState)
    if not isinstance(method, FunctionValue) or method in domain.interpreter.calls:
        node.outputs = (TensorValue(None, node),)
        return node.outputs[0]
    stand_ins = {id(tensor): _placeholder(tensor) for tensor in node.inputs}
    inner = _inside(arguments, stand_ins, node)
    _build(domain, instance, node, place)
    before = domain.begin_trace()
    result = call_function(domain.interpreter, method, inner.prepended(instance), place)
    nodes = domain.end_trace(before)
    return _leave(node, tuple(stand_ins.values()), nodes, result)


def _placeholder(tensor: TensorValue) -> TensorValue:
    made = TensorValue(tensor.keras_shape)
    made.outer = tensor
    return made


def _inside(arguments: Arguments, stand_ins: dict[int, TensorValue], node: NodeState) -> Arguments:
    def replace(arg: Arg) -> Arg:
        if isinstance(arg.value, Unknown) and not has_tensor(arg.value) and len(stand_ins) == 1:
            return Arg(next(iter(stand_ins.values())), arg.node, arg.origin)
        return Arg(mapped(arg.value, lambda tensor: stand_ins.get(id(tensor), tensor)), arg.node, arg.origin)

    positional = [
        replace(arg) if index == 0 or has_tensor(arg.value) else arg
        for index, arg in enumerate(arguments.positional)
    ]
    if not positional and not any(has_tensor(arg.value) for arg in arguments.keywords.values()):
        positional = [Arg(tensor) for tensor in stand_ins.values()]
    keywords = {
        name: replace(arg) if has_tensor(arg.value) else arg for name, arg in arguments.keywords.items()
    }
    made = Arguments(positional, keywords)
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


def _build(domain: KerasDomain, instance: Instance, node: NodeState, place: Place) -> None:
    """A layer's own `build` runs once, before its first call."""
    state = instance.native
    assert isinstance(state, LayerState) and isinstance(instance.cls, ClassValue)
    method = find_in_class(instance.cls, "build")
    if not isinstance(method, FunctionValue) or len(state.calls) > 1:
        return
    shape = node.inputs[0].keras_shape if node.inputs else None
    value: Value = Unknown("an unknown shape") if shape is None else domain.shape_value(shape)
    call_function(domain.interpreter, method, Arguments.of(instance, value), place)


def _leave(
    node: NodeState, stand_ins: tuple[TensorValue, ...], nodes: list[NodeState], result: Value
) -> Value:
    """The outputs of a traced call: a tensor outside for each tensor that leaves."""
    leaving: dict[int, TensorValue] = {}
    inner: list[TensorValue] = []

    def outside(tensor: TensorValue) -> TensorValue:
        if id(tensor) not in leaving:
            made = TensorValue(tensor.keras_shape, node)
            made.inner = tensor
            leaving[id(tensor)] = made
            inner.append(tensor)
        return leaving[id(tensor)]

    results = [result] if not hasattr(result, "alternatives") else list(result.alternatives)
    results = [mapped(one, outside) for one in results]
    outcome = results[0] if len(results) == 1 else join(results, result.paths)
    if not leaving:
        node.outputs = (TensorValue(None, node),)
        return node.outputs[0] if isinstance(result, Unknown) else result
    node.outputs = tuple(leaving.values())
    node.inner = Trace(stand_ins, tuple(inner), nodes)
    return outcome


def nested_model(domain: KerasDomain, state: ModelState, node: NodeState) -> Value:
    """A Sequential or functional model applied to tensors: its graph is walked again on them."""
    from kerlint.model.sequential import run_sequential

    if state.uncertain or len(state.variants) > 1 or state.kind == "application":
        node.outputs = (TensorValue(None, node),)
        return node.outputs[0]
    stand_ins = tuple(_placeholder(tensor) for tensor in node.inputs)
    before = domain.begin_trace()
    if state.kind == "sequential":
        result = run_sequential(domain, state.variants[0], stand_ins[0], node.place or state.place)
    else:
        result = _run_functional(domain, state, stand_ins)
    nodes = domain.end_trace(before)
    if result is None:
        node.outputs = (TensorValue(None, node),)
        return node.outputs[0]
    return _leave(node, stand_ins, nodes, result)


def _run_functional(domain: KerasDomain, state: ModelState, stand_ins: tuple[TensorValue, ...]) -> Value:
    if len(state.inputs) != len(stand_ins) or not state.outputs:
        return None
    known: dict[int, TensorValue] = {
        id(given): stand_in for given, stand_in in zip(state.inputs, stand_ins, strict=True)
    }
    for node in ancestors(state.outputs, state.inputs):
        inputs = tuple(known.get(id(tensor), tensor) for tensor in node.inputs)
        copy = domain.node(node.layer, inputs, node.place)
        copy.opaque_inputs = node.opaque_inputs
        copy.loop = node.loop
        if isinstance(node.layer, ModelState) and node.layer.kind != "subclassed":
            nested_model(domain, node.layer, copy)
        elif isinstance(node.layer, LayerState) and not node.layer.is_custom:
            _outputs(copy, _output_shapes(domain, node.layer, copy))
        else:
            copy.outputs = tuple(TensorValue(tensor.keras_shape, copy) for tensor in node.outputs)
            copy.inner = node.inner
            for made, tensor in zip(copy.outputs, node.outputs, strict=True):
                made.inner = tensor.inner
        if len(copy.outputs) != len(node.outputs):
            return None
        known.update({id(old): new for old, new in zip(node.outputs, copy.outputs, strict=True)})
    outputs = [known.get(id(tensor), tensor) for tensor in state.outputs]
    return outputs[0] if len(outputs) == 1 else ListValue(list(outputs))


def ancestors(outputs: tuple[TensorValue, ...], inputs: tuple[TensorValue, ...]) -> list[NodeState]:
    """The nodes on the way from `inputs` to `outputs`, in order of application."""
    stop = {id(tensor) for tensor in inputs}
    found: dict[int, NodeState] = {}
    front = [tensor for tensor in outputs if id(tensor) not in stop]
    while front:
        node = front.pop().producer
        if node is None or id(node) in found:
            continue
        found[id(node)] = node
        front += [tensor for tensor in node.inputs if id(tensor) not in stop]
    return sorted(found.values(), key=lambda node: node.index)


# Bare operations


def apply_operation(
    domain: KerasDomain, symbol: str, arguments: Arguments, place: Place, *, opaque: bool = False
) -> Value:
    """A function of tensors that is no layer: `keras.ops.*`, `tf.*`, an operator, or something unknown."""
    spread = choices(arguments)
    if spread is not None:
        results = []
        for one, path in spread:
            with domain.interpreter.on_path(path):
                results.append(apply_operation(domain, symbol, one, place, opaque=opaque))
        return join(results, [path for _, path in spread])
    inputs = tuple(tensor for value in arguments.values() for tensor in tensors_in(value))
    site = class_site(symbol, arguments, place, domain.target)
    operation = OperationState(symbol, site, place, next_serial(), opaque)
    node = domain.node(operation, inputs, place)
    node.opaque_inputs = any(has_unknown(value) for value in arguments.values()) and opaque
    shapes = None if opaque else domain.operation_shapes(symbol, plain_config(site), inputs)
    return _outputs(node, shapes)
