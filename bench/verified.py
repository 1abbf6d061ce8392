"""`kerlint summary --verify` on random programs and on files, with one warm TensorFlow for all.

    python -m bench.verified [--programs COUNT] [--target keras2] [FILE ...]

Each program goes through what the command does: its tables are recovered, then built by Keras in a locked-down
child and compared cell by cell. A difference is a defect of kerlint; status 1 says that there was one.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.random_programs import make_program
from kerlint.confirm.asking import Asking
from kerlint.confirm.verify import Verdict, Verification, verify
from kerlint.problems import Problem
from kerlint.summary.run import opened, summarized
from kerlint.summary.target import Target


def main() -> int:
    """Verify what is asked for, and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--programs", type=int, default=0, metavar="COUNT", help="random programs")
    parser.add_argument("--target", choices=("keras2", "keras3"), help="the Keras of the files")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    with _random(arguments.programs) as programs, Asking() as ask:
        for path in (*programs, *arguments.files):
            counts.update(_outcomes(path, arguments.target, ask))
    print(", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "nothing to verify")
    return 1 if counts["tables that differ"] else 0


@contextmanager
def _random(count: int) -> Iterator[list[Path]]:
    """Files of as many random programs, while the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"program_{seed}.py") for seed in range(count)]
        for seed, path in enumerate(paths):
            path.write_text(make_program(seed), encoding="utf-8")
        yield paths


def _outcomes(path: Path, keras: str | None, ask: Asking) -> Counter[str]:
    """What became of a file's tables and cells; what needs a person's look is printed."""
    try:
        found = _verified(path, keras, ask)
    except Problem as problem:
        print(f"{path.name}: {problem}")
        return Counter({"files that cannot be asked": 1})
    if found.error is not None:
        print(f"{path.name} stops: {found.error}")
    counts: Counter[str] = Counter({"files": 1, "files that stop": int(found.error is not None)})
    for verdict in found.verdicts:
        counts[_kind(verdict)] += 1
        counts["cells equal"] += verdict.agreeing
        counts["cells open"] += verdict.open
        for words in verdict.differences:
            print(f"{path.name}: {verdict.table.name}: {words}")
    return counts


def _verified(path: Path, keras: str | None, ask: Asking) -> Verification:
    source = opened(str(path))
    summary = summarized(source, Target(str(path), None), (), keras)
    return verify(summary, source, None, (), ask)


def _kind(verdict: Verdict) -> str:
    if verdict.differences:
        return "tables that differ"
    return "tables not built" if verdict.unbuilt is not None else "tables that agree"


if __name__ == "__main__":
    sys.exit(main())
