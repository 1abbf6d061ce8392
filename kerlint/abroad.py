"""Hits in imported files: which of them the file's own lint finds, and which only the caller's facts show.

What a helper's own lint finds is told there, once. A layer that fails on what this file hands to the helper
is told in this file, at the call.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kerlint.findings import Region, Report

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.settings import LintSettings
    from kerlint.source import Source

MOST_FILES = 8
"""Imported files that are linted for the sake of one."""
MOST_KEPT = 64
"""Imported files whose findings are kept for the next that imports them."""


class Own(NamedTuple):
    """What the own lint of an imported file finds."""

    found: frozenset[tuple[str, Region]]
    imports: tuple[str, ...]
    stamps: tuple[tuple[int, int] | None, ...]
    """Time and size of the files that it leaned on."""


_kept: OrderedDict[tuple[bytes, str, bytes], Own] = OrderedDict()


class Abroad:
    """Imported files under the settings of the one that imports them; `lint` is the core."""

    def __init__(self, settings: LintSettings, lint: Callable[[Source, LintSettings], Report]) -> None:
        self._settings = msgspec.structs.replace(settings, report_unused_suppressions=False)
        self._lint = lint
        self._files: dict[str, Own | None] = {}

    @property
    def imports(self) -> set[str]:
        """The files that the answers leaned on."""
        return {path for own in self._files.values() if own is not None for path in own.imports}

    def knows_itself(self, code: str, place: Place) -> bool:
        """Whether the own lint of an imported file finds this there; so it is taken beyond so many files."""
        source = place.statement.source
        if source.filename not in self._files:
            is_too_much = len(self._files) >= MOST_FILES
            self._files[source.filename] = None if is_too_much else self._own(source)
        own = self._files[source.filename]
        return own is None or (code, place.region) in own.found

    def _own(self, source: Source) -> Own:
        key = (msgspec.msgpack.encode(self._settings), source.filename, source.data)
        known = _kept.pop(key, None)
        if known is None or known.stamps != _stamps(known.imports):
            report = self._lint(source, self._settings)
            findings = (*report.findings, *report.suppressed)
            found = frozenset((finding.code, finding.location.program) for finding in findings)
            known = Own(found, report.imports, _stamps(report.imports))
        _kept[key] = known
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
        return known


def _stamps(paths: tuple[str, ...]) -> tuple[tuple[int, int] | None, ...]:
    return tuple(map(_stamp, paths))


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size
