"""Faults between the head of a model and the loss and metrics that judge it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bench.mutants.compiles import compiled, head_activation, loss_of, units_of
from bench.mutants.edits import (
    Made,
    after_statement,
    operator,
    replace,
    with_argument,
    without_argument,
    without_statement,
)
from bench.mutants.layers import ACTIVATIONS, CONVS, DROPOUTS, NORMS, POOLS, leave_out
from bench.mutants.program import Program, argument, keyword, literal

CATEGORICAL = ("categorical_crossentropy", "sparse_categorical_crossentropy")
DENSE = {"Dense"} | ACTIVATIONS | DROPOUTS | NORMS


@operator("KER202", "softmax for sigmoid")
def softmax_on_one(program: Program) -> Iterator[Made]:
    """Give a single unit a softmax."""
    for call in program.calls:
        if program.keras_name(call) == "Dense" and literal(argument(call, "units", 0)) == 1:
            value = argument(call, "activation", 1)
            if value is not None and literal(value) == "sigmoid":
                yield (replace(program, value, '"softmax"'),), (call,)


@operator("KER203", "relu on the head")
def relu_head(program: Program) -> Iterator[Made]:
    """Give the head of a classifier a rectifier."""
    for _, head, call in compiled(program):
        value, name = head_activation(head)
        if value is not None and name in ("softmax", "sigmoid") and "crossentropy" in str(loss_of(call)[1]):
            assert head.make is not None
            yield (replace(program, value, '"relu"'),), (head.make, call)


@operator("KER104", "head without activation")
def bare_head(program: Program) -> Iterator[Made]:
    """Leave the activation of a classifier's head out."""
    for stack, head, call in compiled(program):
        if "crossentropy" not in str(loss_of(call)[1]):
            continue
        value, name = head_activation(head)
        if value is not None and name in ("softmax", "sigmoid") and head.make is not None:
            if not (units_of(head) == 1 and loss_of(call)[1] in CATEGORICAL):
                yield (without_argument(program, head.make, value),), (head.make, call)
        elif head.cls == "Activation" and isinstance(head.whole, ast.stmt) and stack.style == "add":
            before = stack.steps[-2]
            if (
                before.cls == "Dense"
                and before.make is not None
                and keyword(before.make, "activation") is None
            ) and head.value("activation", 0) in ("softmax", "sigmoid"):
                yield (without_statement(program, head.whole),), (before.make, call)


@operator("KER105", "logits of a softmax")
def logits_loss(program: Program) -> Iterator[Made]:
    """Tell the loss that it is given logits, which it is not."""
    names = {
        "categorical_crossentropy": "CategoricalCrossentropy",
        "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
        "binary_crossentropy": "BinaryCrossentropy",
    }
    for _, head, call in compiled(program):
        value, loss = loss_of(call)
        base = next((name for name in ("keras", "tf.keras") if program.names_keras(name)), None)
        if (
            value is None
            or base is None
            or loss not in names
            or head_activation(head)[1] not in ("softmax", "sigmoid")
        ):
            continue
        text = f"{base}.losses.{names[str(loss)]}(from_logits=True)"
        assert head.make is not None
        yield (replace(program, value, text),), (call, head.make)


@operator("KER102", "loss of a regression")
def regression_loss(program: Program) -> Iterator[Made]:
    """Train a softmax on the squared error."""
    for _, head, call in compiled(program):
        value, loss = loss_of(call)
        units = units_of(head)
        if value is not None and loss in CATEGORICAL and head_activation(head)[1] == "softmax" and units != 1:
            yield (replace(program, value, '"mse"'),), (call,)


@operator("KER103", "categorical loss for one unit")
def categorical_for_one(program: Program) -> Iterator[Made]:
    """Judge a single sigmoid by the loss for many classes."""
    for _, head, call in compiled(program):
        value, loss = loss_of(call)
        if value is not None and loss == "binary_crossentropy" and units_of(head) == 1:
            assert head.make is not None
            yield (replace(program, value, '"categorical_crossentropy"'),), (call, head.make)


@operator("KER103", "sigmoid for softmax")
def sigmoid_for_softmax(program: Program) -> Iterator[Made]:
    """Give the head of many classes a sigmoid."""
    for _, head, call in compiled(program):
        value, name = head_activation(head)
        units = units_of(head)
        if (
            value is not None
            and name == "softmax"
            and loss_of(call)[1] in CATEGORICAL
            and isinstance(units, int)
        ):
            assert head.make is not None
            yield (replace(program, value, '"sigmoid"'),), (call, head.make)


@operator("KER106", "accuracy of a regression")
def accuracy_of_numbers(program: Program) -> Iterator[Made]:
    """Ask for the accuracy of a linear head under a squared error."""
    for _, head, call in compiled(program):
        is_linear = head.cls == "Dense" and head_activation(head)[1] in (None, "linear")
        if (
            loss_of(call)[1] in ("mse", "mean_squared_error", "mae")
            and is_linear
            and argument(call, "metrics", 2) is None
        ):
            yield (with_argument(program, call, 'metrics=["accuracy"]'),), (call,)


@operator("KER107", "binary loss of a softmax")
def binary_of_softmax(program: Program) -> Iterator[Made]:
    """Judge a softmax of several classes by the binary loss."""
    for _, head, call in compiled(program):
        value, loss = loss_of(call)
        units = units_of(head)
        if value is None or loss != "categorical_crossentropy" or head_activation(head)[1] != "softmax":
            continue
        if isinstance(units, int) and units > 2:
            assert head.make is not None
            yield (replace(program, value, '"binary_crossentropy"'),), (call, head.make)


@operator("KER109", "misspelt loss")
def misspelt_loss(program: Program) -> Iterator[Made]:
    """Misspell the name of a loss."""
    for _, call in program.method_calls("compile"):
        value, loss = loss_of(call)
        if value is not None and isinstance(loss, str) and "crossentropy" in loss:
            yield (replace(program, value, repr(loss.replace("crossentropy", "cross_entropy"))),), (call,)


@operator("KER504", "dropout behind the head")
def drop_output(program: Program) -> Iterator[Made]:
    """Put a Dropout behind the softmax."""
    for stack, head, _ in compiled(program):
        if (
            stack.style == "add"
            and head_activation(head)[1] == "softmax"
            and isinstance(head.whole, ast.stmt)
        ):
            drop = next(
                (one.make for one in stack.steps if one.cls == "Dropout" and one.make is not None), None
            )
            if drop is not None and stack.owner is not None:
                edit = after_statement(program, head.whole, f"{stack.owner}.add({program.text(drop)})")
                yield (edit,), (edit, head.make) if head.make is not None else (edit,)


@operator("KER801", "loss for the other labels")
def other_labels(program: Program) -> Iterator[Made]:
    """Take the loss for numbers where the labels are one-hot in the same file, or the other way."""
    if b"to_categorical" not in program.data:
        return
    for stack, _, call in compiled(program):
        value, loss = loss_of(call)
        fits = [
            fit
            for who, fit in program.method_calls("fit", stack.scope)
            if who == stack.owner and len(fit.args) > 1
        ]
        hot = {
            program.text(one.targets[0])
            for one in ast.walk(stack.scope)
            if isinstance(one, ast.Assign) and program.keras_name(one.value) == "to_categorical"
        }
        if (
            value is not None
            and loss == "categorical_crossentropy"
            and any(program.text(fit.args[1]) in hot for fit in fits)
        ):
            yield (replace(program, value, '"sparse_categorical_crossentropy"'),), (call, *fits)


@operator("KER304", "Flatten left out")
def forget_flatten(program: Program) -> Iterator[Made]:
    """Leave out the Flatten between the convolutions of a classifier and its dense head."""
    for stack, head, call in compiled(program):
        names = [step.cls for step in stack.steps]
        if "Flatten" not in names or "crossentropy" not in str(loss_of(call)[1]) or None in names:
            continue
        index = names.index("Flatten")
        behind = set(names[index + 1 :])
        if (
            set(names[:index]) & CONVS
            and set(names[:index]) & POOLS
            and behind <= DENSE
            and head.cls == "Dense"
        ):
            edit = leave_out(program, stack, index)
            dense = tuple(step.make for step in stack.steps[index + 1 :] if step.make is not None)
            if edit is not None:
                yield (edit,), dense
