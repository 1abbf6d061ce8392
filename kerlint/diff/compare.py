"""The differences between two models: those that are causes, not what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kerlint.diff.align import Pair, align
from kerlint.diff.settings import COMMUTATIVE, Setting
from kerlint.diff.steps import ACTIVATION, Chain, Step, chain_of
from kerlint.diff.values import OPEN, Opaque, Verdict, compare
from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.model.facts import Model

_TRAINING = ("_regularizer", "_constraint")
_INITIAL = ("_initializer",)


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One cause. `kind` is `layer`, `argument`, `shape`, `compile` or `fit`."""

    kind: str
    left: Step | None = None
    right: Step | None = None
    argument: str | None = None
    left_setting: Setting | None = None
    right_setting: Setting | None = None
    words: str | None = None
    """What else there is to say."""

    @property
    def changes_function(self) -> bool:
        """Whether the models compute something else because of it, whatever their weights are."""
        if self.kind in ("compile", "fit"):
            return False
        return self.kind != "argument" or not is_aside(self.argument or "")


def is_aside(argument: str) -> bool:
    """Whether an argument only bears on initial weights or on the loss."""
    return argument.endswith((*_TRAINING, *_INITIAL)) or argument.rpartition(".")[2] == "seed"


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two chains, paired."""

    left: Chain
    right: Chain
    pairs: tuple[Pair, ...]
    differences: tuple[Difference, ...]
    open: tuple[str, ...]
    """Arguments of which it cannot be said whether they differ."""

    def steps(self, pair: Pair) -> tuple[Step | None, Step | None]:
        """The steps of a pair."""
        left, right = pair
        return (
            None if left is None else self.left.steps[left],
            None if right is None else self.right.steps[right],
        )


def compare_models(left: Model, right: Model) -> Comparison:
    """The comparison with the fewest differences: as written, else with the terms of sums in one order."""
    found = _compared(left, right, sorts=False)
    if found.differences and any(step.cls in COMMUTATIVE for step in found.left.steps):
        ordered = _compared(left, right, sorts=True)
        if len(ordered.differences) < len(found.differences):
            return ordered
    return found


def _compared(left: Model, right: Model, *, sorts: bool) -> Comparison:
    chains = chain_of(left, sorts=sorts), chain_of(right, sorts=sorts)
    pairs = align(chains[0].steps, chains[1].steps)
    work = _Work(*chains, pairs)
    differences = [*_of_inputs(left, right), *work.differences()]
    return Comparison(*chains, tuple(pairs), tuple(differences), tuple(work.open))


class _Work:
    """The comparison of two chains while it is made."""

    def __init__(self, left: Chain, right: Chain, pairs: list[Pair]) -> None:
        self.left, self.right, self.pairs = left, right, pairs
        self.open: list[str] = []
        self.match = {one: other for one, other in pairs if one is not None and other is not None}
        self.lone_right = {other for one, other in pairs if one is None and other is not None}
        self.owned: dict[int, int] = {}

    def differences(self) -> Iterator[Difference]:
        """All of them, in order."""
        for one, other in self.pairs:
            if one is not None and other is not None:
                yield from self._of_pair(one, other)
            elif one is not None:
                yield from self._alone(self.left, one)
            elif other is not None:
                yield from self._alone(self.right, other)
        yield from self._of_outputs()

    def _of_pair(self, one: int, other: int) -> Iterator[Difference]:
        left, right = self.left.steps[one], self.right.steps[other]
        if left.cls != right.cls:
            yield Difference("layer", left, right)
        else:
            yield from self._of_settings(left, right)
        if left.node is None or right.node is None:
            return
        if self._through(self.left, left.inputs, None) != self._through(
            self.right, right.inputs, self.lone_right
        ):
            yield Difference("layer", left, right, "inputs", words="takes other inputs, or in another order")
        elif self._shares_otherwise(left, right):
            yield Difference("layer", left, right, "weights", words="share weights on one side only")

    def _of_settings(self, left: Step, right: Step) -> Iterator[Difference]:
        """The arguments that differ; what Keras derived from one of them on both sides is no cause."""
        found = list(self._all_settings(left, right))
        causes = [one for one in found if not _is_derived(one)]
        yield from causes or found

    def _all_settings(self, left: Step, right: Step) -> Iterator[Difference]:
        for name in dict.fromkeys([*left.settings, *right.settings]):
            mine, theirs = left.settings.get(name), right.settings.get(name)
            if mine is None or theirs is None:
                if (mine or theirs or _NONE).origin == "written" and name != "axis":
                    yield Difference("argument", left, right, name, mine, theirs)
                continue
            verdict = compare(mine.value, theirs.value)
            if verdict is Verdict.DIFFERENT:
                yield Difference("argument", left, right, name, mine, theirs)
            elif verdict is Verdict.OPEN and not is_aside(name):
                self.open.append(f"{name} of {left.name} and {right.name}")

    def _shares_otherwise(self, left: Step, right: Step) -> bool:
        """Whether one side applies a layer with weights again where the other has a new one."""
        if not left.params or not right.params or left.owner is not None:
            return False
        first = self.owned.setdefault(left.operation.identity, right.operation.identity)
        back = self.owned.setdefault(-right.operation.identity, left.operation.identity)
        return first != right.operation.identity or back != left.operation.identity

    def _through(self, chain: Chain, inputs: tuple[int, ...], lone: set[int] | None) -> list[int]:
        """The inputs in the numbers of the right side, with steps that have no partner passed over."""
        found = []
        for number in inputs:
            while number >= 0 and self._is_lone(number, lone) and chain.steps[number].inputs:
                number = chain.steps[number].inputs[0]
            found.append(number if lone is not None or number < 0 else self.match.get(number, -1))
        return found

    def _is_lone(self, number: int, lone: set[int] | None) -> bool:
        return number not in self.match if lone is None else number in lone

    def _alone(self, chain: Chain, index: int) -> Iterator[Difference]:
        """A step of one side only; an activation that the partner of its layer lacks is an argument of it."""
        step = chain.steps[index]
        is_left = chain is self.left
        if step.owner is not None and self._is_lone(step.owner, None if is_left else self.lone_right):
            return  # it comes with its layer
        active = step.settings.get("activation") if step.cls == ACTIVATION else None
        if active is not None and (active.value is OPEN or isinstance(active.value, Opaque)):
            self.open.append(f"the activations at {step.name}")
            return
        partner = self._partner_of_owner(step, is_left)
        if partner is not None and step.owner is not None and partner.activation is not None:
            owner = chain.steps[step.owner]
            mine, theirs = step.settings["activation"], partner.activation
            sides = (owner, partner, "activation", mine, theirs)
            yield Difference(
                "argument", *(sides if is_left else (partner, owner, "activation", theirs, mine))
            )
        else:
            yield Difference("layer", step, None) if is_left else Difference("layer", None, step)

    def _partner_of_owner(self, step: Step, is_left: bool) -> Step | None:
        """The layer on the other side that stands for the one whose argument the step is."""
        if step.owner is None:
            return None
        if is_left:
            partner = self.match.get(step.owner)
            other = self.right
        else:
            partner = next((one for one, two in self.match.items() if two == step.owner), None)
            other = self.left
        if partner is None:
            return None
        found = other.steps[partner]
        return found if found.activation is not None and found.activation.value == "linear" else None

    def _of_outputs(self) -> Iterator[Difference]:
        if not self.left.is_known or not self.right.is_known:
            return
        mine = self._through(self.left, self.left.outputs, None)
        theirs = self._through(self.right, self.right.outputs, self.lone_right)
        if mine != theirs:
            yield Difference("shape", None, None, "outputs", words="the outputs come from other layers")


def _is_derived(one: Difference) -> bool:
    settings = (one.left_setting, one.right_setting)
    return all(setting is not None and setting.origin == "resolved from None" for setting in settings)


_NONE = Setting(None, "default")


def _of_inputs(left: Model, right: Model) -> Iterator[Difference]:
    """The inputs' shapes, the batch axis left aside."""
    if not left.flat.outputs or not right.flat.outputs:
        return
    mine = [tensor.shape for tensor in left.flat.inputs]
    theirs = [tensor.shape for tensor in right.flat.inputs]
    if len(mine) != len(theirs):
        yield Difference("shape", argument="inputs", words=f"{_inputs(len(mine))} against {len(theirs)}")
        return
    for one, other in zip(mine, theirs, strict=True):
        if one is not None and other is not None and differ(one, other):
            yield Difference(
                "shape", None, None, "input", Setting(_told(one), "written"), Setting(_told(other), "written")
            )


def _inputs(count: int) -> str:
    return f"{count} input" if count == 1 else f"{count} inputs"


def _told(shape: Shape) -> tuple[Any, ...]:
    return tuple(OPEN if isinstance(dim, UnknownDim) else dim for dim in shape[1:])


def differ(left: Shape, right: Shape) -> bool:
    """Whether two shapes certainly differ, the batch axis left aside."""
    if len(left) != len(right):
        return True
    return any(
        one != other and not isinstance(one, UnknownDim) and not isinstance(other, UnknownDim)
        for one, other in zip(left[1:], right[1:], strict=True)
    )
