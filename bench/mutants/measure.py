"""Which mutants there are, a fair sample of them, and what kerlint says of each."""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bench.mutants import classes, heads, layers, optimizers, training
from bench.mutants.edits import OPERATORS, Mutant
from bench.mutants.program import Program
from kerlint.catalog import catalog
from kerlint.findings import Finding, Severity
from kerlint.gate import concerns_keras
from kerlint.guard import Task, guarded
from kerlint.linter import lint_bytes
from kerlint.project import import_roots
from kerlint.settings import LintSettings

MODULES = (classes, heads, layers, optimizers, training)
"""They register their operators when they are imported."""
LARGEST = 150_000
"""Bytes of the largest file that is changed."""
SECONDS = 120.0
PER_FILE = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a mutant: named, elsewhere, other, missed, before (flagged already) or failed."""

    mutant: Mutant
    outcome: str
    said: tuple[Finding, ...]
    """What is said of the mutant that was not said of the original."""


def programs(files: Iterable[Path]) -> Iterator[Program]:
    """The files of a moderate size that concern Keras and that Python can parse."""
    for path in files:
        data = path.read_bytes()
        if path.suffix == ".py" and len(data) <= LARGEST and concerns_keras(data) and b"\r" not in data:
            try:
                yield Program(path, data)
            except (SyntaxError, ValueError, RecursionError):
                continue


def mutants(program: Program, codes: Sequence[str] = ()) -> Iterator[Mutant]:
    """All mutants of a program that imports Keras, of some rules only if any are named."""
    if not program.imports_keras:
        return
    for (code, _), make in OPERATORS.items():
        if not codes or code in codes:
            yield from make(program)


def sample(
    groups: dict[str, list[Path]], count: int, seed: int, codes: Sequence[str] = ()
) -> dict[tuple[str, str], list[Mutant]]:
    """Up to `count` mutants of each operator, spread over the groups of files in turn; the same for a seed."""
    found: dict[tuple[str, str], dict[str, list[Mutant]]] = defaultdict(lambda: defaultdict(list))
    for group, files in groups.items():
        for program in programs(files):
            dice = random.Random(f"{seed} {program.path.name}")
            by_operator: dict[tuple[str, str], list[Mutant]] = defaultdict(list)
            for mutant in mutants(program, codes):
                by_operator[mutant.code, mutant.kind].append(mutant)
            for key, made in by_operator.items():
                found[key][group] += dice.sample(made, min(PER_FILE, len(made)))
    return {key: _in_turn(by_group, count, seed) for key, by_group in sorted(found.items())}


def _in_turn(by_group: dict[str, list[Mutant]], count: int, seed: int) -> list[Mutant]:
    dice = random.Random(seed)
    piles = [dice.sample(pile, len(pile)) for _, pile in sorted(by_group.items())]
    chosen: list[Mutant] = []
    while len(chosen) < count and any(piles):
        for pile in piles:
            if pile and len(chosen) < count:
                chosen.append(pile.pop())
    return chosen


@lru_cache(maxsize=512)
def _settings(folder: Path, root: Path | None) -> LintSettings:
    enabled = tuple(code for code, rule in catalog().items() if rule.enabled and not rule.preview)
    roots = import_roots(str(folder), None if root is None else str(root))
    return LintSettings(rules=enabled, roots=roots)


def _lint(data: bytes, path: Path) -> tuple[Finding, ...] | None:
    """The findings, or None if there was a problem."""
    report = guarded(Task(data, os.fspath(path), _settings(path.parent, None)), lint_bytes, SECONDS)
    return None if report.problem or report.failures else report.findings


@lru_cache(maxsize=4096)
def original(path: Path) -> tuple[Finding, ...] | None:
    """What is said of the file as it is."""
    return _lint(path.read_bytes(), path)


def judge(mutant: Mutant) -> Verdict:
    """Lint a mutant and its original, and compare."""
    before, after = original(mutant.program.path), _lint(mutant.data, mutant.program.path)
    if before is None or after is None:
        return Verdict(mutant, "failed", ())
    known = {_key(finding, mutant.program.data) for finding in before}
    new = tuple(one for one in after if _key(one, mutant.data) not in known)
    rows, old = mutant.rows(), mutant.old_rows()
    own = [one for one in after if one.code == mutant.code]
    had = [one for one in before if one.code == mutant.code]
    if any(one.location.row in old for one in had):
        return Verdict(mutant, "before", new)
    if any(one.location.row in rows for one in own):
        return Verdict(mutant, "named", new)
    if len(own) > len(had):
        return Verdict(mutant, "elsewhere", new)
    grave = any(one.severity.rank >= Severity.WARNING.rank for one in new)
    return Verdict(mutant, "other" if grave else "missed", new)


def _key(finding: Finding, data: bytes) -> tuple[str, str, bytes]:
    rows = data.split(b"\n")
    return finding.code, finding.message, rows[finding.location.row - 1].strip()
