"""The parts of a syntax node, without libcst's own visitors: those copy every node they pass."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, Final

import libcst as cst

_LAYOUT: Final = (
    *("whitespace", "lpar", "rpar", "comma", "semicolon", "header", "footer", "lines", "newline", "line"),
    *("lbracket", "rbracket", "lbrace", "rbrace", "indent", "dot", "equal", "operator"),
)
"""Parts of field names that hold punctuation and white space."""


@cache
def _parts_of(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if not any(part in one.name for part in _LAYOUT))


class _Kinds(dict[type, bool]):
    """Which types are nodes: libcst's base is abstract, and asking it is slow."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = found = issubclass(kind, cst.CSTNode)
        return found


_IS_NODE: Final = _Kinds()


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes right below one, in no special order; punctuation, operators and white space are left out."""
    found: list[Any] = []
    for name in _parts_of(type(node)):
        value: Any = getattr(node, name)
        if type(value) is tuple or type(value) is list:
            found += value
        elif _IS_NODE[type(value)]:
            found.append(value)
    return found
