"""What git ignores: `.gitignore` files on the way down, those of the parents, and `.git/info/exclude`.

pathspec reads the patterns; it is imported when the first such file is met. One joint regular expression
answers the common case (nothing matches) without asking every pattern.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class _File:
    """The patterns of one ignore file, for paths below its folder."""

    def __init__(self, folder: str, lines: list[str]) -> None:
        from pathspec import GitIgnoreSpec

        self.prefix = len(folder.rstrip("/")) + 1
        self._spec: GitIgnoreSpec = GitIgnoreSpec.from_lines(_sound(lines))
        self._any = _joint(self._spec)

    def verdict(self, path: str) -> bool | None:
        """True: ignored, False: taken back by `!`, None: nothing is said. Folders end with `/`."""
        below = path[self.prefix :]
        if self._any is not None and self._any.match(below) is None:
            return None
        return self._spec.check_file(below).include


class Ignored:
    """The ignore files that hold in one folder, nearest last."""

    def __init__(self, files: tuple[_File, ...] = ()) -> None:
        self._files = files

    def below(self, folder: str) -> Ignored:
        """What holds in `folder` (an absolute path), given that its own `.gitignore` may add to this."""
        added = _read(folder, os.path.join(folder, ".gitignore"))
        return self if added is None else Ignored((*self._files, added))

    def match(self, path: str) -> bool:
        """Whether git would ignore an absolute path (`/` at the end for folders); parents not asked."""
        for file in reversed(self._files):
            verdict = file.verdict(path)
            if verdict is not None:
                return verdict
        return False


def ignored_at(folder: str) -> Ignored | None:
    """What holds in a folder, from its repository's root down; None when the folder itself is ignored.

    Outside a repository only ignore files in the folder and below it count.
    """
    top = _repository(folder)
    if top is None:
        return Ignored().below(folder)
    first = _read(top, os.path.join(top, ".git", "info", "exclude"))
    ignored = Ignored(() if first is None else (first,)).below(top)
    walked = top
    for part in os.path.relpath(folder, top).split(os.sep) if folder != top else ():
        walked = os.path.join(walked, part)
        if ignored.match(f"{walked}/"):
            return None
        ignored = ignored.below(walked)
    return ignored


def _repository(folder: str) -> str | None:
    while not os.path.exists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _read(folder: str, path: str) -> _File | None:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    lines = [line for line in lines if line.strip() and not line.startswith("#")]
    return _File(folder, lines) if lines else None


def _sound(lines: list[str]) -> list[str]:
    """The patterns that can be read; git too passes over the others."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return [line for line in lines if _is_sound(line)]
    return lines


def _is_sound(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _joint(spec: GitIgnoreSpec) -> re.Pattern[str] | None:
    """One expression that matches whatever any pattern matches; None where it cannot be made."""
    sources = []
    for pattern in spec.patterns:
        regex = getattr(pattern, "regex", None)
        if regex is not None:
            sources.append(re.sub(r"\?P<\w+>", "?:", regex.pattern))
    try:
        return re.compile("|".join(sources)) if sources else None
    except re.error:
        return None
