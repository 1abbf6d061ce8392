"""kerlint as a process of its own: workers that die, pipes that close, interrupts, clusters."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Self

import pytest

from .helpers import POOL, kerlint, written

KILLER = """\
import os, signal, sys
from kerlint import linter
from kerlint.shell import session
real = linter.lint_bytes
def lint_bytes(data, filename, settings):
    if filename.endswith("killer.py"):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(data, filename, settings)
linter.lint_bytes = lint_bytes
lint_bytes.__module__, lint_bytes.__qualname__ = "kerlint.linter", "lint_bytes"
from kerlint.cli import main
sys.exit(main(["--no-cache", "--jobs", "2", "--output-format", "concise"]))
"""
"""A kerlint whose core is killed by one of the files, as by a crash of the parser or for want of memory."""


HEARING = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""As in a terminal: what a shell starts in the background ignores interrupts, and so do its children."""


def started(folder: Path, script: str) -> subprocess.Popen[str]:
    """A Python process in a folder, its outputs on pipes."""
    command = [sys.executable, "-c", HEARING + script]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_killed_worker_costs_its_file_only(folder: Path) -> None:
    names = [f"m{number:02}" for number in range(20)]
    written(folder, killer__py=POOL, **{f"{name}__py": POOL for name in names})
    process = started(folder, KILLER)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert err == "kerlint: killer.py: the worker process died on this file (crash or out of memory)\n"
    assert [line.split(".")[0] for line in out.splitlines()[:-1]] == names


def test_many_files_on_workers_give_what_one_process_gives(folder: Path) -> None:
    written(folder, **{f"m{number}__py": POOL for number in range(40)})
    command = [sys.executable, "-m", "kerlint", "--no-cache", "--output-format", "json"]
    outputs = [
        subprocess.run([*command, "--jobs", jobs], cwd=folder, capture_output=True, check=False).stdout
        for jobs in ("1", "3")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"KER301") >= 40


def test_a_reader_that_has_seen_enough_ends_the_run_quietly(folder: Path) -> None:
    written(folder, a__py=POOL)
    command = f"{sys.executable} -m kerlint --no-cache --jobs 1; echo status=$? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | true"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == "status=141\n"


INTERRUPTED = """\
import os, signal, sys
from kerlint.shell import session
def core():
    def lint(data, filename, settings):
        print("linting", flush=True)
        signal.pause()
    return lint
session.load_core = core
from kerlint.cli import main
sys.exit(main(["--no-cache", "--jobs", "1"]))
"""


def test_an_interrupt_is_one_line(folder: Path) -> None:
    written(folder, a__py=POOL)
    process = started(folder, INTERRUPTED)
    assert process.stdout is not None
    assert process.stdout.readline() == "linting\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "kerlint: interrupted\n")


ORPHANING = """\
import os, signal, sys
from kerlint import linter
def lint_bytes(data, filename, settings):
    os.write(1, f"{os.getpid()}\\n".encode())
    signal.pause()
linter.lint_bytes = lint_bytes
lint_bytes.__module__, lint_bytes.__qualname__ = "kerlint.linter", "lint_bytes"
from kerlint.cli import main
sys.exit(main(["--no-cache", "--jobs", "2"]))
"""


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_workers_end_with_their_parent(folder: Path, end: signal.Signals) -> None:
    written(folder, a__py=POOL, b__py=POOL * 400)
    process = started(folder, ORPHANING)
    assert process.stdout is not None
    worker = os.pidfd_open(int(process.stdout.readline()))
    process.send_signal(end)
    process.communicate(timeout=60)
    assert process.returncode == (130 if end is signal.SIGINT else -end)
    gone, _, _ = select.select([worker], [], [], 30)
    os.close(worker)
    assert gone == [worker]


def test_a_cluster_that_is_not_installed_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    written(folder, a__py=POOL)
    result = kerlint("--cluster", "tcp://127.0.0.1:1", "--no-cache")
    assert result.status == 2
    assert result.complaints == ["kerlint: --cluster needs Dask (pip install 'kerlint[cluster]')"]


class FakeClient:
    """What kerlint uses of `distributed.Client`."""

    def __init__(self, address: str, timeout: str) -> None:
        if address != "tcp://good:1":
            raise OSError("Timed out trying to connect")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def nthreads(self) -> dict[str, int]:
        return {"worker": 2}

    def get_executor(self, pure: bool) -> Executor:
        return ThreadPoolExecutor(2)


@pytest.fixture
def fake_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("distributed")
    module.Client = FakeClient  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "distributed", module)


@pytest.mark.usefixtures("fake_cluster")
def test_a_cluster_does_the_work(folder: Path) -> None:
    written(folder, **{f"m{number}__py": POOL for number in range(5)})
    result = kerlint("--cluster", "tcp://good:1", "--no-cache", "--output-format", "concise")
    assert (result.status, result.err) == (1, "")
    assert result.out.count("KER301") == 5


@pytest.mark.usefixtures("fake_cluster")
def test_a_cluster_that_does_not_answer_is_one_line(folder: Path) -> None:
    written(folder, a__py=POOL)
    result = kerlint("--cluster", "tcp://bad:1", "--no-cache")
    assert result.status == 2
    assert result.complaints == ["kerlint: no Dask scheduler answers at tcp://bad:1"]
