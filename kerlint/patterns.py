"""Exclude and include patterns: the part of gitignore's language that names files and folders.

A pattern without a slash matches a name at any depth; one with a slash matches a path from the root;
`*`, `?` and `[...]` stay within a name, `**` crosses folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


class Patterns:
    """A set of patterns; plain names cost one look-up, the others one regular expression each for all."""

    def __init__(self, patterns: Iterable[str]) -> None:
        cleaned = [pattern.removeprefix("./").rstrip("/") for pattern in patterns]
        self._names = frozenset(each for each in cleaned if each and not _SPECIAL.search(each))
        self._name = _any(each for each in cleaned if "/" not in each and _SPECIAL.search(each))
        self._path = _any(each.lstrip("/") for each in cleaned if "/" in each)

    def match(self, name: str, path: str) -> bool:
        """Whether an entry with this name, at this `/`-separated path from the root, is meant."""
        return (
            name in self._names
            or (self._name is not None and self._name.fullmatch(name) is not None)
            or (self._path is not None and self._path.fullmatch(path) is not None)
        )


_SPECIAL = re.compile(r"[*?\[/]")
_PART = re.compile(r"(?:^|(?<=/))\*\*/|/\*\*$|\*+|\?|\[[!^]?\]?[^\]]*\]|.", re.DOTALL)


def _any(patterns: Iterable[str]) -> re.Pattern[str] | None:
    translated = [_translate(pattern) for pattern in patterns]
    return re.compile("|".join(translated)) if translated else None


def _translate(pattern: str) -> str:
    return "".join(map(_translate_part, _PART.findall(pattern)))


def _translate_part(part: str) -> str:
    if part == "**/":
        return "(?:.*/)?"
    if part == "/**":
        return "/.*"
    if part.startswith("*"):
        return "[^/]*"
    if part == "?":
        return "[^/]"
    if part.startswith("[") and len(part) > 2:
        negated = part[1] in "!^"
        inside = part[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
        return f"[{'^/' if negated else ''}{inside}]"
    return re.escape(part)
