"""Loops over the folds of a cross-validation, found around a place when a rule asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kerlint.model.guards import around
from kerlint.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

SPLITTERS: Final = re.compile(
    r"\b(?:(?:Stratified|Repeated|RepeatedStratified|Group|StratifiedGroup|MultilabelStratified)?KFold"
    r"|(?:Stratified|Group)?ShuffleSplit|LeaveOneOut|LeaveOneGroupOut|LeavePOut)\b"
)
"""Classes whose `split` gives independent folds (not `TimeSeriesSplit`, whose parts grow)."""
SPLITS: Final = re.compile(r"\.split\s*\(")
RESTORES: Final = re.compile(r"set_weights|load_weights|load_model|clone_model|from_config|deepcopy|reset")
"""Words of a body that brings a model back to its start."""


def loops_around(place: Place) -> Iterator[tuple[Place, cst.For]]:
    """The `for` loops around a place, and around the calls that led to it."""
    import libcst as cst  # a rule imports this module at start-up, where no parser is wanted

    for one in (place, *place.chain):
        if one.node is not None:
            for node in around(one.statement, one.node):
                if isinstance(node, cst.For):
                    yield one, node


def fold_loop(place: Place) -> cst.For | None:
    """The loop over folds that a place is in, unless its body restores models."""
    for one, node in loops_around(place):
        statement = one.statement
        if not SPLITS.search(statement.code(node.iter)) or not SPLITTERS.search(statement.source.text):
            continue
        if not RESTORES.search(statement.code(node.body)):
            return node
    return None


def is_inside(place: Place, loop: cst.For) -> bool:
    """Whether a place, or a call that led to it, stands in the loop."""
    return any(node is loop for _, node in loops_around(place))
