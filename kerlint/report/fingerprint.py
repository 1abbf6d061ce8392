"""Keys that name a finding across runs: they survive lines being added above it."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from kerlint.findings import Finding
from kerlint.report.places import portable_path
from kerlint.report.run import Run


def fingerprints(run: Run) -> list[str]:
    """One key a finding, in the order of `run.findings`, no two alike: 32 hexadecimal digits.

    A key holds the file, the code, the finding's first source line and, among equals, the ordinal: no
    row numbers, and not the message, which may name rows of other places.
    """
    seen: Counter[str] = Counter()
    keys = []
    for finding in run.findings:
        content = "\0".join(
            (portable_path(run, finding.location.filename), finding.code, _line(run, finding))
        )
        seen[content] += 1
        keys.append(_digest(f"{content}\0{seen[content]}"))
    return keys


def _line(run: Run, finding: Finding) -> str:
    """The source line of the finding without its indentation; empty when it cannot be had."""
    location = finding.location
    lines = run.lines(location.filename, location.cell)
    if lines is None or location.row > len(lines):
        return ""
    return lines[location.row - 1].strip()


def _digest(content: str) -> str:
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
