"""What `kerlint summary` is pointed at: `path`, `path:name` or `path:name(argument=value)`."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.keras_api.shapes import Shape
from kerlint.problems import Problem

_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*(?:\(.*\))?", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]")
_LITERALS = "give literal arguments: build(classes=10, name='net')"


@dataclass(frozen=True, slots=True)
class Target:
    """A file, and what of it; `wanted` is None for all its models."""

    path: str
    wanted: str | None


def parse_target(text: str) -> Target:
    """Split a target. Raises Problem for a name that no literal call or dotted name is.

    A colon may be part of the path (`C:\\\\nets\\\\vgg.py`) and of the arguments: the first one that has an
    existing file before it ends the path, else the first one with a name after it.
    """
    if os.path.exists(text):
        return Target(text, None)
    splits = list(_splits(text))
    for path, rest in splits:
        if os.path.isfile(path):
            return Target(path, _checked(rest, text))
    for path, rest in splits:
        if _NAME.fullmatch(rest) and not _DRIVE.fullmatch(path):
            return Target(path, _checked(rest, text))
    return Target(text, None)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for index, character in enumerate(text):
        if character == ":" and index:
            yield text[:index], text[index + 1 :].strip()


def _checked(wanted: str, text: str) -> str:
    """What is wanted, when it is a dotted name or a call of one with literal arguments."""
    try:
        node = ast.parse(wanted, mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise Problem(f"{wanted!r} is not a name or a call", where=text, remedy=_LITERALS) from error
    if isinstance(node, ast.Call):
        _check_arguments(node, text)
        node = node.func
    while isinstance(node, ast.Attribute):
        node = node.value
    if not isinstance(node, ast.Name):
        raise Problem(f"{wanted!r} is not a name or a call", where=text, remedy=_LITERALS)
    return wanted


def _check_arguments(call: ast.Call, text: str) -> None:
    for value in [*call.args, *(keyword.value for keyword in call.keywords)]:
        try:
            ast.literal_eval(value)
        except ValueError as error:
            written = ast.unparse(value)
            raise Problem(f"{written} is not a literal", where=text, remedy=_LITERALS) from error
    if any(keyword.arg is None for keyword in call.keywords):
        raise Problem("** takes no literal", where=text, remedy=_LITERALS)


def parse_shape(text: str) -> Shape:
    """`32,32,3`, with or without brackets; `None` is a free extent. Raises Problem for anything else."""
    inner = text.strip().removeprefix("(").removesuffix(")").removeprefix("[").removesuffix("]").strip()
    parts = [part.strip() for part in inner.split(",")]
    if parts[-1] == "":
        parts.pop()
    if all(part == "None" or (part.isdecimal() and int(part) > 0) for part in parts):
        return tuple(None if part == "None" else int(part) for part in parts)
    raise Problem(f"--input-shape {text}: not a shape", remedy="extents without the batch axis: 32,32,3")
