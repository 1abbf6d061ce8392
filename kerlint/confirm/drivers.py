"""Calls of what a program only offers: builders, layers and models that nobody in it calls.

What a parameter without default takes is supposed from its name, and the verdict says so; of what nothing can
be supposed stays unknown, and is named where it matters.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field

from kerlint.confirm.pieces import Piece
from kerlint.confirm.supposing import Arguments, shape_for

CALLED = ("__init__", "call", "build", "train_step", "test_step", "predict_step", "get_config", "from_config")
"""Methods that Keras calls."""


@dataclass
class Driver:
    """Python that calls what nobody calls, and what it supposes."""

    around: str
    """The program, which may declare what goes into its models."""
    lines: list[str] = field(default_factory=list)
    supposed: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The program to run after the slice."""
        return "\n".join(self.lines)

    def call(self, result: str, path: str, node: ast.FunctionDef | None, skip: int, code: str = "") -> None:
        """Add a call of a function, or of a class by its `__init__`; `code` is what it comes to."""
        arguments = None if node is None else Arguments(node, skip, self.around, code)
        self.lines.append(f"{result} = {path}({arguments.text if arguments else ''})")
        self.supposed += arguments.supposed if arguments else []


def driver(kept: Iterable[Piece], rows: Iterable[int], text: str) -> Driver:
    """The calls that bring rows of definitions to run, for where the program does not."""
    kept, made = list(kept), Driver(text)
    for piece in kept:
        inside = [row for row in rows if piece.first_row <= row <= piece.last_row]
        if not inside or _is_handed(piece, kept):
            continue
        if isinstance(piece.node, ast.FunctionDef):
            entry, code = _entry(piece, kept)
            made.call("__kerlint_made__", entry.name, entry, 0, code)
        elif isinstance(piece.node, ast.ClassDef):
            _exercise(piece.node, inside, made)
    return made


def _entry(piece: Piece, kept: list[Piece]) -> tuple[ast.FunctionDef, str]:
    """The function to call so that one runs, which its callers start from, and the code on the way."""
    seen = [piece]
    for one in seen:
        seen += [
            other
            for other in kept
            if other not in seen and isinstance(other.node, ast.FunctionDef) and other.reads & one.binds
        ]
    last = seen[-1].node
    assert isinstance(last, ast.FunctionDef)
    return last, "\n".join(ast.unparse(one.node) for one in seen)


def _is_handed(piece: Piece, kept: list[Piece]) -> bool:
    """Whether the program gives a definition to something that will call it: a loss, a schedule."""
    return any(
        isinstance(argument, ast.Name) and argument.id in piece.binds
        for other in kept
        for call in ast.walk(other.node)
        if isinstance(call, ast.Call)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
    )


def _exercise(node: ast.ClassDef, rows: list[int], made: Driver) -> None:
    """Make an object of a class and call it, or the methods that hold the rows."""
    methods = {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}
    made.call("__kerlint_object__", node.name, methods.get("__init__"), 1)
    if "call" in methods:
        shape = shape_for(ast.unparse(node), made.around)
        made.lines.append(f"__kerlint_call__(__kerlint_object__, {shape})")
    if "train_step" in methods:
        made.lines.append("__kerlint_train__(__kerlint_object__)")
    for name, method in methods.items():
        last = method.end_lineno or method.lineno
        if name not in CALLED and any(method.lineno <= row <= last for row in rows):
            made.call("__kerlint_made__", f"__kerlint_object__.{name}", method, _skip(method))


def _skip(method: ast.FunctionDef) -> int:
    return 0 if any(getattr(one, "id", "") == "staticmethod" for one in method.decorator_list) else 1
