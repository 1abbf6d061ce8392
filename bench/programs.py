"""kerlint against Keras on random programs: `python -m bench.programs [--hidden] [COUNT] [FIRST_SEED]`.

Prints the share of models whose table is equal, open in places, or wrong, and every program that disagrees.
With `--hidden` some constants of each program are hidden from kerlint: nothing may be wrong, much is open.
"""

from __future__ import annotations

import sys
from collections import Counter

from bench.hidden_values import hide
from bench.keras_tables import Worker
from bench.random_programs import make_program
from bench.tables import compare


def main(count: int, first: int, *, hidden: bool) -> int:
    """Compare `count` programs; 1 when any is wrong."""
    verdicts: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    with Worker() as worker:
        for seed in range(first, first + count):
            source = make_program(seed)
            whole, seen = hide(source, seed) if hidden else (source, source)
            answer = worker.tables(whole)
            if "error" in answer:
                verdicts["refused by Keras"] += 1
                if not hidden:
                    print(f"seed {seed}: Keras refuses: {answer['error'][:200]}")
                continue
            for found in compare(seen, answer["models"]):
                verdicts[found.verdict] += 1
                cells.update(wrong=len(found.wrong), unknown=len(found.unknown), equal=found.equal)
                if found.wrong or (found.unknown and not hidden):
                    print(
                        f"seed {seed}: {found.name} is {found.verdict}: {(found.wrong or found.unknown)[:4]}"
                    )
    print("models: " + _shares(verdicts))
    print("cells: " + _shares(cells))
    return 1 if verdicts["wrong"] else 0


def _shares(counts: Counter[str]) -> str:
    total = sum(counts.values())
    return ", ".join(f"{name} {number} ({number / total:.1%})" for name, number in counts.items())


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    count, first = numbers if len(numbers) == 2 else (numbers[0] if numbers else 50, 0)
    sys.exit(main(count, first, hidden="--hidden" in sys.argv))
