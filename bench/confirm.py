"""`kerlint --confirm` on the examples of all rules: `python -m bench.confirm [--help]`.

Each bad example is linted, and its findings are planned, run and judged as `--confirm` does it: they should be
confirmed, or honestly inconclusive. A finding that is refuted is wrong.

A good example has no finding, so that none could be confirmed whatever the probes say. What is asked of it is
harder: the rule's probe is put to every place of the good example that is like a place flagged in a bad one (the
same call, argument, attribute or name, with the places that explain it), as if the rule had reported it. A probe
that confirms there cannot tell the good program from the bad one, and settles nothing: that is wrong, too. Where
the rule is silent about a fact because of what the author means by it (an autoencoder, a linear bottleneck), the
probe sees the fact all the same; such examples are named in `bench/confirm_meant.txt`, each with the reason. So does
a probe whose run supposes a value that the program does not give, which is why the rule is silent there; its evidence
says so.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from textwrap import dedent

from bench.analogous import Like, forced, likes
from kerlint.catalog import Rule, catalog
from kerlint.confirm.plan import plan
from kerlint.confirm.warm import Warm
from kerlint.findings import Finding, Verdict
from kerlint.linter import lint_bytes
from kerlint.probes import Probe, Step, Unconfirmable
from kerlint.settings import LintSettings
from kerlint.source import read

MEANT = Path(__file__).with_name("confirm_meant.txt")
TRAINING = (Step.TRAIN, Step.EPOCH)
STRUCTURE_SECONDS, TRAINING_SECONDS = 0.3, 3.0
FILENAME = "example.py"
SUPPOSED = "(supposing "
"""With what words the evidence says that a value was taken that the program does not give."""


@dataclass(frozen=True)
class Asked:
    """One finding, made or forced, of one example."""

    rule: Rule
    kind: str
    title: str
    finding: Finding


@dataclass(frozen=True)
class Answered:
    """What came of it, and its part of the time that its request took."""

    asked: Asked
    verdict: Verdict
    seconds: float

    @property
    def is_wrong(self) -> bool:
        """Whether a probe says the opposite of the rule's own examples."""
        unwanted = "refuted" if self.asked.kind == "bad" else "confirmed"
        return self.verdict.status == unwanted and not self.is_meant

    @property
    def is_meant(self) -> bool:
        """Whether the fact holds in a good example, and the rule is silent because of what is meant by it.

        Or because of a value that it does not know, and that was supposed for the run.
        """
        is_listed = (self.asked.rule.code, self.asked.title) in meant()
        return self.asked.kind == "good" and (is_listed or SUPPOSED in self.verdict.evidence)


@cache
def meant() -> dict[tuple[str, str], str]:
    """Good examples that hold the fact and mean it, with the reason."""
    lines = (line.split(" | ") for line in MEANT.read_text().splitlines() if line and line[0] != "#")
    return {(code, title): reason for code, title, reason in lines}


def questions(
    kinds: Sequence[str], codes: Iterable[str], every: int = 1
) -> Iterator[tuple[str, list[Asked]]]:
    """Programs with the findings to settle in them."""
    wanted = set(codes)
    number = 0
    for rule in catalog().values():
        if wanted and rule.code not in wanted and rule.name not in wanted:
            continue
        bad = [(title, _program(text)) for title, text in rule.bad.items()]
        found = {title: findings_of(rule, program) for title, program in bad}
        flagged = [like for title, program in bad for like in likes(program, found[title])]
        for kind in kinds:
            for title, text in (rule.bad if kind == "bad" else rule.good).items():
                number += 1
                if number % every:
                    continue
                program = _program(text)
                findings = found[title] if kind == "bad" else _forced(rule, program, flagged)
                yield program, [Asked(rule, kind, title, finding) for finding in findings]


def _program(text: str) -> str:
    return dedent(text).lstrip("\n")


def findings_of(rule: Rule, program: str) -> list[Finding]:
    """What a rule finds in a program."""
    report = lint_bytes(program.encode(), FILENAME, LintSettings(rules=(rule.code,)))
    return list(report.findings)


def _forced(rule: Rule, program: str, flagged: list[Like]) -> list[Finding]:
    if not isinstance(rule.probe, Probe):
        return []
    return forced(rule.code, rule.name, program, flagged)


def answers(asked: Iterable[tuple[str, list[Asked]]], jobs: int | None = None) -> Iterator[Answered]:
    """The verdicts, as `--confirm` would give them."""
    waiting: dict[str, list[tuple[dict[str, object], list[Asked]]]] = defaultdict(list)
    for program, group in asked:
        planned = plan(read(program.encode(), FILENAME), [one.finding for one in group])
        for index, verdict in planned.settled.items():
            yield Answered(group[index], verdict, 0.0)
        for request in planned.requests:
            waiting[request["keras"]].append((request, group))
    for package, requests in waiting.items():
        with Warm(package, jobs=jobs) as warm:
            for position, outcome in warm.run([request for request, _ in requests]):
                request, group = requests[position]
                yield from _settled(request, group, outcome.answer, outcome.failure, outcome.seconds)


def _settled(
    request: dict[str, object],
    group: list[Asked],
    answer: dict[str, object] | None,
    failure: str | None,
    seconds: float,
) -> Iterator[Answered]:
    ids = [item["id"] for item in request["findings"]]  # type: ignore[attr-defined]
    verdicts = (answer or {}).get("verdicts", {})
    for one in ids:
        given = verdicts.get(one) if isinstance(verdicts, dict) else None
        verdict = Verdict(**given) if given else Verdict("inconclusive", failure or "no answer")
        yield Answered(group[int(one)], verdict, seconds / len(ids))


def table(answered: Sequence[Answered]) -> str:
    """The counts by rule, the reasons of what is inconclusive, what is wrong, and the time."""
    by_rule: dict[str, list[Answered]] = defaultdict(list)
    for one in answered:
        by_rule[f"{one.asked.rule.code} {one.asked.rule.name}"].append(one)
    lines = [
        f"{'rule':44}{'bad: confirmed':>15}{'open':>6}{'refuted':>9}   {'like it in good: not':>20}{'confirmed':>11}"
    ]
    for name in sorted(by_rule):
        bad, good = (_of(by_rule[name], kind) for kind in ("bad", "good"))
        denied = good["refuted"] + good["inconclusive"]
        lines.append(
            f"{name:44}{bad['confirmed']:>15}{bad['inconclusive']:>6}{bad['refuted']:>9}"
            f"   {denied:>20}{good['confirmed']:>11}"
        )
    return "\n".join([*lines, "", *_totals(answered), "", *_times(answered)])


def _of(answered: Iterable[Answered], kind: str) -> Counter[str]:
    return Counter(one.verdict.status for one in answered if one.asked.kind == kind)


def _totals(answered: Sequence[Answered]) -> Iterator[str]:
    bad, good = _of(answered, "bad"), _of(answered, "good")
    silent = sum(
        one.asked.kind == "bad" and isinstance(one.asked.rule.probe, Unconfirmable) for one in answered
    )
    yield (
        f"bad examples: {bad.total()} findings, {bad['confirmed']} confirmed, "
        f"{bad['inconclusive']} inconclusive ({silent} of them by their rule's own word), {bad['refuted']} refuted"
    )
    is_meant = sum(one.is_meant and one.verdict.status == "confirmed" for one in answered)
    yield (
        f"good examples: {good.total()} places like flagged ones, {good['confirmed']} confirmed "
        f"({is_meant} of them meant so), {good['refuted']} refuted, {good['inconclusive']} inconclusive"
    )
    yield f"wrong: {sum(one.is_wrong for one in answered)}"


def _times(answered: Sequence[Answered]) -> Iterator[str]:
    for what, steps, target in (
        ("structure", [step for step in Step if step not in TRAINING], STRUCTURE_SECONDS),
        ("training step", TRAINING, TRAINING_SECONDS),
    ):
        seconds = [one.seconds for one in answered if one.seconds and _step(one) in steps]
        if len(seconds) > 1:
            last = quantiles(seconds, n=20)[-1]
            yield f"{what}: {len(seconds)} verdicts, median {median(seconds):.2f} s (target {target} s), p95 {last:.2f} s"


def _step(one: Answered) -> Step | None:
    probe = one.asked.rule.probe
    return probe.step if isinstance(probe, Probe) else None


def _shown(one: Answered) -> str:
    asked = one.asked
    place = f"{asked.rule.code} {asked.kind}: {asked.title}, line {asked.finding.location.row}"
    return f"{place}\n    {asked.finding.message}\n    {one.verdict.status} ({one.seconds:.1f} s): {one.verdict.evidence}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, print the table, and what is wrong; status 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m bench.confirm", description=__doc__)
    parser.add_argument("codes", nargs="*", help="rules; all by default")
    parser.add_argument("--kind", choices=("bad", "good"), help="only these examples")
    parser.add_argument("--every", type=int, default=1, help="only each N-th example")
    parser.add_argument("--jobs", type=int, help="children at one time")
    parser.add_argument("--list", action="store_true", help="every verdict, as it comes")
    parser.add_argument("--open", action="store_true", help="also what is inconclusive, with its reason")
    options = parser.parse_args(arguments)
    kinds = (options.kind,) if options.kind else ("bad", "good")
    answered = []
    for one in answers(questions(kinds, options.codes, options.every), options.jobs):
        answered.append(one)
        is_open = options.open and one.asked.kind == "bad" and one.verdict.status == "inconclusive"
        if options.list or one.is_wrong or is_open:
            print(_shown(one), flush=True)
    print(f"\n{table(answered)}")
    return int(any(one.is_wrong for one in answered))


if __name__ == "__main__":
    sys.exit(main())
