"""Weights that begin equal, and whether a program trains the model that has them."""

from __future__ import annotations

from kerlint.keras_api import names
from kerlint.model.call_sites import Argument
from kerlint.model.facts import Model, Operation, Program
from kerlint.model.guards import around
from kerlint.model.states import ObjectState
from kerlint.python.values import Instance, Symbol, Value

ARGUMENTS = ("kernel_initializer", "recurrent_initializer")
EQUAL = {"Zeros": "zeros", "Ones": "ones", "Constant": "one constant"}
TRAINING = ("compile", "fit", "train_on_batch", "apply_gradients")


def _equal_weights(value: Value, target: str) -> str | None:
    """In words what the weights begin with, where they are all the same."""
    if isinstance(value, str):
        found = names.alias("initializer", value, target)
        return None if found is None else EQUAL.get(found.rpartition(".")[2])
    if isinstance(value, Symbol):
        return EQUAL.get(value.name) if value.dotted.startswith("keras.") else None
    state = value.native if isinstance(value, Instance) else None
    if not isinstance(state, ObjectState) or state.category != "initializer":
        return None
    name = state.symbol.rpartition(".")[2]
    if name == "Constant" and not isinstance(state.site.value("value"), int | float):
        return None
    return EQUAL.get(name)


def given_equal(operation: Operation, target: str) -> tuple[Argument, str] | None:
    """The argument that gives a layer with trainable weights equal ones, and what they are in words."""
    site = operation.site
    if operation.kind != "layer" or site is None or operation.trainable is not True:
        return None
    if not operation.has("dense", "conv", "recurrent") or operation.has("wrapper", "depthwise"):
        return None
    for name in ARGUMENTS:
        argument = site.argument(name)
        words = _equal_weights(argument.value, target) if argument is not None and argument.is_given else None
        if argument is not None and words is not None:
            return argument, words
    return None


def is_put_to_use(program: Program, model: Model) -> bool:
    """Whether a model is compiled, trained, part of such a model, or returned by the function that builds it.

    A model that only computes has the weights that somebody gave it on purpose, as in tests of explainers.
    """
    return model.kind == "subclassed" or _is_trained(program, model) or _is_returned(model)


def _is_trained(program: Program, model: Model) -> bool:
    layers = {node.operation.identity for node in model.flat.nodes}
    for event in program.trainings:
        if event.kind not in TRAINING:
            continue
        whole = program.model(event.model)
        if whole is None and event.variables is None:
            return True
        trained = {node.operation.identity for node in whole.flat.nodes} if whole is not None else set()
        if layers & (trained | (event.variables or frozenset())) or event.model == model.identity:
            return True
    return False


def _is_returned(model: Model) -> bool:
    """Whether the function around its construction gives anything at all."""
    place = model.place
    for node in around(place.statement, place.node) if place.node is not None else ():
        if type(node).__name__ == "FunctionDef":
            return "return " in place.statement.code(node)
    return False
