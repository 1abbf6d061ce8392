"""Small edits of a program's text, and the fault that they make."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.mutants.program import Program


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `start` to `end` are replaced by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: the edits that make it, and the stretches of the old or new text that a finding may name."""

    program: Program
    code: str
    kind: str
    edits: tuple[Edit, ...]
    spots: tuple[ast.AST | Edit, ...]

    @property
    def data(self) -> bytes:
        """The faulty program."""
        done, position = b"", 0
        for edit in sorted(self.edits, key=lambda one: one.start):
            done += self.program.data[position : edit.start] + edit.text.encode()
            position = edit.end
        return done + self.program.data[position:]

    def moved(self, offset: int, *, behind: bool = False) -> int:
        """Where an offset of the old text is in the new one; `behind` what is inserted there, or before."""
        shift = 0
        for edit in self.edits:
            if edit.end <= offset and (edit.start < offset or behind):
                shift += len(edit.text.encode()) - (edit.end - edit.start)
        return offset + shift

    def rows(self) -> set[int]:
        """The rows of the faulty program on which a finding names the fault."""
        found: set[int] = set()
        for spot in self.spots:
            if isinstance(spot, Edit):
                before = self.edits[: self.edits.index(spot)]
                start = self.moved(spot.start) + sum(
                    len(e.text.encode()) for e in before if e.start == spot.start
                )
                end = start + len(spot.text.rstrip().encode())
            else:
                start = self.moved(self.program.start(spot), behind=True)
                end = max(start, self.moved(self.program.end(spot)))
            found |= set(range(_row(self.data, start), _row(self.data, end) + 1))
        return found

    def old_rows(self) -> set[int]:
        """The same rows before the edit."""
        found: set[int] = set()
        for spot in self.spots:
            ends = (
                (spot.start, spot.end)
                if isinstance(spot, Edit)
                else (self.program.start(spot), self.program.end(spot))
            )
            found |= set(range(_row(self.program.data, ends[0]), _row(self.program.data, ends[1]) + 1))
        return found


Operator = Callable[[Program], Iterable[Mutant]]
OPERATORS: dict[tuple[str, str], Operator] = {}
"""What makes mutants, by rule and kind of edit."""

Made = tuple[tuple[Edit, ...], tuple["ast.AST | Edit", ...]]


def operator(code: str, kind: str) -> Callable[[Callable[[Program], Iterator[Made]]], Operator]:
    """Register what yields the edits and spots of a rule's faults in a program."""

    def register(make: Callable[[Program], Iterator[Made]]) -> Operator:
        def mutants(program: Program) -> Iterator[Mutant]:
            for edits, spots in make(program):
                yield Mutant(program, code, kind, edits, spots)

        OPERATORS[code, kind] = mutants
        return mutants

    return register


def _row(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def replace(program: Program, node: ast.AST, text: str) -> Edit:
    """Write something else in place of an expression, keyword or statement."""
    return Edit(program.start(node), program.end(node), text)


def without_argument(program: Program, call: ast.Call, value: ast.AST) -> Edit:
    """Leave an argument (its value, or its keyword) out of a call."""
    arguments: list[ast.AST] = sorted([*call.args, *call.keywords], key=program.start)
    index = next(i for i, one in enumerate(arguments) if one is value or getattr(one, "value", None) is value)
    if index + 1 < len(arguments):
        return Edit(program.start(arguments[index]), program.start(arguments[index + 1]), "")
    if index:
        return Edit(program.end(arguments[index - 1]), program.end(arguments[index]), "")
    end = program.end(arguments[index])
    comma = re.match(rb"\s*,", program.data[end:])
    return Edit(program.start(arguments[index]), end + (comma.end() if comma else 0), "")


def with_argument(program: Program, call: ast.Call, text: str) -> Edit:
    """Write one more keyword argument into a call."""
    if call.keywords:
        start = program.start(call.keywords[0])
        return Edit(start, start, f"{text}, ")
    end = program.end(call) - 1
    is_ready = not call.args or program.data[:end].rstrip().endswith(b",")
    return Edit(end, end, text if is_ready else f", {text}")


def without_statement(program: Program, node: ast.stmt) -> Edit:
    """Leave a statement out, with its rows."""
    end = program.end(node)
    newline = program.data.find(b"\n", end)
    rest = program.data[end : newline if newline >= 0 else len(program.data)]
    is_alone = not rest.strip() or rest.strip().startswith(b"#")
    if not is_alone or program.data[program.row_start(node) : program.start(node)].strip():
        return Edit(program.start(node), end, "pass")
    return Edit(program.row_start(node), newline + 1 if newline >= 0 else len(program.data), "")


def without_element(program: Program, elements: list[ast.expr], index: int) -> Edit:
    """Leave an element out of a list."""
    if index + 1 < len(elements):
        return Edit(program.start(elements[index]), program.start(elements[index + 1]), "")
    return Edit(program.end(elements[index - 1]), program.end(elements[index]), "")


def before_statement(program: Program, node: ast.stmt, text: str) -> Edit:
    """Write a statement on a row of its own before another one."""
    start = program.row_start(node)
    indent = program.data[start : program.start(node)].decode()
    return Edit(start, start, f"{indent}{text}\n")


def after_statement(program: Program, node: ast.stmt, text: str) -> Edit:
    """Write a statement on a row of its own behind another one."""
    newline = program.data.find(b"\n", program.end(node))
    end = newline + 1 if newline >= 0 else len(program.data)
    indent = program.data[program.row_start(node) : program.start(node)].decode()
    return Edit(end, end, f"{indent if not indent.strip() else ''}{text}\n")
