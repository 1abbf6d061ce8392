"""The warm process: imports TensorFlow once, then forks a locked-down child for each request.

`python -P -m kerlint.confirm.zygote PACKAGE RUNNER [--allow-unconfined]`: a line of JSON for each request
comes in on standard input, a line for each answer goes out on standard output (`Reply`), in any order; the
first line out says what stands ready. RUNNER is a module with `run(request) -> answer`. This process runs no
operation and none of a user's code: a child forked after the first operation of TensorFlow would hang.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Protocol, cast

from kerlint.confirm import lockdown, scratch
from kerlint.confirm.lockdown import Limits, Walls

MOST_ANSWER = 1 << 20
"""Bytes of one answer."""
MOST_WRITTEN = 2 << 30
"""Bytes that a child may leave in its folder."""
SECONDS = 60.0
_HEAVY = ("sklearn", "matplotlib", "pandas", "scipy")
"""What Keras imports if it is there and models do not need; it costs two seconds."""
_TICK, _MOMENT, _GRACE = 0.2, 0.005, 2.0
_UNLOCKED = 97
"""The status of a child that could not be locked in."""


class Runner(Protocol):
    """A module that answers requests."""

    def run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request with what JSON can hold."""


@dataclass(slots=True)
class Child:
    """One forked process and what it said so far."""

    id: int
    pid: int
    pipe: int
    nonce: str
    folder: str
    began: float
    seconds: float
    said: bytes = b""
    closed: float | None = None
    """When it closed the pipe."""
    failure: str | None = None


@dataclass(slots=True)
class Zygote:
    """The warm process at work."""

    runner: Runner
    walls: Walls
    out: int
    waiting: bytes = b""
    children: dict[int, Child] = field(default_factory=dict)
    selector: DefaultSelector = field(default_factory=DefaultSelector)

    def serve(self) -> None:
        """Answer until standard input ends."""
        self.selector.register(0, EVENT_READ)
        while True:
            for key, _ in self.selector.select(self._patience()):
                if key.fd == 0:
                    if not self._take():
                        return
                else:
                    self._hear(self.children[key.fd])
            for child in list(self.children.values()):
                self._look_after(child)

    def _patience(self) -> float | None:
        """How long to wait for something to read: a child that closed its pipe ends in a moment."""
        if any(child.closed for child in self.children.values()):
            return _MOMENT
        return _TICK if self.children else None

    def end(self) -> None:
        """End all children."""
        for child in self.children.values():
            _kill(child.pid)
            os.waitpid(child.pid, 0)
            scratch.remove(child.folder)

    def _take(self) -> bool:
        """Read from standard input and start what is asked; False at its end."""
        data = os.read(0, 1 << 16)
        *lines, self.waiting = (self.waiting + data).split(b"\n")
        for line in lines:
            self._start(json.loads(line))
        return bool(data)

    def _start(self, asked: Mapping[str, Any]) -> None:
        folder = tempfile.mkdtemp(prefix="kerlint-child-")
        nonce = secrets.token_hex(16)
        reading, writing = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            os.dup2(writing, 3)
            os.closerange(4, 1 << 16)
            lockdown.die_with_parent(parent)
            _be_child(self.runner, asked, folder, nonce, self.walls)
        os.close(writing)
        os.set_blocking(reading, False)
        child = Child(asked["id"], pid, reading, nonce, folder, time.monotonic(), asked["seconds"])
        self.children[reading] = child
        self.selector.register(reading, EVENT_READ)

    def _hear(self, child: Child) -> None:
        try:
            data = os.read(child.pipe, 1 << 16)
        except BlockingIOError:
            return
        child.said += data
        if not data:
            child.closed = time.monotonic()
            self.selector.unregister(child.pipe)
        elif len(child.said) > MOST_ANSWER and child.failure is None:
            self._end(child, f"its answer is longer than {MOST_ANSWER} bytes")

    def _look_after(self, child: Child) -> None:
        """Take the answer of a child that ended; end one that is over its limits."""
        now = time.monotonic()
        status = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if status is not None and (child.closed is not None or child.failure):
            self._finish(child)
        elif status is not None:
            _kill(child.pid)  # what it started may hold the pipe
            self._hear(child)
        elif child.failure is not None:
            return
        elif now - child.began > child.seconds:
            self._end(child, f"not done after {child.seconds:g} s")
        elif child.closed is not None and now - child.closed > _GRACE:
            self._end(child, "it went on after its answer")
        elif scratch.is_overfull(child.folder, MOST_WRITTEN):
            self._end(child, f"it wrote more than {MOST_WRITTEN >> 30} GiB or {scratch.MOST_ENTRIES} files")

    def _end(self, child: Child, failure: str) -> None:
        child.failure = failure
        _kill(child.pid)

    def _finish(self, child: Child) -> None:
        _kill(child.pid)
        _, status = os.waitpid(child.pid, 0)
        if child.closed is None:
            self.selector.unregister(child.pipe)
        os.close(child.pipe)
        del self.children[child.pipe]
        scratch.remove(child.folder)
        failure = child.failure or _ending(status)
        answer = None if failure else _answer_of(child)
        seconds = time.monotonic() - child.began
        if failure is None and answer is None:
            failure = "it gave no proper answer"
        reply = {"id": child.id, "answer": answer, "failure": failure, "seconds": round(seconds, 3)}
        _write(self.out, reply)


def _kill(pid: int) -> None:
    """End a child that was not waited for yet, and its whole group."""
    for end in (os.killpg, os.kill):
        try:
            end(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            continue


def _ending(status: int) -> str | None:
    """Why there can be no answer, from how a child ended; None if it ended well."""
    if not os.WIFSIGNALED(status):
        code = os.waitstatus_to_exitcode(status)
        if code == _UNLOCKED:
            return "it could not be locked in"
        return f"it ended with status {code}" if code else None
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return "it used up its processor time"
    return f"it was ended by {signal.Signals(number).name if number in set(signal.Signals) else number}"


def _answer_of(child: Child) -> dict[str, Any] | None:
    """What the child said, if that is one line with its nonce and an object of JSON."""
    nonce, mark, text = child.said.partition(b" ")
    if nonce != child.nonce.encode() or not mark or text.count(b"\n") != 1 or not text.endswith(b"\n"):
        return None
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _write(out: int, value: Mapping[str, Any]) -> None:
    with open(out, "w", encoding="utf-8", closefd=False) as file:
        file.write(json.dumps(value) + "\n")


def _be_child(runner: Runner, asked: Mapping[str, Any], folder: str, nonce: str, walls: Walls) -> None:
    """Answer on descriptor 3, locked in, and end."""
    status = 1
    try:
        os.setsid()
        _close_streams()
        os.chdir(folder)
        os.environ.update(HOME=folder, KERAS_HOME=folder, TMPDIR=folder)
        tempfile.tempdir = folder
        status = _UNLOCKED
        lockdown.lock(folder, asked["reads"], asked["lists"], Limits(**asked["limits"]), walls)
        status = 1
        answer = json.dumps(runner.run(asked["request"]))
        with open(3, "w", encoding="utf-8") as file:
            file.write(f"{nonce} {answer}\n")
        status = 0
    finally:
        os._exit(status)


def _close_streams() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    os.close(null)


def _imported(package: str, runner: str) -> tuple[str, Runner]:
    """The version of Keras, and the runner, with nothing imported that they do not need."""
    blocked = [name for name in _HEAVY if name not in sys.modules]
    sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]
    version = importlib.import_module(package).__version__
    module = cast(Runner, importlib.import_module(runner))
    for name in blocked:
        del sys.modules[name]
    return version, module


def main() -> None:
    """Be the warm process."""
    package, runner, *rest = sys.argv[1:]
    out = os.dup(1)
    os.dup2(2, 1)  # what imports print must not get into the answers
    walls = lockdown.walls(network=lockdown.leave_network())
    if not (walls.stand or rest):
        _write(out, {"walls": walls.words, "stand": False})
        return
    began = time.monotonic()
    version, module = _imported(package, runner)
    gc.collect()
    gc.freeze()
    seconds = round(time.monotonic() - began, 3)
    _write(out, {"walls": walls.words, "stand": walls.stand, "keras": version, "seconds": seconds})
    zygote = Zygote(module, walls, out)
    try:
        zygote.serve()
    finally:
        zygote.end()
        os._exit(0)


if __name__ == "__main__":
    main()
