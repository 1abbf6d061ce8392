"""From a recovered model to its table."""

from __future__ import annotations

from kerlint.model.facts import Link, Listing, Model, Operation
from kerlint.model.made_names import operation_class
from kerlint.places import Place
from kerlint.python.values import Unknown
from kerlint.summary.table import End, Row, Source, Table


def table_of(model: Model) -> Table:
    """The table of one model."""
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
    )


def ends_of(gave_up: tuple[tuple[Place, str], ...]) -> tuple[End, ...]:
    """The places where knowledge ends, each once, in order of place."""
    found = {(place.key, reason): End(place.location, reason) for place, reason in gave_up}
    return tuple(found[key] for key in sorted(found))


def known(count: int | Unknown) -> int | None:
    """A count, or None."""
    return None if isinstance(count, Unknown) else count


def _row(operation: Operation, listing: Listing) -> Row:
    return Row(
        identity=operation.identity,
        cls=operation_class(operation.cls) if operation.kind == "operation" else operation.cls,
        name=operation.name,
        outputs=operation.outputs,
        params=known(operation.params) if operation.is_layer else 0,
        trainable_params=known(operation.trainable_params) if operation.is_layer else 0,
        location=operation.place.location if operation.place is not None else None,
        sources=tuple(_source(link) for link in listing.sources.get(operation.identity, ())),
        is_layer=operation.is_layer,
        operation=operation,
    )


def _source(link: Link) -> Source:
    operation = link.operation
    return Source(operation.name, link.call, link.output, operation.identity)
