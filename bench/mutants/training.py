"""Faults in how a model is trained, watched and saved, and in arguments that Keras does not take."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bench.mutants.compiles import TRAINS, compiled
from bench.mutants.edits import Edit, Made, after_statement, operator, replace, without_statement
from bench.mutants.program import Program, argument, keyword, literal


@operator("KER110", "compile left out")
def forget_compile(program: Program) -> Iterator[Made]:
    """Leave the compile of a model out that is fitted in the same block."""
    for stack, _, call in compiled(program):
        statement = program.statement(call)
        if not isinstance(statement, ast.Expr) or statement.value is not call:
            continue
        fits = [
            fit
            for name in TRAINS
            for who, fit in program.method_calls(name, stack.scope)
            if who == stack.owner
        ]
        fits.sort(key=program.start)
        if fits and program.start(fits[0]) > program.start(call):
            yield (without_statement(program, statement),), (fits[0],)


WATCHERS = {"EarlyStopping": 0, "ReduceLROnPlateau": 0, "ModelCheckpoint": 1}
"""Callbacks that monitor a key, and the position of that argument."""
WRONG_KEYS = {
    "loss": "lost",
    "val_loss": "valid_loss",
    "accuracy": "acc",
    "val_accuracy": "val_acc",
}


@operator("KER702", "key that is not logged")
def old_monitor(program: Program) -> Iterator[Made]:
    """Monitor a key by a name that is not logged, such as `val_acc` for `val_accuracy`."""
    for call in program.calls:
        position = WATCHERS.get(program.keras_name(call) or "")
        value = argument(call, "monitor", position) if position is not None else None
        if value is not None and literal(value) in WRONG_KEYS and _is_fitted(program, call):
            yield (replace(program, value, repr(WRONG_KEYS[str(literal(value))])),), (call,)


def _is_fitted(program: Program, call: ast.Call) -> bool:
    """Whether a callback is handed to a fit of a model that is compiled in the same scope."""
    scope, statement = program.scope(call), program.statement(call)
    compiles = {who for who, _ in program.method_calls("compile", scope)}
    for who, fit in program.method_calls("fit", scope):
        given = argument(fit, "callbacks")
        if who in compiles and given is not None:
            inside = list(ast.walk(given))
            if call in inside:
                return True
            if isinstance(statement, ast.Assign) and statement.value is call:
                name = program.text(statement.targets[0])
                return any(isinstance(node, ast.Name) and node.id == name for node in inside)
    return False


@operator("KER703", "validated on training data")
def same_data(program: Program) -> Iterator[Made]:
    """Validate on the data of the training."""
    for stack, _, call in compiled(program):
        fits = [fit for who, fit in program.method_calls("fit", stack.scope) if who == stack.owner]
        fit = next((one for one in fits if program.start(one) > program.start(call)), call)
        data, found = fit.args[:2], keyword(fit, "validation_data")
        if found is None or len(data) != 2 or not isinstance(found.value, ast.Tuple):
            continue
        texts = [program.text(one) for one in data]
        if (
            all(isinstance(one, ast.Name) for one in data)
            and [program.text(one) for one in found.value.elts[:2]] != texts
        ):
            yield (replace(program, found.value, f"({', '.join(texts)})"),), (fit,)


@operator("KER705", "key that is not logged")
def wrong_key(program: Program) -> Iterator[Made]:
    """Ask the history for `acc` where `accuracy` is logged."""
    for node in program.all(ast.Subscript):
        if isinstance(node.value, ast.Attribute) and node.value.attr == "history":
            key, name = literal(node.slice), program.text(node.value.value)
            if key in WRONG_KEYS and name in _histories(program, program.scope(node)):
                yield (replace(program, node.slice, repr(WRONG_KEYS[str(key)])),), (node,)


def _histories(program: Program, scope: ast.AST) -> set[str]:
    """Names that are given the history of a model that the same scope compiles and fits."""
    owners = {stack.owner for stack, _, _ in compiled(program) if stack.scope is scope}
    fits = [fit for who, fit in program.method_calls("fit", scope) if who in owners]
    statements = [program.statement(fit) for fit in fits]
    return {
        program.text(one.targets[0])
        for one in statements
        if isinstance(one, ast.Assign) and one.value in fits
    }


@operator("KER713", "steps that are no whole number")
def broken_steps(program: Program) -> Iterator[Made]:
    """Divide without rounding for the steps of an epoch."""
    for _, fit in program.method_calls("fit"):
        for name in ("steps_per_epoch", "validation_steps"):
            value = argument(fit, name)
            if isinstance(value, ast.BinOp) and isinstance(value.op, ast.FloorDiv):
                text = f"{program.text(value.left)} / {program.text(value.right)}"
                yield (replace(program, value, text),), (fit,)


@operator("KER902", "weights without their suffix")
def bad_suffix(program: Program) -> Iterator[Made]:
    """Save weights under a name that Keras 3 refuses."""
    for _, call in program.method_calls("save_weights"):
        name = literal(call.args[0]) if call.args else None
        if isinstance(name, str) and name.endswith(".weights.h5"):
            yield (replace(program, call.args[0], repr(name.replace(".weights.h5", ".h5"))),), (call,)


@operator("KER408", "fit_generator")
def old_fit(program: Program) -> Iterator[Made]:
    """Train with the method that Keras 3 has no more."""
    for stack, _, _ in compiled(program):
        for who, fit in program.method_calls("fit", stack.scope):
            if who == stack.owner and isinstance(fit.func, ast.Attribute):
                end = program.end(fit.func)
                yield (Edit(end - len("fit"), end, "fit_generator"),), (fit,)


@operator("KER408", "old module")
def old_module(program: Program) -> Iterator[Made]:
    """Import a layer from the module where Keras 2 had it."""
    for node in program.all(ast.ImportFrom):
        if (
            node.module in ("keras.layers", "tensorflow.keras.layers")
            and {one.name for one in node.names} <= {"Dense", "Dropout", "Flatten", "Activation"}
            and not node.level
            and node in program.tree.body
        ):
            text = program.text(node).replace(node.module, f"{node.module}.core", 1)
            yield (replace(program, node, text),), (node,)


@operator("KER409", "misspelt argument")
def misspelt_argument(program: Program) -> Iterator[Made]:
    """Misspell an argument of a layer."""
    wrong = {
        "activation": "activations",
        "padding": "pad",
        "return_sequences": "return_sequence",
        "kernel_initializer": "kernel_init",
    }
    for call in program.calls:
        name = program.keras_name(call)
        if name not in ("Dense", "Conv2D", "Conv1D", "LSTM", "GRU", "MaxPooling2D", "Embedding"):
            continue
        found = next((one for one in call.keywords if one.arg in wrong), None)
        if found is not None and found.arg is not None:
            start = program.start(found)
            yield (Edit(start, start + len(found.arg), wrong[found.arg]),), (call,)


@operator("KER701", "frozen after compile")
def late_freeze(program: Program) -> Iterator[Made]:
    """Freeze a whole model between its compile and its first training."""
    for stack, _, call in compiled(program):
        statement = program.statement(call)
        fits = [fit for who, fit in program.method_calls("fit", stack.scope) if who == stack.owner]
        inside = (
            isinstance(statement, ast.Expr)
            and program.parents[statement] is program.parents[program.statement(stack.steps[-1].whole)]
        )
        if fits and inside and program.start(fits[0]) > program.start(call):
            edit = after_statement(program, statement, f"{stack.owner}.trainable = False")
            yield (edit,), (edit,)


@operator("KER806", "raw pixels")
def raw_pixels(program: Program) -> Iterator[Made]:
    """Leave out the division of pixels by 255."""
    for node in program.all(ast.AugAssign):
        if (
            isinstance(node.op, ast.Div) and literal(node.value) in (255, 255.0)
        ) and b"load_data" in program.data:
            name = program.text(node.target)
            fits = [
                fit
                for _, fit in program.method_calls("fit")
                if fit.args and program.text(fit.args[0]) == name
            ]
            if fits:
                yield (without_statement(program, node),), (fits[0], *_readers(program, name))


def _readers(program: Program, name: str) -> list[ast.AST]:
    """Where the data of that name come from."""
    return [
        node
        for node in program.all(ast.Assign)
        if any(isinstance(one, ast.Name) and one.id == name for t in node.targets for one in ast.walk(t))
    ]
