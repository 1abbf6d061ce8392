"""Applying layers and operations to tensors: nodes of the graph, with the shapes that come out."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.keras_api import behaviour
from kerlint.keras_api.evaluation import CALL_DEFAULTS
from kerlint.keras_api.ops import op_shape
from kerlint.keras_api.shapes import Shape, ShapeError
from kerlint.model.deeds import called, took_tensor
from kerlint.model.layers import BASE_LAYERS
from kerlint.model.made_names import FORMER_OPERATIONS, MADE_BY_BUILD, NOT_OPERATIONS, operation_base
from kerlint.model.masks import carry_masks
from kerlint.model.modes import mode_of
from kerlint.model.naming import consume, generated_from, generated_operation, lose_count
from kerlint.model.sites import class_site, flat_value, plain_config
from kerlint.model.states import FREE_EXTENT, LayerState, ModelState, NodeState, OperationState, TensorValue
from kerlint.model.structure import PLAIN, choices, has_tensor, has_unknown, shapes_in, tensors_in
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import find_in_class
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
    from kerlint.places import Place

ATTENTION = ("query", "value", "key")
"""The tensors that an attention layer takes one by one, in the order of its `call`."""
SEVERAL_INPUTS = frozenset({"MultiHeadAttention", "GroupQueryAttention"})
"""Library layers that take more than their first argument as data."""


def call_layer(domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place) -> Value:
    """`layer(tensors)`: one node a path, its outputs."""
    here = domain.interpreter.path
    spread = None if type(arguments.only) is TensorValue else choices(arguments, here)
    if spread is None:
        return _call_once(domain, instance, arguments, place)
    results, counts = [], [len(domain.refusals)]
    for one, path, cut in spread:
        with domain.interpreter.on_path(path):
            results.append(_call_once(domain, instance, one, place, doubtful=cut))
        counts.append(len(domain.refusals))
    domain.refusals.settle(counts)
    return join(results, [path for _, path, _ in spread])


def _call_once(
    domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place, *, doubtful: bool = False
) -> Value:
    state = instance.native
    assert isinstance(state, LayerState)
    if not arguments.positional and arguments.open_positional:
        arguments = Arguments([Arg(Unknown("unpacked"))], arguments.keywords)
    given = given_tensors(state, arguments)
    node = domain.node(state, given.inputs, place)
    node.edges, node.arguments = given.edges, arguments
    node.symbolic = node.symbolic and not all_constant(given.inputs)
    node.opaque_inputs = given.opaque or doubtful or arguments.open_positional or arguments.open_keywords
    if len(arguments.positional) > 1 and "merge" in domain.traits(state) and not state.is_custom:
        domain.refusals.add(place, "too many positional arguments: a merging layer takes a list of tensors")
    domain.interpreter.trail.touch(state)
    state.calls.append(node)
    method = user_call(instance)
    if isinstance(state, ModelState) and not domain.is_inside:
        called(domain, state, arguments, place)
    node.training = mode_of(state, method, arguments, domain.mode)
    if method is not None or isinstance(state, ModelState):
        return _call_inside(domain, instance, node, arguments, place)
    domain.settled(node.training)
    if state.symbol in BASE_LAYERS:
        lose_count(domain)
        return outputs_of(node, None)
    if state.cls in MADE_BY_BUILD and len(state.calls) == 1:
        consume(domain, *MADE_BY_BUILD[state.cls])
    shapes = output_shapes(domain, state, node)
    if state.symbol == "keras.layers.Lambda" and shapes in (None, (None,)):
        from kerlint.model.tracing import lambda_shapes

        shapes = lambda_shapes(domain, state, node, arguments, place)
    result = outputs_of(node, shapes)
    carry_masks(domain, state, node)
    return result


def _call_inside(
    domain: KerasDomain, instance: Instance, node: NodeState, arguments: Arguments, place: Place
) -> Value:
    """Follow what a user's `call` or the layers of a model make of the inputs."""
    from kerlint.model.tracing import nested_model, trace_user_call

    state = instance.native
    with domain.calling(node.training):
        if user_call(instance) is not None:
            return trace_user_call(domain, instance, node, arguments, place)
        return nested_model(domain, state, node)


def user_call(instance: Instance) -> FunctionValue | None:
    """The `call` that a user's class defines; None where the library's is in force."""
    state = instance.native
    if not isinstance(instance.cls, ClassValue):
        return None
    if isinstance(state, ModelState) and state.kind == "functional":
        return None
    method = find_in_class(instance.cls, "call")
    return method if isinstance(method, FunctionValue) else None


def defines(instance: Instance, name: str) -> bool:
    """Whether a user's class has a method of its own of this name."""
    return isinstance(instance.cls, ClassValue) and isinstance(
        find_in_class(instance.cls, name), FunctionValue
    )


def call_base(domain: KerasDomain, instance: Instance, arguments: Arguments, place: Place) -> Value:
    """`super().call(x)`, or `layer.call(x)` of a library layer: what the library's class computes."""
    state = instance.native
    assert isinstance(state, LayerState)
    if isinstance(state, ModelState) or user_call(instance) is None:
        return call_layer(domain, instance, arguments, place)
    if state.symbol in BASE_LAYERS:
        return apply_operation(domain, f"{state.symbol}.call", arguments, place, opaque=True)
    if state.core is None:
        domain.interpreter.trail.touch(state)
        state.core = _core(state)
    given = given_tensors(state.core, arguments)
    node = domain.node(state.core, given.inputs, place)
    node.edges, node.arguments = given.edges, arguments
    return outputs_of(node, output_shapes(domain, state.core, node))


def _core(state: LayerState) -> LayerState:
    """The library's part of a user's layer, as a layer of its own in the trace of its `call`."""
    made = LayerState(state.symbol, state.symbol.rpartition(".")[2], state.place)
    made.site, made.config, made.name, made.variable = state.site, state.config, state.name, state.variable
    return made


@fact
class GivenTensors:
    """What goes into one call: data, and everything with a history in Keras's order of flattening."""

    inputs: tuple[TensorValue, ...]
    edges: tuple[TensorValue, ...]
    opaque: bool


def given_tensors(state: LayerState, arguments: Arguments) -> GivenTensors:
    """The tensors of a call; something unknown stands in as a tensor of unknown shape."""
    only = arguments.only
    if isinstance(only, TensorValue):
        data = (only,)
        return GivenTensors(data, data, False)
    values = _data(state, arguments)
    found = [tensor for value in values for tensor in tensors_in(value)]
    opaque = any(has_unknown(value) for value in values)
    keywords = sorted(arguments.keywords)
    flat = [arg.value for arg in arguments.positional] + [arguments.keywords[name].value for name in keywords]
    edges = [tensor for value in flat for tensor in tensors_in(value)]
    if not found:
        stand_in = TensorValue(None)
        return GivenTensors((stand_in,), (stand_in, *edges), False)
    return GivenTensors(tuple(found), tuple(edges), opaque)


def _data(state: LayerState, arguments: Arguments) -> list[Value]:
    """The arguments that are data: of a library layer the first, of a user's all that hold tensors."""
    positional = [arg.value for arg in arguments.positional]
    keywords = {name: arg.value for name, arg in arguments.keywords.items()}
    if state.is_custom or isinstance(state, ModelState):
        rest = [value for value in (*positional[1:], *keywords.values()) if has_tensor(value)]
        return positional[:1] + rest
    if state.cls in SEVERAL_INPUTS:
        return positional[:3] + [keywords[name] for name in ATTENTION if name in keywords]
    return positional[:1] or [value for value in keywords.values() if has_tensor(value)][:1]


def _call_options(arguments: Arguments) -> dict[str, Value] | None:
    """Arguments of the call besides tensors (`return_attention_scores=True`)."""
    if not arguments.keywords and arguments.exact:
        return None
    options = {name: flat_value(arg.value) for name, arg in arguments.keywords.items()}
    if arguments.open_keywords:
        options = dict.fromkeys(CALL_DEFAULTS, Unknown("may be unpacked")) | options
    return options


def output_shapes(domain: KerasDomain, state: LayerState, node: NodeState) -> tuple[Shape | None, ...] | None:
    """What the library's layer makes of a node's inputs; a refusal is kept in `node.error`."""
    if node.opaque_inputs and "merge" in domain.traits(state):
        return (None,)
    shapes = tuple([tensor.keras_shape for tensor in node.inputs])
    options = _call_options(node.arguments) if node.arguments is not None else None
    try:
        return behaviour.output_shape(state.symbol, state.config, shapes, options)
    except ShapeError as error:
        domain.refusals.add(node.place, str(error), node)
        return None


def outputs_of(node: NodeState, shapes: tuple[Shape | None, ...] | None) -> Value:
    """Give a node its output tensors; the value that the program gets."""
    if shapes is None or len(shapes) <= 1:
        only = output_of(node, shapes[0] if shapes else None)
        node.outputs = (only,)
        return only
    node.outputs = tuple([output_of(node, shape) for shape in shapes])
    return ListValue(list(node.outputs))


def output_of(node: NodeState, shape: Shape | None) -> TensorValue:
    """One output of a node; data if all that went in was."""
    made = TensorValue(shape, node)
    made.constant = all_constant(node.inputs)
    return made


def all_constant(tensors: tuple[TensorValue, ...]) -> bool:
    """Whether there is data and nothing else."""
    for tensor in tensors:
        if not tensor.constant:
            return False
    return len(tensors) > 0


def ancestors(outputs: tuple[TensorValue, ...], inputs: tuple[TensorValue, ...]) -> list[NodeState]:
    """The nodes on the way from `inputs` to `outputs`, in order of application."""
    stop = set(inputs)
    found: set[NodeState] = set()
    front = [tensor for tensor in outputs if tensor not in stop]
    while front:
        node = front.pop().producer
        if node is not None and node not in found:
            found.add(node)
            front += [tensor for tensor in node.edges if tensor not in stop]
    return sorted([node for node in found if not node.is_hidden], key=attrgetter("index"))


# Bare operations


def apply_operation(
    domain: KerasDomain, symbol: str, arguments: Arguments, place: Place, *, opaque: bool = False
) -> Value:
    """A function of tensors that is no layer: `keras.ops.*`, `tf.*`, an operator, or something unknown."""
    spread = choices(arguments, domain.interpreter.path)
    if spread is not None:
        results, counts = [], [len(domain.refusals)]
        for one, path, cut in spread:
            with domain.interpreter.on_path(path):
                results.append(apply_operation(domain, symbol, one, place, opaque=opaque or cut))
            counts.append(len(domain.refusals))
        domain.refusals.settle(counts)
        return join(results, [path for _, path, _ in spread])
    values = arguments.values()
    tensors = tuple([tensor for value in values if type(value) not in PLAIN for tensor in tensors_in(value)])
    inputs = tuple([tensor for tensor in tensors if not tensor.constant]) or tensors
    site = class_site(symbol, arguments, place, domain.target)
    operation = OperationState(symbol, site, place, next_serial(), opaque, arguments=arguments)
    if all_constant(inputs) and not opaque:
        return _of_data(domain, operation, arguments, inputs)
    took_tensor(domain, symbol, values, site, place)
    node = domain.node(operation, inputs, place)
    node.arguments = arguments
    node.opaque_inputs = opaque and any(has_unknown(value) for value in values)
    if opaque:
        lose_count(domain)
    elif node.symbolic and domain.target == "keras2":
        operation.name = generated_operation(domain, FORMER_OPERATIONS.get(symbol))
    elif node.symbolic and symbol not in NOT_OPERATIONS:
        operation.name = generated_from(domain, operation_base(symbol))
    return outputs_of(node, operation_shapes(domain, operation, node))


def _of_data(
    domain: KerasDomain, operation: OperationState, arguments: Arguments, inputs: tuple[TensorValue, ...]
) -> Value:
    """An operation on data alone gives data, and is no part of any graph."""
    node = NodeState(operation, inputs, operation.place, 0)
    node.arguments = arguments
    result = outputs_of(node, operation_shapes(domain, operation, node))
    for tensor in node.outputs:
        tensor.producer = None
    return result


def operation_shapes(
    domain: KerasDomain, operation: OperationState, node: NodeState
) -> tuple[Shape | None, ...] | None:
    """What an operation makes of a node's inputs and of weights; None when that is not known."""
    if operation.opaque or operation.site is None or node.arguments is None:
        return None
    site = operation.site
    if node.arguments is not operation.arguments:
        site = class_site(operation.symbol, node.arguments, site.place, domain.target)
    arguments = {name: _free_axes(value) for name, value in plain_config(site).items()}
    shapes = tuple([shape for arg in node.arguments.values() for shape in shapes_in(arg)])
    try:
        return op_shape(operation.symbol, arguments, shapes)
    except ShapeError as error:
        domain.refusals.add(node.place, str(error), node)
        return None


def _free_axes(value: Value) -> Value:
    """Extents that only the run knows leave an axis of the target shape free."""
    if isinstance(value, tuple):
        return tuple(None if item is FREE_EXTENT else item for item in value)
    return value
