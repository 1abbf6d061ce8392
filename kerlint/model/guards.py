"""Whether a place is prepared for what it does to fail, or runs with some versions of Keras only.

Asked for the few places that a finding would name: the walk is plain, from the statement down.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import libcst as cst

    from kerlint.places import Place
    from kerlint.source import Statement

VERSION_TEST: Final = re.compile(r"version|hasattr|keras_?[123]\b|\btf_?[12]\b|is_tf|legacy", re.IGNORECASE)
"""Words of a test that asks which Keras, TensorFlow or Python this is."""
EXPECTED: Final = re.compile(r"raises|suppress|assertwarns|warns\b", re.IGNORECASE)
"""Words of a context manager that wants its body to fail."""
SKIPPED: Final = re.compile(r"skip|xfail|raises|expectedfailure", re.IGNORECASE)
"""Words of a decorator under which a test may fail, or does not run."""


_GUARDING: Final = frozenset({"Try", "TryStar", "With", "If", "IfExp", "FunctionDef", "ClassDef"})
"""Asked first, by name: the base of all nodes is abstract, and so `isinstance` is slow."""


def is_guarded(place: Place) -> bool:
    """Whether the code, or a call that led to it, stands in a `try`, a `raises` block or a version test."""
    return any(_is_guarded_here(one) for one in (place, *place.chain))


def _is_guarded_here(place: Place) -> bool:
    if place.node is None:
        return False
    return any(is_guard(place.statement, node) for node in around(place.statement, place.node))


def around(statement: Statement, wanted: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes that hold a node of a statement, innermost first; empty where it is not in there."""
    return _line(wanted, _parents(statement))


@lru_cache(maxsize=8)
def _parents(statement: Statement) -> dict[int, cst.CSTNode]:
    """The node around each node of a statement, by its id; sites of one statement are asked for in a row."""
    from kerlint.text.nodes import children

    parents: dict[int, cst.CSTNode] = {}
    front: list[cst.CSTNode] = list(statement.body)
    while front:
        node = front.pop()
        below = children(node)
        parents.update(dict.fromkeys(map(id, below), node))
        front += below
    return parents


def _line(node: cst.CSTNode, parents: dict[int, cst.CSTNode]) -> list[cst.CSTNode]:
    found = []
    above = parents.get(id(node))
    while above is not None:
        found.append(above)
        above = parents.get(id(above))
    return found


def is_guard(statement: Statement, node: cst.CSTNode) -> bool:
    """Whether a node of a statement guards what is inside it."""
    if type(node).__name__ not in _GUARDING:
        return False
    import libcst as cst  # rules import this module at start-up, where no parser is wanted

    match node:
        case cst.Try() | cst.TryStar():
            return bool(node.handlers)
        case cst.With():
            return any(EXPECTED.search(statement.code(item.item)) for item in node.items)
        case cst.If() | cst.IfExp():
            return VERSION_TEST.search(statement.code(node.test)) is not None
        case cst.FunctionDef() | cst.ClassDef():
            return any(SKIPPED.search(statement.code(one.decorator)) for one in node.decorators)
    return False
