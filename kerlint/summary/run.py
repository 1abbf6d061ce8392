"""One `kerlint summary` from the command line to its output and exit status."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerlint.keras_api.shapes import Shape
from kerlint.loader import DiskLoader
from kerlint.model.entry import NotThere
from kerlint.model.recover import target_of
from kerlint.problems import Problem, nearest
from kerlint.project import import_roots, inferred_target, root_of
from kerlint.replay import Record
from kerlint.report.printable import one_line
from kerlint.shell.output import encoded
from kerlint.source import Source, SourceError, concerns_keras, read
from kerlint.summary import summarize
from kerlint.summary.table import Summary
from kerlint.summary.target import Target, parse_shape, parse_target

if TYPE_CHECKING:
    from kerlint.confirm.verify import Verification

MOST_NAMES = 8
"""Names that an error lists."""


@dataclass(frozen=True, slots=True)
class SummaryRequest:
    """What is asked; `keras` is `keras2`, `keras3` or None, shapes are as they were written."""

    target: str
    output_format: str = "text"
    input_shapes: tuple[str, ...] = ()
    keras: str | None = None
    verbose: bool = False
    verify: bool = False
    allow_unconfined: bool = False
    output_file: str | None = None


def run(request: SummaryRequest) -> Record:
    """Do what is asked. Raises Problem when it cannot be done."""
    target = parse_target(request.target)
    shapes = tuple(parse_shape(text) for text in request.input_shapes)
    source = opened(target.path)
    summary = summarized(source, target, shapes, request.keras)
    verification = None
    if request.verify:
        from kerlint.confirm.asking import Asking
        from kerlint.confirm.verify import verify

        with Asking(allow_unconfined=request.allow_unconfined) as ask:
            verification = verify(summary, source, target.wanted, shapes, ask)
    if request.output_format == "html":
        output = _page(summary, source, verification)
    else:
        output = _rendered(summary, request, verification)
    return _finished(output, request.output_file, target, verification)


def summarized(source: Source, target: Target, shapes: Sequence[Shape], keras: str | None) -> Summary:
    """The summary of a target on disk, with the settings of its project. Raises Problem."""
    chosen, loader = surroundings(source, keras)
    try:
        return summarize(source, target.wanted, input_shapes=tuple(shapes), target=chosen, loader=loader)
    except NotThere as error:
        raise unfound(error, target) from error


def surroundings(source: Source, keras: str | None) -> tuple[str, DiskLoader]:
    """The Keras that a file is for, and what finds its imports, by the project that it lies in."""
    folder = os.path.dirname(source.filename)
    root = root_of(folder)
    chosen = target_of(source, keras, inferred_target(root) if root is not None else None)
    return chosen, DiskLoader(import_roots(folder, root))


def opened(path: str) -> Source:
    """The program in a file, which can be read and concerns Keras. Raises Problem."""
    if os.path.isdir(path):
        raise Problem("a folder, not a file", where=path, remedy="name one file: net.py or net.py:build")
    try:
        with open(path, "rb") as file:
            data = file.read()
        source = read(data, os.path.abspath(path))
    except OSError as error:
        raise Problem((error.strerror or str(error)).lower(), where=path) from error
    except SourceError as error:
        raise Problem(str(error), where=path) from error
    for problem in source.problems:
        raise Problem(f"line {problem.place.location.row}: {problem.message}", where=path)
    if not concerns_keras(data):
        raise Problem("no models: the file has nothing of Keras in it", where=path)
    return source


def unfound(error: NotThere, target: Target) -> Problem:
    """The error in a line that says what there is."""
    wanted = target.wanted
    reason = str(error) if wanted is None or str(error).startswith("no ") else f"{wanted} {error}"
    names = error.known
    if not names:
        return Problem(reason, where=target.path)
    asked = "" if wanted is None else wanted.partition("(")[0]
    near = nearest(asked, names) if asked and asked not in names else None
    listed = ", ".join(names[:MOST_NAMES]) + (", ..." if len(names) > MOST_NAMES else "")
    hint = f"did you mean {near}? " if near else ""
    return Problem(reason, where=target.path, remedy=f"{hint}there is {listed}")


def _rendered(summary: Summary, request: SummaryRequest, verification: Verification | None) -> bytes:
    if request.output_format == "json":
        from kerlint.summary import json_text

        return json_text.render(summary, verification).encode()
    from kerlint.summary import text

    return encoded(text.render(summary, os.getcwd(), verification, verbose=request.verbose))


def _page(summary: Summary, source: Source, verification: Verification | None) -> bytes:
    """The page, with the findings of the rules that hold for the file."""
    from kerlint.linter import lint
    from kerlint.resolve import Overrides, Resolver
    from kerlint.summary.page import render

    report = lint(source, Resolver(Overrides()).settings(source.filename))
    return render(summary, report.findings, os.getcwd(), verification).encode("utf-8", "backslashreplace")


def _finished(output: bytes, path: str | None, target: Target, verification: Verification | None) -> Record:
    """The output where it belongs; a disagreement gives status 1, a program that stopped status 2."""
    status, errors = 0, ""
    if verification is not None:
        status = 1 if verification.disagrees else 0
        if verification.error is not None:
            status, errors = 2, f"kerlint: {target.path}: Keras stops at {one_line(verification.error)}\n"
    if path is None:
        return Record(output, errors, status)
    from kerlint.fix import write_atomically

    try:
        write_atomically(path, output)
    except OSError as error:
        raise Problem(f"cannot be written: {error.strerror}", where=path) from error
    return Record(b"", errors, status)
