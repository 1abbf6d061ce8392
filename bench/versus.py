"""The same folder through kerlint and its peers: `python -m bench.versus [--every N] [--rounds N]`.

Each peer runs in its own environment (bench/peers.py) with the options its users would choose; none has a
cache. Fixit starts a process per core, so compare CPU seconds too. The files are some that kerlint does not
skip; TorchFix skips files that never say "torch", so each copy ends in a comment that does.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.cold import passing_the_gate
from bench.corpus import corpus_files
from bench.measure import KERLINT, copied, load, race, show
from bench.peers import program

FOR_TORCHFIX = b"\n# torch\n"


def commands(folder: Path) -> Mapping[str, Sequence[str]]:
    """What is run, by name. pylint gets the files, since a folder with `__init__.py` is read in part."""
    files = [str(path) for path in sorted(folder.rglob("*.py"))]
    return {
        "kerlint --jobs 1": (*KERLINT, "--no-cache", "--jobs", "1", "."),
        "ruff": (program("ruff"), "check", "--isolated", "--no-cache", "."),
        "flake8 -j1": (program("flake8"), "--isolated", "-j1", "."),
        "pylint -E": (program("pylint"), "--disable=all", "--enable=E", *files),
        "torchfix": (program("torchfix"), "--select", "ALL", "."),
        "fixit": (program("fixit"), "lint", "."),
    }


def main() -> None:
    """Copy a sample of the corpus into a folder and race all tools over it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--every", type=int, default=80, help="take every n-th corpus file")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    some = corpus_files((".py",))[:: chosen.every]
    files = passing_the_gate(some)
    lines = sum(data.count(b"\n") for _, data in files)
    print(f"{len(files)} files, {lines:,} lines, {chosen.rounds} rounds; {load()}")
    with copied([path for path, _ in files], FOR_TORCHFIX) as folder:
        show(race(commands(folder), folder, chosen.rounds), base="kerlint --jobs 1")


if __name__ == "__main__":
    main()
