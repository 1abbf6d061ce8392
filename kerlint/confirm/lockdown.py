"""Taking a process's rights away, before it runs a stranger's code.

Two walls must stand: Landlock over files and a filter over system calls (both Linux, no rights needed, about
a millisecond). Limits on memory, processor time and files, and where the system lets us a network namespace
without a network, stand besides. Where a wall is missing, an audit hook keeps off what happens by accident;
it is no wall, and kerlint asks the user before it goes on with that alone.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import site
import struct
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kerlint.confirm import belt, landlock, seccomp

_CLONE_NEWNET, _CLONE_NEWIPC, _CLONE_NEWUSER = 0x40000000, 0x08000000, 0x10000000
_PR_SET_PDEATHSIG = 1
_CAPABILITY_VERSION = 0x20080522

_SYSTEM = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/share/zoneinfo",
    "/lib",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/dev/urandom",
    "/dev/random",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm",
    "/sys/devices/system",
    "/sys/fs/cgroup",
)
"""What libraries look at while they work; nothing of a user's."""


class Limits(NamedTuple):
    """What one child may use."""

    memory: int = 4 << 30
    """Bytes of address space beyond what the imports took."""
    file: int = 1 << 30
    """Bytes of one file that it writes."""
    descriptors: int = 256
    seconds: int = 120
    """Of processor time, over all its threads."""


class Walls(NamedTuple):
    """What stands around a child."""

    files: int
    """The version of Landlock; 0 for none."""
    calls: bool
    network: bool
    """Whether there is a network namespace besides the refused sockets."""

    @property
    def stand(self) -> bool:
        """Whether the two that must stand do."""
        return self.files > 0 and self.calls

    @property
    def words(self) -> str:
        """The walls in a line."""
        files = f"files: Landlock {self.files}" if self.files else "files: no wall"
        calls = "system calls: seccomp" if self.calls else "system calls: no wall"
        network = "a namespace without any" if self.network else "no sockets" if self.calls else "no wall"
        return f"{files}; {calls}; network: {network}"


def walls(*, network: bool = False) -> Walls:
    """What this system offers; `network` is what `leave_network` said."""
    return Walls(landlock.version(), seccomp.is_there(), network)


def leave_network() -> bool:
    """Move this process, which must have one thread, into a network without any device; says whether it could.

    An ordinary user needs a namespace of users for that, which some systems grant and then refuse to fill: so
    a child tries first.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not libc.unshare(_CLONE_NEWNET | _CLONE_NEWIPC):
        return True
    if not _works_in_a_child(_leave_as_user):
        return False
    _leave_as_user()
    return True


def _leave_as_user() -> None:
    """Into namespaces of an ordinary user's own, who stays the same there. Raises OSError."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET | _CLONE_NEWIPC):
        raise OSError(ctypes.get_errno(), "no namespace of users")
    texts = {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}
    for name, text in texts.items():
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _works_in_a_child(act: Callable[[], None]) -> bool:
    """Whether an act raises no OSError."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(pid, 0)[1] == 0


def lock(folder: str, reads: Iterable[str], lists: Iterable[str], limits: Limits, standing: Walls) -> None:
    """Lock this process in: it may write in `folder` alone, and read `reads`, Python and its libraries.

    `lists` are folders whose names of files it may see. Raises OSError when a wall that should stand does not.
    """
    _limit(limits)
    if standing.files:
        landlock.close_files(folder, _granted(reads, lists), standing.files)
    if sys.platform == "linux":
        _drop_capabilities()
    if standing.calls:
        seccomp.forbid_calls()
    if not standing.stand:
        belt.fasten(folder)


def _limit(limits: Limits) -> None:
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_NOFILE, limits.descriptors),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def _address_space() -> int:
    """The bytes of address space that this process has."""
    if sys.platform != "linux":
        return 1 << 40  # other systems do not hold to this limit
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _granted(reads: Iterable[str], lists: Iterable[str]) -> Iterator[tuple[str, int]]:
    for path in (*_SYSTEM, *_libraries(), *reads):
        yield path, landlock.READ
    for path in lists:
        yield path, landlock.READ_DIR
    yield f"/proc/{os.getpid()}", landlock.READ
    yield os.devnull, landlock.READ_FILE | landlock.WRITE_FILE


def _libraries() -> Iterator[str]:
    """Where Python, its packages and kerlint are; never a folder in which a user's home lies."""
    homes = {os.path.realpath(home) for home in (pwd.getpwuid(os.getuid()).pw_dir, "/root", "/home")}
    paths = sysconfig.get_paths()
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    rules = sys.modules.get("kerlint.rules")
    for path in (
        *(paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *site.getsitepackages(),
        *sys.path,
        os.path.join(sys.prefix, "lib"),
        os.path.join(sys.base_prefix, "lib"),
        package,
        *(getattr(rules, "__path__", ())),
    ):
        whole = os.path.realpath(path) if path else "/"
        if not any(home == whole or home.startswith(whole.rstrip("/") + "/") for home in homes):
            yield whole


def _drop_capabilities() -> None:
    """Give up what a superuser may; a process without any stays as it is."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.capset(struct.pack("Ii", _CAPABILITY_VERSION, 0), bytes(24)):
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")


def die_with_parent(parent: int) -> None:
    """End this process when `parent`, which forked it, ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
