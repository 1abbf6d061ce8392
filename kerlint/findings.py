"""What kerlint reports: findings and everything that hangs on one.

Plain frozen records without behaviour beyond ordering and positions, so that they cross process and
network borders and fill every output format. Rows and columns are 1-based; a column counts code points;
ends are exclusive, as in ruff's JSON.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a finding matters: `info` never fails a run by default."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]

    def at_least(self, other: Severity) -> bool:
        """Whether this severity is as grave as `other` or graver."""
        return self.rank >= other.rank


_RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Confidence(StrEnum):
    """`certain`: the evaluator knows every fact used; `likely`: one of them was assumed."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Applicability(StrEnum):
    """`safe` edits keep what the program computes; `unsafe` ones may not."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Region(msgspec.Struct, frozen=True, order=True):
    """A half-open stretch of a file as people count: 1-based rows and code-point columns."""

    start_row: int
    start_column: int
    end_row: int
    end_column: int


class Location(msgspec.Struct, frozen=True, order=True):
    """Where something is.

    `region` is in the file for Python files and within `cell` (1-based among all cells) for notebooks.
    `program` is the same stretch in the program text that was evaluated (equal to `region` for Python
    files; in a notebook all cells joined), and `file_row` the row in the file on disk (in a notebook the
    row of the JSON that holds the source line), for formats that know no cells.
    """

    filename: str
    region: Region
    program: Region
    cell: int | None = None
    file_row: int | None = None

    @property
    def row(self) -> int:
        """The first row, within the cell for notebooks."""
        return self.region.start_row

    @property
    def column(self) -> int:
        """The first column, 1-based."""
        return self.region.start_column

    @property
    def words(self) -> str:
        """`line 3`, in a notebook `line 3 of cell 2`: for sentences."""
        return f"line {self.row}" if self.cell is None else f"line {self.row} of cell {self.cell}"


class Edit(msgspec.Struct, frozen=True):
    """Replace the text at `location` by `content` (an insertion when the region is empty)."""

    location: Location
    content: str


class Fix(msgspec.Struct, frozen=True):
    """A titled set of edits that belong together: all are applied or none."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability


class Related(msgspec.Struct, frozen=True):
    """Another place that explains a finding, with a few words on what is there."""

    location: Location
    message: str


class Verdict(msgspec.Struct, frozen=True):
    """What building the model said: `confirmed`, `refuted` or `inconclusive`, with one line of evidence."""

    status: str
    evidence: str


class Finding(msgspec.Struct, frozen=True):
    """One report of one rule at one place."""

    code: str
    name: str
    severity: Severity
    message: str
    location: Location
    confidence: Confidence = Confidence.CERTAIN
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    verdict: Verdict | None = None

    @property
    def sort_key(self) -> tuple[str, Region, str, str]:
        """File, place, code, message: the order in which findings are shown."""
        return (self.location.filename, self.location.program, self.code, self.message)


class GaveUp(msgspec.Struct, frozen=True):
    """A place where the evaluator stopped knowing, and why (shown by `--verbose` and in JSON)."""

    location: Location
    reason: str


class RuleFailure(msgspec.Struct, frozen=True):
    """A rule that crashed on a file: the defect is kerlint's, the other rules went on."""

    code: str
    filename: str
    error: str


class Report(msgspec.Struct, frozen=True):
    """What one file gave: kept findings, silenced ones, and what could not be done.

    `problem` is one line when the file as a whole could not be linted (unreadable, malformed notebook,
    too deeply nested); such a file makes the exit status 2. `seconds` maps each rule's code, and each
    stage (`read`, `parse`, `evaluate`), to wall time. `imports` are first-party files the result
    depends on, as absolute paths.
    """

    filename: str
    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    gave_up: tuple[GaveUp, ...] = ()
    failures: tuple[RuleFailure, ...] = ()
    problem: str | None = None
    seconds: dict[str, float] = {}
    imports: tuple[str, ...] = ()
    skipped: bool = False
