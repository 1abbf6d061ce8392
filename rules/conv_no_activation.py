"""A convolution without an activation before the next weight layer adds no depth to the network.

A convolution is an affine map, and an affine map of an affine map is one affine map: with nothing non-linear
between them, two weight layers can represent no more than one could. Batch normalisation, dropout, padding,
upsampling, average pooling and reshaping change nothing about that, for they are affine too; after max
pooling the pooling is the only non-linearity. The usual cause is a forgotten `activation="relu"`: the default
is none.

Keras (all versions) is silent. Training runs and the loss falls, but the accuracy stays below that of the
same model with activations, often by ten points.

Reported where the activation is omitted and the next layer with weights is reached without a non-linearity.
A written `activation=None` or `"linear"` is only an info, unless no convolution of the model has any.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3),  # KER201 warning: no activation
    layers.BatchNormalization(),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3),
    layers.BatchNormalization(),
    layers.Activation("relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good: linear for a reason. Branches that are added, concatenated or multiplied, model outputs, linear
bottlenecks, factorised and patch-embedding convolutions, networks that activate before the convolution, fixed
kernels. And what cannot be known: an activation that comes out of a configuration.

```python
import json

from keras import Input, Sequential, layers

config = json.load(open("model.json"))
model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(32, 3, activation=config["activation"]),
    layers.Conv2D(64, 3, **config["second"]),
    layers.Flatten(),
    layers.Dense(10),
])
```

How to fix: give the convolution an activation, or put an activation layer behind it (behind the batch
normalisation, where there is one). Where it is linear on purpose, suppress the finding at its line.

Fix safety: unsafe, for the model computes something else afterwards. The fix writes the activation that all
other convolutions of the model have, else `relu`.

Options: `depthwise` (false): judge depthwise convolutions as well.

See: https://keras.io/api/layers/convolution_layers/convolution2d/ and https://arxiv.org/abs/2105.08095
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.model.call_sites import Origin
from kerlint.model.compiles import has_gaps
from kerlint.model.facts import Graph, Model, Node, Operation, Path, Program, exclude_each_other
from kerlint.probes import Holds, Probe, Property, Step
from kerlint.python.values import Instance, Symbol, is_known

from ._bad_conv_no_activation import BAD
from ._good_architectures import ARCHITECTURES
from ._good_conv_no_activation import SITUATIONS
from ._learned import is_frozen, learned
from ._once import once
from ._parts import parts

if TYPE_CHECKING:
    from kerlint.source import Place

__all__ = ["BAD", "GOOD", "PROBE", "Options", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.AFFINE), Holds(Property.POOLING_ALONE)))

GOOD = {**SITUATIONS, **ARCHITECTURES}

LINEAR = ("linear", None)
LINEAR_TEXTS = ("None", "'linear'", '"linear"')
PASSED = ("norm", "dropout_like", "pool", "transparent", "reshape")
RECEIVERS = ("conv", "dense", "recurrent")
FIXED_INITIALIZERS = ("Constant", "Ones", "Zeros", "Identity", "IdentityInitializer")


@dataclass(frozen=True, slots=True)
class Options:
    """`depthwise`: whether depthwise convolutions are judged as well."""

    depthwise: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """A linear convolution, the layers passed behind it, and the weight layer they lead to."""

    graph: Graph
    start: Node
    passed: tuple[Node, ...]
    end: Node

    @property
    def meets_max_pool(self) -> bool:
        """Whether a maximum stands between: the only non-linearity there can be."""
        return any(node.operation.has("max_pool") for node in self.passed)


def _is_passed(node: Node) -> bool:
    return node.operation.kind == "layer" and node.operation.has(*PASSED) and not node.opaque_inputs


def _is_depthwise(operation: Operation) -> bool:
    """Whether it keeps channels apart: by its class, or with as many groups as filters."""
    filters = operation.value("filters")
    grouped = isinstance(filters, int) and filters > 1 and operation.value("groups") == filters
    is_named = operation.has("depthwise") and not operation.has("separable")
    return is_named or grouped or _has_one_text_for_both(operation)


def _has_one_text_for_both(operation: Operation) -> bool:
    """`Conv2D(width, 7, groups=width)`, whatever `width` is."""
    site = operation.site
    filters, groups = (site.argument(name) if site is not None else None for name in ("filters", "groups"))
    if filters is None or groups is None or filters.text is None:
        return False
    return filters.text == groups.text and not filters.text.isdigit()


def _is_plain_conv(operation: Operation, options: Options) -> bool:
    if operation.kind != "layer" or not operation.has("conv") or operation.has("recurrent"):
        return False
    return options.depthwise or not _is_depthwise(operation)


def _is_linear(operation: Operation) -> bool:
    activation = operation.value("activation")
    return is_known(activation) and activation in LINEAR


def _walk(graph: Graph, start: Node) -> Walk | None:
    """Follow single consumers to the next weight layer; None where anything else comes first."""
    passed: list[Node] = []
    current = graph.sole_consumer(start)
    while current is not None and _is_passed(current):
        passed.append(current)
        current = graph.sole_consumer(current)
    if current is None or current.operation.kind != "layer" or current.opaque_inputs:
        return None
    if not current.operation.has(*RECEIVERS) or current.operation.has("attention", "wrapper"):
        return None
    return Walk(graph, start, tuple(passed), current)


def _leaves(graph: Graph, node: Node) -> bool:
    """Whether the node's output leaves the graph with nothing but passed layers behind it."""
    current: Node | None = node
    while current is not None:
        if graph.is_output(current):
            return True
        current = graph.sole_consumer(current)
        if current is not None and not _is_passed(current):
            return False
    return False


def _is_activated(graph: Graph, node: Node) -> bool:
    """Whether a non-linearity is fused into the node or follows it, normalisation aside."""
    if not _is_linear(node.operation):
        return True
    following = graph.sole_consumer(node)
    while following is not None and following.operation.has("norm", "dropout_like"):
        following = graph.sole_consumer(following)
    return following is not None and following.operation.has("activation")


def _extents(operation: Operation, name: str) -> tuple[int, ...] | None:
    value = operation.value(name)
    if isinstance(value, int):
        return (value,)
    if isinstance(value, tuple) and all(isinstance(item, int) for item in value):
        return value
    return None


def _may_be_pointwise(operation: Operation) -> bool:
    kernel = _extents(operation, "kernel_size")
    return kernel is None or set(kernel) == {1}


def _is_pre_activated(walk: Walk) -> bool:
    """The activation stands before the convolution, as in networks of BN-ReLU-Conv."""
    before = _before(walk.graph, walk.start, "dropout_like", "padding", "noise")
    if before is None or before.operation.has("merge", "affine", "reshape", "rescaling"):
        return False
    if before.operation.kind != "layer":
        return True
    return before.operation.has("activation") and not _ends_layer_before(walk, before)


def _ends_layer_before(walk: Walk, activation: Node) -> bool:
    """Whether the activation is that of the convolution before it, as in Conv-ReLU-Conv and Conv-BN-ReLU-Conv-BN.

    With a normalisation on one side only, it may begin the layer of the convolution behind it: then the next
    convolution, which has its activation behind it, tells in which order the author writes.
    """
    normalised = _before(walk.graph, activation, "dropout_like")
    if normalised is None or not normalised.operation.has("norm"):
        return normalised is not None and normalised.operation.has("conv")
    source = _before(walk.graph, normalised, "norm")
    if source is None or not source.operation.has("conv"):
        return False
    is_normalised_too = bool(walk.passed) and walk.passed[0].operation.has("norm")
    return is_normalised_too or (walk.end.operation.has("conv") and _is_activated(walk.graph, walk.end))


def _before(graph: Graph, node: Node, *passed: str) -> Node | None:
    """The node that this one's only input comes from, those with a trait of `passed` left out."""
    before = graph.sole_producer(node)
    while before is not None and before.operation.has(*passed):
        before = graph.sole_producer(before)
    return before


def _weighted_before(walk: Walk) -> Iterator[Operation]:
    """The nearest operations with weights on all ways back from the convolution."""
    seen: list[Node] = []
    front = list(walk.graph.producers(walk.start))
    while front:
        node = front.pop()
        if node in seen:
            continue
        seen.append(node)
        if node.operation.has("weighted"):
            yield node.operation
        else:
            front.extend(walk.graph.producers(node))


def _is_linear_bottleneck(walk: Walk) -> bool:
    """A pointwise convolution behind a depthwise one, as in MobileNetV2."""
    if not _may_be_pointwise(walk.start.operation):
        return False
    return any(_is_depthwise(each) or each.has("separable") for each in _weighted_before(walk))


def _is_factorised(walk: Walk) -> bool:
    """One convolution written as two: a row and a column, or a pointwise and a depthwise half."""
    start, end = walk.start.operation, walk.end.operation
    halves = (start, end) if _is_depthwise(end) else (end, start)
    if _is_depthwise(halves[1]):
        return halves[0].has("conv") and _may_be_pointwise(halves[0])
    here, there = _extents(start, "kernel_size"), _extents(end, "kernel_size")
    if here is None or there is None or len(here) != len(there) or len(here) == 1:
        return False
    pairs = list(zip(here, there, strict=True))
    return all(1 in pair for pair in pairs) and any(a > b for a, b in pairs) and any(a < b for a, b in pairs)


def _channels(node: Node) -> object:
    shape = node.input_shape
    if shape is None:
        return None
    return shape[1] if node.operation.value("data_format") == "channels_first" else shape[-1]


def _is_input_projection(walk: Walk) -> bool:
    """A pointwise convolution of the raw input: a learned choice of colours or units."""
    kernel = _extents(walk.start.operation, "kernel_size")
    before = _before(walk.graph, walk.start, "rescaling", "preprocessing", "augmentation", "padding")
    return kernel is not None and set(kernel) == {1} and (before is None or before.operation.has("input"))


def _is_squeeze(walk: Walk) -> bool:
    """A pointwise convolution that narrows the input of a larger one, which is activated or the output."""
    start, end = walk.start.operation, walk.end.operation
    if not end.has("conv") or not _may_be_pointwise(start) or _may_be_pointwise(end):
        return False
    channels, filters = _channels(walk.start), start.value("filters")
    narrows = not isinstance(channels, int) or not isinstance(filters, int) or filters < channels
    return narrows and (_is_activated(walk.graph, walk.end) or _leaves(walk.graph, walk.end))


def _is_patch_embedding(walk: Walk) -> bool:
    """A convolution whose windows do not overlap and whose output becomes a sequence of tokens."""
    kernel = _extents(walk.start.operation, "kernel_size")
    if kernel is None or kernel != _extents(walk.start.operation, "strides") or min(kernel) < 2:
        return False
    classes = {node.operation.cls for node in walk.passed}
    return bool(classes & {"Reshape", "Permute", "LayerNormalization"})


def _is_learned_upsampling(walk: Walk) -> bool:
    """A transposed convolution whose windows do not overlap, in front of an activated convolution."""
    start, end = walk.start.operation, walk.end.operation
    kernel = _extents(start, "kernel_size")
    if not start.has("conv_transpose") or kernel is None or kernel != _extents(start, "strides"):
        return False
    return end.has("conv") and not end.has("conv_transpose") and _is_activated(walk.graph, walk.end)


def _is_fixed(operation: Operation) -> bool:
    """Whether the kernel is initialised to constants."""
    name = "depthwise_initializer" if operation.has("depthwise") else "kernel_initializer"
    argument = operation.site.argument(name) if operation.site is not None else None
    if argument is None or not argument.is_given:
        return False
    value = argument.value.cls if isinstance(argument.value, Instance) else argument.value
    if isinstance(value, Symbol):
        return value.name in FIXED_INITIALIZERS
    return is_known(value) and not isinstance(value, str)


def _has_fixed_kernel(walk: Walk) -> bool:
    """The convolution or the one it leads to is a fixed filter."""
    return _is_fixed(walk.start.operation) or (
        walk.end.operation.has("conv") and _is_fixed(walk.end.operation)
    )


EXCUSES: tuple[Callable[[Walk], bool], ...] = (
    _is_pre_activated,
    _is_linear_bottleneck,
    _is_factorised,
    _is_input_projection,
    _is_squeeze,
    _is_patch_embedding,
    _is_learned_upsampling,
    _has_fixed_kernel,
)


def _is_part_frozen(walk: Walk, trained: frozenset[int]) -> bool:
    """The convolution or the one it leads to is not learned."""
    start, end = walk.start.operation, walk.end.operation
    return is_frozen(start, trained) or (end.has("conv") and is_frozen(end, trained))


def _is_deliberate(operation: Operation) -> bool:
    """Whether somebody spelled out that it is to be linear (a variable that is None does not)."""
    argument = operation.site.argument("activation") if operation.site is not None else None
    if argument is None or not argument.is_given:
        return False
    if argument.origin is not Origin.WRITTEN or argument.text is None:
        return True
    return argument.text in LINEAR_TEXTS or argument.text.endswith("activations.linear")


def _heads(program: Program) -> frozenset[int]:
    """Identities of convolutions that end a model of its own: a head, an embedding, a code."""
    return frozenset(
        node.operation.identity
        for model in parts(program)
        for node in model.flat.nodes
        if node.operation.has("conv") and _leaves(model.flat, node)
    )


def _activated_elsewhere(program: Program) -> dict[Place, list[Path]]:
    """Where convolutions that are activated were constructed, with the path of the program it was on."""
    found: dict[Place, list[Path]] = {}
    for model in program.models:
        for node in model.flat.nodes if model.path else ():
            place = node.operation.place
            if place is not None and node.operation.has("conv") and _is_activated(model.flat, node):
                found.setdefault(place, []).append(model.path)
    return found


def _is_hypothetical(model: Model, operation: Operation, activated: dict[Place, list[Path]]) -> bool:
    """Whether the same construction is activated on another arm of an undecided `if`.

    Then the missing activation is a combination of arms that perhaps nobody chooses.
    """
    paths = activated.get(operation.place, ()) if operation.place is not None else ()
    return any(exclude_each_other(model.path, path) for path in paths)


def _subject(operation: Operation) -> str:
    return f"{operation.cls} `{operation.variable}`" if operation.variable else operation.cls


def _message(model: Model, walk: Walk, active: int) -> str:
    start, end = walk.start.operation, walk.end.operation
    state = "is explicitly linear" if _is_deliberate(start) and active else "has no activation"
    if walk.meets_max_pool:
        reason = f"max pooling is the only non-linearity before the next {end.cls}"
    else:
        reason = f"it and the {end.cls} after it collapse into one affine map"
    if not active:
        remark = f"; no convolution of `{model.label}` has one"
    else:
        remark = f"; the other {active} convolutions of `{model.label}` have one" if active > 1 else ""
    message = f"{_subject(start)} {state}: {reason}"
    return message + remark if len(message + remark) <= 160 else message


def _fix(model: Model, operation: Operation) -> Suggestion | None:
    """Write the activation that all other convolutions of the model have, else relu."""
    if operation.site is None or not operation.site.is_omitted("activation"):
        return None
    names = {
        node.operation.value("activation")
        for node in model.flat.nodes
        if node.operation.has("conv") and not _is_linear(node.operation)
        if isinstance(node.operation.value("activation"), str)
    }
    name = names.pop() if len(names) == 1 else "relu"
    edit = operation.site.adding("activation", f'"{name}"')
    return None if edit is None else Suggestion(f'add activation="{name}"', (edit,), safe=False)


def _hit(model: Model, walk: Walk, active: int) -> Hit | None:
    operation = walk.start.operation
    if operation.place is None:
        return None
    related = ((walk.end.place, f"the next layer with weights, {walk.end.operation.cls}"),)
    return Hit(
        operation.place,
        _message(model, walk, active),
        Severity.INFO if _is_deliberate(operation) and active else Severity.WARNING,
        Confidence.CERTAIN if model.connected else Confidence.LIKELY,
        related=tuple((place, words) for place, words in related if place is not None),
        fix=_fix(model, operation),
    )


def _walks(model: Model, options: Options) -> Iterator[tuple[Model, Walk, int]]:
    """The convolutions of one model that lead to a weight layer without a non-linearity or an excuse."""
    graph = model.flat
    convs = [node for node in graph.nodes if _is_plain_conv(node.operation, options)]
    active = sum(_is_activated(graph, node) for node in convs)
    for node in convs:
        walk = _walk(graph, node) if _is_linear(node.operation) else None
        if walk is not None and not any(excuse(walk) for excuse in EXCUSES):
            yield model, walk, active


def _hits(program: Program, options: Options) -> Iterator[Hit]:
    whole = [model for model in program.models if not has_gaps(model)]
    found = [one for model in whole for one in _walks(model, options)]
    trained = learned(program) if found else frozenset()
    found = [one for one in found if not _is_part_frozen(one[1], trained)]
    if found:
        heads, activated = _heads(program), _activated_elsewhere(program)
        for model, walk, active in found:
            operation = walk.start.operation
            if operation.identity not in heads and not _is_hypothetical(model, operation, activated):
                hit = _hit(model, walk, active)
                if hit is not None:
                    yield hit


@rule("KER201", Severity.WARNING, fixable=True, options=Options, about_learning=True)
def check(program: Program, options: Options) -> Iterator[Hit]:
    """Report convolutions whose output reaches the next weight layer without a non-linearity."""
    yield from once(_hits(program, options))
