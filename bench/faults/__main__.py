"""`python -m bench.faults`: the table of faults by rule, the misses, and the alarms about sound programs."""

from __future__ import annotations

from collections import Counter

from bench.faults.measure import alarms, beside, faults
from bench.faults.sound import SOUND


def main() -> None:
    """Print what is measured."""
    found = faults()
    all_of, named = Counter(one.code for one in found), Counter(one.code for one in found if one.is_named)
    print("rule    faults  named")
    for code in sorted(all_of):
        print(f"{code}  {all_of[code]:6}  {named[code]:5}")
    exact = sum(one.is_on_its_line for one in found)
    share = sum(named.values()) / len(found)
    print(f"{sum(named.values())} of {len(found)} faults named ({share:.0%}), {exact} on their line")
    for one in found:
        if not one.is_on_its_line:
            print(f"  {'elsewhere' if one.is_named else 'missed'}: {one.code} line {one.row}: {one.program}")
    print("said besides of the faulty programs:")
    for title, finding in beside():
        print(f"  {title}: {finding.location.row}: {finding.severity} {finding.code} {finding.message}")
    said = alarms()
    print(f"{len(said)} warnings and errors about {len(SOUND)} sound programs")
    for title, finding in said:
        print(f"  {title}: {finding.location.row}: {finding.severity} {finding.code} {finding.message}")


if __name__ == "__main__":
    main()
