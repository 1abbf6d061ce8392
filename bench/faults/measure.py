"""How many of the marked faults are named by their rule, and what is said of sound programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bench.faults import building, compiling, training, variants
from bench.faults.sound import SOUND
from kerlint.catalog import catalog
from kerlint.findings import Finding, Severity
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings

MARK = re.compile(r"#\s*(KER\d{3})\b")
FAULTY: Mapping[str, str] = {**compiling.FAULTY, **building.FAULTY, **training.FAULTY, **variants.FAULTY}


@dataclass(frozen=True)
class Fault:
    """One marked fault: is it named at all, and on its line."""

    program: str
    code: str
    row: int
    is_named: bool
    is_on_its_line: bool


@cache
def findings(program: str) -> tuple[Finding, ...]:
    """What kerlint says of a program by default.

    Raises RuntimeError when a rule crashes.
    """
    enabled = tuple(code for code, rule in catalog().items() if rule.enabled and not rule.preview)
    report = lint_bytes(program.encode(), "program.py", LintSettings(rules=enabled))
    if report.failures or report.problem:
        raise RuntimeError(f"{report.problem} {report.failures}")
    return report.findings


def faults() -> list[Fault]:
    """All marked faults and whether they are named."""
    found = []
    for title, program in FAULTY.items():
        said = findings(program)
        for row, line in enumerate(program.split("\n"), start=1):
            for code in MARK.findall(line):
                same = [finding for finding in said if finding.code == code]
                on_line = any(finding.location.row == row for finding in same)
                found.append(Fault(title, code, row, bool(same), on_line))
    return found


def alarms() -> list[tuple[str, Finding]]:
    """Warnings and errors about sound programs."""
    loud = Severity.WARNING.rank
    return [
        (title, one) for title, text in SOUND.items() for one in findings(text) if one.severity.rank >= loud
    ]


def beside() -> list[tuple[str, Finding]]:
    """Warnings and errors about faulty programs that name no marked fault: to be read by a person."""
    loud = Severity.WARNING.rank
    return [
        (title, one)
        for title, text in FAULTY.items()
        for one in findings(text)
        if one.severity.rank >= loud and one.code not in MARK.findall(text)
    ]
