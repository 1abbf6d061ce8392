"""kerlint as a plugin of flake8: its findings under its codes, chosen by kerlint's own configuration.

flake8 imports this module at every start, so it imports nothing but what each file needs. flake8 knows no
severities and fails on every line it prints: only findings that would fail a run of kerlint are given to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kerlint.gate import concerns_keras
from kerlint.version import VERSION

if TYPE_CHECKING:
    import ast

    from kerlint.findings import Report
    from kerlint.guard import Lint
    from kerlint.resolve import Resolver

CANNOT = "KER000"
"""The code of what kerlint could not do, which flake8 has no other place for."""
Line = tuple[int, int, str, type]
"""What flake8 wants of a finding: row, column (from 0), code and message, and the plugin's class."""


class Checker:
    """What flake8 makes for each file that parses."""

    name = "kerlint"
    version = VERSION

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:
        """The names of the arguments are what flake8 goes by; the tree says that files matter, not lines."""
        self._filename = filename
        self._text = "".join(lines)

    def run(self) -> Iterator[Line]:
        """The findings of the file; nothing is imported for one that cannot concern Keras."""
        if concerns_keras(self._text.encode("utf-8", "surrogatepass")):
            for row, column, words in _lines(self._filename, self._text):
                yield row, column, words, type(self)


def _lines(filename: str, text: str) -> Iterator[tuple[int, int, str]]:
    from kerlint.problems import Problem

    try:
        yield from _findings(filename, text)
    except Problem as problem:
        yield 1, 0, f"{CANNOT} {problem}"


def _findings(filename: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The findings that fail a run, and what could not be done. Raises Problem for bad settings."""
    from kerlint.shell.gather import is_left_out

    resolver = _resolver()
    path = os.path.abspath(filename)
    if is_left_out(path, resolver):
        return
    report = _report(path, text, resolver)
    for reason in (report.problem, *(f"{each.code} failed: {each.error}" for each in report.failures)):
        if reason:
            yield 1, 0, f"{CANNOT} {reason}"
    fail_on = resolver.project(os.path.dirname(path)).fail_on
    for finding in report.findings:
        if finding.severity.at_least(fail_on):
            place = finding.location
            yield place.row, place.column - 1, f"{finding.code} [{finding.name}] {finding.message}"


@cache
def _resolver() -> Resolver:
    """One for the process: each configuration file is read once."""
    from kerlint.resolve import Overrides, Resolver

    return Resolver(Overrides())


def _report(path: str, text: str, resolver: Resolver) -> Report:
    from kerlint.guard import SECONDS_PER_FILE, Task, guarded

    return guarded(Task(b"", path, resolver.settings(path)), _lint_of(text), SECONDS_PER_FILE)


def _lint_of(text: str) -> Lint:
    """The core on text that flake8 has decoded already."""
    from kerlint.linter import lint
    from kerlint.source import Source
    from kerlint.text.encoding import Decoded, unify_newlines

    decoded = Decoded(unify_newlines(text), "utf-8", "\n")
    return lambda data, filename, settings: lint(Source(filename, data, decoded), settings)
