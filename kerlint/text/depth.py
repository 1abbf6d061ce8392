"""Limits that keep a pathological statement away from the parsers.

libcst's native parser overflows its stack (the process dies) near 2,000 nested brackets, 5,000 nested
lambdas or 10,000 terms of a sum, takes minutes for some chains of 5,000 links, and time exponential in
the nesting of `case` patterns (one second at 10 nested mappings). All limits here are measured to stay
below a second, and above anything people write.
"""

from __future__ import annotations

import re
from functools import cache

from kerlint.text.lines import STRING, logical_lines

MAX_BRACKETS = 64
MAX_LINKS = 500
MAX_CASE_BRACKETS = 6
MAX_CHARACTERS = 1_000_000
"""Of one logical line: libcst takes some 4 s for a million characters of data."""

EASY = 2 * MAX_BRACKETS
"""A line of no more characters cannot pass a limit."""


def is_easy(line: str) -> bool:
    """Whether a logical line is too short to pass any limit: decided in a few string operations."""
    size = len(line)
    return size <= EASY or (
        size <= MAX_LINKS and line.count("(") + line.count("[") + line.count("{") <= MAX_BRACKETS
    )


def excess_of_line(line: str) -> str | None:
    """Which limit a logical line passes, in words; None when it may be parsed."""
    if is_easy(line):
        return None
    size = len(line)
    if size > MAX_CHARACTERS:
        return f"a statement of {size:,} characters is more than kerlint reads at once"
    if size > _LONG:
        line = _flattened(line)
    return _measure(line)


def excess_of_statement(text: str) -> str | None:
    """Which limit a compound statement passes by its branches or its `case` patterns."""
    if text.count("elif") > MAX_LINKS and len(_ELIF.findall(text)) > MAX_LINKS:
        return f"more than {MAX_LINKS} branches in one `if`"
    if "case" in text and _CASE.search(text):
        for line in logical_lines(text):
            if _CASE.match(line) and _bracket_depth(line) > MAX_CASE_BRACKETS:
                return f"a `case` pattern nested more than {MAX_CASE_BRACKETS} deep"
    return None


_ELIF = re.compile(r"^[ \t]*elif\b", re.MULTILINE)
_CASE = re.compile(r"^[ \t]+case\b", re.MULTILINE)


def _bracket_depth(line: str) -> int:
    depth = deepest = 0
    for token in re.findall(r"[(\[{)\]}]", line):
        depth += 1 if token in "([{" else -1
        deepest = max(deepest, depth)
    return deepest


@cache
def _links() -> re.Pattern[str]:
    words = "if|else|and|or|not|in|is|lambda|await|for|yield|from"
    return re.compile(
        rf"""(?s)\b(?:[fFtT][rR]?|[rR][fFtT])(?:{STRING})|{STRING}|\#[^\n]*+|\\.|[(\[{{)\]}},;:]|[-+*/%@&|^<>=!]|~|\.(?=[^\W\d])|\b(?:{words})\b"""
    )


_LONG = MAX_LINKS


@cache
def _flat_group() -> re.Pattern[str]:
    value = rf"(?:[-+~]?\w++(?:\.\w++){{0,8}}+|\(\)|(?:\b[bBrRuU]{{1,2}})?(?:{STRING}))"
    item = rf"{value}\s*+(?:[:=]\s*+{value}\s*+)?"
    return re.compile(rf"(?s)[(\[{{]\s*+(?:{item},\s*+)*+(?:{item})?+[)\]}}]")


def _flattened(line: str) -> str:
    """The line with its tables of constants and names emptied, so that data costs little to measure."""
    for _ in range(3):
        shorter = _flat_group().sub("()", line)
        if len(shorter) == len(line):
            break
        line = shorter
    return line


_BORDERS = {"lambda": ":", "for": "in"}
"""Commas between these do not end a chain: `lambda a, b: ...`, `for a, b in ...`."""


def _measure(text: str) -> str | None:
    """Walk the tokens; the depth of a parse is at most the links open at once at all levels."""
    chains = _Chains()
    for token in _links().findall(text):
        if token[-1] in "\"'" and token[0] not in "\"'#\\":
            if excess := _measure_template(token):
                return excess
            chains.link()
        else:
            chains.take(token)
        if chains.excess:
            return chains.excess
    return None


def _measure_template(token: str) -> str | None:
    """The same for the expressions within an f-string; what stands between them does not count."""
    if len(token) <= EASY:
        return None
    chains = _Chains()
    for inner in _links().findall(token.strip("fFrRtT").strip("\"'").replace("{{", "").replace("}}", "")):
        if chains.is_inside or inner == "{":
            chains.take(inner)
        if chains.excess:
            return chains.excess
    return None


class _Chains:
    """Links that are open at each level of brackets; a comma ends the chain of its level."""

    def __init__(self) -> None:
        self.excess: str | None = None
        self._counts = [0]
        self._borders: list[list[str]] = [[]]
        self._total = 0

    @property
    def is_inside(self) -> bool:
        """Whether a bracket is open."""
        return len(self._counts) > 1

    def link(self) -> None:
        """Count one link at the innermost level."""
        self._total += 1
        self._counts[-1] += 1
        if self._total > MAX_LINKS:
            self.excess = f"an expression of more than {MAX_LINKS} links"

    def take(self, token: str) -> None:
        """Count one token of code."""
        first = token[0]
        if first in "([{":
            self.link()
            self._open()
        elif first in ")]}":
            self._close()
        elif first in ",;":
            if not self._borders[-1]:
                self._total -= self._counts[-1]
                self._counts[-1] = 0
        elif self._borders[-1] and token == self._borders[-1][-1]:
            self._borders[-1].pop()
        elif first not in ":#\\":
            self.link()
            if token in _BORDERS:
                self._borders[-1].append(_BORDERS[token])

    def _open(self) -> None:
        self._counts.append(0)
        self._borders.append([])
        if len(self._counts) > MAX_BRACKETS + 1:
            self.excess = f"brackets nested more than {MAX_BRACKETS} deep"

    def _close(self) -> None:
        if self.is_inside:
            self._total -= self._counts.pop()
            self._borders.pop()
