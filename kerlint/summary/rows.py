"""From a recovered model to its table."""

from __future__ import annotations

from kerlint.model.facts import CallSite, Link, Listing, Model, Operation
from kerlint.model.made_names import operation_class
from kerlint.places import Place
from kerlint.python.values import Unknown
from kerlint.summary.table import End, Row, Source, Table

_SETS_DTYPES = ("set_floatx", "set_dtype_policy", "set_global_policy", "set_policy")
_FOUR_BYTES = frozenset({None, "float32", "mixed_float16", "mixed_bfloat16"})


def table_of(model: Model, calls: tuple[CallSite, ...] = ()) -> Table:
    """The table of one model; `calls` are those of the program."""
    listing = model.listing()
    weights = model.weigh()
    return Table(
        name=model.name,
        variable=model.variable,
        kind=model.kind,
        cls=model.cls,
        location=model.place.location,
        complete=model.complete,
        params=known(weights.total),
        trainable_params=known(weights.trainable),
        inputs=tuple(tensor.shape for tensor in model.inputs),
        outputs=tuple(tensor.shape for tensor in model.outputs),
        rows=tuple(_row(operation, listing) for operation in listing.operations),
        is_chain=listing.is_chain,
        model=model,
        is_float32=_is_float32(listing, calls),
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
        if operation.is_layer
        and operation.site is not None
        and "dtype" in operation.site.arguments
        and operation.cls != "InputLayer"
    ]


def ends_of(gave_up: tuple[tuple[Place, str], ...]) -> tuple[End, ...]:
    """The places where knowledge ends, each once, in order of place."""
    found = {(place.key, reason): End(place.location, reason) for place, reason in gave_up}
    return tuple(found[key] for key in sorted(found))


def known(count: int | Unknown) -> int | None:
    """A count, or None."""
    return None if isinstance(count, Unknown) else count


def _row(operation: Operation, listing: Listing) -> Row:
    inner = listing.inside.get(operation.identity)
    return Row(
        identity=operation.identity,
        cls=class_of(operation),
        name=name_of(operation),
        outputs=operation.outputs,
        params=known(operation.params) if operation.is_layer else 0,
        trainable_params=known(operation.trainable_params) if operation.is_layer else 0,
        location=operation.place.location if operation.place is not None else None,
        sources=tuple(_source(link) for link in listing.sources.get(operation.identity, ())),
        is_layer=operation.is_layer,
        operation=operation,
        inside=tuple(_row(one, inner) for one in inner.operations) if inner is not None else (),
    )


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
