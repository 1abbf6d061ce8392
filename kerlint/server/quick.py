"""Findings of a text in which one definition was changed, without linting all of it again.

While somebody types in a function, only what may use that function, or what it uses, is evaluated: once in the
text before and once in the text now (`Mentions` tells which definitions these are). The findings that the change
brings, and those that it takes away, make the last findings of the whole those of now. If the module itself has
to do with the definition, it runs again without the other functions that nobody calls; if not, the evaluation
of the whole text goes on from where the module ended.

It answers None where it does not know: then all is linted. And all is linted anyway as soon as nobody types
(`kerlint.server.desk`), so that nothing hangs on it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kerlint.linter import judge
from kerlint.model.parts import MODULE, Part
from kerlint.model.recover import recover_again, recover_part, started, target_of
from kerlint.server.anywhere import Said, concerns_others, said_to_all
from kerlint.server.mentions import Mentions, mentions
from kerlint.source import Source
from kerlint.text.syntax import stays_sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kerlint.findings import Finding
    from kerlint.loader import DiskLoader
    from kerlint.model.facts import Program
    from kerlint.model.recover import Evaluation
    from kerlint.python.budget import Budget
    from kerlint.settings import LintSettings
    from kerlint.source import Statement

WORTH = 0.3
"""The share of the steps that must be saved."""

Findings = frozenset["Finding"]
Found = tuple[Findings, Said]
"""What is found in a part, and what it does that findings elsewhere may hang on."""


@dataclass(slots=True, eq=False)
class Whole:
    """A text that was linted as a whole, and what is kept for the next one."""

    source: Source
    findings: Findings
    evaluation: Evaluation
    part: Part
    settings: LintSettings
    target: str
    parts: dict[tuple[frozenset[str], bool], Found] = field(default_factory=dict)
    """The findings of parts of it, with those that come of leaving out the rest."""


@dataclass(frozen=True, slots=True)
class Run:
    """How to evaluate and judge now."""

    settings: LintSettings
    loader: DiskLoader
    budget: Budget
    is_stopped: Callable[[], bool]


def changed_definition(old: Source, new: Source) -> tuple[Statement, Statement] | None:
    """The one definition in which two texts differ, as it was and as it is, if all else stands where it stood."""
    if old.is_notebook or new.is_notebook or len(old.statements) != len(new.statements):
        return None
    if old.preamble != new.preamble:
        return None
    pairs = [
        pair for pair in zip(old.statements, new.statements, strict=True) if pair[0].text != pair[1].text
    ]
    if len(pairs) != 1:
        return None
    before, now = pairs[0]
    is_same = before.kind == now.kind != "other" and before.name == now.name
    is_in_place = before.text.count("\n") == now.text.count("\n")
    return (before, now) if is_same and is_in_place and now.excess is None else None


def quick_findings(whole: Whole, source: Source, run: Run) -> Findings | None:
    """The findings of a text, from those of the whole text before; None where they are not known so soon."""
    change = changed_definition(whole.source, source)
    if change is None or run.settings != whole.settings or not stays_sound(source, change[1]):
        return None
    source.assume_sound()
    if target_of(source, run.settings.target, run.settings.project_target) != whole.target:
        return None
    name = change[1].name
    old, new = mentions(whole.source), mentions(source)
    if not (old.is_static and new.is_static):
        return None
    with_module = name in old.reached(old.of_module) or name in new.reached(new.of_module)
    users = old.users(name)
    names = old.reached(users) | new.reached(users)
    others = [one for one in source.statements if one.name not in names]
    if concerns_others(*change, others) or _saved(whole.part, names, with_module=with_module) < WORTH:
        return None
    before = _of_part(whole, whole.source, names, run, with_module=with_module)
    now = _of_part(whole, source, names, run, with_module=with_module)
    if before is None or now is None or before[1] != now[1] or change[1].is_unread:
        return None
    shared = _shared(old, names, with_module=with_module)
    return _applied(whole, before[0], now[0], shared)


def _saved(part: Part, names: frozenset[str], *, with_module: bool) -> float:
    """The share of all steps that was taken by what is left out."""
    left_out = sum(
        steps
        for (name, _, _), steps in part.steps.items()
        if (not with_module if not name else name not in names)
    )
    return left_out / max(sum(part.steps.values()), 1)


def _of_part(
    whole: Whole, source: Source, names: frozenset[str], run: Run, *, with_module: bool
) -> Found | None:
    """What is found in a text if these definitions alone, and perhaps the module, are evaluated."""
    key = (names, with_module)
    is_before = source is whole.source
    if is_before and key in whole.parts:
        return whole.parts[key]
    found = (_with_module if with_module else _without_module)(whole, source, names, run)
    if is_before and found is not None:
        whole.parts[key] = found
    return found


def _with_module(whole: Whole, source: Source, names: frozenset[str], run: Run) -> Found | None:
    """Run the module again, and these definitions."""
    marks = {root: marks for root, marks in whole.part.marks.items() if root != MODULE}
    made = started(source, target=whole.target, loader=run.loader, budget=run.budget)
    return _judged(recover_part(made, source, Part(names, marks)), source, run)


def _without_module(whole: Whole, source: Source, names: frozenset[str], run: Run) -> Found | None:
    """Go on with these definitions from where the module ended."""
    part = Part(names, whole.part.marks, ground=whole.part.ground)
    with _at_home(whole.source, source):
        return _judged(recover_again(whole.evaluation, source, part, run.budget), source, run)


def _judged(program: Program, source: Source, run: Run) -> Found | None:
    """What the rules find in a program; None once nobody waits for it."""
    findings = judge(program, source, run.settings, is_stopped=run.is_stopped).findings
    return None if run.is_stopped() else (frozenset(findings), said_to_all(program))


@contextmanager
def _at_home(old: Source, new: Source) -> Iterator[None]:
    """What the module made stands in the new text meanwhile, where it is reported."""
    pairs = [
        (was, now) for was, now in zip(old.statements, new.statements, strict=True) if was.text == now.text
    ]
    places = [(was, was.source, was.start) for was, _ in pairs]
    try:
        for was, now in pairs:
            was.source, was.start = new, now.start
        yield
    finally:
        for was, source, start in places:
            was.source, was.start = source, start


def _shared(said: Mentions, names: frozenset[str], *, with_module: bool) -> frozenset[str]:
    """The definitions of the part that what is left out uses too."""
    others = said.of.keys() - names
    return names & said.reached(others | (frozenset() if with_module else said.of_module))


def _applied(whole: Whole, before: Findings, now: Findings, shared: frozenset[str]) -> Findings | None:
    """The findings of before with what a change did to those of a part; None if what is left out has a say."""
    gone, come = before - now, now - before
    touched = {_definition_at(whole.source, finding) for finding in gone | come}
    known = {one for one in whole.findings if _definition_at(whole.source, one) in touched}
    if not gone <= whole.findings or not known <= before:
        return None  # in the whole they are not found as they are in the part
    if any(_definition_at(whole.source, finding) in shared for finding in (*gone, *come)):
        return None
    kept = whole.findings - gone
    places = {(finding.code, finding.location) for finding in kept}
    if any((finding.code, finding.location) in places for finding in come - kept):
        return None
    return kept | come


def _definition_at(source: Source, finding: Finding) -> str:
    """The name of the definition that a finding is in; empty outside."""
    row = finding.location.program.start_row
    before = [statement for statement in source.statements if statement.row <= row]
    return before[-1].name if before else ""


__all__ = ["Run", "Whole", "changed_definition", "quick_findings"]
