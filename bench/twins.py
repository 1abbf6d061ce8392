"""`kerlint diff` on random twins: `python -m bench.twins [--verify] [COUNT] [FIRST_SEED]`.

Each seed gives a stack of layers in three styles, which must be equivalent, and a copy of it with one
argument changed, which must be the one difference that is found, and one with a layer left out, which the
edit that is proposed must make equal. Prints the shares and every miss. With `--verify` Keras is asked, too:
outputs must be equal where kerlint says so.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.random_layers import ACTIVATIONS, Extents, random_layer
from bench.random_programs import SHAPES
from kerlint.confirm.asking import Asking
from kerlint.confirm.twins import Checked, verify
from kerlint.diff.result import Diff, diff, words_of
from kerlint.diff.sides import sides_of
from kerlint.diff.training import Side
from kerlint.model.facts import Program
from kerlint.model.recover import recover
from kerlint.source import read

HEAD = "import keras\nimport tensorflow as tf\nfrom keras import layers\n"
_UNCHANGEABLE = ("Reshape", "Permute")
"""Layers of which another argument is refused, or does the same."""


def stack_of(random: Random) -> tuple[Extents, list[str]]:
    """A shape to begin with, and layers that fit on it."""
    start = shape = random.choice(SHAPES)
    stack = []
    for _ in range(random.randint(3, 9)):
        layer, shape = random_layer(random, shape)
        stack.append(layer)
    return start, stack


# Styles


def as_list(name: str, start: Extents, stack: list[str]) -> str:
    """A Sequential model."""
    lines = "".join(f"    layers.{layer},\n" for layer in stack)
    return f"{name} = keras.Sequential([\n    keras.Input({start}),\n{lines}])\n"


def as_graph(name: str, start: Extents, stack: list[str], random: Random) -> str:
    """A functional model; activations stand on their own, spelled in some way."""
    lines = [f"inputs = keras.Input({start})", "x = inputs"]
    for layer in stack:
        bare, activation = _without_activation(layer)
        lines.append(f"x = layers.{bare}(x)")
        if activation is not None:
            lines.append(f"x = {_spelled(activation, random)}(x)")
    return "\n".join([*lines, f"{name} = keras.Model(inputs, x)\n"])


def as_class(name: str, start: Extents, stack: list[str]) -> str:
    """A subclassed model with a Sequential inside."""
    half = len(stack) // 2
    lines = [f"class Net_{name}(keras.Model):", "    def __init__(self):", "        super().__init__()"]
    lines.append(
        f"        self.front = keras.Sequential([{', '.join(f'layers.{one}' for one in stack[:half])}])"
    )
    lines += [f"        self.layer_{index} = layers.{one}" for index, one in enumerate(stack[half:])]
    lines += ["    def call(self, x):", "        x = self.front(x)"]
    lines += [f"        x = self.layer_{index}(x)" for index in range(len(stack) - half)]
    lines += ["        return x", f"{name} = Net_{name}()", f"{name}(keras.Input({start}))"]
    return "\n".join(lines) + "\n"


def _without_activation(layer: str) -> tuple[str, str | None]:
    """The layer's text without its fused activation, and that."""
    if not layer.startswith(("Conv", "Dense")):
        return layer, None
    call = _call(layer)
    found = [one for one in call.keywords if one.arg == "activation"]
    call.keywords = [one for one in call.keywords if one.arg != "activation"]
    value = found[0].value if found else None
    return ast.unparse(call), value.value if isinstance(value, ast.Constant) else None  # type: ignore[return-value]


def _spelled(activation: str, random: Random) -> str:
    ways = [f'layers.Activation("{activation}")', f"keras.activations.{activation}"]
    if activation == "relu":
        ways += ["layers.ReLU()", "tf.nn.relu", "layers.Activation(tf.nn.relu)"]
    return random.choice(ways)


def _call(layer: str) -> ast.Call:
    call = ast.parse(layer, mode="eval").body
    assert isinstance(call, ast.Call)
    return call


# Mutations


def mutated(stack: list[str], random: Random) -> tuple[int, list[str]]:
    """Which layer has one argument changed, and the stack with it."""
    while True:
        index = random.randrange(len(stack))
        changed = _changed(stack[index], random)
        if changed is not None and not stack[index].startswith(_UNCHANGEABLE):
            return index, [*stack[:index], changed, *stack[index + 1 :]]


def _changed(layer: str, random: Random) -> str | None:
    call = _call(layer)
    constants = [node for node in ast.walk(call) if isinstance(node, ast.Constant)]
    if not constants:
        return None
    constant = random.choice(constants)
    value = constant.value
    if isinstance(value, bool):
        constant.value = not value
    elif isinstance(value, int):
        constant.value = value + 1
    elif isinstance(value, float):
        constant.value = value + 0.125
    elif value in ACTIVATIONS:
        constant.value = random.choice([one for one in ACTIVATIONS if one != value])
    elif value in ("same", "bilinear"):
        constant.value = {"same": "valid", "bilinear": "nearest"}[value]
    else:
        return None
    return ast.unparse(call)


def shortened_pair(seed: int) -> tuple[str, str, Diff]:
    """A stack, and the same with one layer left out: the text, that layer, the answer."""
    random = Random(seed)
    while True:
        start, stack = stack_of(random)
        index = random.randrange(len(stack))
        other = [*stack[:index], *stack[index + 1 :]]
        names = ["a", "b"] if random.random() < 0.5 else ["b", "a"]
        text = as_list(names[0], start, stack) + as_list(names[1], start, other)
        found, program = compared(text)
        broken = program.refusals or any(node.error for model in program.models for node in model.flat.nodes)
        if not broken and not found.is_equal:
            return text, stack[index], found


def edited(text: str, found: Diff) -> str:
    """The program after the layers were added and deleted that kerlint says; a layer stands on its own line."""
    lines = (HEAD + text).splitlines(keepends=True)
    for edit in sorted(found.edits, key=lambda edit: edit.location.row, reverse=True):
        row = edit.location.row
        if edit.action == "delete":
            del lines[row - 1]
        elif edit.action == "add":
            lines.insert(row, f"    layers.{edit.text},\n")
    return "".join(lines).removeprefix(HEAD)


# Asking kerlint


def compared(text: str, left: str = "a", right: str = "b") -> tuple[Diff, Program]:
    """The comparison of two models of a program."""
    program = recover(read((HEAD + text).encode(), "twins.py"))
    models = {model.variable: model for model in program.models}
    return diff(Side(program, models[left]), Side(program, models[right])), program


def equal_pairs(seed: int) -> Iterator[tuple[str, Diff]]:
    """One stack in three styles, each against the first."""
    random = Random(seed)
    start, stack = stack_of(random)
    first = as_list("a", start, stack)
    for text in (as_graph("b", start, stack, random), as_class("b", start, stack)):
        yield first + text, compared(first + text)[0]


def mutated_pair(seed: int) -> tuple[str, str, Diff]:
    """A stack, and the same with one argument changed: the text, the layer that was changed, the answer."""
    random = Random(seed)
    while True:
        start, stack = stack_of(random)
        if all(layer.startswith(_UNCHANGEABLE) or _changed(layer, Random(0)) is None for layer in stack):
            continue
        index, other = mutated(stack, random)
        style = random.choice((as_list, as_class))
        text = as_list("a", start, stack) + style("b", start, other)
        found, program = compared(text)
        if not program.refusals and not any(
            node.error for model in program.models for node in model.flat.nodes
        ):
            return text, stack[index], found


def is_found_alone(changed: str, found: Diff) -> bool:
    """Whether the changed layer is the one difference, and the verdict is that the models differ."""
    if found.equivalent is not False or len(found.differences) != 1:
        return False
    (only,) = found.differences
    step = only.left or only.right
    return step is not None and changed.startswith(step.operation.cls)


def told(found: Diff) -> list[str]:
    """The differences in words."""
    return [f"{one.kind}: {words_of(one)}" for one in found.differences]


def checked(text: str, ask: Asking) -> Checked:
    """What Keras says of the models `a` and `b` of a program."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "twins.py"
        path.write_text(HEAD + text)
        left, right, sources = sides_of(f"{path}:a", f"{path}:b")
        return verify(diff(left, right), sources, ask)


def ask(count: int, first: int) -> int:
    """1 when Keras disagrees with any verdict that a pair is equivalent, or builds none."""
    wrong = 0
    pairs = [(seed, text) for seed in range(first, first + count) for text, _ in equal_pairs(seed)]
    with Asking() as asking:
        for seed, text in pairs:
            answer = checked(text, asking)
            if answer.difference is None or answer.disagrees:
                wrong += 1
                print(f"seed {seed}: {answer.words}\n{text}")
    print(f"Keras agrees on {2 * count - wrong} of {2 * count} pairs")
    return 1 if wrong else 0


def main(count: int, first: int) -> int:
    """1 when any pair is judged wrongly."""
    wrong = pairs = 0
    for seed in range(first, first + count):
        for text, found in equal_pairs(seed):
            pairs += 1
            if not found.is_equal:
                wrong += 1
                print(f"seed {seed}: equal, not found so: {told(found)} {found.doubts}\n{text}")
        text, changed, found = mutated_pair(seed)
        pairs += 1
        if not is_found_alone(changed, found):
            wrong += 1
            print(f"seed {seed}: {changed} changed: {found.equivalent} {told(found)} {found.doubts}\n{text}")
        text, left_out, found = shortened_pair(seed)
        pairs += 1
        if not found.edits or not compared(edited(text, found))[0].equivalent:
            wrong += 1
            print(f"seed {seed}: {left_out} left out: {found.equivalent} {told(found)} {found.edits}\n{text}")
    print(f"{pairs - wrong} of {pairs} pairs are judged as they are")
    return 1 if wrong else 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    numbers += [40, 0][len(numbers) :]
    sys.exit((ask if "--verify" in sys.argv else main)(*numbers))
