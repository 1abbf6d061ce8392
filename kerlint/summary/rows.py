"""From a recovered model to its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Link, Listing, Model, Node, Operation
from kerlint.model.made_names import operation_class
from kerlint.places import Place
from kerlint.python.values import Unknown
from kerlint.summary.table import End, Row, Source, Table


def _others(listing: Listing) -> list[Operation]:
    """Operations that are linked and not listed, each once."""
    listed = {operation.identity for operation in listing.operations}
    linked = [link.operation for links in listing.sources.values() for link in links]
    return list({one.identity: one for one in linked if one.identity not in listed}.values())


APPLICATION = "application"
"""The kind of a model that `keras.applications` makes, of which tables know the numbers alone."""
_SETS_DTYPES = ("set_floatx", "set_dtype_policy", "set_global_policy", "set_policy")
_FOUR_BYTES = frozenset({None, "float32", "mixed_float16", "mixed_bfloat16"})


def table_of(model: Model, target: str, calls: tuple[CallSite, ...] = (), forms: int = 1) -> Table:
    """The table of one model; `calls` are those of the program, `forms` the forms that the model may have.

    `target` is the Keras of the program, `keras2` or `keras3`.
    """
    listing = model.listing()
    weights = model.weigh()
    return Table(
        name=model.name,
        variable=model.variable,
        kind="functional" if model.kind == APPLICATION else model.kind,
        cls=model.cls,
        location=model.place.location,
        complete=model.complete and not model.supposed,
        params=known(weights.total),
        trainable_params=known(weights.trainable),
        inputs=model.input_shapes,
        outputs=model.output_shapes,
        rows=tuple([_listed(operation, listing, target) for operation in listing.operations]),
        others=tuple([_row(operation, listing) for operation in _others(listing)]),
        is_chain=listing.is_chain,
        model=model,
        is_float32=_is_float32(listing, calls),
        forms=forms,
        counters=weights.shapes.count(("count", ())),
    )


def _is_float32(listing: Listing, calls: tuple[CallSite, ...]) -> bool:
    """Whether nobody asks for variables of another size."""
    setters = [call for call in calls if call.symbol.endswith(_SETS_DTYPES)]
    given = [argument.value for call in setters for argument in call.arguments.values()]
    asked = [*given, *(operation.value("dtype") for operation in _with_dtype(listing))]
    return all(isinstance(value, str | None) and value in _FOUR_BYTES for value in asked)


def _with_dtype(listing: Listing) -> list[Operation]:
    return [
        operation
        for operation in listing.operations
        if operation.site is not None
        and (dtype := operation.site.arguments.get("dtype")) is not None
        and (dtype.value is not None or not operation.site.exact)
        and operation.is_layer
        and operation.cls != "InputLayer"
    ]


def ends_of(models: Sequence[Model], gave_up: Iterable[tuple[Place, str]]) -> tuple[End, ...]:
    """The places where knowledge ends, each once, in order of place: of the evaluation, and in the models."""
    in_models = (end for model in models for end in _ends_in(model))
    found = {(place.key, reason): End(place.location, reason) for place, reason in (*gave_up, *in_models)}
    return tuple(found[key] for key in sorted(found))


def _ends_in(model: Model) -> Iterator[tuple[Place, str]]:
    """Why a model is not complete."""
    if model.complete:
        return
    found = [(node.place, reason) for node in model.graph.nodes for reason in _reasons(node)]
    known_places = [(place, reason) for place, reason in found if place is not None]
    if model.kind == APPLICATION:
        known_places = [(model.place, "only the whole of a model of keras.applications is known, no layers")]
    yield from known_places or [(model.place, "not all that goes into this model is known")]


def _is_application(operation: Operation) -> bool:
    return operation.kind == "model" and (operation.symbol or "").startswith("keras.applications.")


def _reasons(node: Node) -> Iterator[str]:
    operation = node.operation
    if operation.kind == "opaque":
        called = "something unknown" if operation.cls == "unknown" else operation.cls
        yield f"what {called} does is not known"
    elif _is_application(operation):
        yield f"of the layers inside {operation.name or operation.cls} only the whole is known"
    elif node.opaque_inputs:
        yield f"not all that {operation.name or class_of(operation)} takes is known"
    if node.repeated:
        yield f"a loop of unknown length applies {operation.name or class_of(operation)}"


def known(count: int | Unknown) -> int | None:
    """A count, or None."""
    return None if isinstance(count, Unknown) else count


def _listed(operation: Operation, listing: Listing, target: str) -> Row:
    """A row of the table; Keras 2 makes a layer of every bare operation, with a name from its own counts."""
    row = _row(operation, listing)
    if target == "keras3":
        return row
    links = listing.sources.get(operation.identity, ())
    row = replace(row, sources=tuple(replace(_source(link), name=link.operation.name) for link in links))
    if operation.kind != "operation":
        return row
    cls = "SlicingOpLambda" if row.cls == "GetItem" else "TFOpLambda"
    return replace(row, cls=cls, name=operation.name, is_layer=True)


def _row(operation: Operation, listing: Listing) -> Row:
    inner = listing.inside.get(operation.identity)
    is_layer = operation.is_layer
    params, trainable = _counts(operation) if is_layer else _nothing(operation)
    return Row(
        identity=operation.identity,
        cls=class_of(operation),
        name=name_of(operation),
        outputs=operation.outputs,
        params=params,
        trainable_params=trainable,
        sources=tuple([_source(link) for link in listing.sources.get(operation.identity, ())]),
        is_layer=is_layer,
        operation=operation,
        inside=tuple([_row(one, inner) for one in inner.operations]) if inner is not None else (),
    )


def _counts(operation: Operation) -> tuple[int | None, int | None]:
    """Parameters, and those that train."""
    weights = operation.weigh()
    return known(weights.total), known(weights.trainable)


def _nothing(operation: Operation) -> tuple[int | None, int | None]:
    """A bare operation has no parameters, and what an opaque one has is not known."""
    count = None if operation.kind == "opaque" else 0
    return count, count


def _source(link: Link) -> Source:
    operation = link.operation
    return Source(name_of(operation), link.call, link.output, operation.identity)


def class_of(operation: Operation) -> str:
    """The class that Keras gives a layer, or a bare operation of the graph."""
    return operation_class(operation.cls) if operation.kind == "operation" else operation.cls


def name_of(operation: Operation) -> str | None:
    """The name; operations inside a user's `call` have none, so that their class stands for it."""
    if operation.name is None and operation.kind == "operation":
        return class_of(operation)
    return operation.name
