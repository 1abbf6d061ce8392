"""Fixes: applied to a file's bytes, round after round until nothing changes, and shown or written."""

from __future__ import annotations

import ast
import difflib
import errno
import io
import os
import re
import secrets
import shutil
import tokenize
import warnings
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from kerlint.editing.files import CannotEdit, Document, PythonDocument, Replacement, Resolver, replaced
from kerlint.findings import Applicability, Edit, Finding

Lint = Callable[[bytes], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class FixResult:
    """What applying fixes once gave; the bytes are the same object when nothing was applied."""

    data: bytes
    applied: tuple[Finding, ...] = ()
    rejected: tuple[tuple[Finding, str], ...] = ()
    """Findings whose fix could not be applied, with the reason in a few words."""


OVERLAP = "it overlaps another fix"
"""The reason that the next round settles."""


@dataclass(frozen=True, slots=True)
class FixOutcome:
    """What applying fixes until nothing changes gave."""

    data: bytes
    applied: tuple[Finding, ...]
    """Of all rounds; places are those of the round in which each was found."""
    rejected: tuple[tuple[Finding, str], ...]
    """Of the last round."""
    converged: bool
    """False when the fixes kept undoing each other or never ended: then `data` is the original."""


def open_document(data: bytes, filename: str) -> Document:
    """The file as a document, by its suffix; raises CannotEdit when its bytes are not editable."""
    if filename.endswith(".ipynb"):
        from kerlint.editing.notebooks import NotebookDocument

        return NotebookDocument(data)
    return PythonDocument(data)


def apply_edits(data: bytes, filename: str, edits: Iterable[Edit]) -> bytes:
    """The file with all of these edits, which must not overlap.

    Raises CannotEdit, with one line for the user, when they overlap or one is outside the file.
    """
    document = open_document(data, filename)
    plan = _Plan(document, filename)
    plan.add(edits)
    return document.written(plan.replacements)


def fix_file(data: bytes, filename: str, findings: Iterable[Finding], unsafe: bool = False) -> FixResult:
    """Apply the findings' fixes once: the safe ones, and with `unsafe` the others.

    A fix is applied whole or not at all. Where two overlap the first in the file wins; the other waits
    for the next round. A fix after which the text no longer parses is rejected.
    """
    candidates = [finding for finding in findings if _is_wanted(finding, unsafe)]
    if not candidates:
        return FixResult(data)
    candidates.sort(key=lambda finding: finding.sort_key)
    try:
        document = open_document(data, filename)
        return _apply(document, data, filename, candidates)
    except CannotEdit as error:
        return FixResult(data, (), tuple((finding, str(error)) for finding in candidates))


def fix_until_stable(
    data: bytes, filename: str, lint: Lint, unsafe: bool = False, max_rounds: int = 10
) -> FixOutcome:
    """Lint and fix in turn until no fix is left to apply.

    When the bytes of an earlier round come back, or `max_rounds` do not suffice, the fixes do not
    converge: the original bytes are returned and nothing counts as applied.
    """
    seen, current = {data}, data
    applied: list[Finding] = []
    for _ in range(max_rounds):
        result = fix_file(current, filename, lint(current), unsafe)
        if result.data == current:
            return FixOutcome(current, tuple(applied), result.rejected, converged=True)
        applied += result.applied
        current = result.data
        if current in seen:
            break
        seen.add(current)
    return FixOutcome(data, (), (), converged=False)


def _is_wanted(finding: Finding, unsafe: bool) -> bool:
    fix = finding.fix
    return fix is not None and bool(fix.edits) and (unsafe or fix.applicability is Applicability.SAFE)


class _Plan:
    """Replacements that go together: in order of place, none overlapping another."""

    def __init__(self, document: Document, filename: str) -> None:
        self._document = document
        self._resolver = Resolver(document)
        self._filename = filename
        self.replacements: list[Replacement] = []
        self._all: set[Replacement] = set()
        self._known_to_parse: dict[int, bool] = {}

    def add(self, edits: Iterable[Edit]) -> None:
        """Take on all of the edits; raises CannotEdit, the plan unchanged, when one does not fit."""
        new = sorted(map(self._resolve, edits), key=_place)
        if self._all.issuperset(new):
            return
        if any(_overlap(left, right) and not _same_insertion(left, right) for left, right in pairwise(new)):
            raise CannotEdit("its own edits overlap")
        for item in new:
            index = bisect_left(self.replacements, _place(item), key=_place)
            if any(_overlap(other, item) for other in self.replacements[max(0, index - 1) : index + 1]):
                raise CannotEdit(OVERLAP)
        for item in new:
            insort(self.replacements, item, key=_place)
        self._all.update(new)

    def fallback(self) -> Callable[[], None]:
        """A function that gives up what is added from now on."""
        replacements, everything = self.replacements.copy(), self._all.copy()

        def restore() -> None:
            self.replacements, self._all = replacements, everything

        return restore

    def breaks(self) -> bool:
        """Whether a unit of the document parses now, and would not after the replacements."""
        units: dict[int, list[Replacement]] = {}
        for item in self.replacements:
            units.setdefault(item.unit, []).append(item)
        return any(
            self._parsed(unit) and not parses(replaced(self._document.text(unit), items))
            for unit, items in units.items()
        )

    def _parsed(self, unit: int) -> bool:
        if unit not in self._known_to_parse:
            self._known_to_parse[unit] = parses(self._document.text(unit))
        return self._known_to_parse[unit]

    def _resolve(self, edit: Edit) -> Replacement:
        if edit.location.filename != self._filename:
            raise CannotEdit(f"it edits another file, {edit.location.filename}")
        return self._resolver.resolve(edit)


def _place(item: Replacement) -> tuple[int, int, int]:
    return item[:3]


def _overlap(left: Replacement, right: Replacement) -> bool:
    """Whether the order of two replacements would matter; touching end to start is fine."""
    if left.unit != right.unit:
        return False
    return left.start == right.start or (left.start < right.end and right.start < left.end)


def _same_insertion(left: Replacement, right: Replacement) -> bool:
    return left.start == left.end == right.start == right.end


def _apply(document: Document, data: bytes, filename: str, findings: Sequence[Finding]) -> FixResult:
    plan = _Plan(document, filename)
    applied, rejected = _take(plan, findings)
    written = document.written(plan.replacements) if plan.replacements else data
    return FixResult(written, tuple(applied), tuple(rejected))


Taken = tuple[list[Finding], list[tuple[Finding, str]]]


def _take(plan: _Plan, findings: Sequence[Finding]) -> Taken:
    """Add the fixes to the plan, those that fit; if the text would not parse, halve until the culprit is found."""
    restore = plan.fallback()
    applied: list[Finding] = []
    rejected: list[tuple[Finding, str]] = []
    for finding in findings:
        try:
            plan.add(() if finding.fix is None else finding.fix.edits)
        except CannotEdit as error:
            rejected.append((finding, str(error)))
        else:
            applied.append(finding)
    if not applied or not plan.breaks():
        return applied, rejected
    restore()
    if len(findings) == 1:
        return [], [(findings[0], "the text would no longer parse")]
    middle = len(findings) // 2
    first, second = _take(plan, findings[:middle]), _take(plan, findings[middle:])
    return first[0] + second[0], first[1] + second[1]


_MAGIC = re.compile(r"^([ \t]*)[%!?][^\r\n]*", re.MULTILINE)


def parses(text: str) -> bool:
    """Whether Python reads the text, as a module or as a notebook cell (magics, top-level await)."""
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    for candidate in dict.fromkeys((text, _MAGIC.sub(r"\1pass", text))):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                compile(candidate, "<text>", "exec", flags, dont_inherit=True)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            return True
    return False


def unified_diff(old: bytes, new: bytes, filename: str) -> str:
    """What `patch -p0` would need to turn the old file into the new one; empty when they are equal."""
    lines = difflib.unified_diff(_lines(old), _lines(new), filename, filename)
    pieces = [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines]
    return "".join(pieces)


def _lines(data: bytes) -> list[str]:
    try:
        text = data.decode(tokenize.detect_encoding(io.BytesIO(data).readline)[0])
    except (SyntaxError, LookupError, UnicodeError):
        text = data.decode("utf-8", "backslashreplace")
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Replace a file's content: readers see the old bytes or the new ones, never a part.

    Symbolic links are followed, permissions kept, and a new file gets the usual ones. Raises OSError; a
    file that may not be written is refused even if its folder would allow to replace it.
    """
    target = os.path.realpath(path)
    exists = os.path.exists(target)
    if exists and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    temporary = f"{target}.{os.getpid()}-{secrets.token_hex(4)}.tmp"
    try:
        descriptor = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
        )
        with open(descriptor, "wb") as file:
            file.write(data)
        if exists:
            _copy_permissions(target, temporary)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _copy_permissions(source: str, target: str) -> None:
    owner = os.stat(source)
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(target, owner.st_uid, owner.st_gid)
    shutil.copymode(source, target)
