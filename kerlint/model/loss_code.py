"""What the loss functions of a program do with the predictions, as far as their text says it for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.model.guards import around
from kerlint.model.losses import leaves
from kerlint.places import Place
from kerlint.python.values import FunctionValue
from kerlint.text.nodes import children

if TYPE_CHECKING:
    from kerlint.model.facts import Program
    from kerlint.source import Statement

FLAT: Final = (
    "argmax",
    "argmin",
    "round",
    "rint",
    "floor",
    "ceil",
    "greater",
    "greater_equal",
    "less",
    "equal",
)
"""Functions that have no gradient."""
TELLING: Final = (
    "shape",
    "int_shape",
    "ndim",
    "rank",
    "size",
    "dtype",
    "zeros_like",
    "ones_like",
    "stop_gradient",
)
"""Functions and attributes that take nothing of the numbers, or mean to stop the gradient."""
LIBRARIES: Final = ("tf", "tensorflow", "K", "keras", "ops", "backend")
ARRAYS: Final = ("np", "numpy")
EAGER: Final = re.compile(r"run_eagerly|run_functions_eagerly|py_func|numpy_function")
"""Words of programs in which a loss may see real numbers."""
PREDICTED: Final = re.compile(r"pred|y_?hat|logit|output", re.IGNORECASE)
TRUE: Final = re.compile(r"true|target|label|ground|^gt$", re.IGNORECASE)
PAIR: Final = 2
"""Parameters of a loss."""


@dataclass(frozen=True, slots=True, eq=False)
class LossFlaw:
    """One thing that is wrong with a loss function.

    `kind` is `flat` (no gradient gets through), `array` (NumPy takes a tensor) or `swapped` (the parameters).
    """

    kind: str
    name: str
    word: str
    """The function that is to blame, or the parameters."""
    place: Place
    asymmetric: bool = False
    """Of `swapped`: whether the order surely matters."""


@dataclass(frozen=True, slots=True, eq=False)
class _Loss:
    """A `def` with its two parameters."""

    node: cst.FunctionDef
    statement: Statement
    first: cst.Param
    second: cst.Param

    @property
    def name(self) -> str:
        return self.node.name.value


def loss_flaws(program: Program) -> Iterator[LossFlaw]:
    """The flaws of all functions that `compile` is given for a loss, and of `call` of losses."""
    seen: set[int] = set()
    for loss in _losses(program):
        if id(loss.node) in seen or not _is_followed(loss):
            continue
        seen.add(id(loss.node))
        found = _swapped(loss) or _lost(loss)
        if found is not None:
            yield found


def _losses(program: Program) -> Iterator[_Loss]:
    for compiled in program.compiles:
        argument = compiled.site.argument("loss")
        for value in leaves(argument.value) if argument is not None else ():
            if isinstance(value, FunctionValue) and isinstance(value.node, cst.FunctionDef):
                yield from _loss(value.node, value.statement)
    for cls in program.classes:
        method = cls.method("call") if cls.symbol == "keras.losses.Loss" else None
        if method is not None and isinstance(method.whole.node, cst.FunctionDef):
            yield from _loss(method.whole.node, method.whole.statement)


def _loss(node: cst.FunctionDef, statement: Statement) -> Iterator[_Loss]:
    params = [*node.params.posonly_params, *node.params.params]
    if params and params[0].name.value == "self":
        params = params[1:]
    if len(params) >= PAIR and params[1].default is None:
        yield _Loss(node, statement, params[0], params[1])


def _is_followed(loss: _Loss) -> bool:
    """Whether the body is plain: no functions of its own, no decorator that may change what it does."""
    plain = all("function" in loss.statement.code(one.decorator) for one in loss.node.decorators)
    inside = _walk(loss.node.body)
    return plain and not any(isinstance(node, cst.FunctionDef | cst.Lambda) for node in inside)


def _walk(node: cst.CSTNode) -> list[cst.CSTNode]:
    found, front = [], [node]
    while front:
        one = front.pop()
        found.append(one)
        front += children(one)
    return found


def _swapped(loss: _Loss) -> LossFlaw | None:
    first, second = loss.first.name.value, loss.second.name.value
    if (
        not PREDICTED.search(first)
        or not TRUE.search(second)
        or PREDICTED.search(second)
        or TRUE.search(first)
    ):
        return None
    body = loss.statement.code(loss.node.body)
    matters = re.search(r"\blog\(|crossentropy|cross_entropy|_divergence", body) is not None
    return LossFlaw(
        "swapped", loss.name, f"({first}, {second})", Place(loss.statement, loss.node.name), matters
    )


def _lost(loss: _Loss) -> LossFlaw | None:
    """NumPy on the predictions; or functions without a gradient, where nothing else takes them."""
    blame: tuple[str, cst.CSTNode] | None = None
    for use in _uses(loss):
        kind, word, node = _fate(loss, use)
        if kind == "array":
            is_eager = EAGER.search(loss.statement.source.text) is not None
            return None if is_eager else LossFlaw("array", loss.name, word, Place(loss.statement, node))
        if kind == "plain":
            return None
        if kind == "flat" and blame is None:
            blame = word, node
            if _is_taken_back(loss, use):
                break
    return None if blame is None else LossFlaw("flat", loss.name, blame[0], Place(loss.statement, blame[1]))


def _uses(loss: _Loss) -> list[cst.Name]:
    """Where the body reads the predictions, in order."""
    wanted = loss.second.name.value
    found = [
        node
        for node in _walk(loss.node.body)
        if isinstance(node, cst.Name) and node.value == wanted and _is_read(loss.statement, node)
    ]
    return sorted(found, key=lambda node: loss.statement.span(node))


def _is_read(statement: Statement, node: cst.Name) -> bool:
    above = around(statement, node)[0]
    match above:
        case cst.Attribute():
            return above.attr is not node
        case cst.Arg():
            return above.keyword is not node
    return not isinstance(above, cst.AssignTarget)


def _fate(loss: _Loss, use: cst.Name) -> tuple[str, str, cst.CSTNode]:
    """What becomes of the predictions at one use: `flat`, `array`, `told` or `plain`."""
    below: cst.CSTNode = use
    for node in around(loss.statement, use):
        if node is loss.node:
            break
        if isinstance(node, cst.Attribute) and node.attr.value in (*TELLING, "get_shape"):
            return "told", "", node
        if isinstance(node, cst.Attribute) and below is use and node.attr.value == "numpy":
            return "array", ".numpy()", node
        if isinstance(node, cst.Comparison):
            return "flat", "a comparison", node
        if isinstance(node, cst.Call) and below is not node.func:
            kind = _kind(loss.statement.code(node.func))
            if kind is not None:
                return kind, loss.statement.code(node.func), node
        below = node
    return "plain", "", use


def _kind(callee: str) -> str | None:
    root, _, rest = callee.partition(".")
    last = rest.rpartition(".")[2]
    if last in TELLING:
        return "told"
    if root in ARRAYS and rest:
        return "array"
    return "flat" if root in LIBRARIES and last in FLAT else None


def _is_taken_back(loss: _Loss, use: cst.Name) -> bool:
    """Whether the name itself is bound to the result, for all that follows: `y_pred = tf.round(y_pred)`."""
    line = around(loss.statement, use)
    assign = next((node for node in line if isinstance(node, cst.Assign)), None)
    if assign is None or not any(
        isinstance(one.target, cst.Name) and one.target.value == use.value for one in assign.targets
    ):
        return False
    rest = line[line.index(assign) + 1 :]
    alone = sum(node.value == use.value for node in _walk(assign.value) if isinstance(node, cst.Name)) == 1
    return alone and len(rest) > PAIR and rest[1] is loss.node.body and rest[2] is loss.node
