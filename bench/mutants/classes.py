"""Faults in layers and models of one's own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from bench.mutants.edits import Edit, Made, operator, replace, without_argument
from bench.mutants.program import Program, keyword

MOODY = ("Dropout", "BatchNormalization", "SpatialDropout1D", "SpatialDropout2D")
WITH_WEIGHTS = (
    "Dense",
    "Conv1D",
    "Conv2D",
    "LSTM",
    "GRU",
    "BatchNormalization",
    "Embedding",
    "LayerNormalization",
)


def _classes(program: Program, base: str) -> Iterator[tuple[ast.ClassDef, ast.FunctionDef]]:
    """Classes on a class of Keras, with their `call`."""
    for node in program.all(ast.ClassDef):
        if len(node.bases) == 1:
            dotted = program.dotted(node.bases[0]) or ""
            call = next(
                (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "call"), None
            )
            if call is not None and "keras" in dotted and dotted.rpartition(".")[2] == base:
                yield node, call


@operator("KER401", "training left out")
def forget_training(program: Program) -> Iterator[Made]:
    """Leave the parameter `training` out of a model's `call`, and what hands it on."""
    for cls, call in _classes(program, "Model"):
        names = [one.arg for one in call.args.args]
        made = {program.keras_name(node) for node in ast.walk(cls)}
        compiles = re.search(rb"\.(fit|compile)\(", program.data) and f"{cls.name}(".encode() in program.data
        if "training" not in names or not made & set(MOODY) or not compiles or len(call.args.args) < 3:
            continue
        if {"train_step", "fit", "__call__"} & {
            one.name for one in cls.body if isinstance(one, ast.FunctionDef)
        }:
            continue
        uses = [node for node in ast.walk(call) if isinstance(node, ast.Name) and node.id == "training"]
        handed = [
            node
            for node in ast.walk(call)
            if isinstance(node, ast.Call) and keyword(node, "training") is not None
        ]
        if len(uses) != len(handed) or names[-1] != "training":
            continue
        last = call.args.args[-1]
        end = program.end(call.args.defaults[-1]) if call.args.defaults else program.end(last)
        edits = [Edit(program.end(call.args.args[-2]), end, "")]
        if len(call.args.defaults) > 1:
            continue
        edits += [without_argument(program, one, keyword(one, "training").value) for one in handed]  # type: ignore[union-attr]
        yield tuple(edits), (call.args.args[0],)


@operator("KER403", "layer made in call")
def make_in_call(program: Program) -> Iterator[Made]:
    """Make a layer where it is called, not in `__init__`."""
    for base in ("Model", "Layer"):
        for cls, call in _classes(program, base):
            for node in ast.walk(cls):
                if not isinstance(node, ast.Assign) or program.keras_name(node.value) not in WITH_WEIGHTS:
                    continue
                target = program.text(node.targets[0])
                names = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
                local = {
                    one.arg
                    for init in cls.body
                    if isinstance(init, ast.FunctionDef)
                    for one in init.args.args
                } - {"self"}
                calls = [
                    one
                    for one in ast.walk(call)
                    if isinstance(one, ast.Call) and program.text(one.func) == target
                ]
                if (
                    target.startswith("self.")
                    and len(calls) == 1
                    and not names & local
                    and program.scope(node) is not call
                ):
                    yield (replace(program, calls[0].func, program.text(node.value)),), (calls[0],)


@operator("KER402", "variable that is not tracked")
def plain_variable(program: Program) -> Iterator[Made]:
    """Make a weight with `tf.Variable`."""
    if program.imports.get("tf") != "tensorflow":
        return
    for _, call in program.method_calls("add_weight"):
        statement = program.statement(call)
        if (
            isinstance(statement, ast.Assign)
            and statement.value is call
            and program.text(statement.targets[0]).startswith("self.")
        ):
            shape = keyword(call, "shape")
            holder = program.parents.get(program.scope(call))
            if (
                shape is not None
                and keyword(call, "trainable") is None
                and isinstance(holder, ast.ClassDef)
                and program.text(call.func) == "self.add_weight"
            ):
                yield (
                    (replace(program, call, f"tf.Variable(tf.zeros({program.text(shape.value)}))"),),
                    (statement,),
                )


@operator("KER406", "function of TensorFlow on a Keras tensor")
def raw_function(program: Program) -> Iterator[Made]:
    """Call `tf.nn.relu` on a tensor of a functional model."""
    if program.imports.get("tf") != "tensorflow":
        return
    for node in program.all(ast.Assign):
        if not isinstance(node.value, ast.Call) or not isinstance(node.value.func, ast.Call):
            continue
        made, scope = node.value.func, program.scope(node)
        is_relu = program.keras_name(made) == "ReLU" or (
            program.keras_name(made) == "Activation"
            and made.args
            and program.text(made.args[0]).strip("'\"") == "relu"
        )
        has_input = any(program.keras_name(one) == "Input" for one in ast.walk(scope))
        if is_relu and has_input and len(node.value.args) == 1:
            yield (
                (replace(program, node.value, f"tf.nn.relu({program.text(node.value.args[0])})"),),
                (node.value,),
            )


@operator("KER709", "step without training=True")
def forget_mode(program: Program) -> Iterator[Made]:
    """Leave `training=True` out of the call of a model on a tape."""
    for node in program.all(ast.With):
        if "GradientTape" not in program.text(node.items[0].context_expr) or not _is_moody(program):
            continue
        for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
            found = keyword(call, "training")
            if found is not None and isinstance(found.value, ast.Constant) and found.value.value is True:
                yield (without_argument(program, call, found.value),), (call,)


def _is_moody(program: Program) -> bool:
    """Whether the file makes layers that are not the same in training."""
    return any(program.keras_name(call) in MOODY for call in program.calls)
