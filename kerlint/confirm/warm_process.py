"""One warm process (zygote.py) as kerlint's own process holds it: started, written to, read from, ended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from kerlint.confirm import scratch
from kerlint.confirm.environment import environment
from kerlint.problems import Problem

START_SECONDS = 180.0
"""The time that importing TensorFlow may take."""
_END_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Ready:
    """What a warm process says when it stands: its walls in words, Keras's version, and what importing took."""

    walls: str
    keras: str
    seconds: float


class WarmProcess:
    """A running warm process, of use once `stands` was asked. Raises Problem where processes cannot be forked."""

    def __init__(self, package: str, arguments: Sequence[str]) -> None:
        if not hasattr(os, "fork"):
            raise Problem("this system cannot fork a process", remedy="use Linux, WSL or a container")
        self._folder = tempfile.mkdtemp(prefix="kerlint-")
        self._errors = os.path.join(self._folder, "errors")
        with open(self._errors, "wb") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kerlint.confirm.zygote", package, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                cwd=self._folder,
                env=environment(package, self._folder),
                start_new_session=True,
            )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._stdin = self._process.stdin
        self._lines: SimpleQueue[bytes | None] = SimpleQueue()
        Thread(target=_read, args=(self._process.stdout, self._lines), daemon=True).start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, message: Mapping[str, Any]) -> bool:
        """Hand a message over; False when nobody takes it."""
        try:
            self._stdin.write(json.dumps(message).encode() + b"\n")
            self._stdin.flush()
        except BrokenPipeError:
            return False
        return True

    def line(self, seconds: float) -> dict[str, Any] | None:
        """The next line that it says; None when it ended, or stays silent for so long."""
        with suppress(Empty):
            said = self._lines.get(timeout=seconds)
            if said is not None:
                found: dict[str, Any] = json.loads(said)
                return found
        return None

    def interrupt(self) -> None:
        """Have whoever waits for a line wait no longer, as if it had ended; any thread may ask."""
        self._lines.put(None)

    def stop(self) -> None:
        """End it and its children, and remove what they left."""
        with suppress(BrokenPipeError):
            self._stdin.close()
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        scratch.remove(self._folder)

    def stands(self) -> Ready:
        """Wait until it stands. Raises Problem when it cannot."""
        said = self.line(START_SECONDS)
        if said is not None and "keras" in said:
            return Ready(said["walls"], said["keras"], said["seconds"])
        with open(self._errors, encoding="utf-8", errors="replace") as file:
            last = (file.read().strip().splitlines() or ["no reason given"])[-1]
        self.stop()
        if said is not None:
            raise Problem(
                f"this system has no walls to run a stranger's code behind ({said['walls']})",
                remedy="if you trust the code: --allow-unconfined",
            )
        raise Problem(f"TensorFlow cannot be imported: {last}"[:300])


def _read(pipe: IO[bytes], lines: SimpleQueue[bytes | None]) -> None:
    """Pass lines on until the pipe closes."""
    with pipe:
        for line in pipe:
            lines.put(line)
    lines.put(None)
