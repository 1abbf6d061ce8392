"""Every finding on the public corpus, against the last report a person accepted: `python -m bench.ecosystem`.

kerlint runs once per package through its command line, as a user would run it. The findings, each with its
source line, are compared with `bench/ecosystem/PACKAGE.txt`; `--accept` writes them there once they have
been read. The exit status is 1 when something changed, 2 when kerlint crashed, hung or printed a traceback.
"""

from __future__ import annotations

import argparse
import difflib
import json
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.corpus import HERE, Package, files, packages
from bench.measure import KERLINT

ACCEPTED = HERE / "ecosystem"
TIME_LIMIT = 900.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one package gave: findings as in kerlint's JSON, problems as kerlint told them on stderr."""

    package: Package
    findings: tuple[dict[str, Any], ...]
    problems: tuple[str, ...]
    failure: str | None
    seconds: float
    lines: int


def lint(package: Package, select: str | None) -> Outcome:
    """Run kerlint over one package's sources. A crash, hang or traceback is the outcome's `failure`."""
    command = [
        *KERLINT,
        "--no-cache",
        "--output-format",
        "json",
        "--no-respect-gitignore",
        "--exclude",
        ".git",
    ]
    command += [f"--select={select}"] if select else []
    lines = sum(path.read_bytes().count(b"\n") for path in files(package))
    start = time.perf_counter()
    try:
        done = subprocess.run(
            [*command, "."],
            cwd=package.folder,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(package, (), (), f"no end after {TIME_LIMIT:.0f} s", TIME_LIMIT, lines)
    seconds = time.perf_counter() - start
    problems = tuple(done.stderr.splitlines())
    if done.returncode not in (0, 1, 2):
        return Outcome(package, (), problems, f"exit status {done.returncode}", seconds, lines)
    if "Traceback (most recent call last)" in done.stderr or "rule failed" in done.stderr:
        return Outcome(package, (), problems, "a traceback", seconds, lines)
    findings = tuple(json.loads(done.stdout or "[]"))
    return Outcome(package, findings, problems, None, seconds, lines)


@cache
def source_lines(path: Path) -> list[str]:
    """The lines of a Python file, or the JSON of a notebook's cells as lists of lines."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


@cache
def notebook_cells(path: Path) -> list[list[str]]:
    """The source lines of every cell of a notebook, in order."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]).splitlines() for cell in cells]


def source_line(path: Path, cell: int | None, row: int) -> str:
    """The line a finding points at, stripped; rows and cells are 1-based."""
    lines = source_lines(path) if cell is None else notebook_cells(path)[cell - 1]
    return lines[row - 1].strip() if row <= len(lines) else ""


def describe(package: Package, finding: dict[str, Any]) -> str:
    """Two lines of a report: place, code, severity and message, then the source line."""
    path = Path(finding["filename"])
    path = path if path.is_absolute() else package.folder / path
    row, column = finding["location"]["row"], finding["location"]["column"]
    cell = finding.get("cell")
    place = f"{path.relative_to(package.folder).as_posix()}:{f'cell {cell}:' if cell else ''}{row}:{column}"
    sureness = "" if finding["confidence"] == "certain" else f" ({finding['confidence']})"
    head = f"{place}: {finding['code']} {finding['severity']}{sureness} {finding['message']}"
    return f"{head}\n    {source_line(path, cell, row)}"


def report(outcome: Outcome) -> str:
    """The text that is accepted and compared: findings in order, then what kerlint could not do."""
    told = [describe(outcome.package, finding) for finding in outcome.findings]
    root = str(outcome.package.folder) + "/"
    return "\n".join([*told, *(f"! {line.replace(root, '')}" for line in outcome.problems), ""])


def accepted_file(package: Package) -> Path:
    """Where the accepted report of a package is kept."""
    return ACCEPTED / f"{package.folder.name}.txt"


def changes(package: Package, new: str) -> list[str]:
    """The lines of a unified diff from the accepted report to the new one."""
    path = accepted_file(package)
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(difflib.unified_diff(old.splitlines(), new.splitlines(), "accepted", "new", lineterm="", n=1))


def summarize(outcomes: list[Outcome]) -> None:
    """Print findings by rule and severity, and how many there are in 1,000 lines."""
    count = Counter(
        (finding["code"], finding["name"], finding["severity"])
        for one in outcomes
        for finding in one.findings
    )
    lines = sum(one.lines for one in outcomes)
    print(f"\n{'rule':32} {'severity':8} {'findings':>8} {'per 1,000 lines':>16}")
    for (code, name, severity), number in sorted(count.items()):
        print(f"{code + ' ' + name:32} {severity:8} {number:8,} {1000 * number / lines:16.3f}")
    grave = sum(number for (_, _, severity), number in count.items() if severity != "info")
    print(f"{'all':41} {sum(count.values()):8,} {1000 * sum(count.values()) / lines:16.3f}")
    print(f"{'warnings and errors':41} {grave:8,} {1000 * grave / lines:16.3f}")
    print(f"{lines:,} lines in {sum(one.seconds for one in outcomes):.0f} s; not linted: ", end="")
    print(
        sum(len(one.problems) for one in outcomes),
        "files; failures:",
        sum(1 for one in outcomes if one.failure),
    )


def main() -> int:
    """Lint the packages, compare or accept, and summarize; returns the exit status."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--accept", action="store_true", help="make this the accepted report")
    options.add_argument("--select", help="only these rules (comma-separated); never accepted")
    options.add_argument("names", nargs="*", help="packages to run; all when none is named")
    chosen = options.parse_args()
    if chosen.accept and chosen.select:
        options.error("only a run of all rules can be accepted")
    outcomes, changed = [], 0
    for package in packages():
        if chosen.names and package.requirement.partition("==")[0] not in chosen.names:
            continue
        outcome = lint(package, chosen.select)
        outcomes.append(outcome)
        found = f"{len(outcome.findings):5} findings, {len(outcome.problems):3} problems"
        print(
            f"{package.requirement:32} {found} {outcome.seconds:6.1f} s  {outcome.failure or ''}", flush=True
        )
        text = report(outcome)
        if chosen.accept:
            ACCEPTED.mkdir(exist_ok=True)
            accepted_file(package).write_text(text, encoding="utf-8")
            continue
        difference = changes(package, text)
        changed += len(difference)
        print("\n".join(f"    {line}" for line in difference) or "    as accepted")
    summarize(outcomes)
    return 2 if any(one.failure for one in outcomes) else int(changed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
