"""A baseline: findings that are accepted for now, recognised by what their lines say, not by their number."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, NamedTuple, Self

import msgspec

from kerlint.findings import Finding
from kerlint.problems import Problem

VERSION = 1
LineOf = Callable[[Finding], str]
"""The text of the rows that a finding flags; see `flagged_text`."""


class Key(NamedTuple):
    """What makes two findings the same to a baseline."""

    path: str
    """Relative to the folder of the baseline file, with forward slashes."""
    code: str
    digest: str
    """Of the flagged rows, blanks folded."""


@dataclass(frozen=True, slots=True)
class StaleEntry:
    """A finding of the baseline that is no longer there (`count` times)."""

    path: str
    code: str
    line: str
    count: int


class _Entry(msgspec.Struct):
    code: str
    name: str
    line: str
    digest: str
    count: Annotated[int, msgspec.Meta(ge=1)] = 1


class _File(msgspec.Struct):
    version: int
    findings: dict[str, list[_Entry]]


@dataclass(slots=True)
class _Known:
    name: str
    line: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted findings with how often each may occur. `root` is the (absolute) folder of the file."""

    root: str
    known: dict[Key, _Known] = field(default_factory=dict)

    @classmethod
    def empty(cls, path: str) -> Self:
        """A baseline without findings, to be written to `path`."""
        return cls(os.path.dirname(os.path.realpath(path)))

    @classmethod
    def load(cls, path: str) -> Self:
        """Read a baseline file. Raises Problem, in one line, for one that is missing, broken or too new."""
        try:
            with open(path, "rb") as file:
                content = msgspec.json.decode(file.read(), type=_File)
        except FileNotFoundError as error:
            raise Problem("no such baseline", where=path, remedy="write it with --write-baseline") from error
        except OSError as error:
            raise Problem(error.strerror or str(error), where=path) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Problem(f"not a baseline: {error}", where=path) from error
        if content.version != VERSION:
            reason = f"baseline of version {content.version}, this kerlint reads version {VERSION}"
            raise Problem(reason, where=path, remedy="write it again with --write-baseline")
        found = cls.empty(path)
        for name, entries in content.findings.items():
            for entry in entries:
                found._add(Key(name, entry.code, entry.digest), entry.name, entry.line, entry.count)
        return found

    def dump(self) -> bytes:
        """The baseline file: JSON in a stable order, one line an entry's member, so that it merges well."""
        findings: dict[str, list[_Entry]] = {}
        order = sorted(
            self.known.items(), key=lambda item: (item[0].path, item[0].code, item[1].line, item[0])
        )
        for key, known in order:
            entry = _Entry(key.code, known.name, known.line, key.digest, known.count)
            findings.setdefault(key.path, []).append(entry)
        text = msgspec.json.encode(_File(VERSION, findings))
        return msgspec.json.format(text, indent=2) + b"\n"

    def filter(
        self,
        findings: Iterable[Finding],
        line_of: LineOf,
        linted: Collection[str] | None = None,
        codes: Collection[str] | None = None,
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[StaleEntry, ...]]:
        """Split findings into new and accepted ones, and tell which entries are stale.

        Of findings with equal lines in a file the first are the accepted ones. `linted` are the files
        that were linted and `codes` the rules that ran (None: all): an entry for another one is not
        called stale, unless its file is gone.
        """
        left = Counter({key: known.count for key, known in self.known.items()})
        kept: list[Finding] = []
        accepted: list[Finding] = []
        for finding in findings:
            key = self.key(finding, line_of)
            if left[key] > 0:
                left[key] -= 1
                accepted.append(finding)
            else:
                kept.append(finding)
        return tuple(kept), tuple(accepted), tuple(self._stale(left, linted, codes))

    def renewed(
        self,
        findings: Iterable[Finding],
        line_of: LineOf,
        linted: Collection[str] | None = None,
        codes: Collection[str] | None = None,
    ) -> Baseline:
        """The baseline that accepts exactly these findings.

        Entries for files that were not linted, and for rules that did not run, stay as they are.
        """
        judged = self._judge(linted, codes)
        new = Baseline(self.root, {key: known for key, known in self.known.items() if not judged(key)})
        for finding in findings:
            new._add(self.key(finding, line_of), finding.name, _normal(line_of(finding))[:200], 1)
        return new

    def key(self, finding: Finding, line_of: LineOf) -> Key:
        """What the finding is recognised by."""
        digest = hashlib.sha256(_normal(line_of(finding)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return Key(self._relative(finding.location.filename), finding.code, digest)

    def _add(self, key: Key, name: str, line: str, count: int) -> None:
        self.known.setdefault(key, _Known(name, line)).count += count

    def _relative(self, filename: str) -> str:
        absolute = os.path.realpath(filename)
        try:
            return os.path.relpath(absolute, self.root).replace(os.sep, "/")
        except ValueError:  # another drive
            return absolute.replace(os.sep, "/")

    def _judge(self, linted: Collection[str] | None, codes: Collection[str] | None) -> Callable[[Key], bool]:
        """Whether the run can tell that an entry is no longer there."""
        paths = None if linted is None else {self._relative(name) for name in linted}

        def judged(key: Key) -> bool:
            if codes is not None and key.code not in codes:
                return False
            return paths is None or key.path in paths or not os.path.exists(os.path.join(self.root, key.path))

        return judged

    def _stale(
        self, left: Counter[Key], linted: Collection[str] | None, codes: Collection[str] | None
    ) -> Iterator[StaleEntry]:
        judged = self._judge(linted, codes)
        for key in sorted(key for key, count in left.items() if count > 0 and judged(key)):
            yield StaleEntry(key.path, key.code, self.known[key].line, left[key])


_COMPOUND = re.compile(
    r"\s*(?:@|(?:async\s+)?(?:class|def|for|while|if|elif|else|with|try|except|match|case)\b)"
)


def flagged_text(rows: Sequence[str], finding: Finding) -> str:
    """The rows that a finding flags, from the rows of its program.

    Of a definition or another compound statement only the first row, so that an edit of its body does
    not make the finding a new one.
    """
    region = finding.location.program
    first = region.start_row - 1
    flagged = rows[first : max(region.end_row, first + 1)]
    if flagged and _COMPOUND.match(flagged[0]):
        flagged = flagged[:1]
    return "\n".join(flagged)


def _normal(text: str) -> str:
    """The text with every run of blanks as one, so that formatting does not matter."""
    return " ".join(text.split())
