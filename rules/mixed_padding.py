"""A chain of convolutions that pads some and not others shrinks its maps where nobody decided that it should.

Convolutions default to `padding="valid"`, which takes `kernel_size - 1` cells off each axis. Where most layers
of a chain say `padding="same"` and one does not say anything, the author rarely meant it: the map loses a
border there, skip connections and targets no longer fit, and a decoder ends a few pixels off.

Keras (all versions) is silent until a merge or a loss meets two sizes that do not match.

Reported once per chain (layers that feed one another), at the first of the convolutions that are in the
minority, if at least one of them got its padding by omission. An info; a warning where the mix has a
consequence: a merge of maps of different size, an output that is a few pixels off the input, or a twin of the
model that pads evenly.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, activation="relu"),  # KER302 info: 1 of 4 convolutions of `model` is 'valid', the others 'same'
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good: a mix with a reason is left alone. Kernels of one, a stem with strides, patches, explicit padding layers,
a last convolution that is the head, parallel branches, separate models, a valid convolution that brings an
autoencoder back to the size of its input, and paddings that are written everywhere. And what cannot be known:

```python
from keras import Input, Sequential, layers
from mysettings import PADDING

model = Sequential([
    Input((64, 64, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.Conv2D(16, 3, padding=PADDING, activation="relu"),
    layers.Conv2D(32, 3, padding="same", activation="relu"),
    layers.Flatten(),
    layers.Dense(10),
])
```

How to fix: say `padding="same"` there too, or `padding="valid"` where the shrinking is meant.

Fix safety: safe; the fix writes the `padding="valid"` that is in force. It changes nothing but what a reader
sees. To pad is a change of all later shapes, which is left to the author.

Options: `strict` (false): report mixes that are spelled out everywhere as well. `include-pools` (false): count
pooling layers whose padding is written.

See: https://keras.io/api/layers/convolution_layers/convolution2d/ and https://stackoverflow.com/questions/44755431
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import Argument, Origin
from kerlint.model.facts import Graph, Model, Node, Operation, Program
from kerlint.probes import Holds, Probe, Property, Step

from ._bad_mixed_padding import BAD
from ._good_mixed_padding import GOOD
from ._parts import parts
from ._twins import twins

__all__ = ["BAD", "GOOD", "PROBE", "Options", "check"]

PROBE = Probe(Step.CALL, (Holds(Property.EDGES_LOST),))

VALID = "valid"
PADDINGS = (VALID, "same", "causal")
FEWEST = 3
"""Convolutions that a chain has at least to have a style."""


@dataclass(frozen=True, slots=True)
class Options:
    """`strict`: also mixes that are written everywhere; `include_pools`: count pools with a written padding."""

    strict: bool = False
    include_pools: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """The convolutions of one chain whose padding matters, in order, and those that differ from most."""

    model: Model
    members: tuple[Node, ...]
    minority: tuple[Node, ...]


def _padding(operation: Operation) -> str | None:
    value = operation.value("padding")
    return value.lower() if isinstance(value, str) and value.lower() in PADDINGS else None


def _is_valid(node: Node) -> bool:
    return _padding(node.operation) == VALID


def _extents(operation: Operation, name: str) -> tuple[int, ...] | None:
    value = operation.value(name)
    if isinstance(value, int):
        return (value,)
    if isinstance(value, tuple) and value and all(isinstance(item, int) for item in value):
        return value
    return None


def _spatial(operation: Operation, shape: Shape | None) -> Shape | None:
    if shape is None:
        return None
    return shape[2:] if operation.value("data_format") == "channels_first" else shape[1:-1]


def _next(graph: Graph, node: Node) -> Node | None:
    """The node that goes on with this one's output; at a merge only the one branch without skip does."""
    following = graph.sole_consumer(node)
    if following is None:
        return None
    rivals = [source for source in graph.producers(following) if graph.sole_consumer(source) is following]
    return following if len(rivals) == 1 else None


def _chains(graph: Graph) -> Iterator[tuple[Node, ...]]:
    """Maximal paths along which every node feeds only the next."""
    following = {node: _next(graph, node) for node in graph.nodes}
    continued = {node for node in following.values() if node is not None}
    for node in graph.nodes:
        if node in continued:
            continue
        chain = [node]
        while (after := following.get(chain[-1])) is not None and after not in chain:
            chain.append(after)
        yield tuple(chain)


def _moves_border(graph: Graph, node: Node) -> bool:
    """Whether the border is dealt with by hand, by a layer before or behind."""
    before, behind = graph.sole_producer(node), graph.sole_consumer(node)
    pads = before is not None and (
        before.operation.has("padding", "lambda") or "pad" in before.operation.cls.lower()
    )
    crops = behind is not None and (
        behind.operation.has("cropping") or "crop" in behind.operation.cls.lower()
    )
    return pads or crops


def _keeps_apart(operation: Operation, kernel: tuple[int, ...]) -> bool:
    """Whether windows do not overlap, so that the padding makes no difference to what they see."""
    strides = _extents(operation, "strides")
    if strides is None or len(strides) != len(kernel):
        return False
    if operation.has("conv_transpose"):
        return all(size <= step for size, step in zip(kernel, strides, strict=True))
    return kernel == strides


def _collapses(node: Node) -> bool:
    spatial = _spatial(node.operation, node.output_shape)
    return spatial is not None and len(spatial) > 0 and all(extent == 1 for extent in spatial)


def _counts(graph: Graph, node: Node, options: Options) -> bool:
    """Whether the padding of this node is known and matters."""
    operation = node.operation
    if operation.kind != "layer" or _padding(operation) is None:
        return False
    if options.include_pools and operation.has("pool") and not operation.has("global_pool", "adaptive_pool"):
        padding = operation.site.argument("padding") if operation.site is not None else None
        return padding is not None and padding.is_given
    kernel = _extents(operation, "kernel_size")
    if not operation.has("conv") or operation.has("recurrent") or kernel is None or max(kernel) < 2:
        return False
    return not (
        _keeps_apart(operation, kernel)
        or _collapses(node)
        or (_is_valid(node) and _moves_border(graph, node))
    )


def _comes_from_default(operation: Operation, argument: Argument) -> bool:
    """Whether the padding is a parameter of a helper that is valid unless a caller says otherwise."""
    assert operation.site is not None
    return any(
        parameter.name == argument.text and parameter.default == VALID
        for parameter in operation.site.enclosing
    )


def _is_omitted(node: Node) -> bool:
    """Whether nobody said that this convolution is to be valid."""
    operation = node.operation
    argument = operation.site.argument("padding") if operation.site is not None else None
    if argument is None or not _is_valid(node):
        return False
    return not argument.is_given or _comes_from_default(operation, argument)


def _is_stem(mix: Mix) -> bool:
    """Only the first convolution differs, and it has strides."""
    strides = _extents(mix.members[0].operation, "strides")
    return mix.minority == mix.members[:1] and strides is not None and max(strides) > 1


def _is_head(mix: Mix) -> bool:
    """Only the last convolution differs, and nothing with weights comes behind it."""
    last = mix.members[-1]
    behind = mix.model.flat.downstream(last)
    return mix.minority == (last,) and not any(node.operation.has("weighted") for node in behind)


def _ends(mix: Mix) -> tuple[Shape, Shape] | None:
    """The spatial extents of the model's only input and output, if both have the same number of them."""
    graph = mix.model.flat
    if len(graph.inputs) != 1 or len(graph.outputs) != 1:
        return None
    start, end = (
        _spatial(mix.members[0].operation, tensor.shape) for tensor in (graph.inputs[0], graph.outputs[0])
    )
    if start is None or end is None or not start or len(start) != len(end):
        return None
    return start, end


def _restores(mix: Mix) -> bool:
    """The output is as large as the input just because of the mix, as in a classic autoencoder."""
    ends = _ends(mix)
    return ends is not None and ends[0] == ends[1] and all(isinstance(extent, int) for extent in ends[0])


def _is_split_by_model(mix: Mix, wholes: list[frozenset[int]]) -> bool:
    """The mix lies between models that stand on their own, each of which pads evenly."""
    for whole in wholes:
        inside = {_is_valid(node) for node in mix.members if node.operation.identity in whole}
        outside = {_is_valid(node) for node in mix.members if node.operation.identity not in whole}
        if len(inside) == 1 and len(outside) == 1:
            return True
    return False


def _mixes(model: Model, options: Options) -> Iterator[Mix]:
    for chain in _chains(model.flat):
        members = tuple(node for node in chain if _counts(model.flat, node, options))
        valid = tuple(node for node in members if _is_valid(node))
        others = tuple(node for node in members if not _is_valid(node))
        if len(members) >= FEWEST and valid and others:
            mix = Mix(model, members, others if len(others) < len(valid) else valid)
            is_said = not any(_is_omitted(node) for node in members)
            if not (is_said and not options.strict) and not _is_stem(mix) and not _is_head(mix):
                yield mix


def _sizes_at_merge(mix: Mix) -> str | None:
    for node in mix.model.flat.downstream(mix.minority[0]):
        if not node.operation.has("merge"):
            continue
        sizes = [_spatial(mix.members[0].operation, tensor.shape) for tensor in node.inputs]
        known = {
            size for size in sizes if size and all(isinstance(extent, int) and extent > 1 for extent in size)
        }
        if len(known) > 1 and len({len(size) for size in known}) == 1:
            return f"the merge after it gets {' and '.join(str(size) for size in sorted(known, key=str))}"
    return None


def _is_off(mix: Mix) -> str | None:
    ends = _ends(mix)
    if ends is None:
        return None
    pairs = [(a, b) for a, b in zip(*ends, strict=True) if isinstance(a, int) and isinstance(b, int)]
    if len(pairs) == len(ends[0]) and ends[0] != ends[1] and all(abs(a - b) <= a // 4 for a, b in pairs):
        return f"the output is {ends[1]} for an input of {ends[0]}"
    return None


def _even_twins(program: Program, options: Options) -> dict[int, str]:
    """Models with a twin whose convolutions all pad alike: identity to the twin's name."""
    found = {}
    for model, _, other, theirs in twins(program):
        paddings = {_is_valid(node) for node in theirs if _counts(other.flat, node, options)}
        if len(paddings) == 1:
            found[model.identity] = other.label
    return found


def _consequence(mix: Mix, even: dict[int, str]) -> str | None:
    """What the mix leads to, in a few words, or None."""
    twin = even.get(mix.model.identity)
    return _sizes_at_merge(mix) or _is_off(mix) or (f"its twin `{twin}` pads evenly" if twin else None)


def _fix(mix: Mix) -> Suggestion | None:
    """Write the padding in force wherever it is omitted; None if some of it cannot be written."""
    edits = {}
    for node in mix.members:
        site = node.operation.site
        if site is not None and _is_omitted(node) and site.place.key not in edits:
            edit = (
                site.adding("padding", '"valid"')
                if site.arguments["padding"].origin is Origin.DEFAULT
                else None
            )
            if edit is None:
                return None
            edits[site.place.key] = edit
    return (
        Suggestion('write padding="valid" where it is in force', tuple(edits.values()), safe=True)
        if edits
        else None
    )


def _names(nodes: tuple[Node, ...]) -> str:
    return " and ".join(
        f"'{padding}'" for padding in sorted({str(_padding(node.operation)) for node in nodes})
    )


def _hit(mix: Mix, consequence: str | None) -> Hit | None:
    places = {node.operation.place.key: node.operation.place for node in mix.minority if node.operation.place}
    majority = tuple(node for node in mix.members if node not in mix.minority)
    usual = next((node.operation.place for node in majority if node.operation.place), None)
    if not places:
        return None
    first, *rest = places.values()
    count, verb = len(mix.minority), "is" if len(mix.minority) == 1 else "are"
    message = (
        f"{count} of {len(mix.members)} convolutions of `{mix.model.label}` {verb} {_names(mix.minority)}, "
        f"the others {_names(majority)}"
    )
    related = [(place, f"{_names(mix.minority)} as well") for place in rest]
    if usual is not None and usual.key != first.key:
        related.append((usual, f"{_names(majority)} here"))
    return Hit(
        first,
        message if consequence is None else f"{message}; {consequence}",
        Severity.INFO if consequence is None else Severity.WARNING,
        Confidence.CERTAIN if mix.model.connected else Confidence.LIKELY,
        related=tuple(related),
        fix=_fix(mix),
    )


@rule("KER302", Severity.INFO, fixable=True, options=Options)
def check(program: Program, options: Options) -> Iterator[Hit]:
    """Report each chain of convolutions that mixes paddings by omission, at the first that differs."""
    wholes = [frozenset(node.operation.identity for node in part.flat.nodes) for part in parts(program)]
    mixes = [mix for model in program.models for mix in _mixes(model, options)]
    restored = {node.operation.identity for mix in mixes if _restores(mix) for node in mix.members}
    even = _even_twins(program, options)
    seen: set[object] = set()
    for mix in mixes:
        if _is_split_by_model(mix, wholes) or any(
            node.operation.identity in restored for node in mix.minority
        ):
            continue
        hit = _hit(mix, _consequence(mix, even))
        if hit is not None and hit.place not in seen:
            seen.add(hit.place)
            yield hit
