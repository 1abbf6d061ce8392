"""One `kerlint diff` from the command line to its output and exit status."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerlint.diff.result import Diff, diff
from kerlint.diff.sides import sides_of
from kerlint.problems import Problem
from kerlint.replay import Record
from kerlint.shell.output import encoded
from kerlint.shell.terminal import wants_colour, width

if TYPE_CHECKING:
    from kerlint.confirm.twins import Checked


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """What is asked; `keras` is `keras2`, `keras3` or None."""

    left: str
    right: str
    output_format: str = "text"
    keras: str | None = None
    output_file: str | None = None
    color: bool | None = None
    verify: bool = False
    allow_unconfined: bool = False


def run(request: DiffRequest) -> Record:
    """Do what is asked; status 0 when the models and their training are equal, else 1. Raises Problem."""
    left, right, sources = sides_of(request.left, request.right, request.keras)
    found = diff(left, right)
    checked = None
    if request.verify:
        from kerlint.confirm.asking import Asking
        from kerlint.confirm.twins import verify

        with Asking(allow_unconfined=request.allow_unconfined) as ask:
            checked = verify(found, sources, ask)
    is_equal = found.is_equal and not (checked is not None and checked.disagrees)
    output, status = _rendered(found, request, checked), 0 if is_equal else 1
    if request.output_file is None:
        return Record(output, "", status)
    from kerlint.fix import write_atomically

    try:
        write_atomically(request.output_file, output)
    except OSError as error:
        raise Problem(f"cannot be written: {error.strerror}", where=request.output_file) from error
    return Record(b"", "", status)


def _rendered(found: Diff, request: DiffRequest, checked: Checked | None) -> bytes:
    if request.output_format == "json":
        from kerlint.diff import json_text

        return json_text.render(found, checked.data if checked is not None else None).encode()
    checks = (checked.words,) if checked is not None else ()
    if request.output_format == "html":
        from kerlint.diff import page

        return page.render(found, os.getcwd(), checks).encode("utf-8", "backslashreplace")
    from kerlint.diff import text

    colour = wants_colour(request.color, request.output_file is not None)
    return encoded(text.render(found, os.getcwd(), width(), colour=colour, checks=checks))
