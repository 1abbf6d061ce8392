"""Program text to logical lines, without parsing.

One regular expression matches one logical line: strings and comments are swallowed whole, brackets are
followed to a fixed depth. What it cannot match (deeper brackets, a string that never ends) is read by a
careful scan that finds the end of that one line and, where brackets never close, assumes that they end
where the next statement plainly starts. Costs about a microsecond a line.

Text given here has `\\n` as its only newline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_TRIPLE = r'"""(?:[^"\\]++|\\.|"(?!""))*+"""' + r"|'''(?:[^'\\]++|\\.|'(?!''))*+'''"
_SINGLE = r'"(?!"")(?:[^"\\\n]++|\\.)*+"' + r"|'(?!'')(?:[^'\\\n]++|\\.)*+'"
STRING = f"{_TRIPLE}|{_SINGLE}"
"""A whole string literal without its prefix (with `(?s)`)."""
_DEPTH = 4
"""How deep the fast path follows brackets; deeper lines take the careful scan."""


def _group(depth: int) -> str:
    inner = f"|{_group(depth - 1)}" if depth else ""
    return rf"""[(\[{{](?:[^"'#\\()\[\]{{}}]++|{STRING}|\#[^\n]*+|\\.{inner})*+[)\]}}]"""


@cache
def logical_line() -> re.Pattern[str]:
    """Matches one logical line with its newline, at the start of a row only."""
    parts = rf"""[^\n"'#\\()\[\]{{}}]++|{STRING}|{_group(_DEPTH)}|\#[^\n]*+|\\."""
    return re.compile(rf"(?s)(?<![^\n])(?!\Z)(?:{parts})*+(?:\n|\Z)")


_LEXEME = re.compile(rf"""(?s){STRING}|\#[^\n]*+|\\.|["'\\()\[\]{{}}\n]""")
_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_QUOTES = frozenset("\"'")
_FRESH_START = re.compile(
    r"\n(?=(?:def|class|import|from|async|with|for|while|if|try|return|del|global|assert|raise|print|pass)\b"
    r"|@\w|\w[\w.]*[ \t]*=[^=]|\w[\w.]*\()"
)
"""A newline before something that starts a statement at the left margin."""


_PATIENCE = 50_000_000
"""Characters that failing matches may read in one text before the rest is taken as one line."""


def logical_lines(text: str) -> list[str]:
    """The logical lines of a program, each with its newline; joined they are the text."""
    lines: list[str] = logical_line().findall(text)
    if sum(map(len, lines)) == len(text):
        return lines
    return list(_careful_lines(text))


def _careful_lines(text: str) -> Iterator[str]:
    reader = LineReader(text)
    start = 0
    while start < len(text):
        end = reader.end_of_line(start)
        yield text[start:end]
        start = end


class LineReader:
    """Logical lines one at a time, for those who must look at each before they ask for the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._match = logical_line().match
        self._patience = _PATIENCE

    def end_of_line(self, start: int) -> int:
        """Where the logical line that starts at offset `start` ends, past its newline."""
        if (found := self._match(self.text, start)) is not None:
            return found.end()
        if self._patience <= 0:
            return len(self.text)
        end, read = _careful_end(self.text, start)
        self._patience -= 20 * (read - start)
        return end


def _careful_end(text: str, start: int) -> tuple[int, int]:
    """Where the logical line at `start` ends (past its newline), and how far had to be read to know it."""
    depth = 0
    for lexeme in _LEXEME.finditer(text, start):
        token = lexeme[0]
        if token in _OPENING:
            depth += 1
        elif token in _CLOSING:
            depth = max(depth - 1, 0)
        elif token == "\n":
            if depth == 0:
                return lexeme.end(), lexeme.end()
        elif token in _QUOTES and text.startswith(token * 3, lexeme.start()):
            return _recovered_end(text, start), len(text)
    return len(text) if depth == 0 else _recovered_end(text, start), len(text)


def _recovered_end(text: str, start: int) -> int:
    """The end of a line whose bracket or triple-quoted string never ends: the next plain statement."""
    found = _FRESH_START.search(text, start)
    return len(text) if found is None else found.end()
