"""A tree without Keras against ruff: `python -m bench.keras_free [--rounds N]`.

The tree is what a web project installs (bench/peers.py); neither tool has a cache.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.measure import KERLINT, copied, load, race, show
from bench.peers import program, web_files

SIZES = (50, 200, 500, 1000, 2000)


def without_keras(files: list[Path]) -> list[Path]:
    """The files that never mention Keras or TensorFlow."""
    return [
        path for path in files if not any(word in path.read_bytes() for word in (b"keras", b"tensorflow"))
    ]


def main() -> None:
    """Race both tools over growing samples of the tree, and over all of it."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=7)
    rounds = options.parse_args().rounds
    files = without_keras(web_files())
    commands = {
        "ruff check --no-cache": (program("ruff"), "check", "--isolated", "--exit-zero", "--no-cache", "."),
        "kerlint --no-cache": (*KERLINT, "--no-cache", "."),
    }
    print(f"{rounds} rounds; {load()}")
    for size in (*(size for size in SIZES if size < len(files)), len(files)):
        with copied(files[:: len(files) // size][:size]) as folder:
            print(f"\n{size} files")
            show(race(commands, folder, rounds), base="ruff check --no-cache")


if __name__ == "__main__":
    main()
