"""The wall of files: from now on this process reaches only the paths that it is given (Linux, Landlock).

What is open already stays usable; the wall cannot be taken down, and holds for all threads to come. Newer
kernels also keep this process from signalling others and from TCP.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION, _PATH_BENEATH, _PR_SET_NO_NEW_PRIVS = 1, 1, 38

_EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEVICE = 1 << 14, 1 << 15
_SPECIAL_FILES = 1 << 6 | 1 << 9 | 1 << 11
"""Making character devices, sockets and block devices."""
_OF_FILES = _EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_RIGHTS = (0, 13, 14, 15, 15, 16)
"""How many rights over files each version knows; later ones as the last."""

READ = READ_FILE | READ_DIR


def version() -> int:
    """The version of Landlock that this system offers; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE, None, 0, _VERSION)))


def close_files(own: str, granted: Iterable[tuple[str, int]], known: int) -> None:
    """Leave all of the folder `own`, and of other paths what they are granted, by version `known`.

    Raises OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    every = (1 << _RIGHTS[min(known, len(_RIGHTS) - 1)]) - 1
    attributes = struct.pack("QQQ", every, 0b11, 0b11)[: 8 if known < 4 else 16 if known < 6 else 24]
    rules = libc.syscall(_CREATE, attributes, len(attributes), 0)
    if rules < 0:
        raise OSError(ctypes.get_errno(), "Landlock is not to be had")
    _allow(libc, rules, own, every & ~(_EXECUTE | _SPECIAL_FILES))
    for path, rights in granted:
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            _allow(libc, rules, path, rights & every)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.syscall(_RESTRICT, rules, 0):
        raise OSError(ctypes.get_errno(), "Landlock refuses")
    os.close(rules)


def _allow(libc: ctypes.CDLL, rules: int, path: str, rights: int) -> None:
    handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        kept = rights if os.path.isdir(path) else rights & _OF_FILES
        if libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", kept, handle), 0):
            raise OSError(ctypes.get_errno(), "Landlock refuses", path)
    finally:
        os.close(handle)
