"""`--watch`: check now, and again whenever something changed that the output depends on.

Files are asked for their time and size a few times a second, which for thousands of them costs milliseconds
and needs neither threads nor a library.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable

from kerlint.cache_folder import stamp
from kerlint.problems import Problem
from kerlint.replay import Record
from kerlint.shell.output import complain, write
from kerlint.shell.request import Request
from kerlint.shell.run import check_in
from kerlint.shell.session import open_session

PAUSE = 0.3
"""Seconds between two looks."""
_CLOCK_STEP = 10_000_000
"""Times of files lag up to 10 ms behind the clock on Linux."""
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_CANNOT = 2

State = dict[str, object]
"""What each path was when it was looked at: a folder its names, a file its time and size, None nothing."""


def watch(request: Request, wait: Callable[[], object] = lambda: time.sleep(PAUSE)) -> int:
    """Check until interrupted; returns the status of the last check. `wait` is called between two looks.

    Raises Problem only for what is wrong from the beginning; later it is shown, and the watch goes on.
    """
    for path in request.paths:
        if not os.path.lexists(path):
            raise Problem("no such file or folder", where=path, remedy="watch the folder where it will be")
    status, watched = 0, set[str]()
    try:
        while True:
            since = time.time_ns()
            result, watched = _checked(request, watched)
            state = _state(watched)
            status = result.status
            _show(result)
            if request.edits or not _any_since(since, state):
                while _state(watched) == state:
                    wait()
    except KeyboardInterrupt:
        return status


def _checked(request: Request, watched: set[str]) -> tuple[Record, set[str]]:
    """One check, and the paths that it depended on; those of the last one when settings are broken now."""
    try:
        session = open_session(request)
        return check_in(session), session.depends_on
    except Problem as problem:
        if not watched:
            raise
        return Record(b"", f"kerlint: {problem}\n", _CANNOT), watched


def _state(paths: Iterable[str]) -> State:
    return {path: _names(path) or stamp(path) for path in paths}


def _names(path: str) -> list[str] | None:
    """The names in a folder, whose time also changes when a file in it is written anew."""
    try:
        return sorted(os.listdir(path))
    except OSError:
        return None


def _any_since(since: int, state: State) -> bool:
    """Whether a file was changed while it was being checked."""
    return any(isinstance(then, tuple) and then[0] > since - _CLOCK_STEP for then in state.values())


def _show(result: Record) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
    write(result)
    complain(f"kerlint: {time.strftime('%H:%M:%S')} watching for changes, Ctrl-C ends\n")
