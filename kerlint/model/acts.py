"""What the program does to tensors and layers beside calling layers on tensors: the deeds rules ask for."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kerlint.frozen import fact

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.facts import Operation
    from kerlint.places import Place
    from kerlint.python.values import Path


class Deed(StrEnum):
    """What was done."""

    ASK = "ask"
    """Python asked what surely is a tensor for its truth, its length, its items or a number; `what` says by which word."""
    FUNCTION = "function"
    """A function of TensorFlow or NumPy, or a method, took a tensor; `what` is its dotted name."""
    CONSTRUCT = "construct"
    """A layer, model, metric, optimizer or variable was made inside a method; `what` is its class."""
    STORE = "store"
    """A variable was set as attribute `what` of a layer or model."""
    FREEZE = "freeze"
    """`trainable` was set on a layer or model; `what` is the value where it is known."""
    CALL = "call"
    """A model was called on tensors, outside any other call; `what` is the training mode it is told."""
    PREDICT = "predict"
    """`predict` of a model was called while a tape recorded: what comes out are arrays."""
    GRADIENT = "gradient"
    """`tape.gradient` was asked; `what` says what is wrong with it: `again`, `outside`, or nothing."""
    SWAP = "swap"
    """Variables and gradients were zipped in the wrong order."""
    DROP = "drop"
    """A statement consists of the call of a layer on a tensor, so that nobody gets the result."""


@fact
class Act:
    """One deed, in program order."""

    kind: Deed
    what: str
    place: Place
    order: int
    path: Path = ()
    owner: str | None = None
    """The user's class around it, when it stands in a method of the life cycle or is called from one."""
    method: str | None = None
    """That method: `call`, `__init__`, `build`, `train_step`, ..."""
    caller: int | None = None
    """Identity of the layer or model whose `call` it is part of."""
    outermost: int | None = None
    """Identity of the layer or model whose `call` everything around it is part of."""
    symbolic: bool = False
    """The tensor comes from a `keras.Input`, so that it has no value yet."""
    converted: bool = False
    """A `tf.function` around it turns Python's control flow into TensorFlow's."""
    certain: bool = True
    """False where what the function took may be something else than a tensor."""
    variables: frozenset[int] | None = None
    """Identities of the layers whose variables the gradient is for."""
    taped: bool = False
    """A GradientTape records it."""
    function: str | None = None
    """The user function whose body holds it, if any."""
    inside: bool = False
    """Inside the call of some layer or model, a `Lambda` too: Keras makes no graph of what happens there."""
    operation: Operation | None = None
    """The layer that it is about."""
    site: CallSite | None = None
    """The library call that it is, or that made the variable."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The tests of the `if`s of its own function that it stands under, innermost first."""
        return _tests_around(self.place)[0]

    @property
    def all_conditions(self) -> tuple[str, ...]:
        """The same, with those of the calls that led to it from its method."""
        found: list[str] = []
        for place in (self.place, *reversed(self.place.chain)):
            tests, function = _tests_around(place)
            found += tests
            if function == self.method:
                break
        return tuple(found)

    @property
    def is_conditional(self) -> bool:
        """Whether it stands under an `if` of its own function."""
        return bool(self.conditions)


def _tests_around(place: Place) -> tuple[tuple[str, ...], str | None]:
    """The tests of the `if`s around a place, innermost first, up to its function, whose name is given too."""
    import libcst as cst

    from kerlint.model.guards import around

    found: list[str] = []
    inner = place.node
    if inner is None:
        return (), None
    for node in around(place.statement, inner):
        if isinstance(node, cst.FunctionDef):
            return tuple(found), node.name.value
        if isinstance(node, cst.If | cst.IfExp) and node.test is not inner:
            found.append(place.statement.code(node.test))
        inner = node
    return tuple(found), None
