"""Faults in the layers of a chain: a forgotten activation, padding, stride, Flatten or sequence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from bench.mutants.edits import (
    Edit,
    Made,
    operator,
    replace,
    with_argument,
    without_argument,
    without_element,
    without_statement,
)
from bench.mutants.program import Program, argument, has_splat, keyword, literal
from bench.mutants.stacks import Stack, Step, stacks

CONVS = {
    f"{kind}{rank}D{end}"
    for kind in ("Conv", "Convolution", "SeparableConv")
    for rank in (1, 2, 3)
    for end in ("", "Transpose")
}
RECURRENT = {"LSTM", "GRU", "SimpleRNN"}
WEIGHTED = CONVS | {"Dense"} | RECURRENT
ACTIVATIONS = {"Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax", "ThresholdedReLU"}
NORMS = {"BatchNormalization", "LayerNormalization", "GroupNormalization"}
DROPOUTS = {
    "Dropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "GaussianNoise",
    "GaussianDropout",
}
POOLS = {
    f"{kind}{rank}D" for kind in ("MaxPooling", "MaxPool", "AveragePooling", "AvgPool") for rank in (1, 2, 3)
}
GLOBAL = {f"Global{kind}Pooling{rank}D" for kind in ("Max", "Average") for rank in (1, 2, 3)}
SHAPING = {"Flatten", "Reshape", "Permute"} | {
    f"{kind}{rank}D" for kind in ("ZeroPadding", "UpSampling", "Cropping") for rank in (1, 2, 3)
}
AFFINE = NORMS | DROPOUTS | POOLS | GLOBAL | SHAPING


@lru_cache(maxsize=4)
def all_stacks(program: Program) -> list[Stack]:
    """The chains of a program, read once."""
    return stacks(program)


def next_weighted(stack: Stack, index: int) -> int | None:
    """The next layer with weights, if nothing but affine layers stands between."""
    for after in range(index + 1, len(stack.steps)):
        cls = stack.steps[after].cls
        if cls in WEIGHTED:
            return after
        if cls not in AFFINE:
            return None
    return None


def kernel(step: Step) -> tuple[int, ...] | None:
    """The literal kernel of a convolution, as a tuple."""
    position = 1 if step.cls in CONVS else 0
    value = step.value("kernel_size", position)
    if isinstance(value, int):
        return (value,)
    if isinstance(value, tuple | list) and all(isinstance(one, int) for one in value):
        return tuple(value)
    return None


def _is_excused(stack: Stack, index: int, after: int) -> bool:
    """Whether the rule says of itself that it leaves such a convolution alone, or may for what is not literal."""
    step, behind = stack.steps[index], stack.steps[after]
    size = kernel(step)
    before = next(
        (
            one
            for one in reversed(stack.steps[:index])
            if one.cls not in DROPOUTS and not str(one.cls).startswith("ZeroPadding")
        ),
        None,
    )
    if before is None and not stack.starts:
        return True
    if before is not None and (before.cls in ACTIVATIONS or before.cls is None):
        return True
    pointwise = size is None or set(size) == {1}
    if pointwise or any(keyword(one, "groups") for one in (step.make, behind.make) if one is not None):
        return True
    if "Transpose" in str(step.cls) and step.value("strides", 2) not in (None, 1):
        return True
    there = kernel(behind) if behind.cls in CONVS else size
    mixed = there is None or (len(size or ()) > 1 and 1 in (size or ()))
    return mixed or size == _tuple(step.value("strides", 2))


def _tuple(value: object) -> object:
    return (value,) if isinstance(value, int) else value


def _activated(step: Step) -> ast.expr | None:
    """The activation that is written at a layer, if it does something."""
    if step.make is None:
        return None
    found = keyword(step.make, "activation")
    if found is None or literal(found.value) in (None, "linear"):
        return None
    return found.value


def _with_activation(program: Program) -> Iterator[tuple[Stack, int, int, ast.Call, ast.expr]]:
    """Layers that hold an activation and lead to another weight layer: both numbers, the call, the activation."""
    for stack in all_stacks(program):
        for index, step in enumerate(stack.steps):
            value, after, make = _activated(step), next_weighted(stack, index), step.make
            if value is not None and after is not None and make is not None and not has_splat(make):
                yield stack, index, after, make, value


@operator("KER201", "activation= left out")
def forget_activation(program: Program) -> Iterator[Made]:
    """Leave the activation of a convolution out that leads to another weight layer."""
    for stack, index, after, make, value in _with_activation(program):
        if stack.steps[index].cls in CONVS and not _is_excused(stack, index, after):
            yield (without_argument(program, make, value),), (make,)


@operator("KER201", "activation layer left out")
def forget_activation_layer(program: Program) -> Iterator[Made]:
    """Leave out the activation layer between a convolution (and its norm) and the next weight layer."""
    for stack in all_stacks(program):
        for index, step in enumerate(stack.steps):
            if step.cls not in ACTIVATIONS - {"Softmax"} or next_weighted(stack, index) is None:
                continue
            start = index - 1
            while start >= 0 and stack.steps[start].cls in NORMS | DROPOUTS | POOLS:
                start -= 1
            conv = stack.steps[start] if start >= 0 else None
            after = next_weighted(stack, index)
            if (
                conv is None
                or conv.cls not in CONVS
                or conv.make is None
                or after is None
                or has_splat(conv.make)
            ):
                continue
            if keyword(conv.make, "activation") is None and not _is_excused(stack, start, after):
                edit = leave_out(program, stack, index)
                if edit is not None:
                    yield (edit,), (conv.make,)


def leave_out(program: Program, stack: Stack, index: int) -> Edit | None:
    """Leave a layer out of its chain."""
    step = stack.steps[index]
    if stack.style == "list":
        holder = program.parents[step.whole]
        if not isinstance(holder, ast.List) or len(holder.elts) < 2:
            return None
        return without_element(program, holder.elts, holder.elts.index(step.whole))  # type: ignore[arg-type]
    if stack.style == "add" and isinstance(step.whole, ast.stmt):
        return without_statement(program, step.whole)
    if isinstance(step.whole, ast.Assign) and isinstance(step.whole.value, ast.Call):
        source = step.whole.value.args[0]
        return (
            replace(program, step.whole.value, program.text(source)) if isinstance(source, ast.Name) else None
        )
    return None


@operator("KER301", "strides= left out")
def forget_pool_strides(program: Program) -> Iterator[Made]:
    """Leave the strides of a pool out."""
    for call in program.calls:
        if program.keras_name(call) not in POOLS or has_splat(call):
            continue
        value = argument(call, "strides", 1)
        if value is None or literal(value) is None or literal(argument(call, "pool_size", 0)) in (1, (1, 1)):
            continue
        if keyword(call, "strides") is None and len(call.args) > 2:
            continue
        yield (without_argument(program, call, value),), (call,)


def _padded(step: Step) -> ast.expr | None:
    """The written 'same' of a convolution that sees more than one cell."""
    if step.make is None or step.cls not in CONVS or has_splat(step.make):
        return None
    size = kernel(step)
    found = keyword(step.make, "padding")
    if found is None or str(literal(found.value)).lower() != "same" or size is None or max(size) < 2:
        return None
    return found.value if size != _tuple(step.value("strides", 2)) else None


@operator("KER302", "padding= left out")
def forget_padding(program: Program) -> Iterator[Made]:
    """Leave one 'same' out in the middle of a run of at least three."""
    for stack in all_stacks(program):
        padded = [step for step in stack.steps if _padded(step) is not None]
        for step in padded[1:-1] if len(padded) >= 3 else ():
            value = _padded(step)
            assert step.make is not None and value is not None
            if step.value("strides", 2) in (None, 1, (1, 1)):
                yield (without_argument(program, step.make, value),), (step.make,)


@operator("KER204", "activation= left out")
def forget_dense_activation(program: Program) -> Iterator[Made]:
    """Leave the activation of a dense layer out that leads to another dense layer."""
    for stack, index, after, make, value in _with_activation(program):
        is_dense = stack.steps[index].cls == stack.steps[after].cls == "Dense"
        if is_dense and not _narrows(stack, index, after):
            yield (without_argument(program, make, value),), (make,)


def _narrows(stack: Stack, index: int, after: int) -> bool:
    """Whether a dense layer is narrower than both neighbours, or may be."""
    own, behind = stack.steps[index].value("units", 0), stack.steps[after].value("units", 0)
    return not isinstance(own, int) or not isinstance(behind, int) or own < behind


@operator("KER305", "kernel as two numbers")
def split_kernel(program: Program) -> Iterator[Made]:
    """Write `Conv2D(32, (3, 3))` as `Conv2D(32, 3, 3)`."""
    for call in program.calls:
        if program.keras_name(call) not in ("Conv2D", "Convolution2D") or len(call.args) != 2:
            continue
        size = literal(call.args[1])
        given = {one.arg for one in call.keywords}
        if (
            isinstance(size, tuple)
            and len(size) == 2
            and (size[0] == size[1])
            and (size[0] in (2, 3, 4, 5, 7))
            and not given & {"strides", None}
        ):
            yield (replace(program, call.args[1], f"{size[0]}, {size[0]}"),), (call,)


@operator("KER303", "channels before rows")
def turn_input(program: Program) -> Iterator[Made]:
    """Give the input of a convolution as (channels, height, width)."""
    for stack in all_stacks(program):
        first = next((step for step in stack.steps if step.cls not in ("Input", "InputLayer")), None)
        if first is None or first.cls != "Conv2D" or first.make is None or has_splat(first.make):
            continue
        if stack.style not in ("list", "add") or first is not stack.steps[0]:
            continue
        value = argument(first.make, "input_shape")
        shape, size = literal(value), kernel(first)
        if (
            value is None
            or not isinstance(shape, tuple)
            or len(shape) != 3
            or size is None
            or shape[2] not in (1, 3)
        ):
            continue
        if first.value("padding", 3) not in (None, "valid") or max(size) <= shape[2] or None in shape:
            continue
        if keyword(first.make, "data_format") is None:
            turned = f"({shape[2]}, {shape[0]}, {shape[1]})"
            yield (replace(program, value, turned),), (first.make,)


@operator("KER601", "return_sequences left out")
def forget_sequences(program: Program) -> Iterator[Made]:
    """Leave `return_sequences=True` out before another recurrent layer."""
    for stack in all_stacks(program):
        for index, step in enumerate(stack.steps[:-1]):
            given = keyword(step.make, "return_sequences") if step.make is not None else None
            after = next(
                (
                    one.cls
                    for one in stack.steps[index + 1 :]
                    if one.cls not in DROPOUTS | NORMS | {"Activation"}
                ),
                None,
            )
            if (
                step.cls in RECURRENT
                and step.make is not None
                and (given is not None)
                and (after in RECURRENT)
                and literal(given.value) is True
                and keyword(step.make, "return_state") is None
            ):
                following = next(one for one in stack.steps[index + 1 :] if one.cls in RECURRENT)
                assert following.make is not None
                yield (without_argument(program, step.make, given.value),), (step.make, following.make)


@operator("KER503", "rate in percent")
def percent(program: Program) -> Iterator[Made]:
    """Write the rate of a dropout in percent."""
    for call in program.calls:
        value = argument(call, "rate", 0) if program.keras_name(call) == "Dropout" else None
        rate = literal(value)
        if value is not None and isinstance(rate, float) and 0 < rate < 1:
            yield (replace(program, value, str(round(rate * 100))),), (call,)


@operator("KER502", "kernel of zeros")
def zero_kernel(program: Program) -> Iterator[Made]:
    """Initialise the kernel of a hidden layer to zeros."""
    for stack in all_stacks(program):
        for index, step in enumerate(stack.steps):
            value = argument(step.make, "kernel_initializer") if step.make is not None else None
            following = [one.cls for one in stack.steps[index + 1 :]]
            if (
                step.cls in ("Dense", "Conv2D", "Conv1D")
                and step.make is not None
                and (value is not None)
                and any(one in WEIGHTED for one in following)
            ):
                yield (replace(program, value, '"zeros"'),), (step.make,)


@operator("KER603", "mask into a layer without masks")
def mask(program: Program) -> Iterator[Made]:
    """Ask an embedding for a mask that the Flatten or convolution behind it does not know."""
    for stack in all_stacks(program):
        for index, step in enumerate(stack.steps[:-1]):
            after = stack.steps[index + 1].cls
            if (
                (
                    step.cls == "Embedding"
                    and step.make is not None
                    and after in ("Flatten", "Conv1D", "GlobalMaxPooling1D")
                )
                and keyword(step.make, "mask_zero") is None
                and not has_splat(step.make)
            ):
                behind = stack.steps[index + 1].make
                spots = (step.make,) if behind is None else (step.make, behind)
                yield (with_argument(program, step.make, "mask_zero=True"),), spots


@operator("KER604", "stateful without a batch")
def make_stateful(program: Program) -> Iterator[Made]:
    """Make the first recurrent layer of a model stateful, with no batch size anywhere."""
    for stack in all_stacks(program):
        first = stack.steps[0]
        has_shape = first.make is not None and keyword(first.make, "input_shape") is not None
        if (
            first.cls in RECURRENT
            and first.make is not None
            and has_shape
            and (not has_splat(first.make))
            and keyword(first.make, "stateful") is None
            and keyword(first.make, "batch_input_shape") is None
        ):
            yield (with_argument(program, first.make, "stateful=True"),), (first.make,)


@operator("KER404", "result thrown away")
def discard(program: Program) -> Iterator[Made]:
    """Leave out what takes a layer's result: `x = Dropout(0.5)(x)` without `x =`."""
    for stack in all_stacks(program):
        for step in stack.steps if stack.style == "functional" else ():
            whole = step.whole
            if not isinstance(whole, ast.Assign) or step.cls not in ACTIVATIONS | NORMS | DROPOUTS:
                continue
            source = whole.value.args[0] if isinstance(whole.value, ast.Call) else None
            if isinstance(source, ast.Name) and program.text(whole.targets[0]) == source.id:
                edit = Edit(program.start(whole), program.start(whole.value), "")
                yield (edit,), (whole.value,)


@operator("KER306", "branches that do not fit")
def widen(program: Program) -> Iterator[Made]:
    """Give the last convolution before an addition one more filter."""
    for stack in all_stacks(program):
        last = next((step for step in reversed(stack.steps) if step.cls in CONVS), None)
        behind = stack.steps[stack.steps.index(last) + 1 :] if last is not None else []
        filters = argument(last.make, "filters", 0) if last is not None and last.make is not None else None
        count = literal(filters)
        if stack.style != "functional" or last is None or last.make is None or filters is None:
            continue
        if not isinstance(count, int) or not all(
            step.cls in NORMS | ACTIVATIONS | DROPOUTS for step in behind
        ):
            continue
        merge = _addition(program, stack)
        if merge is not None and len(stack.steps) > 1:
            yield (replace(program, filters, str(count + 1)),), (merge, last.make)


def _addition(program: Program, stack: Stack) -> ast.Call | None:
    """The `Add()([x, y])` right behind a chain, of its tensor and another."""
    last = stack.steps[-1].whole
    if not isinstance(last, ast.Assign) or last not in stack.block:
        return None
    name, after = program.text(last.targets[0]), stack.block[stack.block.index(last) + 1 :]
    for statement in after[:1]:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.List):
                called = node.func if isinstance(node.func, ast.Call) else node
                names = {program.text(one) for one in node.args[0].elts}
                if (
                    program.keras_name(called) in ("Add", "add", "Multiply")
                    and name in names
                    and len(names) == 2
                ):
                    return node
    return None
