"""Suppression comments silence what they say, where they say it, and are told when they silence nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.catalog import Hit, Rule, catalog
from kerlint.directives import Scope
from kerlint.findings import Edit, Finding, Location, Region, Severity
from kerlint.fix import apply_edits
from kerlint.source import read
from kerlint.suppress import Reason, UnusedDirective, apply, directives

NAMES = {
    "KER101": "optimizer-reused",
    "KER301": "implicit-pool-strides",
    "KER302": "mixed-padding",
    "KER002": "unused-suppression",
}


def made_up(code: str, name: str, **changes: object) -> Rule:
    over = "suppressions" if code == "KER002" else "program"
    rule = Rule(code, name, Severity.WARNING, list, "module", "", {}, {}, over=over)
    return replace(rule, **changes)  # type: ignore[arg-type]


KNOWN: Mapping[str, Rule] = {code: made_up(code, name) for code, name in NAMES.items()}


def locate(region: Region) -> Location:
    return Location("m.py", region, region)


def finding(row: int, code: str = "KER301") -> Finding:
    return Finding(code, NAMES[code], Severity.INFO, "message", locate(Region(row, 1, row, 2)))


def run(
    text: str, findings: Iterable[Finding], rules_run: Sequence[str] = tuple(NAMES), cells: Sequence[int] = ()
) -> tuple[list[int], tuple[UnusedDirective, ...]]:
    """The rows of the findings that are kept, and the unused directives."""
    given_findings = tuple(findings)
    kept, silenced, unused = apply(text, given_findings, rules_run, locate, KNOWN, cells)
    assert sorted(kept + silenced, key=lambda item: item.sort_key) == sorted(
        given_findings, key=lambda item: item.sort_key
    )
    return [item.location.row for item in kept], unused


def cleaned(text: str, unused: Iterable[UnusedDirective]) -> str:
    edits = [item.edit for item in unused if item.edit is not None]
    return apply_edits(text.encode(), "m.py", edits).decode()


@pytest.mark.parametrize(
    "comment",
    [
        "# kerlint: ignore",
        "# kerlint: ignore[KER301]",
        "#kerlint:ignore[ker301]",
        "# KERLINT: IGNORE [ Implicit-Pool-Strides ]",
        "# kerlint: ignore[mixed-padding, KER301] -- because the paper says so",
        "# type: ignore  # kerlint: ignore[KER301]",
        "# kerlint: ignore[KER301] because  # type: ignore",
        "# kerlint: ignore because [of] reasons",
        "# noqa",
        "# NOQA",
        "# noqa: KER301",
        "# noqa:E501,KER301",
        "# noqa: E501 ker301 -- long",
        "# type: ignore # noqa",
    ],
)
def test_a_directive_at_the_end_of_a_row_silences_the_finding(comment: str) -> None:
    assert run(f"pool = f(2)  {comment}\n", [finding(1)])[0] == []


@pytest.mark.parametrize(
    "comment",
    [
        "# kerlint: ignore[KER302]",
        "# kerlint: ignore[]",
        "# kerlint: ignore[KER30]",
        "# kerlint ignore",
        "# noqa: E501",
        "# noqa: because",
        "# noqa-me",
        "# flake8: noqa",
        "# kerlint: ignore KER301",
        "# kerlint: ignore: KER301",
        "# kerlint: ignore[KER301",
        "# kerlint: ingore[KER301]",
        "'# kerlint: ignore'",
        "f'# noqa{x}'",
    ],
)
def test_what_does_not_name_the_rule_silences_nothing(comment: str) -> None:
    assert run(f"pool = f(2), {comment}\n", [finding(1)])[0] == [1]


CALL = "pool = f(\n    2,\n    g(3),\n)\nother = 1\n"


@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_at_any_row_of_a_statement_the_whole_statement_is_covered(row: int) -> None:
    rows = CALL.split("\n")
    rows[row - 1] += "  # kerlint: ignore[KER301]"
    assert run("\n".join(rows), map(finding, (1, 2, 3, 4, 5)))[0] == [5]


def test_on_a_row_of_its_own_it_covers_the_next_statement() -> None:
    text = "a = 1\n# kerlint: ignore[KER301]\n\n# more words\n" + CALL
    assert run(text, map(finding, (1, 5, 6, 7, 8, 9)))[0] == [1, 9]


def test_on_a_row_of_its_own_inside_a_call_it_covers_that_call() -> None:
    assert run("a = f(\n  # kerlint: ignore[KER301]\n  1,\n)\nb = 1\n", map(finding, (1, 3, 5)))[0] == [5]


def test_of_a_definition_only_the_header_is_covered() -> None:
    text = "# kerlint: ignore[KER301]\n@d\n@e(\n  1)\ndef f(\n    a,\n):\n    return g(a)\n"
    assert run(text, map(finding, (2, 3, 4, 5, 6, 7, 8)))[0] == [8]
    assert run("class A(B):  # kerlint: ignore[KER301]\n    x = f()\n", map(finding, (1, 2)))[0] == [2]


def test_a_file_directive_covers_everything_from_anywhere() -> None:
    text = "a = 1\nb = 2  # kerlint: ignore-file[KER301] -- generated\n"
    assert run(text, [finding(1), finding(2), finding(1, "KER302")])[0] == [1]
    assert run("# kerlint: ignore-file\na = 1\n", [finding(2), finding(2, "KER302")])[0] == []


def test_a_text_that_is_not_python_keeps_its_suppressions() -> None:
    text = "a = f(2)  # kerlint: ignore[KER301]\nif a = 1 then (\ndef f():\n  b = '  # noqa\n  c = f(2)  # noqa\n"
    assert run(text, map(finding, (1, 4, 5)))[0] == [4]


def test_a_directive_does_not_reach_into_the_next_cell() -> None:
    text = "# kerlint: ignore[KER301]\na = f(2)\n"
    assert run(text, [finding(2)])[0] == []
    assert run(text, [finding(2)], cells=(1, 2))[0] == [2]


def test_no_scan_is_made_without_a_directive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerlint.suppress.read_layout", None)
    monkeypatch.setattr("kerlint.directives.read_layout", None)
    assert run("a = 1  # comment\n", [finding(1)])[0] == [1]
    assert directives("a = 1  # comment\n") == ()


def test_directives_are_told_with_their_region_and_codes() -> None:
    first, second = directives("a = 1  # noqa: E501, KER301  # kerlint: ignore-file[x] -- y\n")
    assert (first.region, first.codes, first.is_noqa) == (Region(1, 8, 1, 28), ("KER301",), True)
    assert (second.region, second.codes, second.scope) == (Region(1, 30, 1, 55), ("x",), Scope.FILE)


@pytest.mark.parametrize(
    "before, after",
    [
        ("a = 1  # kerlint: ignore[KER301]\n", "a = 1\n"),
        ("a = 1  # kerlint: ignore[KER301] -- why not\n", "a = 1\n"),
        ("a = 1  # kerlint: ignore\n", "a = 1\n"),
        ("a = 1  # kerlint: ignore[]\n", "a = 1\n"),
        ("a = 1  # noqa: KER301\n", "a = 1\n"),
        ("a = 1  # noqa: E501,KER301,W1\n", "a = 1  # noqa: E501,W1\n"),
        ("a = 1  # noqa: KER301 E501 -- long\n", "a = 1  # noqa: E501 -- long\n"),
        ("# kerlint: ignore[KER301]\na = 1\n", "a = 1\n"),
        ("a = 1\n  # kerlint: ignore[KER301]", "a = 1"),
        ("# kerlint: ignore[KER301]", ""),
        ("a = 1\r\n# kerlint: ignore-file[KER301]\r\nb\r\n", "a = 1\r\nb\r\n"),
        ("a = 1  # type: ignore # kerlint: ignore[KER301]\n", "a = 1  # type: ignore\n"),
        ("a = 1  # kerlint: ignore[KER301]  # type: ignore\n", "a = 1  # type: ignore\n"),
        ("# kerlint: ignore[KER301]  # type: ignore\n", "# type: ignore\n"),
        ("a = 1  # x # kerlint: ignore[KER301] y # z\n", "a = 1  # x # z\n"),
        ("a = f(\n  # kerlint: ignore[KER301]\n  1)\n", "a = f(\n  1)\n"),
    ],
)
def test_the_edit_takes_away_what_is_unused_and_no_more(before: str, after: str) -> None:
    _, unused = run(before, [])
    assert [item.reason for item in unused] == [Reason.UNUSED]
    assert cleaned(before, unused) == after


def test_one_unused_entry_leaves_its_list() -> None:
    text = "a = 1  # kerlint: ignore[KER302, implicit-pool-strides, KER101] -- why\n"
    kept, unused = run(text, [finding(1)])
    assert kept == []
    assert [item.codes for item in unused] == [("KER302", "KER101")]
    assert cleaned(text, unused) == "a = 1  # kerlint: ignore[implicit-pool-strides] -- why\n"


def test_rules_that_did_not_run_are_not_called_unused() -> None:
    text = "a = 1  # kerlint: ignore[KER301, KER302]\nb = 1  # kerlint: ignore\n"
    assert [item.codes for item in run(text, [], ["KER301"])[1]] == [("KER301",)]
    assert run(text, [], [])[1] == ()


def test_a_bare_directive_is_judged_without_rules_that_are_off_by_default() -> None:
    known = {
        **KNOWN,
        "KER900": made_up("KER900", "a", enabled=False),
        "KER901": made_up("KER901", "b", preview=True),
    }
    unused = apply("a = 1  # kerlint: ignore\n", (), tuple(NAMES), locate, known)[2]
    assert [item.text for item in unused] == ["# kerlint: ignore"]


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: E501", "# NOQA : F401"])
def test_other_tools_comments_are_never_called_unused(comment: str) -> None:
    assert run(f"a = 1  {comment}\n", [])[1] == ()


@pytest.mark.parametrize(
    "written, hint",
    [
        ("mixed-pading", "mixed-padding"),
        ("Optimizer_Reused", "optimizer-reused"),
        ("ker103", "KER101"),
        ("KER999", None),
        ("whatever", None),
    ],
)
def test_an_entry_that_names_no_rule_is_reported_with_the_nearest(written: str, hint: str | None) -> None:
    _, unused = run(f"a = 1  # kerlint: ignore[{written}]\n", [])
    expected = [(Reason.UNKNOWN, (written,), None)]
    assert [(item.reason, item.codes, item.edit) for item in unused] == expected
    assert unused[0].hint == hint or hint is None


@pytest.mark.parametrize(
    "comment, hint",
    [
        ("# kerlint: ingore[KER301]", "did you mean ignore?"),
        ("# kerlint: ignore-fil", "did you mean ignore-file?"),
        ("# kerlint: disable=KER301", "known are ignore and ignore-file"),
        ("# kerlint: ignore KER301", "write ignore[KER301]"),
        ("# kerlint: ignore[KER301", "write ignore[KER301]"),
    ],
)
def test_what_only_begins_like_a_directive_is_reported(comment: str, hint: str) -> None:
    _, unused = run(f"a = 1  {comment}\n", [])
    assert [(item.reason, item.hint, item.edit) for item in unused] == [(Reason.MALFORMED, hint, None)]


def test_every_directive_that_covers_a_finding_counts_as_used() -> None:
    text = "# kerlint: ignore-file[KER301]\na = 1  # kerlint: ignore[KER301]  # noqa\n"
    assert run(text, [finding(2)]) == ([], ())


def test_an_unused_directive_can_be_kept_by_naming_this_rule() -> None:
    text = "a = 1  # kerlint: ignore[KER301, unused-suppression]\n"
    assert run(text, [])[1] == ()
    assert run("# kerlint: ignore-file[KER002]\n" + text, [])[1] == ()
    used_up = run("a = 1  # kerlint: ignore[KER002]\n", [])[1]
    assert [item.codes for item in used_up] == [("KER002",)]


@pytest.mark.parametrize(
    "text, cells, after",
    [
        ("a = 1\n# kerlint: ignore\nb = 2\n", (1, 3), "a = 1\nb = 2\n"),
        ("# kerlint: ignore\nb = 2\n", (1, 2), "\nb = 2\n"),
        ("b = 2\n# kerlint: ignore\n", (1,), "b = 2\n"),
    ],
)
def test_a_deleted_row_never_reaches_into_another_cell(text: str, cells: Sequence[int], after: str) -> None:
    _, unused = run(text, [], cells=cells)
    edit = unused[0].edit
    assert edit is not None
    region = edit.location.region
    assert sum(region.start_row < row <= region.end_row for row in cells) == 0
    assert cleaned(text, unused) == after


def test_in_a_notebook_unused_comments_leave_their_own_cell_only() -> None:
    sources = [
        ["# kerlint: ignore[KER301]\n", "a = 1"],
        ["b = 1\n", "# kerlint: ignore"],
        ["%ls\n", "c = 1  # noqa: KER301"],
    ]
    book = {"nbformat": 4, "cells": [{"cell_type": "code", "source": source} for source in sources]}
    data = json.dumps(book, indent=1).encode()
    source = read(data, "m.ipynb")
    rows = [cell.start_row for cell in source.cells]
    unused = apply(source.text, (), tuple(NAMES), source.location, KNOWN, rows)[2]
    assert [item.location.cell for item in unused] == [1, 2, 3]
    after = apply_edits(data, "m.ipynb", [item.edit for item in unused if item.edit is not None])
    book["cells"] = [
        {"cell_type": "code", "source": lines} for lines in (["a = 1"], ["b = 1"], ["%ls\n", "c = 1"])
    ]
    assert after.decode() == json.dumps(book, indent=1)


def test_many_directives_and_findings_cost_little_each() -> None:
    text = "a = f(2)  # kerlint: ignore[KER301]\n" * 5000
    kept, unused = run(text, map(finding, range(1, 5001)))
    assert (kept, unused) == ([], ())
    assert len(run(text, [])[1]) == 5000


LINES = st.sampled_from(
    [
        "a = f(",
        ")",
        "b = 1",
        "",
        "# kerlint: ignore[KER301]",
        "c = 1  # noqa: KER302, E501",
        "'''",
        "@d",
        "def g():",
        "d = 1  # kerlint: ignore",
        "# kerlint: ignore-file[KER101] # x",
        "  e = 2 # y # kerlint: ignore[KER301,KER302] z",
        "# kerlint: ignore[KER002]",
    ]
)


@given(st.lists(LINES, max_size=12), st.lists(st.integers(1, 12), max_size=4))
def test_removing_what_is_unused_silences_the_same_and_leaves_nothing_unused(
    lines: list[str], rows: list[int]
) -> None:
    text = "\n".join(lines)
    findings = [finding(row) for row in rows if row <= len(lines)]
    _, silenced, unused = apply(text, findings, tuple(NAMES), locate, KNOWN)
    edits = [item.edit for item in unused if item.edit is not None]
    in_place = [edit for edit in edits if edit.location.region.start_row == edit.location.region.end_row]
    after = apply_edits(text.encode(), "m.py", in_place).decode()
    _, silenced_after, unused_after = apply(after, findings, tuple(NAMES), locate, KNOWN)
    assert len(silenced_after) == len(silenced)
    if "KER002" not in text:
        assert len(unused_after) == len(unused) - len(in_place)


def hits(unused: Iterable[UnusedDirective]) -> list[Hit]:
    return list(catalog()["KER002"].check(unused))


def test_the_rule_turns_each_into_a_hit_with_place_message_and_safe_fix() -> None:
    text = "a = 1  # kerlint: ignore[KER301] -- why\n"
    (hit,) = hits(run(text, [])[1])
    assert hit.message == "`KER301` silences nothing: no such finding at this statement"
    assert hit.place.location == locate(Region(1, 8, 1, 33))
    assert hit.fix is not None and hit.fix.safe
    edits: tuple[Edit, ...] = tuple(edit for change in hit.fix.edits for edit in change.edits())
    assert apply_edits(text.encode(), "m.py", edits) == b"a = 1\n"


@pytest.mark.parametrize(
    "comment, message",
    [
        ("ignore", "the comment silences nothing: no such finding at this statement"),
        (
            "ignore[mixed-pading]",
            "`mixed-pading` silences nothing: no such rule; did you mean mixed-padding?",
        ),
        ("ingore", "`# kerlint: ingore` silences nothing: not a suppression (did you mean ignore?)"),
        ("ignore[KER301,KER302]", "`KER301`, `KER302` silence nothing: no such finding at this statement"),
        ("ignore-file[KER301]", "`KER301` silences nothing: no such finding in this file"),
    ],
)
def test_messages_name_what_was_written(comment: str, message: str) -> None:
    assert [hit.message for hit in hits(run(f"a = 1  # kerlint: {comment}\n", [])[1])] == [message]
