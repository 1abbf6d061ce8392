"""A pooling layer without strides moves by its pool size, unlike a convolution, which moves by one.

`strides` defaults to `None`, and `None` becomes the pool size: `MaxPooling2D(3)` shrinks a map to a third,
while `Conv2D(8, 3)` next to it takes steps of one. Whoever rewrites a model, or takes the `strides` out of a
block, changes every later shape without an error, and wonders why two "equal" models train differently.

Keras (all versions) is silent. Keras 3 has no default for the pool size of average pooling:
`AveragePooling2D()` raises a `TypeError` there, which is reported as an error.

An info by default; a warning where the default surprises: a pool size other than 2 or not square, cells that
are dropped because the map is not a multiple of it, `padding="same"`, a function that takes `strides` and
gives them to something else only, or a twin of the model that writes them.

Bad:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D((2, 2)),  # KER301 info: moves by its pool size, (2, 2)
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(3),  # KER301 warning: moves by its pool size, (3, 3)
    layers.Flatten(),
    layers.Dense(10),
])
```

Good:

```python
from keras import Input, Sequential, layers

model = Sequential([
    Input((32, 32, 3)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D((2, 2), strides=(2, 2)),
    layers.Conv2D(16, 3, padding="same", activation="relu"),
    layers.MaxPooling2D(3, strides=2),
    layers.Flatten(),
    layers.Dense(10),
])
```

Good: what cannot be known, because the strides may be among unpacked arguments.

```python
from keras import layers


def pool(size, **options):
    return layers.MaxPooling2D(size, **options)
```

How to fix: write the strides that are meant. `--fix` writes those that are in force.

Fix safety: safe; the strides written are the ones that Keras takes anyway.

Options: `surprising-only` (false): report only where the default surprises.

See: https://keras.io/api/layers/pooling_layers/max_pooling2d/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kerlint.catalog import Hit, Suggestion, rule
from kerlint.findings import Confidence, Severity
from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import CallSite, Origin
from kerlint.model.facts import Operation, Program
from kerlint.probes import Given, Probe, Raises, Resolves, Step
from kerlint.python.values import is_known

from ._examples_implicit_pool_strides import BAD, GOOD
from ._twins import twins

__all__ = ["BAD", "GOOD", "PROBE", "Options", "check"]

PROBE = Probe(Step.CONSTRUCT, (Resolves("strides", "pool_size", Given.OMITTED), Raises("pool_size")))

SIMPLE = re.compile(r"[\w.]+|\(\s*[\w.]+(\s*,\s*[\w.]+)*\s*,?\s*\)|\[\s*[\w.]+(\s*,\s*[\w.]+)*\s*,?\s*\]")
"""Texts that may be written twice: a literal, a name, an attribute, or a tuple of such."""
POOL_CALL = re.compile(r"[\w.]*(Pooling|Pool)[123]D\(")
STRIDE_PARAMETERS = ("strides", "stride", "pool_strides", "pool_stride")
USUAL = 2


@dataclass(frozen=True, slots=True)
class Options:
    """`surprising_only`: whether defaults that nobody would be surprised by are left alone."""

    surprising_only: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What models tell of pooling layers, by the identity of the layer."""

    inputs: dict[int, list[Shape]] = field(default_factory=dict)
    twins: dict[int, str] = field(default_factory=dict)
    """The label of a twin model in which the corresponding pool has its strides written."""
    heads: set[int] = field(default_factory=set)
    """Average pools right before a Flatten: what was written for global pooling before there was one."""


def _is_pool(operation: Operation) -> bool:
    return operation.has("pool") and not operation.has("global_pool", "adaptive_pool", "wrapper")


def _is_implicit(operation: Operation) -> bool:
    """Whether it is certain that strides are not given, or given as None, to a call that Keras takes."""
    site = operation.site
    if site is None or site.unexpected:
        return False
    argument = site.argument("strides")
    return argument is not None and argument.value is None


def _pool_size(operation: Operation) -> tuple[int, ...] | None:
    value = operation.value("pool_size")
    if isinstance(value, int):
        return (value,)
    if isinstance(value, tuple) and value and all(isinstance(item, int) for item in value):
        return value
    return None


def _has_written_strides(operation: Operation) -> bool:
    argument = operation.site.argument("strides") if operation.site is not None else None
    return (
        argument is not None and argument.is_given and is_known(argument.value) and argument.value is not None
    )


def _twin_pools(program: Program) -> Iterator[tuple[int, str]]:
    """Pools whose counterpart, in a model of the same sequence of layer classes, has its strides written."""
    for _, mine, other, theirs in twins(program):
        for left, right in zip(mine, theirs, strict=True):
            is_pair = _is_pool(left.operation) and left.operation.identity != right.operation.identity
            if is_pair and _has_written_strides(right.operation):
                yield left.operation.identity, other.label


def _context(program: Program) -> Context:
    context = Context(twins=dict(_twin_pools(program)))
    for model in program.models:
        for node in model.flat.nodes:
            if not _is_pool(node.operation):
                continue
            if node.input_shape is not None:
                context.inputs.setdefault(node.operation.identity, []).append(node.input_shape)
            following = model.flat.sole_consumer(node)
            if (
                node.operation.has("average_pool")
                and following is not None
                and following.operation.cls == "Flatten"
            ):
                context.heads.add(node.operation.identity)
    return context


def _spatial(operation: Operation, shape: Shape) -> Shape:
    return shape[2:] if operation.value("data_format") == "channels_first" else shape[1:-1]


def _dropped(operation: Operation, size: tuple[int, ...], shapes: list[Shape]) -> tuple[int, int] | None:
    """An extent that is no multiple of the stride, and what it becomes."""
    if operation.value("padding") != "valid":
        return None
    for shape in shapes:
        for extent, step in zip(_spatial(operation, shape), size, strict=False):
            if isinstance(extent, int) and step > 0 and extent >= step and extent % step:
                return extent, extent // step
    return None


def _is_one_window(
    operation: Operation, size: tuple[int, ...], shapes: list[Shape], context: Context
) -> bool:
    """Whether the window covers the whole map, so that strides change nothing; or may, by its look."""
    maps = [_spatial(operation, shape) for shape in shapes]
    if maps and all(isinstance(extent, int) for extents in maps for extent in extents):
        return all(extents == size for extents in maps)
    return operation.identity in context.heads


def _has_unusual_step(operation: Operation, size: tuple[int, ...], shapes: list[Shape]) -> bool:
    """Whether the window moves by another step than 2 on an axis that it pools and does not span."""
    maps = [_spatial(operation, shape) for shape in shapes]
    for axis, extent in enumerate(size):
        spans = bool(maps) and all(len(extents) > axis and extents[axis] == extent for extents in maps)
        if extent not in (1, USUAL) and not spans:
            return True
    return False


def _unused_parameter(site: CallSite, size: tuple[int, ...] | None) -> str | None:
    """A parameter for strides, of the function around, that this pool does not take."""
    argument = site.argument("pool_size")
    text = argument.text if argument is not None else None
    is_sized_by_parameter = any(parameter.name == text for parameter in site.enclosing)
    for parameter in site.enclosing:
        is_equal = size is not None and parameter.default in (size, size[0])
        if parameter.name in STRIDE_PARAMETERS and not (
            parameter.used and (is_equal or not is_sized_by_parameter)
        ):
            return f"`{parameter.name}` of `{parameter.function}`"
    return None


def _surprise(operation: Operation, site: CallSite, context: Context) -> str | None:
    """Why the default is not what a reader would expect, or None."""
    size = _pool_size(operation)
    parameter = _unused_parameter(site, size)
    if parameter is not None:
        return f"{parameter} does not reach it"
    if operation.identity in context.twins:
        return f"its twin in `{context.twins[operation.identity]}` writes them"
    shapes = context.inputs.get(operation.identity, [])
    if size is not None and _is_one_window(operation, size, shapes, context):
        return None
    if size is not None and _has_unusual_step(operation, size, shapes):
        return f"the usual step is {USUAL}"
    if operation.value("padding") == "same":
        return "padding='same' does not keep the size"
    dropped = None if size is None else _dropped(operation, size, shapes)
    if dropped is not None:
        return f"{dropped[0]} becomes {dropped[1]} and the last cells are dropped"
    return None


def _strides_text(site: CallSite) -> str | None:
    """The text that says what the strides are in this call; None where it could mean something else."""
    argument = site.argument("pool_size")
    if argument is None:
        return None
    if argument.origin is Origin.DEFAULT:
        return str(USUAL)
    text = argument.text
    return text if text is not None and SIMPLE.fullmatch(text) else None


def _fix(site: CallSite) -> Suggestion | None:
    text, strides = _strides_text(site), site.argument("strides")
    if text is None or strides is None or POOL_CALL.match(site.place.text) is None:
        return None
    if strides.origin is Origin.WRITTEN:
        edit = strides.place.replacing(text) if strides.text == "None" and strides.place is not None else None
    else:
        edit = site.adding("strides", text) if strides.origin is Origin.DEFAULT else None
    return None if edit is None else Suggestion(f"write strides={text}", (edit,), safe=True)


def _hit(operation: Operation, site: CallSite, context: Context) -> Hit:
    size, surprise = _pool_size(operation), _surprise(operation, site, context)
    moves = "moves by its pool size" if size is None else f"moves by its pool size, {size}"
    message = f"{operation.cls} has no strides and {moves}"
    return Hit(
        site.place,
        message if surprise is None else f"{message}; {surprise}",
        Severity.INFO if surprise is None else Severity.WARNING,
        Confidence.CERTAIN if size is not None else Confidence.LIKELY,
        fix=_fix(site),
    )


def _refused(program: Program) -> Iterator[Hit]:
    """Average pooling without a pool size, which only Keras 2 has a default for."""
    for site in program.calls if program.target == "keras3" else ():
        name = site.symbol.rpartition(".")[2]
        is_lacking = "pool_size" not in site.arguments and site.exact and not site.unexpected
        if is_lacking and re.fullmatch(r"(AveragePooling|AvgPool)[123]D", name):
            yield Hit(site.place, f"{name} has no pool_size: Keras 3 raises TypeError", Severity.ERROR)


def _pools(program: Program, options: Options) -> Iterator[Hit]:
    context = _context(program)
    for operation in program.operations:
        site, size = operation.site, _pool_size(operation)
        if (
            site is None
            or not _is_pool(operation)
            or not _is_implicit(operation)
            or (size and set(size) == {1})
        ):
            continue
        if operation.kind == "layer" and "pool_size" in site.arguments:
            hit = _hit(operation, site, context)
            if not options.surprising_only or hit.severity is not Severity.INFO:
                yield hit


@rule("KER301", Severity.INFO, fixable=True, options=Options)
def check(program: Program, options: Options) -> Iterator[Hit]:
    """Report pooling layers that take their strides from the pool size, the gravest per place."""
    found: dict[object, Hit] = {}
    for hit in (*_refused(program), *_pools(program, options)):
        rank = (hit.severity or Severity.INFO).rank
        known = found.get(hit.place.key)
        if known is None or (known.severity or Severity.INFO).rank < rank:
            found[hit.place.key] = hit
    yield from found.values()
