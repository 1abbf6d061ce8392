"""Literals and f-strings. Values are kept by their raw text: libcst takes 8 us to evaluate one."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import libcst as cst

from kerlint.python.formatting import SHOWN, format_value
from kerlint.python.refs import Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.python.scope import Frame

_ESCAPE_OR_QUOTE: Final = re.compile(r'(\\.)|"', re.DOTALL)
_literals: dict[str, Value] = {}
_MOST_LITERALS: Final = 50_000


def _literal(text: str) -> Value:
    try:
        return _literals[text]
    except KeyError:
        pass
    try:
        value: Value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        value = Unknown("an odd literal")
    if len(_literals) < _MOST_LITERALS:
        _literals[text] = value
    return value


def constant(
    interpreter: Interpreter, node: cst.Integer | cst.Float | cst.Imaginary | cst.SimpleString, frame: Frame
) -> Value:
    """A number or a string."""
    text = node.value
    return _literals[text] if text in _literals else _literal(text)


def concatenated(interpreter: Interpreter, node: cst.ConcatenatedString, frame: Frame) -> Value:
    """Strings that stand side by side."""
    left = interpreter.evaluate(node.left, frame)
    right = interpreter.evaluate(node.right, frame)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, bytes) and isinstance(right, bytes):
        return left + right
    return Unknown("a string with unknown parts")


def formatted(interpreter: Interpreter, node: cst.FormattedString, frame: Frame) -> Value:
    """An f-string."""
    return _format_parts(interpreter, node.parts, frame, raw="r" in node.start.lower())


def _format_parts(
    interpreter: Interpreter,
    parts: Sequence[cst.BaseFormattedStringContent],
    frame: Frame,
    *,
    raw: bool,
) -> Value:
    pieces: list[str] = []
    is_known = True
    for part in parts:
        if type(part) is cst.FormattedStringText:
            pieces.append(_unescaped(part.value, raw))
        elif type(part) is cst.FormattedStringExpression:
            shown = _field(interpreter, part, frame, raw=raw)
            if shown is None:
                is_known = False
            else:
                pieces.append(shown)
    if not is_known:
        interpreter.doubts += 1
        return Unknown("a string with unknown parts")
    text = "".join(pieces)
    return text if len(text) <= interpreter.budget.text else Unknown("a very long string")


def _field(
    interpreter: Interpreter, part: cst.FormattedStringExpression, frame: Frame, *, raw: bool
) -> str | None:
    value = interpreter.evaluate(part.expression, frame)
    if part.format_spec is None and part.conversion is None and part.equal is None and type(value) in SHOWN:
        return str(value)
    spec: Value = ""
    if part.format_spec is not None:
        spec = _format_parts(interpreter, part.format_spec, frame, raw=raw)
    conversion = part.conversion
    if part.equal is not None and conversion is None and part.format_spec is None:
        conversion = "r"
    text = format_value(interpreter, value, conversion, spec, interpreter.place(part, frame))
    if text is None or part.equal is None:
        return text
    return _source(part, frame) + text


def _source(part: cst.FormattedStringExpression, frame: Frame) -> str:
    """What `f"{x = }"` writes before the value."""
    code = cst.Module([]).code_for_node
    assert isinstance(part.equal, cst.AssignEqual)
    return (
        code(part.whitespace_before_expression)
        + code(part.expression)
        + code(part.equal)
        + code(part.whitespace_after_expression)
    )


@lru_cache(maxsize=4096)
def _unescaped(text: str, raw: bool) -> str:
    """The characters that the raw text of an f-string piece stands for."""
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return text
    quoted = _ESCAPE_OR_QUOTE.sub(lambda found: found[1] or '\\"', text)
    value = _literal(f'"""{quoted}"""')
    return value if isinstance(value, str) else text
