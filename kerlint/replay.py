"""The shortcut for a run in which nothing changed: check that, and print what the last run printed.

A record holds a run's output together with every path the run depended on: files linted and folders
listed, configuration, ignore files, modules evaluated, baseline, and kerlint itself, each with its time
and size, or noted as absent. If all are as they were the output is the same. This comes before anything
else is imported, so a thousand files cost little more than their `stat`.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32

from kerlint.cache_folder import default_folder, engine_files, stamp

_ENDING = ".run"
_KEPT = 12
_MOST_BYTES = 4_000_000
"""Output larger than this is not kept."""
_CLOCK_STEP = 10_000_000
"""Times of files step by up to 10 ms on Linux: what changed just before it was looked at is not trusted."""
_VARIABLES = (
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "TERM",
    "HOME",
    "XDG_CONFIG_HOME",
    "GITHUB_ACTIONS",
    "GIT_DIR",
)


class Record:
    """The output of a run: bytes for standard output, lines for standard error, and the exit status."""

    def __init__(self, out: bytes, errors: str, status: int) -> None:
        self.out = out
        self.errors = errors
        self.status = status


def key_of(arguments: list[str]) -> bytes:
    """What must be the same for two runs to do the same: command line, folder, terminal, environment."""
    here = os.getcwd()
    parts = [
        sys.version,
        here,
        repr(arguments),
        _terminal(),
        *(repr(os.environ.get(name)) for name in _VARIABLES),
    ]
    return "\0".join(parts).encode("utf-8", "surrogateescape")


def _terminal() -> str:
    streams = (sys.stdout, sys.stderr)
    kinds = [(stream.isatty(), getattr(stream, "encoding", "")) for stream in streams]
    width = os.get_terminal_size(streams[0].fileno()).columns if kinds[0][0] else 0
    return f"{kinds} {width}"


def replay(arguments: list[str]) -> Record | None:
    """The record of the same run, if there is one and nothing it depended on has changed."""
    try:
        key = key_of(arguments)
        with open(_path(default_folder(), key), "rb") as file:
            data = file.read()
        if crc32(data[4:]).to_bytes(4, "big") != data[:4]:
            return None
        known, stamps, out, errors, status = marshal.loads(data[4:])
        if known != key or any(stamp(path) != then for path, then in stamps):
            return None
        return Record(out, errors, status)
    except (OSError, EOFError, ValueError, TypeError):
        return None


def record(arguments: list[str], folder: str, paths: set[str], since: int, result: Record) -> None:
    """Keep a run's output for `replay`, in the cache `folder`.

    `paths` (absolute) are all that the run depended on; `since` (ns since the epoch) is when it began to
    look at them. If any changed since then, or just before, nothing is kept: it may have changed twice.
    """
    if len(result.out) > _MOST_BYTES:
        return
    stamps = [(path, stamp(path)) for path in sorted({*paths, *engine_files()})]
    if any(then is not None and then[0] > since - _CLOCK_STEP for _, then in stamps):
        return
    key = key_of(arguments)
    body = marshal.dumps((key, stamps, result.out, result.errors, result.status))
    path = _path(folder, key)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(crc32(body).to_bytes(4, "big") + body)
        os.replace(temporary, path)
        _forget_oldest(folder)
    except OSError:
        return


def _path(folder: str, key: bytes) -> str:
    return os.path.join(folder, f"{crc32(key):08x}{_ENDING}")


def _forget_oldest(folder: str) -> None:
    entries = [entry for entry in os.scandir(folder) if entry.name.endswith(_ENDING)]
    entries.sort(key=lambda entry: entry.stat().st_mtime_ns)
    for entry in entries[:-_KEPT]:
        os.remove(entry.path)
