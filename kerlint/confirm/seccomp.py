"""The wall of system calls: a filter that the kernel asks about every call of this process from now on.

Threads may be started, processes not. What the filter refuses fails with an error that Python raises, so a
program that tries is told so and its verdict says it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Iterator

from kerlint.confirm.syscalls import (
    ABOUT_ONESELF,
    ABSENT,
    DENIED,
    MACHINES,
    NEWEST,
    PRETENDED,
    machine,
    number,
)

_PR_SET_NO_NEW_PRIVS, _PR_GET_SECCOMP, _PR_SET_SECCOMP, _FILTER = 38, 21, 22, 2
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x54, 0x06
"""The instructions of a filter: BPF_LD|W|ABS, BPF_JMP with JEQ, JGT and JSET, BPF_ALU|AND, BPF_RET, each |K."""
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_DENY, _NO_SUCH, _DONE = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS, _ERRNO
_NUMBER, _MACHINE = 0, 4
"""Offsets in `struct seccomp_data`."""
_CLONE_THREAD = 0x00010000
_O_TRUNC, _O_ACCMODE = 0o1000, 0o3
_OWNER_COMMANDS = (8, 10, 15)
"""Of `fcntl`: F_SETOWN, F_SETSIG and F_SETOWN_EX, by which the kernel signals others."""
_DEVICE_REQUESTS = (0x8901, 0x8902, 0x5412, 0x541C)
"""Of `ioctl`: FIOSETOWN and SIOCSPGRP, the same; TIOCSTI and TIOCLINUX, which type on a terminal."""

Instruction = tuple[int, int, int, int]
"""Operation, jump if true, jump if false, operand."""


def is_there() -> bool:
    """Whether this system filters calls and kerlint knows its machine."""
    return (
        machine() is not None
        and os.uname().sysname == "Linux"
        and ctypes.CDLL(None).prctl(_PR_GET_SECCOMP) >= 0
    )


def forbid_calls() -> None:
    """Raise the wall around this process, which must have one thread. Raises OSError."""
    name = machine()
    assert name is not None
    install(program(name, os.getpid()))


def install(instructions: Iterable[Instruction]) -> None:
    """Put a filter before all calls to come. Raises OSError."""
    code = b"".join(struct.pack("HBBI", *one) for one in instructions)
    text = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HP", len(code) // 8, ctypes.addressof(text))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_PR_SET_SECCOMP, _FILTER, header, 0, 0):
        raise OSError(ctypes.get_errno(), "the system takes no filter of calls")


def program(name: str, pid: int) -> list[Instruction]:
    """The filter for a machine; `pid` is the one process that may be signalled."""
    found: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, MACHINES[name][1]),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, _NUMBER),
        (_GREATER, 0, 1, NEWEST),
        (_RETURN, 0, 0, _NO_SUCH),
    ]
    answers: list[tuple[tuple[str, ...], int]] = [(DENIED, _DENY), (ABSENT, _NO_SUCH), (PRETENDED, _DONE)]
    for names, answer in answers:
        for call in _numbers(names, name):
            found += [(_EQUAL, 0, 1, call), (_RETURN, 0, 0, answer)]
    for names, test in _conditions(pid):
        for call in _numbers(names, name):
            found += [(_EQUAL, 0, len(test), call), *test]
    return [*found, (_RETURN, 0, 0, _ALLOW)]


def _numbers(names: Iterable[str], name: str) -> Iterator[int]:
    for call in names:
        known = number(call, name)
        if known is not None:
            yield known


def _conditions(pid: int) -> list[tuple[tuple[str, ...], list[Instruction]]]:
    """Calls that depend on an argument: the instructions of each end in an answer."""
    verdict: list[Instruction] = [(_RETURN, 0, 0, _DENY), (_RETURN, 0, 0, _ALLOW)]
    return [
        (("clone",), [_argument(0), (_ANY_BIT, 1, 0, _CLONE_THREAD), *verdict]),
        (ABOUT_ONESELF, [_argument(0), (_EQUAL, 1, 0, pid), *verdict]),
        (("prlimit64",), [_argument(0), (_EQUAL, 2, 0, 0), (_EQUAL, 1, 0, pid), *verdict]),
        (("fcntl",), [_argument(1), *_one_of(_OWNER_COMMANDS), *verdict]),
        (("ioctl",), [_argument(1), *_one_of(_DEVICE_REQUESTS), *verdict]),
        (("open",), _emptying(1)),
        (("openat",), _emptying(2)),
    ]


def _argument(place: int) -> Instruction:
    return (_LOAD, 0, 0, 16 + 8 * place)


def _one_of(values: tuple[int, ...]) -> list[Instruction]:
    """Go on with the first instruction after these if the value is among them, else with the second."""
    last = len(values) - 1
    return [(_EQUAL, last - index, 0 if index < last else 1, value) for index, value in enumerate(values)]


def _emptying(place: int) -> list[Instruction]:
    """Opening for reading that empties the file: old versions of Landlock take it for reading."""
    return [
        _argument(place),
        (_ANY_BIT, 0, 3, _O_TRUNC),
        (_AND, 0, 0, _O_ACCMODE),
        (_EQUAL, 0, 1, 0),
        (_RETURN, 0, 0, _DENY),
        (_RETURN, 0, 0, _ALLOW),
    ]
