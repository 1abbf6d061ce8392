"""The promises that program facts keep, as a checker that runs in all tests.

Each function yields a sentence for every promise that is broken; nothing, where all hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.model.facts import Graph, Model, Node, Operation, Path, Program
from kerlint.python.values import Unknown

MODEL_KINDS = ("sequential", "functional", "subclassed", "application")
OPERATION_KINDS = ("layer", "custom", "model", "operation", "opaque")


def check_program(program: Program) -> Iterator[str]:
    """The promises of a whole program."""
    yield from _one_operation_an_identity(program)
    for model in program.models:
        yield from (f"{model.label}: {problem}" for problem in check_model(model))
    for number, graph in enumerate(program.fragments):
        yield from (f"fragment {number}: {problem}" for problem in check_graph(graph))
    yield from _trainings(program)


def _one_operation_an_identity(program: Program) -> Iterator[str]:
    """Rules compare operations by identity, wherever they meet them."""
    known: dict[int, Operation] = {}
    graphs = [graph for model in program.models for graph in (model.graph, model.flat)]
    met = [node.operation for graph in (*graphs, *program.fragments) for node in graph.nodes]
    for operation in (*met, *program.operations, *(one for model in program.models for one in model.layers)):
        if known.setdefault(operation.identity, operation) is not operation:
            yield f"identity {operation.identity} is {operation.cls} and {known[operation.identity].cls}"
        if operation.kind not in OPERATION_KINDS:
            yield f"{operation.cls} is of kind {operation.kind}"


def _trainings(program: Program) -> Iterator[str]:
    models = {model.identity for model in program.models}
    objects = {made.identity for made in program.objects}
    for event, later in pairwise(program.trainings):
        if event.order >= later.order:
            yield f"{event.kind} comes before {later.kind}, and {event.order} is not before {later.order}"
    for event in program.trainings:
        if event.model is not None and event.model not in models:
            yield f"{event.kind} of a model that is not listed"
        if event.optimizer is not None and event.optimizer.identity not in objects:
            yield f"{event.kind} with an optimizer that is not listed"
        yield from _path(event.path)


def _path(path: Path) -> Iterator[str]:
    branches = [branch for branch, _ in path]
    if len(set(branches)) != len(branches):
        yield f"a path takes one branch twice: {path}"


# Models


def check_model(model: Model) -> Iterator[str]:
    """The promises of one model and its two graphs."""
    if model.kind not in MODEL_KINDS:
        yield f"is of kind {model.kind}"
    yield from _path(model.path)
    yield from check_graph(model.graph)
    yield from (f"flat: {problem}" for problem in check_graph(model.flat))
    if model.inputs != model.graph.inputs or model.outputs != model.graph.outputs:
        yield "has other ends than its graph"
    yield from _layers(model)
    if model.complete:
        yield from _complete(model)


def _layers(model: Model) -> Iterator[str]:
    identities = [layer.identity for layer in model.layers]
    if model.kind == "functional" and len(set(identities)) != len(identities):
        yield "lists a layer twice"
    for layer in model.layers:
        if not layer.is_layer:
            yield f"lists the {layer.kind} {layer.cls} among its layers"
        for shape in layer.outputs:
            yield from _shape(shape)


def _complete(model: Model) -> Iterator[str]:
    """Nothing unknown stood in the way: every layer of the graph is listed, names differ, counts add up."""
    listed = {layer.identity for layer in model.layers}
    if model.kind in ("functional", "sequential"):
        used = {node.operation.identity for node in model.graph.nodes if node.operation.is_layer}
        if used - listed:
            yield "uses layers that it does not list"
        inputs = {layer.identity for layer in model.layers if layer.has("input")}
        if listed - used - inputs:
            yield "lists layers that it does not use"
    if any(node.operation.kind == "opaque" for node in model.graph.nodes):
        yield "is complete in spite of something opaque"
    yield from _counts(model)


def _counts(model: Model) -> Iterator[str]:
    total = model.weigh().total
    distinct = {layer.identity: layer for layer in model.layers}.values()
    known = [layer.params for layer in distinct if not isinstance(layer.params, Unknown)]
    if not isinstance(total, Unknown) and model.kind != "subclassed" and sum(known) < total:
        yield f"has {total} parameters, its layers only {sum(known)}"


# Graphs


def check_graph(graph: Graph) -> Iterator[str]:
    """Nodes in order of application, each fed by what was there before, and helpers that agree."""
    for node, later in pairwise(graph.nodes):
        if node.index >= later.index:
            yield f"{node.operation.cls} at {node.index} stands before {later.operation.cls} at {later.index}"
    done: set[int] = set()
    for node in graph.nodes:
        yield from _inputs(node, done)
        yield from _outputs(node)
        done.add(id(node))
    for tensor in (*graph.inputs, *graph.outputs):
        if tensor.producer is not None and id(tensor.producer) not in done:
            yield "begins or ends at a node that is not part of it"
        yield from _shape(tensor.shape)
    yield from _neighbours(graph)


def _inputs(node: Node, done: set[int]) -> Iterator[str]:
    for tensor in (*node.inputs, *node.context):
        if tensor.producer is not None and id(tensor.producer) not in done:
            yield f"{node.operation.cls} takes what nothing before it gave"


def _outputs(node: Node) -> Iterator[str]:
    if not node.outputs:
        yield f"{node.operation.cls} gives nothing"
    for tensor in node.outputs:
        if tensor.producer is not node:
            yield f"{node.operation.cls} gives a tensor that says it comes from elsewhere"
        yield from _shape(tensor.shape)


def _neighbours(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        for user in graph.consumers(node):
            if node not in graph.producers(user):
                yield f"{user.operation.cls} takes {node.operation.cls}'s output but does not know it"
        for source in graph.producers(node):
            if node not in graph.consumers(source):
                yield f"{source.operation.cls} feeds {node.operation.cls} but does not know it"


def _shape(shape: Shape | None) -> Iterator[str]:
    for dim in shape or ():
        fits = dim is None or isinstance(dim, UnknownDim) or (isinstance(dim, int) and dim >= 0)
        if not fits:
            yield f"an extent of {dim!r}"
