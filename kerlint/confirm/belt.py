"""A seat belt for systems without walls: an audit hook that stops what Python itself is asked to do.

Native code passes it (`tf.io.write_file`), and a program that wants to can too: it is for accidents.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.kill", "pty.")
_FORBIDDEN_WHOLE = ("os.system", "os.startfile", "shutil.chown", "os.chroot", "webbrowser.open")
_CHANGES = {
    "os.remove": 1,
    "os.rmdir": 1,
    "os.mkdir": 1,
    "os.truncate": 1,
    "os.chmod": 1,
    "os.chown": 1,
    "os.utime": 1,
    "os.rename": 2,
    "os.link": 2,
    "os.symlink": 2,
    "shutil.rmtree": 1,
    "shutil.move": 2,
}
"""Events that change files, and how many of their arguments name some."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def fasten(folder: str) -> None:
    """From now on this process writes in `folder` alone, as far as Python sees it."""
    inside = os.path.realpath(folder) + os.sep

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITING:
                _check(path, inside)
        elif event in _CHANGES:
            for path in arguments[: _CHANGES[event]]:
                _check(path, inside)
        elif event in _FORBIDDEN_WHOLE or event.startswith(_FORBIDDEN):
            raise PermissionError(f"kerlint does not allow {event}")

    sys.addaudithook(hook)


def _check(path: Any, inside: str) -> None:
    if isinstance(path, int) or path is None:
        return
    whole = os.path.realpath(os.fsdecode(path))
    if not (whole + os.sep).startswith(inside) and whole != os.devnull:
        raise PermissionError(f"kerlint does not allow writing {whole}")
