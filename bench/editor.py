"""Time from a change in the editor to its published diagnostics, through the protocol, with a real server.

    python -m bench.editor [FILE ...]

Types a line into three functions of the file (its own subject, 500 lines with a dozen models, if none is
named), letter after letter, waiting each time for the diagnostics of that version; then as fast as people type,
timing the last letter. Half-typed lines do not parse, as in an editor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.measure import load

SUBJECT = Path(__file__).with_name("editor_model.txt")
TYPED = "    layer = layers.Dense(64)"
PAUSE = 0.08
"""Seconds between letters of a fast typist."""
ALLOWED = 0.100

Json = dict[str, Any]


class Server:
    """A server process, spoken to one message at a time."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "kerlint", "server"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._ask("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}})
        self.tell("initialized", {})

    def tell(self, method: str, params: Any, **more: Any) -> None:
        """Send a notification."""
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _ask(self, method: str, params: Any) -> Json:
        self.tell(method, params, id=1)
        return next(message for message in self.messages() if message.get("id") == 1)

    def messages(self) -> Iterator[Json]:
        """What the server sends."""
        assert self.process.stdout is not None
        while header := self.process.stdout.readline():
            length = int(header.removeprefix(b"Content-Length: "))
            while self.process.stdout.readline().strip():
                pass
            yield json.loads(self.process.stdout.read(length))
        raise SystemExit("the server has ended")

    def wait(self, version: int) -> float:
        """The moment at which the diagnostics of a version are there."""
        for message in self.messages():
            if message.get("params", {}).get("version") == version:
                break
        return time.perf_counter()

    def cpu_seconds(self) -> float:
        """CPU time of the server so far; NaN where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End it as an editor does."""
        self._ask("shutdown", None)
        self.tell("exit", None)
        self.process.wait(10)


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server that ends with the block."""
    server = Server(folder)
    try:
        yield server
        server.close()
    finally:
        server.process.kill()


class Editor:
    """One file, open at a server, with lines being typed into it."""

    def __init__(self, server: Server, path: Path) -> None:
        self._server = server
        self._uri = path.with_suffix(".py").absolute().as_uri()
        text = path.read_text(encoding="utf-8")
        self._lines = _lines_in_functions(text)
        self._line = self._lines[0]
        self._version = 1
        item = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        server.tell("textDocument/didOpen", {"textDocument": item})
        server.wait(1)

    def type(self, text: str, column: int) -> float:
        """Insert a text into the line; returns the moment."""
        self._version += 1
        at = {"line": self._line, "character": column}
        change = {"range": {"start": at, "end": at}, "text": text}
        identifier = {"uri": self._uri, "version": self._version}
        now = time.perf_counter()
        self._server.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": [change]})
        return now

    def new_line(self) -> None:
        """Open an empty line."""
        self.type("\n", 0)
        self._server.wait(self._version)

    def each_letter(self) -> list[float]:
        """Seconds for each letter of the lines, typed after the diagnostics of the one before."""
        found = []
        for line in self._lines:
            self._line = line
            self.new_line()
            for column, letter in enumerate(TYPED):
                started = self.type(letter, column)
                found.append(self._server.wait(self._version) - started)
        return found

    def fast(self) -> float:
        """Seconds for the last letter of the line, typed without waiting."""
        self.new_line()
        started = 0.0
        for column, letter in enumerate(TYPED):
            started = self.type(letter, column)
            time.sleep(PAUSE)
        return self._server.wait(self._version) - started


def _lines_in_functions(text: str) -> list[int]:
    """Lines (from 0) before which a statement of a function may stand, spread over the file, the last one first."""
    lines = text.split("\n")
    starts = [
        number
        for number in range(1, len(lines))
        if lines[number].startswith("    return ") and lines[number - 1].strip()
    ]
    wanted = [len(lines) * part // 4 for part in (3, 2, 1)]
    return [min(starts, key=lambda number: abs(number - one), default=len(lines) - 1) for one in wanted]


def share(values: list[float], part: float) -> float:
    """The value that this part of the values does not exceed."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def measure(path: Path, rounds: int) -> bool:
    """Print the figures of one file; whether they are good enough."""
    with running(path.parent) as server:
        editor = Editor(server, path)
        editor.each_letter()
        before = server.cpu_seconds()
        slow = [seconds for _ in range(rounds) for seconds in editor.each_letter()]
        cpu = (server.cpu_seconds() - before) / len(slow)
        fast = [editor.fast() for _ in range(max(rounds // 2, 1))]
    p95 = share(slow, 0.95)
    print(
        f"{path.name}: {path.read_text(encoding='utf-8').count(chr(10))} lines, {len(slow)} changes:"
        f" median {share(slow, 0.5) * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms, worst {max(slow) * 1e3:.0f} ms;"
        f" CPU {cpu * 1e3:.0f} ms a change;"
        f" last letter of fast typing: median {share(fast, 0.5) * 1e3:.0f} ms, worst {max(fast) * 1e3:.0f} ms"
    )
    return p95 <= ALLOWED


def main() -> None:
    """Measure the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[SUBJECT], metavar="FILE")
    parser.add_argument("--rounds", type=int, default=4, help="lines to type (default 4)")
    arguments = parser.parse_args()
    print(load())
    good = [measure(path, arguments.rounds) for path in arguments.files]
    print(f"p95 at most {ALLOWED * 1e3:.0f} ms: {sum(good)} of {len(good)} files")


if __name__ == "__main__":
    main()
