"""Paths as given to files to lint: folders walked, ignore files and excludes obeyed, order stable.

Nothing here raises for what is wrong with a path; it is told as data, one line each, and the rest of the
run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kerlint.gitignore import Ignored, ignored_at
from kerlint.patterns import Patterns

DEFAULT_INCLUDE = ("*.py", "*.pyi", "*.ipynb")
DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".ipynb_checkpoints",
    ".kerlint_cache",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


@dataclass(slots=True)
class Discovery:
    """Files to lint, each once, as paths in the way they were asked for, and what could not be reached."""

    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """One line each: a missing path, an unreadable folder."""
    folders: list[str] = field(default_factory=list)
    """The folders that were listed, as absolute paths."""


def discover(
    paths: Sequence[str],
    *,
    exclude: Iterable[str] = DEFAULT_EXCLUDE,
    extend_exclude: Iterable[str] = (),
    include: Iterable[str] = DEFAULT_INCLUDE,
    respect_gitignore: bool = True,
    force_exclude: bool = False,
    root: str = ".",
) -> Discovery:
    """The files that `paths` mean: files as given, folders walked in sorted order.

    Patterns with a slash count from `root`. A file named explicitly is taken whatever its name, and
    past excludes and ignore files unless `force_exclude`. A folder named explicitly is always entered,
    even where git or an exclude pattern leaves it out of its parent, unless `force_exclude`.
    """
    walk = _Walk(
        Patterns([*exclude, *extend_exclude]), Patterns(include), respect_gitignore, force_exclude, root
    )
    for path in paths:
        walk.take(path)
    return walk.found


_Links = list[tuple[str, str]]


class _Walk:
    def __init__(
        self, exclude: Patterns, include: Patterns, respect_gitignore: bool, force_exclude: bool, root: str
    ) -> None:
        self.exclude = exclude
        self.include = include
        self.respect_gitignore = respect_gitignore
        self.force_exclude = force_exclude
        self.root = os.path.abspath(root)
        self.found = Discovery()
        self._files: set[str] = set()
        self._folders: set[tuple[int, int]] = set()

    def take(self, path: str) -> None:
        """Add what one given path means."""
        absolute = os.path.abspath(path)
        if os.path.isdir(absolute):
            if not (self.force_exclude and self._is_left_out(absolute, folder=True)):
                self._enter(path, absolute)
        elif os.path.isfile(absolute):
            if not (self.force_exclude and self._is_left_out(absolute, folder=False)):
                self._add(path, absolute)
        elif os.path.lexists(absolute):
            self.found.problems.append(f"{path}: neither a file nor a folder")
        else:
            self.found.problems.append(f"{path}: no such file or folder")

    def _is_left_out(self, absolute: str, *, folder: bool) -> bool:
        """Whether a walk from the root would not have come to this path."""
        relative = os.path.relpath(absolute, self.root)
        if not relative.startswith(".."):
            parts = [] if relative == "." else relative.split(os.sep)
            for end in range(1, len(parts) + 1):
                if self.exclude.match(parts[end - 1], "/".join(parts[:end])):
                    return True
        elif self.exclude.match(os.path.basename(absolute), absolute.replace(os.sep, "/")):
            return True
        if not self.respect_gitignore:
            return False
        parent = ignored_at(os.path.dirname(absolute))
        return parent is None or parent.match(absolute + "/" if folder else absolute)

    def _enter(self, path: str, absolute: str) -> None:
        ignored = Ignored()
        if self.respect_gitignore:
            ignored = ignored_at(absolute) or Ignored().below(absolute)
        shown = "" if path in (".", "./") else os.path.join(os.path.normpath(path), "")
        relative = os.path.relpath(absolute, self.root).replace(os.sep, "/")
        before, links = len(self.found.files), _Links()
        self._folder(shown, absolute, "" if relative == "." else f"{relative}/", ignored, links)
        for link in links:
            self._add(*link)
        self.found.files[before:] = sorted(self.found.files[before:])

    def _folder(self, shown: str, absolute: str, relative: str, ignored: Ignored, links: _Links) -> None:
        """Walk one folder; `shown`, `absolute` and `relative` are its path for people, system, patterns.

        Links to files are gathered, to be taken when the files themselves have been.

        A stack of its own, for folders may nest deeper than Python's.
        """
        stack = [(shown, absolute, relative, ignored)]
        while stack:
            shown, absolute, relative, ignored = stack.pop()
            entries = self._entries(shown, absolute)
            folders = []
            for entry, is_folder in entries:
                name = entry.name
                below = relative + name
                if self.exclude.match(name, below):
                    continue
                if is_folder:
                    if not ignored.match(f"{absolute}/{name}/"):
                        inner = f"{absolute}/{name}"
                        deeper = ignored.below(inner) if self.respect_gitignore else ignored
                        folders.append((f"{shown}{name}{os.sep}", inner, f"{below}/", deeper))
                elif self.include.match(name, below) and not ignored.match(f"{absolute}/{name}"):
                    if entry.is_symlink():
                        links.append((shown + name, f"{absolute}/{name}"))
                    else:
                        self._add(shown + name, f"{absolute}/{name}")
            stack.extend(reversed(folders))

    def _entries(self, shown: str, absolute: str) -> list[tuple[os.DirEntry[str], bool]]:
        """The folder's files and folders, sorted by name; [] when it was seen or cannot be read."""
        try:
            status = os.stat(absolute)
            if (status.st_dev, status.st_ino) in self._folders:
                return []
            self._folders.add((status.st_dev, status.st_ino))
            with os.scandir(absolute) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
            self.found.folders.append(absolute)
        except OSError as error:
            self.found.problems.append(f"{shown or '.'}: {(error.strerror or str(error)).lower()}")
            return []
        return [(entry, is_folder) for entry in entries if (is_folder := _is_folder(entry)) is not None]

    def _add(self, shown: str, absolute: str) -> None:
        real = os.path.realpath(absolute) if os.path.islink(absolute) else absolute
        if real not in self._files:
            self._files.add(real)
            self.found.files.append(shown)


def _is_folder(entry: os.DirEntry[str]) -> bool | None:
    """True for a folder, False for a file or a link to one; None for anything else.

    Links to folders are not followed: what is in the project is found without them, and what is not was
    not asked for. So there are no loops.
    """
    try:
        if entry.is_dir(follow_symlinks=False):
            return True
        return False if entry.is_file() else None
    except OSError:
        return None
