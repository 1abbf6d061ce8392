"""A cold run against the bare parse: `python -m bench.cold [--rounds N] [PACKAGE ...]`.

Both sides get the same bytes: all files of some packages that pass the gate. In each round each side has a
process of its own, forked from one that has its imports done and nothing else, and works through all files in
order, without pool or cache. The parse side is `libcst.parse_module` and nothing else; kerlint's side is the
whole core with all rules. Modules that a file imports are parsed at kerlint's cost.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import libcst

from bench.corpus import files, packages
from bench.measure import Cost, load, middle, show
from kerlint.catalog import catalog
from kerlint.settings import LintSettings
from kerlint.shell.session import load_core
from kerlint.source import concerns_keras

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
WARM_UP = b"import keras\nkeras.Sequential([keras.layers.Dense(1)]).compile('adam')\n"

Sources = list[tuple[Path, bytes]]
Side = Callable[[Sources], list[Cost]]


def timed(task: Callable[[], object]) -> Cost:
    """Cost of one task in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def parse_all(sources: Sources) -> list[Cost]:
    """The floor: libcst's own parse of each file, the tree thrown away."""
    return [timed(lambda data=data: libcst.parse_module(data)) for _, data in sources]  # type: ignore[misc]


def lint_all(sources: Sources) -> list[Cost]:
    """The whole core with all rules, file after file, as the command loads it."""
    lint, settings = load_core(), LintSettings(rules=tuple(catalog()))
    return [timed(lambda p=path, d=data: lint(d, str(p), settings)) for path, data in sources]  # type: ignore[misc]


SIDES: dict[str, Side] = {"libcst.parse_module": parse_all, "kerlint, all rules": lint_all}


def passing_the_gate(paths: Iterable[Path]) -> Sources:
    """The Python files that libcst can parse and that kerlint does not skip, with their bytes."""
    chosen = []
    for path in paths:
        data = path.read_bytes()
        if not concerns_keras(data):
            continue
        try:
            libcst.parse_module(data)
        except libcst.ParserSyntaxError:
            continue
        chosen.append((path, data))
    return chosen


def in_child(side: Side, sources: Sources) -> list[Cost]:
    """Run one side in a process forked for it."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(side, sources).result()


def total(costs: list[Cost]) -> Cost:
    """The sum of both clocks."""
    return Cost(sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs))


def compare(sources: Sources, rounds: int) -> None:
    """Print the median round of each side, and the files where kerlint costs most beyond the parse."""
    sums: dict[str, list[Cost]] = {name: [] for name in SIDES}
    extra: dict[Path, float] = {}
    for _ in range(rounds):
        of_round = {name: in_child(side, sources) for name, side in SIDES.items()}
        for name, costs in of_round.items():
            sums[name].append(total(costs))
        floor, whole = of_round.values()
        extra = {path: whole[n].cpu - floor[n].cpu for n, (path, _) in enumerate(sources)}
    show({name: middle(costs) for name, costs in sums.items()}, base=next(iter(SIDES)))
    print("\ncostliest beyond the parse (CPU s, last round):")
    for path in sorted(extra, key=lambda path: -extra[path])[:10]:
        print(f"  {extra[path]:+.3f}  {path}")


def main() -> None:
    """Choose the files, do all imports, and compare."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "names", nargs="*", default=DEFAULT, metavar="PACKAGE", help="packages of the corpus"
    )
    chosen = options.parse_args()
    named = [package for package in packages() if package.requirement.partition("==")[0] in chosen.names]
    sources = [path for package in named for path in files(package) if path.suffix == ".py"]
    passing = passing_the_gate(sources)
    lines = sum(data.count(b"\n") for _, data in passing)
    print(f"{len(passing)} files, {lines:,} lines, {chosen.rounds} rounds; {load()}")
    lint_all([(Path("warm_up.py"), WARM_UP)])
    compare(passing, chosen.rounds)


if __name__ == "__main__":
    main()
