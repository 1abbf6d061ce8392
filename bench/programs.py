"""kerlint against Keras on random programs: `python -m bench.programs [COUNT] [FIRST_SEED]`.

Prints the share of models whose table is equal, open in places, or wrong, and every program that disagrees.
"""

from __future__ import annotations

import sys
from collections import Counter

from bench.keras_tables import Worker
from bench.random_programs import make_program
from bench.tables import compare


def main(count: int, first: int) -> int:
    """Compare `count` programs; 1 when any is wrong."""
    verdicts: Counter[str] = Counter()
    with Worker() as worker:
        for seed in range(first, first + count):
            source = make_program(seed)
            answer = worker.tables(source)
            if "error" in answer:
                verdicts["refused by Keras"] += 1
                print(f"seed {seed}: Keras refuses: {answer['error'][:200]}")
                continue
            for found in compare(source, answer["models"]):
                verdicts[found.verdict] += 1
                if found.verdict != "equal":
                    print(
                        f"seed {seed}: {found.name} is {found.verdict}: {(found.wrong or found.unknown)[:4]}"
                    )
    total = sum(verdicts.values())
    print(", ".join(f"{verdict} {number} ({number / total:.1%})" for verdict, number in verdicts.items()))
    return 1 if verdicts["wrong"] else 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*numbers) if len(numbers) == 2 else main(numbers[0] if numbers else 50, 0))
