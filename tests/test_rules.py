"""Every rule keeps the contract of its file: documented, exemplified, right on its examples, safe to fix.

The examples are programs: `BAD` and `GOOD` of the rule's file, and the fenced ones in its documentation. A
faulty line carries `# KER301: words of the message`, or `# KER301 warning: words` where the severity is part
of the promise; `# ^ KER301: words` marks the line above.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from textwrap import dedent

import pytest

from kerlint.catalog import Rule, catalog
from kerlint.findings import Edit, Finding
from kerlint.linter import lint_bytes
from kerlint.probes import Unconfirmable
from kerlint.settings import LintSettings

EXPECTATION = re.compile(
    r"#\s*(?P<above>\^\s*)?(?P<code>KER\d{3})(?:\s+(?P<severity>error|warning|info))?:\s*(?P<words>[^#\n]*)"
)
HEADING_OR_FENCE = re.compile(
    r"^(?P<heading>Bad|Good):|^```python\n(?P<program>.*?)^```", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Example:
    """One example program of one rule."""

    rule: Rule
    kind: str
    title: str
    program: str

    @property
    def id(self) -> str:
        """A readable name for the test case."""
        return f"{self.rule.code}-{self.kind}: {self.title}"


@dataclass(frozen=True)
class Expectation:
    """What a comment in an example promises."""

    row: int
    severity: str | None
    words: str

    def is_met_by(self, finding: Finding) -> bool:
        """Whether the finding is the promised one."""
        return (
            finding.location.row == self.row
            and self.words.strip().casefold() in finding.message.casefold()
            and self.severity in (None, finding.severity.value)
        )


def documented(rule: Rule) -> Iterator[Example]:
    """The fenced examples of a rule's documentation, by the heading above them."""
    kind, counts = "", {"bad": 0, "good": 0}
    for match in HEADING_OR_FENCE.finditer(rule.documentation):
        if match["heading"]:
            kind = match["heading"].lower()
        elif kind:
            counts[kind] += 1
            yield Example(rule, kind, f"documentation {counts[kind]}", match["program"])


def examples() -> Iterator[Example]:
    """All examples of all rules."""
    for rule in catalog().values():
        yield from documented(rule)
        for kind, programs in (("bad", rule.bad), ("good", rule.good)):
            for title, program in programs.items():
                yield Example(rule, kind, title, dedent(program).lstrip("\n"))


EXAMPLES = list(examples())
BAD = [example for example in EXAMPLES if example.kind == "bad"]
GOOD = [example for example in EXAMPLES if example.kind == "good"]
FIXABLE = [example for example in BAD if example.rule.fixable]
RULES = list(catalog().values())


@cache
def findings(program: str, code: str) -> tuple[Finding, ...]:
    """What the rule finds in a program when all rules run."""
    report = lint_bytes(program.encode(), "example.py", LintSettings(rules=tuple(catalog())))
    assert not report.failures, report.failures
    assert report.problem is None, report.problem
    return tuple(finding for finding in report.findings if finding.code == code)


def expectations(example: Example) -> list[Expectation]:
    """The marked lines of an example."""
    found = []
    for row, line in enumerate(example.program.split("\n"), start=1):
        for match in EXPECTATION.finditer(line):
            if match["code"] == example.rule.code:
                found.append(Expectation(row - bool(match["above"]), match["severity"], match["words"]))
    return found


def shown(found: tuple[Finding, ...] | list[Finding]) -> str:
    """Findings as lines, for a failed test."""
    return "\n".join(f"{each.location.row}: {each.severity} {each.message}" for each in found) or "nothing"


def apply(program: str, edits: list[Edit]) -> str:
    """The program after edits that do not overlap."""
    lines = program.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(set(edits), key=lambda each: each.location.program, reverse=True):
        region = edit.location.program
        start = starts[region.start_row - 1] + region.start_column - 1
        end = starts[region.end_row - 1] + region.end_column - 1
        program = program[:start] + edit.content + program[end:]
    return program


def comments(program: str) -> list[str]:
    """The comments of a program that parses, in order."""
    tokens = tokenize.generate_tokens(io.StringIO(program).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def titled(example: Example) -> str:
    return example.id


def coded(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"


@pytest.mark.parametrize("rule", RULES, ids=coded)
def test_a_rule_is_named_as_its_file(rule: Rule) -> None:
    assert re.fullmatch(r"KER\d{3}", rule.code)
    assert rule.module.rpartition(".")[2].replace("_", "-") == rule.name
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule.name)
    assert rule.name.partition("-")[0] not in ("no", "check", "avoid", "use")


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == len({rule.name for rule in RULES})
    assert [rule.code for rule in RULES] == sorted(rule.code for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=coded)
def test_a_rules_summary_is_one_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z`].*[^.]\.", rule.summary), rule.summary
    assert ". " not in rule.summary


@pytest.mark.parametrize("rule", RULES, ids=coded)
def test_a_rule_is_documented_with_bad_and_good_examples(rule: Rule) -> None:
    kinds = [example.kind for example in documented(rule)]
    assert "bad" in kinds
    assert "good" in kinds
    assert ("Fix safety:" in rule.documentation) == rule.fixable


@pytest.mark.parametrize("rule", RULES, ids=coded)
def test_a_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.bad
    assert rule.good
    assert all(title[0].islower() or title[0].isupper() for title in (*rule.bad, *rule.good))


@pytest.mark.parametrize("rule", RULES, ids=coded)
def test_a_rule_says_how_its_findings_can_be_confirmed(rule: Rule) -> None:
    probe = rule.probe
    assert probe is not None
    assert probe.reason if isinstance(probe, Unconfirmable) else probe.expects


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.options is not None], ids=coded)
def test_a_rules_options_are_documented(rule: Rule) -> None:
    from dataclasses import fields

    assert rule.options is not None
    for option in fields(rule.options):
        assert f"`{option.name.replace('_', '-')}`" in rule.documentation


@pytest.mark.parametrize("example", BAD, ids=titled)
def test_a_bad_example_is_found_at_its_marked_lines_and_nowhere_else(example: Example) -> None:
    expected, found = expectations(example), list(findings(example.program, example.rule.code))
    assert expected, "no line is marked"
    for expectation in expected:
        met = [finding for finding in found if expectation.is_met_by(finding)]
        assert met, f"expected {expectation}, found\n{shown(found)}"
        found.remove(met[0])
    assert not found, f"unexpected\n{shown(found)}"


@pytest.mark.parametrize("example", BAD, ids=titled)
def test_a_message_is_one_short_line(example: Example) -> None:
    for finding in findings(example.program, example.rule.code):
        assert len(finding.message) <= 160, finding.message
        assert "\n" not in finding.message
        assert not finding.message.endswith(".")
        assert finding.location.filename == "example.py"


@pytest.mark.parametrize("example", GOOD, ids=titled)
def test_a_good_example_has_no_finding(example: Example) -> None:
    assert not expectations(example)
    assert not (found := findings(example.program, example.rule.code)), shown(found)


@pytest.mark.parametrize("example", [each for each in GOOD if each.rule.code != "KER001"], ids=titled)
def test_a_good_example_is_python(example: Example) -> None:
    ast.parse(example.program)


@pytest.mark.parametrize("example", FIXABLE, ids=titled)
def test_a_fix_cures_its_example_and_keeps_comments(example: Example) -> None:
    code = example.rule.code
    before = findings(example.program, code)
    fixed = apply(example.program, [edit for each in before if each.fix for edit in each.fix.edits])
    if all(finding.fix is None for finding in before):
        assert fixed == example.program
        return
    ast.parse(fixed)
    after = findings(fixed, code)
    assert not [finding for finding in after if finding.fix], f"{fixed}\n{shown(after)}"
    unfixed = [finding.message for finding in before if finding.fix is None]
    assert len(after) <= len(unfixed), f"{fixed}\n{shown(after)}"
    assert comments(fixed) == [each for each in _comments_of(example.program) if each in comments(fixed)]
    assert len(comments(fixed)) >= len(_comments_of(example.program)) - (code == "KER002")


def _comments_of(program: str) -> list[str]:
    try:
        return comments(program)
    except (tokenize.TokenError, SyntaxError):
        return []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixable], ids=coded)
def test_some_example_of_a_fixable_rule_is_fixed(rule: Rule) -> None:
    fixes = [
        finding.fix
        for example in BAD
        if example.rule is rule
        for finding in findings(example.program, rule.code)
        if finding.fix
    ]
    assert fixes
    assert all(fix.title and fix.edits for fix in fixes)
