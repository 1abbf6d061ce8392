"""Timing whole commands fairly: interleaved rounds, wall and CPU time of each with all its children."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

KERLINT = (str(Path(sys.executable).with_name("kerlint")), "check", "--isolated", "--exit-zero")

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Installed tools have their bytecode on disk, so a checkout may keep its own too."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of one run: wall clock, and CPU (user and system) of the process with its children."""

    wall: float
    cpu: float


def run(command: Sequence[str], cwd: Path) -> Cost:
    """Run a command to its end, discard its output and return its cost.

    Raises SystemExit with the command's own words when it could not do its work: linters exit with 1
    for findings, so only a signal, an unknown option or a traceback counts.
    """
    with tempfile.TemporaryFile() as errors:
        before = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    if process.returncode < 0 or "Traceback (most recent call last)" in said or "No module named" in said:
        raise SystemExit(f"{' '.join(command[:6])} ... failed ({process.returncode}):\n{said[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def race(commands: Mapping[str, Sequence[str]], cwd: Path, rounds: int) -> dict[str, Cost]:
    """Median cost of each command over `rounds` rounds in which all take turns, one more going before."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            cost = run(command, cwd)
            if number > 0:
                costs[name].append(cost)
    return {name: middle(of_one) for name, of_one in costs.items()}


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of wall and CPU, each on its own."""
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def show(costs: Mapping[str, Cost], base: str) -> None:
    """Print a table of costs, each also as a multiple of the cost of `base`."""
    width = max(map(len, costs))
    print(f"{'':{width}}  {'wall s':>9} {'CPU s':>9} {'wall x':>8} {'CPU x':>8}")
    for name, cost in costs.items():
        ratios = f"{cost.wall / costs[base].wall:8.2f} {cost.cpu / costs[base].cpu:8.2f}"
        print(f"{name:{width}}  {cost.wall:9.3f} {cost.cpu:9.3f} {ratios}")


@contextmanager
def copied(files: Sequence[Path], ending: bytes = b"") -> Iterator[Path]:
    """A temporary folder, outside any repository, with a copy of each file, `ending` added to it.

    Each file keeps its name and its folder's, below a numbered folder that keeps it apart from the others.
    """
    with tempfile.TemporaryDirectory(prefix="kerlint-bench-") as name:
        folder = Path(name)
        for number, file in enumerate(files):
            target = folder.joinpath(f"part{number // 100}", f"f{number}", *file.parts[-2:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes() + ending)
        yield folder


def load() -> str:
    """One line on the machine's state, since figures taken on a busy machine are inflated."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}"
