"""kerlint's tables of real models against Keras's own: `python -m bench.summary [applications|hidden|corpus|time]`.

Each model is equal, open in places, or wrong; a wrong cell is a defect of the first order and ends the
command with status 1. Keras is asked once; its answers are kept.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import summary_time
from bench.answers import answers
from bench.static import recovered
from bench.subjects import HIDDEN, Subject, application, applications, listed, with_hidden
from bench.tables import Comparison, best
from kerlint.summary.table import Table

ENOUGH = 0.9
"""Models of which a smaller share of the layers is known are listed."""


def compared(subjects: Sequence[Subject]) -> dict[Subject, Comparison | str]:
    """Each subject's comparison, or Keras's words where it could not build it."""
    known = answers(subjects)
    forms: dict[tuple[Path, str, str], list[Table]] = {}
    found: dict[Subject, Comparison | str] = {}
    for subject in subjects:
        answer = known[subject]
        if "error" in answer or not answer["models"]:
            found[subject] = answer.get("error", "no model")
            continue
        ((name, table),) = answer["models"].items()
        key = (subject.root, subject.file, subject.call)
        if key not in forms:
            forms = {key: recovered(subject)}
        found[subject] = best(name, table, forms[key])
    return found


def of_applications() -> bool:
    """All constructors of keras.applications, `NAME(weights=None)`."""
    subjects = [application(file, f"{name}(weights=None)") for file, name in applications()]
    return _report("keras.applications", compared(subjects))


def of_hidden() -> bool:
    """The same with arguments left unknown."""
    good = True
    names = applications()
    for group in HIDDEN:
        subjects = [subject for file, name in names for subject in with_hidden(file, name, group)]
        good = _report(f"unknown {group}", compared(subjects)) and good
    return good


def of_corpus() -> bool:
    """The models that the packages of the corpus can build, package by package."""
    return _report("the corpus", compared(list(listed())))


def _report(title: str, found: dict[Subject, Comparison | str]) -> bool:
    """Print what was found; whether nothing is wrong."""
    verdicts: Counter[str] = Counter()
    layers = settled = exact = 0
    for subject, comparison in found.items():
        if isinstance(comparison, str):
            verdicts["refused by Keras"] += 1
            print(f"  {subject.package} {subject.label}: Keras refuses: {comparison[:160]}")
            continue
        verdicts[comparison.verdict] += 1
        layers, settled = layers + comparison.layers, settled + comparison.settled
        exact += comparison.exact
        if comparison.wrong or comparison.settled < ENOUGH * comparison.layers:
            differs = comparison.wrong or comparison.unknown
            print(
                f"  {subject.package} {subject.label}: {comparison.verdict} ({comparison.settled} of "
                f"{comparison.layers} layers): {'; '.join(differs[:3])[:300]}"
            )
    counts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    print(
        f"{title}: {len(found)} models: {counts}; {settled} of {layers} layers known "
        f"({settled / max(layers, 1):.1%}), {exact / max(layers, 1):.1%} with their exact shapes",
        flush=True,
    )
    return not verdicts["wrong"]


SECTIONS: dict[str, Callable[[], bool]] = {
    "applications": of_applications,
    "hidden": of_hidden,
    "corpus": of_corpus,
    "time": summary_time.report,
}

if __name__ == "__main__":
    start = time.process_time()
    chosen = sys.argv[1:] or list(SECTIONS)
    passed = [SECTIONS[name]() for name in chosen]
    print(f"{time.process_time() - start:.1f} s of CPU time for kerlint's side and the bookkeeping")
    sys.exit(0 if all(passed) else 1)
