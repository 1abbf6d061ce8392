"""Results of earlier runs, by content.

A report is found again by the file's name, the hash of its bytes, its settings and this very kerlint, if
the first-party files that were evaluated with it are unchanged as well, and no module was added or taken
away where imports are looked for. A file whose time and size are
those of its last visit is not even read. One SQLite file a kerlint version; one short transaction at the
end of a run, so that runs side by side do not disturb each other. Nothing here ever fails a run: damage
means an empty cache, and no place to write means none.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from kerlint.cache_folder import fingerprint, prepare
from kerlint.findings import Report
from kerlint.settings import LintSettings

_SCHEMA = """
CREATE TABLE IF NOT EXISTS visits
    (path TEXT PRIMARY KEY, mtime INTEGER, size INTEGER, digest BLOB, concerned INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reports (key BLOB PRIMARY KEY, imports BLOB, report BLOB, day INTEGER);
CREATE TABLE IF NOT EXISTS facts (key BLOB PRIMARY KEY, fact BLOB) WITHOUT ROWID;
"""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
_SIZE_LIMIT = 64 * 1024 * 1024
_VERSIONS_KEPT = 3
_LOCK_SECONDS = 2.0
_CLOCK_STEP = 20_000_000
"""A file changed less than 20 ms before it was read may change again without a new time (the clock of Linux
file systems steps by up to 10 ms)."""

_MISSING = b"-"


class Visit(NamedTuple):
    """What is known of a file since its last visit; `concerned`: with Keras (None: not asked)."""

    digest: bytes
    concerned: bool | None


def digest_of(data: bytes) -> bytes:
    """16 bytes that stand for a content."""
    return blake2b(data, digest_size=16).digest()


@dataclass(slots=True)
class Cache:
    """An open cache; `connection` None is a cache that knows and keeps nothing. `note` says why, if so."""

    connection: sqlite3.Connection | None = None
    path: str = ""
    note: str | None = None
    hits: int = 0
    _visits: list[tuple[str, int, int, bytes, bool | None]] = field(default_factory=list)
    _reports: list[tuple[bytes, bytes, bytes, int]] = field(default_factory=list)
    _facts: list[tuple[bytes, bytes]] = field(default_factory=list)
    _read_again: list[tuple[int, bytes]] = field(default_factory=list)
    _settings: dict[int, tuple[LintSettings, bytes]] = field(default_factory=dict)
    _imports: dict[str, bytes] = field(default_factory=dict)
    _decoder: msgspec.msgpack.Decoder[Report] = field(default_factory=lambda: msgspec.msgpack.Decoder(Report))

    def last_visit(self, path: str, status: os.stat_result) -> Visit | None:
        """What the last visit to a file found, if its time and size are still the same."""
        row = self._row("SELECT mtime, size, digest, concerned FROM visits WHERE path = ?", path)
        if row and row[:2] == (status.st_mtime_ns, status.st_size) and isinstance(row[2], bytes):
            return Visit(row[2], None if row[3] is None else bool(row[3]))
        return None

    def visited(self, path: str, status: os.stat_result, visit: Visit) -> None:
        """Remember what a file holds; `status` was taken before its content was read."""
        if self.connection and _is_text(path) and time.time_ns() - status.st_mtime_ns > _CLOCK_STEP:
            self._visits.append((path, status.st_mtime_ns, status.st_size, *visit))

    def get(self, filename: str, digest: bytes, settings: LintSettings) -> Report | None:
        """The report of this content under these settings, if it is known and still holds."""
        if not _is_text(filename):
            return None
        key = self._key(filename, digest, settings)
        row = self._row("SELECT imports, report, day FROM reports WHERE key = ?", key)
        if row is None:
            return None
        try:
            imports = msgspec.msgpack.decode(row[0], type=dict[str, bytes])
            report = self._decoder.decode(row[1])
        except (msgspec.DecodeError, TypeError):
            return None
        if any(self._import_digest(path) != known for path, known in imports.items()):
            return None
        self.hits += 1
        if row[2] != _today():
            self._read_again.append((_today(), key))
        return report

    def put(self, report: Report, digest: bytes, settings: LintSettings) -> None:
        """Remember a report, unless it tells of a problem, which may be gone the next time."""
        if self.connection is None or report.problem or report.failures or not _is_text(report.filename):
            return
        with suppress(UnicodeEncodeError):  # half a surrogate pair in a message
            self._put(report, digest, settings)

    def _put(self, report: Report, digest: bytes, settings: LintSettings) -> None:
        found = {*report.imports, *settings.local_rules, *map(_as_folder, _module_folders(report, settings))}
        imports = {path: self._import_digest(path) for path in found}
        key = self._key(report.filename, digest, settings)
        self._reports.append((key, msgspec.msgpack.encode(imports), msgspec.msgpack.encode(report), _today()))

    def recall(self, key: bytes) -> bytes | None:
        """A fact that was kept under a key of its maker's, which stands for all that it depends on."""
        row = self._row("SELECT fact FROM facts WHERE key = ?", key)
        return row[0] if row and isinstance(row[0], bytes) else None

    def keep(self, key: bytes, fact: bytes) -> None:
        """Remember a fact."""
        self._facts.append((key, fact))

    def close(self) -> None:
        """Write what was learnt, in one transaction; given up if other runs hold the file for long."""
        if self.connection is None:
            return
        with suppress(sqlite3.Error):
            if self._visits or self._reports or self._facts or self._read_again:
                self._write(self.connection)
        with suppress(sqlite3.Error):
            self.connection.close()
        self.connection = None

    def _write(self, connection: sqlite3.Connection) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("REPLACE INTO visits VALUES (?, ?, ?, ?, ?)", self._visits)
        connection.executemany("REPLACE INTO reports VALUES (?, ?, ?, ?)", self._reports)
        connection.executemany("REPLACE INTO facts VALUES (?, ?)", self._facts)
        connection.executemany("UPDATE reports SET day = ? WHERE key = ?", self._read_again)
        (pages,), (size,) = connection.execute("PRAGMA page_count"), connection.execute("PRAGMA page_size")
        (free,) = connection.execute("PRAGMA freelist_count")
        if (pages[0] - free[0]) * size[0] > _SIZE_LIMIT:
            _halve(connection)
        connection.execute("COMMIT")

    def _row(self, query: str, key: str | bytes) -> tuple[Any, ...] | None:
        if self.connection is None or (isinstance(key, str) and not _is_text(key)):
            return None
        try:
            found: tuple[Any, ...] | None = self.connection.execute(query, (key,)).fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            return None
        return found

    def _fail(self, error: sqlite3.Error) -> None:
        """Go on without a cache; a damaged one is taken away for the next run."""
        connection, self.connection = self.connection, None
        self.note = f"cache not used: {error}"
        if connection is None:
            return
        with suppress(sqlite3.Error):
            connection.close()
        if _is_damage(error):
            _remove(self.path)

    def _key(self, filename: str, digest: bytes, settings: LintSettings) -> bytes:
        known = self._settings.get(id(settings))
        if known is None:
            known = self._settings[id(settings)] = (settings, msgspec.json.encode(settings, order="sorted"))
        return digest_of(b"\0".join((filename.encode(), digest, known[1])))

    def _import_digest(self, path: str) -> bytes:
        """The digest of a file that was evaluated with another; once a run."""
        found = self._imports.get(path)
        if found is None:
            found = self._imports[path] = self._digest_on_disk(path)
        return found

    def _digest_on_disk(self, path: str) -> bytes:
        if path.endswith(os.sep) or os.path.isdir(path):
            return _digest_of_folder(path)
        try:
            status = os.stat(path)
            known = self.last_visit(path, status)
            if known:
                return known.digest
            with open(path, "rb") as file:
                digest = digest_of(file.read())
        except (OSError, ValueError):
            return _MISSING
        self.visited(path, status, Visit(digest, None))
        return digest


def _module_folders(report: Report, settings: LintSettings) -> set[str]:
    """The folders in which a new module could change what the file's imports mean."""
    files = (report.filename, *report.imports)
    return {*settings.roots, *(os.path.dirname(path) for path in files)}


def _as_folder(path: str) -> str:
    return path.rstrip(os.sep) + os.sep


def _digest_of_folder(folder: str) -> bytes:
    """The digest of the names of the modules and packages in a folder; of rule folders, of their text too."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder) if _may_be_imported(entry))
        contents = [] if folder.endswith(os.sep) else [_text_of(os.path.join(folder, name)) for name in names]
    except OSError:
        return _MISSING
    return digest_of(b"\0".join([*(os.fsencode(name) for name in names), *contents]))


def _may_be_imported(entry: os.DirEntry[str]) -> bool:
    if entry.name.endswith(".py"):
        return True
    return entry.name.isidentifier() and entry.name != "__pycache__" and entry.is_dir()


def _text_of(path: str) -> bytes:
    if not path.endswith(".py"):
        return b""
    with open(path, "rb") as file:
        return file.read()


def open_cache(folder: str) -> Cache:
    """The cache in `folder`, made if need be; one that keeps nothing if that cannot be."""
    if not prepare(folder):
        return Cache(note=f"no cache: {folder} cannot be written")
    path = os.path.join(folder, f"results-{digest_of(fingerprint()).hex()[:16]}.db")
    try:
        return Cache(_connect(path), path)
    except sqlite3.Error as error:
        if not _is_damage(error):
            return Cache(note=f"no cache: {error}")
    _remove(path)
    try:
        return Cache(_connect(path), path)
    except sqlite3.Error as error:
        return Cache(note=f"no cache: {error}")


def _connect(path: str) -> sqlite3.Connection:
    is_new = not os.path.exists(path)
    connection = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        connection.execute("SELECT mtime, size, digest, concerned FROM visits LIMIT 1").fetchone()
        connection.execute("SELECT key, imports, report, day FROM reports LIMIT 1").fetchone()
        connection.execute("SELECT key, fact FROM facts LIMIT 1").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    if is_new:
        _forget_old_versions(path)
    return connection


def _forget_old_versions(path: str) -> None:
    """Remove the results of other kerlint versions, but for the most recent ones."""
    folder = os.path.dirname(path)
    with suppress(OSError):
        others = [entry for entry in os.scandir(folder) if entry.name.endswith(".db") and entry.path != path]
        others.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for entry in others[: 1 - _VERSIONS_KEPT]:
            _remove(entry.path)


def _halve(connection: sqlite3.Connection) -> None:
    """Drop the facts, and the half of the reports that was not used for longest; pages are used again."""
    connection.execute(
        "DELETE FROM reports WHERE rowid IN "
        "(SELECT rowid FROM reports ORDER BY day, rowid LIMIT (SELECT count(*) / 2 FROM reports))"
    )
    connection.execute("DELETE FROM visits")
    connection.execute("DELETE FROM facts")


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) in _DAMAGED


def _remove(path: str) -> None:
    for name in (path, f"{path}-journal"):
        with suppress(OSError):
            os.remove(name)


def _is_text(name: str) -> bool:
    """Whether a file name can be kept as text; names that are not UTF-8 are not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _today() -> int:
    return int(time.time() // 86_400)
