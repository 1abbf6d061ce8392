"""What one more child of a warm process costs: forking and locking it in, building, calling, one step of training.

    python -m bench.confirm_cost [--rounds N]

Wall and CPU seconds of a child, from fork to answer, medians; and what importing costs, which a run pays once.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from statistics import median
from typing import Any

from kerlint.confirm.warm import Warm

_SMALL = """
import keras, numpy as np
model = keras.Sequential([keras.Input((28, 28, 1)), *[keras.layers.Conv2D(8, 3, activation="relu")
                          for _ in range(5)], keras.layers.Flatten(), keras.layers.Dense(10)])
"""
PROGRAMS = {
    "nothing: forked, locked in, answered": "",
    "7 layers built": _SMALL,
    "and called": f"{_SMALL}model(np.zeros((1, 28, 28, 1)))\n",
    "and trained for a step": f"{_SMALL}model.compile('adam', 'mse')\n"
    "model.fit(np.zeros((8, 28, 28, 1)), np.zeros((8, 10)), verbose=0)\n",
    "ResNet50 built": "import keras\nkeras.applications.ResNet50(weights=None)\n",
    "VGG16 built": "import keras\nkeras.applications.VGG16(weights=None)\n",
}


def run(request: dict[str, Any]) -> dict[str, Any]:
    """The runner, in a child: execute the program, tell the CPU time."""
    exec(request["text"], {})
    return {"cpu": time.process_time()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    texts = list(PROGRAMS.values())
    with Warm("keras", "bench.confirm_cost", jobs=1) as warm:
        requests = [{"text": text} for _ in range(rounds) for text in texts]
        outcomes = dict(warm.run(requests))
        assert warm.ready is not None
        print(f"walls: {warm.ready.walls}")
        print(f"importing TensorFlow and Keras {warm.ready.keras}, once a run: {warm.ready.seconds:.1f} s")
    for place, name in enumerate(PROGRAMS):
        mine = [outcomes[index] for index in range(place, len(requests), len(texts))]
        failures = {outcome.failure for outcome in mine if outcome.failure}
        if failures:
            raise SystemExit(f"{name}: {failures}")
        wall = median(outcome.seconds for outcome in mine)
        cpu = median(outcome.answer["cpu"] for outcome in mine if outcome.answer)
        print(f"{name:40} {wall:6.2f} s wall {cpu:6.2f} s CPU")


if __name__ == "__main__":
    main()
