"""A finished run, as the output formats see it. The command line builds one; renderers only read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Protocol

from kerlint.findings import Finding, GaveUp, Region, Severity
from kerlint.frozen import record

Lines = Callable[[str, int | None], Sequence[str] | None]


class RuleInfo(Protocol):
    """What the formats tell of a rule; `kerlint.catalog.Rule` is one."""

    @property
    def code(self) -> str:
        """`KER` and three digits."""

    @property
    def name(self) -> str:
        """The name in kebab-case."""

    @property
    def severity(self) -> Severity:
        """The severity where neither the case nor the user says otherwise."""

    @property
    def summary(self) -> str:
        """The fact, in one sentence."""

    @property
    def documentation(self) -> str:
        """The whole documentation of the rule, Markdown."""

    @property
    def url(self) -> str:
        """The rule's page on the web."""


@record
class Details:
    """What `--verbose` adds.

    `gave_up` are the places where the evaluator stopped knowing; `seconds` maps each stage and each
    rule's code to its wall time over all files; `suppressed` counts the findings that comments silenced.
    """

    gave_up: tuple[GaveUp, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    suppressed: int = 0


@record
class Graph:
    """The drawing of a model (SVG) with hazards on its layers.

    `rows` gives, by the number of a finding in its file, the `data-row`s of the `boxes` it is marked on.
    """

    label: str
    svg: str
    rows: Mapping[int, tuple[str, ...]]
    boxes: int


Graphs = Callable[[str, Sequence[Finding]], Sequence[Graph]]


def no_graphs(filename: str, findings: Sequence[Finding]) -> Sequence[Graph]:
    """For formats that show none."""
    return ()


def _no_lines(filename: str, cell: int | None) -> None:
    return None


def _no_rules() -> Mapping[str, RuleInfo]:
    return {}


@record
class Run:
    """One run over some files.

    `findings` are sorted by `Finding.sort_key`; `checked` counts the files looked at, with or without
    findings. `problems` are (filename, one line) pairs: what kerlint could not do.
    `folder` is the absolute working folder: file names are shown relative to it when they are inside.
    `lines(filename, cell)` gives the lines (without their ends, split at LF, CRLF and CR only) of a file,
    or of one cell of a notebook; None when they cannot be had.
    `graphs(filename, findings)` draws the models of a file that have these findings on their layers; it
    evaluates the file, and only the format that shows graphs calls it.
    `rules()` gives the rules of this run by code; it is called only by formats that describe rules.
    `fail_on` is the least severity that fails the run (JUnit shows the findings below it as skipped).
    `fixed` counts the findings that `--fix` removed. `colour` allows ANSI colours; `width` is the number
    of terminal columns a source excerpt may take. `started` is in seconds since the epoch (UTC) and
    `seconds` is the wall time of the whole run. `details` is set by `--verbose`.
    """

    findings: tuple[Finding, ...]
    checked: int
    folder: str
    problems: tuple[tuple[str, str], ...] = ()
    lines: Lines = _no_lines
    graphs: Graphs = no_graphs
    rules: Callable[[], Mapping[str, RuleInfo]] = _no_rules
    fail_on: Severity = Severity.WARNING
    fixed: int = 0
    colour: bool = False
    width: int = 110
    started: float = 0.0
    seconds: float = 0.0
    details: Details | None = None


def split_lines(text: str) -> list[str]:
    """The lines of a source text as Python counts them: no form feeds, no Unicode separators."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def region_text(lines: Sequence[str], region: Region) -> str:
    """The text of a region, rows joined by LF. Raises IndexError when it ends below the last row."""
    if region.start_row == region.end_row:
        return lines[region.start_row - 1][region.start_column - 1 : region.end_column - 1]
    first = lines[region.start_row - 1][region.start_column - 1 :]
    middle = lines[region.start_row : region.end_row - 1]
    return "\n".join([first, *middle, lines[region.end_row - 1][: region.end_column - 1]])
