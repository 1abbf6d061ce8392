"""`python -m bench.mutants [FOLDER ...]`: a table of mutants by operator, and with `--misses` the misses."""

from __future__ import annotations

import argparse
import difflib
from collections import Counter
from pathlib import Path

from bench.corpus import files, packages
from bench.mutants.measure import Verdict, judge, sample

OUTCOMES = ("named", "elsewhere", "other", "missed", "before", "failed")


def main() -> None:
    """Sample, lint and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "folders", nargs="*", type=Path, help="folders of packages; the corpus if none is named"
    )
    options.add_argument("--count", type=int, default=25, help="mutants of each operator (25)")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--rules", default="", help="only these rules (comma-separated)")
    options.add_argument(
        "--misses", default="", metavar="RULES", help="show what is not named of these, or `all`"
    )
    chosen = options.parse_args()
    codes = [code for code in chosen.rules.split(",") if code]
    groups = _groups(chosen.folders)
    table: Counter[str] = Counter()
    print(f"{'rule':7} {'edit':42} " + " ".join(f"{name:>9}" for name in OUTCOMES) + f" {'recall':>7}")
    for (code, kind), made in sample(groups, chosen.count, chosen.seed, codes).items():
        verdicts = [judge(mutant) for mutant in made]
        counts = Counter(verdict.outcome for verdict in verdicts)
        table += counts
        print(_row(code, kind, counts), flush=True)
        if chosen.misses == "all" or code in chosen.misses.split(","):
            for verdict in verdicts:
                if verdict.outcome not in ("named", "before"):
                    _show(verdict)
    print(_row("all", "", table))


def _groups(folders: list[Path]) -> dict[str, list[Path]]:
    """The files of each package."""
    if not folders:
        return {package.folder.name: files(package) for package in packages()}
    parts = [part for folder in folders for part in sorted(folder.iterdir()) if part.is_dir()] or folders
    found = {part.name: sorted(part.rglob("*.py")) for part in parts}
    return found | {folder.name: sorted(folder.glob("*.py")) for folder in folders}


def _row(code: str, kind: str, counts: Counter[str]) -> str:
    judged = counts["named"] + counts["elsewhere"] + counts["other"] + counts["missed"]
    recall = f"{(counts['named'] + counts['elsewhere']) / judged:7.0%}" if judged else "      -"
    return f"{code:7} {kind:42} " + " ".join(f"{counts[name]:9}" for name in OUTCOMES) + f" {recall}"


def _show(verdict: Verdict) -> None:
    mutant = verdict.mutant
    before, after = mutant.program.data.decode().splitlines(), mutant.data.decode().splitlines()
    print(f"  {verdict.outcome}: {mutant.program.path}, rows {sorted(mutant.rows())[:6]}")
    for line in list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]:
        print(f"    {line}")
    for finding in verdict.said:
        print(f"    says: {finding.location.row}: {finding.severity} {finding.code} {finding.message}")


if __name__ == "__main__":
    main()
