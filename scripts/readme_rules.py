"""Write what README.md takes from kerlint itself: `python scripts/readme_rules.py [--check]`.

Four parts: the table of rules, from the catalog, some of what kerlint prints about the shipped example, a
summary of one of its models, and the comparison of both.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kerlint.catalog import Rule, catalog

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
EXAMPLE = "examples/two_models.py"
SUMMARISED = f"{EXAMPLE}:by_list"
TWINS = (f"{EXAMPLE}:by_list", f"{EXAMPLE}:ByClass")
SHOWN = ("KER201", "KER101")
"""Whose findings in the example are shown; the others are left out for length."""


def row(rule: Rule) -> str:
    """One rule as a line of the table."""
    default = "" if rule.enabled else " (off by default)"
    fix = "yes" if rule.fixable else ""
    return f"| `{rule.code}` | `{rule.name}` | {rule.severity}{default} | {fix} | {rule.summary} |"


def table() -> str:
    """All rules, by code."""
    lines = ["| code | name | severity | fix | what it flags |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *map(row, catalog().values())])


def example() -> str:
    """A fenced block with some of the findings in the shipped example, and the last line.

    Raises ValueError when there is no finding to show.
    """
    kerlint = Path(sys.executable).with_name("kerlint")
    command = [str(kerlint), "check", "--isolated", "--exit-zero", "--no-cache", "--no-color", EXAMPLE]
    width = {**os.environ, "COLUMNS": "100"}
    printed = subprocess.run(command, cwd=ROOT, env=width, capture_output=True, text=True, check=True).stdout
    *findings, last = printed.strip().split("\n\n")
    shown = [finding for finding in findings if any(f" {code} " in finding for code in SHOWN)]
    if not shown:
        raise ValueError(f"none of {', '.join(SHOWN)} in {EXAMPLE}")
    middle = "\n\n".join([*shown, "...", last])
    return f"```text\n{middle}\n```"


def summary() -> str:
    """A fenced block with the command that summarises a model of the example, and what it prints.

    Raises ValueError when the table is not complete.
    """
    kerlint = Path(sys.executable).with_name("kerlint")
    command = [str(kerlint), "summary", SUMMARISED]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if "?" in printed:
        raise ValueError(f"something of {SUMMARISED} is unknown")
    return f"```text\n$ kerlint summary {SUMMARISED}\n{printed.rstrip()}\n```"


def twins() -> str:
    """A fenced block with the command that compares the models of the example, and what it prints."""
    kerlint = Path(sys.executable).with_name("kerlint")
    width = {**os.environ, "COLUMNS": "120"}
    command = [str(kerlint), "diff", *TWINS, "--no-color"]
    done = subprocess.run(command, cwd=ROOT, env=width, capture_output=True, text=True, check=False)
    if done.returncode != 1:
        raise ValueError(f"the models of {EXAMPLE} are not found to differ: {done.stderr}")
    return f"```text\n$ kerlint diff {' '.join(TWINS)}\n{done.stdout.rstrip()}\n```"


PARTS = {"rules": table, "example": example, "summary": summary, "diff": twins}


def rewritten(text: str) -> str:
    """The README with each part as it is now, between its markers.

    Raises ValueError when a marker is not there.
    """
    for name, made in PARTS.items():
        before, begin, rest = text.partition(f"<!-- {name}: written by scripts/readme_rules.py -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->\n")
        if not begin or not end:
            raise ValueError(f"README.md has lost the markers of its part {name!r}")
        text = f"{before}{begin}\n{made()}\n\n{end}{after}"
    return text


def main() -> int:
    """Write the parts, or with `--check` only say whether they are up to date (status 1 when not)."""
    old = README.read_text(encoding="utf-8")
    new = rewritten(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
