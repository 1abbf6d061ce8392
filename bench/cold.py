"""A cold run against the bare parse: `python -m bench.cold [--rounds N] [PACKAGE ...]`.

Both sides get the same bytes, of all files of some packages that pass the gate, in one process without pool
or cache; each file is timed on both sides in turn, which goes first alternates, so drift of the machine hits
both. The parse side is `libcst.parse_module` and nothing else; kerlint's side is the whole core with all
rules, and what it parsed before the round is forgotten. Modules that a file imports count as kerlint's cost.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import libcst

from bench.corpus import files, packages
from bench.measure import Cost, load, middle, show
from kerlint.catalog import catalog
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings
from kerlint.trees import forget_trees

DEFAULT = (
    "keras-cv",
    "kimm",
    "autokeras",
    "spektral",
    "deepctr",
    "nobrainer",
    "larq-zoo",
    "Keras",
    "easygans",
)

Task = Callable[[bytes, str], object]


def parse_bare(data: bytes, filename: str) -> object:
    """The floor: libcst's own parse, the tree thrown away."""
    return libcst.parse_module(data)


def lint_with(settings: LintSettings) -> Task:
    """The whole core as a task over (bytes, file name)."""
    return lambda data, filename: lint_bytes(data, filename, settings)


def timed(task: Task, data: bytes, filename: str) -> Cost:
    """Cost of one task in this process; the garbage of the one before is collected first, outside the clock."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    task(data, filename)
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def passing_the_gate(settings: LintSettings, paths: Iterable[Path]) -> list[tuple[Path, bytes]]:
    """The Python files that libcst can parse and that kerlint does not skip, with their bytes."""
    chosen = []
    for path in paths:
        data = path.read_bytes()
        if lint_bytes(data, str(path), settings).skipped:
            continue
        try:
            libcst.parse_module(data)
        except libcst.ParserSyntaxError:
            continue
        chosen.append((path, data))
    return chosen


def total(costs: list[Cost]) -> Cost:
    """The sum of both clocks."""
    return Cost(sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs))


def compare(sources: list[tuple[Path, bytes]], tasks: dict[str, Task], rounds: int) -> None:
    """Print the median round of each task, and the files where kerlint costs most beyond the parse."""
    sums: dict[str, list[Cost]] = {name: [] for name in tasks}
    extra: dict[Path, float] = {}
    for number in range(rounds):
        of_round: dict[str, list[Cost]] = {name: [] for name in tasks}
        forget_trees()
        order = list(tasks) if number % 2 else list(reversed(tasks))
        for path, data in sources:
            for name in order:
                of_round[name].append(timed(tasks[name], data, str(path)))
            floor, whole = (of_round[name][-1].cpu for name in tasks)
            extra[path] = whole - floor
        for name, costs in of_round.items():
            sums[name].append(total(costs))
    show({name: middle(costs) for name, costs in sums.items()}, base=next(iter(tasks)))
    print("\ncostliest beyond the parse (CPU s, last round):")
    for path in sorted(extra, key=lambda path: -extra[path])[:8]:
        print(f"  {extra[path]:+.3f}  {path}")


def main() -> None:
    """Choose the files, warm both sides up and compare."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "names", nargs="*", default=DEFAULT, metavar="PACKAGE", help="packages of the corpus"
    )
    chosen = options.parse_args()
    settings = LintSettings(rules=tuple(catalog()))
    named = [package for package in packages() if package.requirement.partition("==")[0] in chosen.names]
    sources = [path for package in named for path in files(package) if path.suffix == ".py"]
    passing = passing_the_gate(settings, sources)
    lines = sum(data.count(b"\n") for _, data in passing)
    print(f"{len(passing)} files, {lines:,} lines, {chosen.rounds} rounds; {load()}")
    compare(
        passing, {"libcst.parse_module": parse_bare, "kerlint, all rules": lint_with(settings)}, chosen.rounds
    )


if __name__ == "__main__":
    main()
