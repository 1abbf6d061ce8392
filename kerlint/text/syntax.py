"""What in a program is not Python: found by the compiler, statement by statement, with its likely cause.

The whole program is compiled once (a twentieth of libcst's time). Only when that fails is each statement
compiled alone, so that one broken statement costs itself. Statements that a parser must not see
(`kerlint.text.depth`) are reported and left out.
"""

from __future__ import annotations
import __future__

import re
import warnings
from itertools import islice
from typing import TYPE_CHECKING

from kerlint.findings import Region
from kerlint.frozen import record
from kerlint.places import Place
from kerlint.text.causes import CONFLICT, likely_cause

if TYPE_CHECKING:
    from kerlint.source import Source, Statement


MAX_PROBLEMS = 30
"""A file with more broken statements than this is no Python at all; the rest is not told one by one."""


@record
class SyntaxProblem:
    """One statement that is not Python, or that is too much for a parser."""

    message: str
    """What is wrong, in the compiler's words."""
    cause: str | None
    """How it most likely came about, in plain words."""
    kind: str
    """`syntax`; `too-deep` when kerlint will not read it; `unread` when Python would read it, libcst not."""
    place: Place


def find_problems(source: Source) -> tuple[SyntaxProblem, ...]:
    """All problems of a program, in order of place."""
    deep = [_too_deep(statement) for statement in source.statements if statement.excess is not None]
    error = _compile_error(_without_deep(source) if deep else source.text)
    if error is None:
        return tuple(deep)
    broken = _one_per_conflict(list(islice(filter(None, map(_problem_of, source.statements)), MAX_PROBLEMS)))
    if not broken and (problem := _problem_between(source, error)) is not None:
        broken.append(problem)
    return tuple(sorted(deep + broken, key=lambda problem: problem.place.key))


def stays_sound(source: Source, changed: Statement) -> bool:
    """Whether a program that is Python but for one definition, which was changed, is Python: it alone is compiled."""
    is_future = "__future__" in source.text and "annotations" in source.text
    return _compile_error(changed.text, __future__.annotations.compiler_flag if is_future else 0) is None


def _one_per_conflict(problems: list[SyntaxProblem]) -> list[SyntaxProblem]:
    """Of a merge conflict's three markers only the first is told."""
    if not any(problem.cause == CONFLICT for problem in problems):
        return problems
    return [
        problem
        for problem in problems
        if problem.cause != CONFLICT or not problem.place.statement.text.startswith(("=======", ">>>>>>>"))
    ]


@record
class _Error:
    """A compiler's complaint; row and column are 1-based within what was compiled."""

    message: str
    row: int
    column: int


_TOP_LEVEL_AWAIT = 0x2000


def _compile_error(text: str, flags: int = 0) -> _Error | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "<source>", "exec", _TOP_LEVEL_AWAIT, dont_inherit=True, optimize=0)
    except SyntaxError as error:
        return _Error(error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except (RecursionError, MemoryError):
        return _Error("too deeply nested", 1, 1)
    except (ValueError, OverflowError) as error:
        return _Error(str(error), 1, 1)
    return None


def _without_deep(source: Source) -> str:
    parts = [source.preamble]
    for each in source.statements:
        parts.append(each.text if each.excess is None else "\n" * each.text.count("\n"))
    return "".join(parts)


def _too_deep(statement: Statement) -> SyntaxProblem:
    message = statement.excess or ""
    first = statement.source.region(statement.start, statement.start + 1)
    return SyntaxProblem(message, "generated code", "too-deep", Place(statement, override=first))


def unread(statement: Statement) -> SyntaxProblem | None:
    """The problem of a statement that Python reads and libcst does not; None if Python neither."""
    if _compile_error(statement.text) is not None:
        return None
    first = statement.source.region(statement.start, statement.start + 1)
    message = "kerlint's parser cannot read this statement"
    return SyntaxProblem(message, None, "unread", Place(statement, override=first))


def _problem_of(statement: Statement) -> SyntaxProblem | None:
    if statement.excess is not None:
        return None
    error = _compile_error(statement.text)
    if error is None:
        return None
    if statement.tree is not None and _is_newer_syntax(statement, error):
        return None
    return _problem(statement, error)


def _problem(statement: Statement, error: _Error) -> SyntaxProblem:
    source = statement.source
    row = min(statement.row + error.row - 1, len(source.lines))
    width = len(source.line(row))
    column = max(1, min(error.column, width + 1))
    message = error.message.partition(" (<source>")[0]
    cause = likely_cause(statement.text, source.line(row), message, is_notebook=source.is_notebook)
    region = Region(row, column, row, min(column + 1, width + 1))
    return SyntaxProblem(message, cause, "syntax", Place(statement, override=region))


def _problem_between(source: Source, error: _Error) -> SyntaxProblem | None:
    """The whole does not compile though each statement does: the complaint goes to the nearest one."""
    if _is_order_of_future(error) or not source.statements:
        return None
    before = [each for each in source.statements if each.row <= error.row and each.excess is None]
    if not before:
        return None
    nearest = before[-1]
    if any(_is_newer_syntax(each, error) for each in source.statements):
        return None
    return _problem(nearest, _Error(error.message, error.row - nearest.row + 1, error.column))


def _is_order_of_future(error: _Error) -> bool:
    """In a notebook each cell may import from `__future__`; joined, only the first could."""
    return "from __future__" in error.message


_NEWER = re.compile(
    r"^[ \t]*(?:type[ \t]+\w+.*=|(?:async[ \t]+)?(?:def|class)[ \t]+\w+[ \t]*\[|except[ \t]+[\w.]+[ \t]*,)"
    r"|\b(?:[tT][rR]?|[rR][tT])[\"']|\b(?:[fF][rR]?|[rR][fF])[\"']|^[ \t]*(?:lazy[ \t]+)?(?:import|from)\b.*\*",
    re.MULTILINE,
)
"""Syntax of Pythons after 3.11 (PEP 695, 696, 701, 750, 758) that libcst reads and the running one may not."""
_MEANING = re.compile(
    r"outside|repeated|duplicate|cannot assign|cannot delete|nonlocal|global|not properly in loop|starred"
    r"|positional argument|parameter without|unparenthesized"
)
"""Complaints about meaning, which no newer Python withdraws."""


def _is_newer_syntax(statement: Statement, error: _Error) -> bool:
    """Whether the statement is Python, only newer than the Python that runs."""
    return not _MEANING.search(error.message) and _NEWER.search(statement.text) is not None
