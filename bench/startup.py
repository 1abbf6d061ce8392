"""One small file against the import of libcst: `python -m bench.startup [--rounds N]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from bench.measure import KERLINT, load, race, show

SMALL = """\
from keras import layers, models

model = models.Sequential([layers.Input((8,)), layers.Dense(4, activation="relu"), layers.Dense(1)])
model.compile(optimizer="adam", loss="mse")
"""


def main() -> None:
    """Race kerlint over a four-line model against the interpreter with and without libcst."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rounds", type=int, default=15)
    rounds = options.parse_args().rounds
    commands = {
        "python -c 'import libcst'": (sys.executable, "-c", "import libcst"),
        "python -c pass": (sys.executable, "-c", "pass"),
        "kerlint --version": (KERLINT[0], "--version"),
        "kerlint, one file, no cache": (*KERLINT, "--no-cache", "small.py"),
        "kerlint, one file, cached": (*KERLINT, "small.py"),
        "kerlint, no Keras in the file": (*KERLINT, "--no-cache", "plain.py"),
    }
    print(f"{rounds} rounds; {load()}")
    with tempfile.TemporaryDirectory(prefix="kerlint-bench-") as name:
        Path(name, "small.py").write_text(SMALL)
        Path(name, "plain.py").write_text("print('hello')\n")
        show(race(commands, Path(name), rounds), base="python -c 'import libcst'")


if __name__ == "__main__":
    main()
