"""Write the table of rules in README.md from the catalog: `python scripts/readme_rules.py [--check]`."""

from __future__ import annotations

import sys
from pathlib import Path

from kerlint.catalog import Rule, catalog

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN = "<!-- rules: written by scripts/readme_rules.py -->\n"
END = "<!-- end of rules -->\n"


def row(rule: Rule) -> str:
    """One rule as a line of the table."""
    default = "" if rule.enabled else " (off by default)"
    fix = "yes" if rule.fixable else ""
    return f"| `{rule.code}` | `{rule.name}` | {rule.severity}{default} | {fix} | {rule.summary} |"


def table() -> str:
    """All rules, by code."""
    lines = ["| code | name | severity | fix | what it flags |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *map(row, catalog().values())]) + "\n"


def rewritten(text: str) -> str:
    """The README with its table of rules as the catalog has it now.

    Raises ValueError when the markers are not there.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("README.md has lost the markers of its table of rules")
    return f"{before}{begin}\n{table()}\n{end}{after}"


def main() -> int:
    """Write the table, or with `--check` only say whether it is up to date (status 1 when not)."""
    old = README.read_text(encoding="utf-8")
    new = rewritten(old)
    if "--check" in sys.argv[1:]:
        return int(old != new)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
