"""Nothing changed since the last run: `python -m bench.unchanged [--files N] [--rounds N]`."""

from __future__ import annotations

import argparse

from bench.corpus import corpus_files
from bench.measure import KERLINT, copied, load, race, run, show
from bench.peers import program


def main() -> None:
    """Fill both caches over the same files with one run each, then race the second runs."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--files", type=int, default=1000)
    options.add_argument("--rounds", type=int, default=11)
    chosen = options.parse_args()
    every = corpus_files((".py",))
    files = every[:: max(1, len(every) // chosen.files)][: chosen.files]
    commands = {
        "ruff check": (program("ruff"), "check", "--isolated", "--exit-zero", "."),
        "kerlint": (*KERLINT, "."),
    }
    with copied(files) as folder:
        first = {name: run(command, folder) for name, command in commands.items()}
        filled = ", ".join(f"{name} {cost.wall:.1f} s" for name, cost in first.items())
        print(f"{len(files)} files; filling the caches: {filled}; {chosen.rounds} rounds; {load()}")
        show(race(commands, folder, chosen.rounds), base="ruff check")


if __name__ == "__main__":
    main()
