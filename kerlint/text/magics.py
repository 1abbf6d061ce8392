"""IPython's own syntax in notebook cells, masked so that rows and columns stay and Python can read it.

`%magic`, `!command` and `x?` become `pass#...`, the value of `files = !ls` becomes `_` (a name nobody
binds, so nothing is known of it), `%time f(x)` keeps its Python, and cells of another language
(`%%bash`) become comments as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kerlint.text.lines import LineReader

PYTHON_CELLS = frozenset(
    {"capture", "debug", "heat", "ipytest", "memit", "mprun", "prun", "scalene", "snakeviz", "time", "timeit"}
    | {"wandb"}
)
"""Cell magics whose body is Python that runs in this program."""
_TIMERS = re.compile(r"([ \t]*)(%(?:timeit|time|prun|memit)(?:[ \t]+-\w+(?:[ \t]*\d+)?)*[ \t]+)(?=[^\s#-])")
_CELL_MAGIC = re.compile(r"%%(\w*)")
_CANDIDATE = re.compile(r"^[ \t]*(?:[%!]|\?)|\?[ \t]*$|=[ \t]*[%!][ \t]*[\w./]", re.MULTILINE)
_LINE = re.compile(r"[ \t]*(?:%|!|\?\??[\w%*])")
_HELP = re.compile(r"[ \t]*[%\w.*\[\]]+[ \t]*\?{1,2}[ \t]*$")
_CAPTURE = re.compile(r"[ \t]*[\w., \t()\[\]'\"]+?[ \t]*(?<![=!<>+\-*/])=[ \t]*(?=[%!][ \t]*[\w./({$\"'])")


def mask_magics(text: str) -> str:
    """The cell's text with all magics masked: same length, same rows, valid Python where they stood."""
    if found := _CELL_MAGIC.match(text):
        first, newline, rest = text.partition("\n")
        if found[1] in PYTHON_CELLS:
            return _comment(first) + newline + mask_magics(rest)
        return "\n".join(_comment(row) for row in text.split("\n"))
    if not _CANDIDATE.search(text):
        return text
    return "".join(_masked_rows(text))


def _comment(row: str) -> str:
    return "#" + row[1:] if row else row


def _masked_rows(text: str) -> Iterator[str]:
    """Go by logical lines, so that a `%` or `!` within a string or brackets is left alone.

    A magic's own text may hold quotes and brackets that mean nothing: so a line that starts as a magic
    ends with its row (and backslash continuations), whatever it holds.
    """
    reader = LineReader(text)
    start = 0
    while start < len(text):
        end = _end_of_magic(text, start)
        if end is not None:
            yield _masked(text[start:end])
        else:
            end = reader.end_of_line(start)
            yield text[start:end]
        start = end


def _end_of_magic(text: str, start: int) -> int | None:
    """Where the magic at `start` ends, past its newline; None when Python stands there."""
    end = _end_of_row(text, start)
    row = text[start:end].rstrip("\n")
    if not (_LINE.match(row) or _HELP.match(row) or _CAPTURE.match(row)):
        return None
    while text.endswith("\\\n", start, end):
        end = _end_of_row(text, end)
    return end


def _end_of_row(text: str, start: int) -> int:
    newline = text.find("\n", start)
    return len(text) if newline < 0 else newline + 1


def _masked(magic: str) -> str:
    first, newline, rest = magic.partition("\n")
    tail = "\n".join(_comment(row) for row in rest.split("\n")) if rest else ""
    return _masked_row(first) + newline + tail


def _masked_row(row: str) -> str:
    if found := _TIMERS.match(row):
        return found[1] + "0" + " " * (len(found[2]) - 2) + ";" + row[found.end() :]
    if found := _CAPTURE.match(row):
        return row[: found.end()] + _filled("_", row[found.end() :])
    code = row.lstrip(" \t")
    indent = row[: len(row) - len(code)]
    return indent + _filled("pass" if len(code) >= 4 else "0", code)


def _filled(statement: str, old: str) -> str:
    rest = old[len(statement) :]
    return statement + ("#" + rest[1:] if rest else "")
