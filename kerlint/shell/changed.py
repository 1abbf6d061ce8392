"""Lines changed since a git revision, and the findings that touch them."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kerlint.findings import Finding, Location
from kerlint.problems import Problem


class Rows(NamedTuple):
    """Changed rows, the first and the last; where rows were only deleted, `first` is `last` + 1.

    A deletion so lies between two rows, and touches what spans both.
    """

    first: int
    last: int


Changes = Mapping[str, tuple[Rows, ...]]
"""Absolute real path to its changed rows."""

WHOLE_FILE = Rows(1, 2**63)


def changed_lines(rev: str, cwd: str = ".") -> dict[str, tuple[Rows, ...]]:
    """What changed between a revision and the working tree of the repository around `cwd`.

    Untracked files that git does not ignore count as changed as a whole; of a renamed file only the
    edited rows do; submodules are left out. `rev...` asks for the merge base of `rev` and HEAD, as in
    `git diff`. Raises Problem, in one line, without git, repository or revision.
    """
    top = os.path.realpath(_top(cwd))
    commit = _commit(rev, top)
    found: dict[str, list[Rows]] = {}
    diff = _git(top, *_DIFF, *_PATCH, commit, "--")
    for name, rows in _hunks(diff):
        found.setdefault(name, []).append(rows)
    if b"\nBinary files " in diff:
        numstat = _git(top, *_DIFF, *_COUNTS, commit, "--")
        found.update((name, [WHOLE_FILE]) for name in _binary_files(numstat))
    for raw in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
        if raw:
            found[os.fsdecode(raw)] = [WHOLE_FILE]
    return {os.path.realpath(os.path.join(top, name)): tuple(rows) for name, rows in found.items()}


def touching(findings: Iterable[Finding], changes: Changes, cwd: str = ".") -> tuple[Finding, ...]:
    """The findings of which the place, or a place that explains them, has a changed row.

    File names of findings are relative to `cwd` or absolute. In a notebook the rows are those of the
    JSON file.
    """
    real: dict[str, tuple[Rows, ...]] = {}

    def touched(location: Location) -> bool:
        name = location.filename
        if name not in real:
            real[name] = changes.get(os.path.realpath(os.path.join(cwd, name)), ())
        first, last = rows_in_file(location)
        return any(rows.first <= last and rows.last >= first for rows in real[name])

    return tuple(
        finding
        for finding in findings
        if touched(finding.location) or any(touched(place.location) for place in finding.related)
    )


def rows_in_file(location: Location) -> tuple[int, int]:
    """The first and last row of the location in the file on disk."""
    region = location.region
    last = region.end_row - (region.end_column == 1 and region.end_row > region.start_row)
    shift = 0 if location.file_row is None else location.file_row - region.start_row
    return region.start_row + shift, last + shift


_DIFF = (
    *("-c", "core.quotepath=off", "-c", "diff.relative=false"),
    *("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--submodule=short"),
)
_PATCH = ("--unified=0", "--inter-hunk-context=0", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/")
_COUNTS = ("--numstat", "-z", "--no-renames", "--diff-filter=d")
"""Every option that a user's git configuration could change is said here."""


def _git(folder: str, *arguments: str) -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments],
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except FileNotFoundError as error:
        raise Problem("--changed-since needs git, which is not installed") from error
    if done.returncode:
        raise Problem(_last_words(done.stderr) or f"git {arguments[0]} failed")
    return done.stdout


def _last_words(stderr: bytes) -> str:
    """git's reason: its first fatal line, else its last line."""
    lines = [line for line in stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (fatal or lines[-1:] or [""])[0].removeprefix("fatal: ").removeprefix("error: ")


def _top(cwd: str) -> str:
    try:
        return os.fsdecode(_git(cwd, "rev-parse", "--show-toplevel").removesuffix(b"\n"))
    except Problem as problem:
        if "not a git repository" in problem.reason:
            raise Problem(
                "--changed-since works in a git repository only", where=os.path.abspath(cwd)
            ) from problem
        raise


def _commit(rev: str, top: str) -> str:
    if rev.endswith("...") and rev != "...":
        base = _commit(rev.removesuffix("..."), top)
        return _git(top, "merge-base", base, "HEAD").decode("ascii").strip()
    try:
        asked = f"{rev}^{{commit}}"
        return (
            _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", asked).decode("ascii").strip()
        )
    except Problem as problem:
        remedy = "a shallow clone has to fetch it first"
        raise Problem(f"--changed-since: git knows no revision {rev!r}", remedy=remedy) from problem


_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


def _hunks(diff: bytes) -> Iterator[tuple[str, Rows]]:
    """File name and changed rows of each hunk of a diff without context; deleted files have none."""
    name: str | None = None
    body = 0
    for line in diff.split(b"\n"):
        if body and not line.startswith(b"\\"):
            body -= 1
        elif line.startswith(b"+++ "):
            name = _new_name(line[4:])
        elif (hunk := _HUNK.match(line)) is not None:
            removed, added = int(hunk[1] or 1), int(hunk[3] or 1)
            body = removed + added
            start = int(hunk[2])
            if name is not None:
                yield name, Rows(start, start + added - 1) if added else Rows(start + 1, start)


def _new_name(written: bytes) -> str | None:
    """The name after `+++ `: prefixed, C-quoted if it has odd characters, None for a deleted file."""
    if written.startswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written.rstrip(b"\t")[1:-1])
    else:
        written = written.removesuffix(b"\t")
    return None if written == b"/dev/null" else os.fsdecode(written.removeprefix(b"b/"))


_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


def _unescaped(match: re.Match[bytes]) -> bytes:
    escape = match[1]
    return bytes([int(escape, 8) if len(escape) == 3 else _LETTERS[escape[0]]])


def _binary_files(numstat: bytes) -> Iterator[str]:
    """The files for which git shows no lines: it counts none (`-`) either."""
    for entry in numstat.split(b"\0"):
        added, _, rest = entry.partition(b"\t")
        if added == b"-":
            yield os.fsdecode(rest.partition(b"\t")[2])
