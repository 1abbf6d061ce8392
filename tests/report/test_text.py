"""The format for people: what it shows, and that nothing in a source can disturb the terminal."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.findings import Applicability, Edit, Finding, Fix, Location, Region, Severity
from kerlint.report import render
from kerlint.report.excerpt import Canvas, excerpt, window
from kerlint.report.printable import one_line, painter, text_width
from kerlint.report.run import Run

Snapshot = Callable[[str, str], None]
MakeRun = Callable[..., Run]

CANVAS = Canvas(2, 60, painter(False))
LINE = "x = Conv2D(64, 3)(x)"


def draw(lines: list[str], region: Region, *, context: int = 0, canvas: Canvas = CANVAS) -> list[str]:
    return excerpt(lines, region, canvas, sign="^", style="error", context=context)


def finding(region: Region, fix: Fix | None = None, filename: str = "a.py") -> Finding:
    location = Location(filename, region, region)
    return Finding("KER201", "conv-no-activation", Severity.WARNING, "linear", location, fix=fix)


def test_the_whole_text_output_is_as_accepted(full_run: Run, snapshot: Snapshot) -> None:
    snapshot("text.txt", render("text", full_run))


def test_the_whole_coloured_output_is_as_accepted(make_run: MakeRun, snapshot: Snapshot) -> None:
    snapshot("text-colour.txt", render("text", make_run(colour=True)))


def test_the_whole_concise_output_is_as_accepted(sample_run: Run, snapshot: Snapshot) -> None:
    snapshot("concise.txt", render("concise", sample_run))


def test_colours_change_nothing_but_colours(make_run: MakeRun) -> None:
    coloured = render("text", make_run(colour=True))
    assert coloured != render("text", make_run())
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render("text", make_run())


@pytest.mark.parametrize("name", ["text", "concise"])
def test_control_characters_never_reach_the_terminal(name: str, hostile_run: Run) -> None:
    output = render(name, hostile_run)
    assert all(character == "\n" or ord(character) >= 0x20 for character in output)
    assert "\u202e" not in output
    assert output.encode()
    assert output.count("KER301") == 1


def test_no_source_still_gives_the_finding_and_its_notes(make_run: MakeRun) -> None:
    output = render("text", make_run(lines=lambda filename, cell: None))
    assert "src/gan.py:8:1: error KER101" in output
    assert "= note: made here (src/gan.py:3:7)" in output
    assert " | " not in output


def test_a_clean_run_says_so(empty_run: Run) -> None:
    assert render("text", empty_run) == "All good: 7 files checked\n"
    assert render("concise", empty_run) == "All good: 7 files checked\n"


@pytest.mark.parametrize(
    ("changes", "last_line"),
    [
        ({"findings": (), "checked": 1}, "All good: 1 file checked"),
        ({"findings": (), "checked": 0}, "No files to check"),
        ({"findings": (), "fixed": 2}, "Fixed 2 findings. All good: 7 files checked"),
        (
            {"findings": (), "problems": (("a.py", "unreadable"),)},
            "No findings in 7 files; 1 problem, exit status 2",
        ),
        ({"findings": (finding(Region(1, 1, 1, 2)),), "checked": 1}, "Found 1 warning in 1 file"),
        (
            {"findings": (finding(Region(1, 1, 1, 2), Fix("t", (), Applicability.UNSAFE)),) * 2},
            "Found 2 warnings in 1 of 7 files (2 fixable with --unsafe-fixes)",
        ),
    ],
)
def test_the_last_line_counts(changes: dict[str, object], last_line: str, make_run: MakeRun) -> None:
    assert render("concise", make_run(**changes)).splitlines()[-1] == last_line


def test_files_outside_the_working_folder_keep_their_absolute_path(make_run: MakeRun) -> None:
    run = make_run(findings=(finding(Region(1, 1, 1, 2), filename="/work/project2/a.py"),))
    assert render("concise", run).startswith("/work/project2/a.py:1:1: ")


def test_standard_input_keeps_its_name(make_run: MakeRun) -> None:
    run = make_run(findings=(finding(Region(1, 1, 1, 2), filename="-"),))
    assert render("concise", run).startswith("-:1:1: ")


def test_marks_stand_under_the_exact_region() -> None:
    assert draw([LINE], Region(1, 5, 1, 18)) == [
        " 1 | x = Conv2D(64, 3)(x)",
        "   |     ^^^^^^^^^^^^^",
    ]


def test_an_empty_region_gets_one_mark() -> None:
    assert draw([LINE], Region(1, 5, 1, 5))[1] == "   |     ^"


def test_a_region_past_the_end_of_its_line_is_marked_at_the_end() -> None:
    assert draw(["ab"], Region(1, 9, 1, 12)) == [" 1 | ab", "   |   ^"]


def test_a_region_past_the_end_of_the_file_draws_nothing() -> None:
    assert draw(["ab"], Region(2, 1, 2, 2)) == []
    assert draw([], Region(1, 1, 1, 1)) == []


def test_a_region_that_ends_at_the_start_of_a_row_stops_before_it() -> None:
    assert draw(["ab", "cd"], Region(1, 1, 2, 1)) == [" 1 | ab", "   | ^^"]


def test_neighbours_without_text_are_left_out() -> None:
    assert draw(["", LINE, "y"], Region(2, 1, 2, 2), context=1) == [
        " 2 | x = Conv2D(64, 3)(x)",
        "   | ^",
        " 3 | y",
    ]


def test_a_region_of_several_rows_is_marked_at_both_ends() -> None:
    lines = ["x = f(", "    1,", ")(x)"]
    assert draw(lines, Region(1, 5, 3, 2)) == [
        " 1 > x = f(",
        "   |     ^^",
        " 2 >     1,",
        " 3 > )(x)",
        "   | ^",
    ]


def test_the_middle_of_a_long_region_is_left_out() -> None:
    lines = ["f(", *(f"    {number}," for number in range(40)), ")"]
    drawn = draw(lines, Region(1, 1, 42, 2))
    assert len(drawn) == 8
    assert drawn[5] == "   > ..."
    assert drawn[6] == "42 > )"


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("\tx", 1),
        ("ab\tx", 3),
        ("画像x", 2),
        ("e\N{COMBINING ACUTE ACCENT}x", 2),
        ("\x1bx", 1),
        ("\x85x", 1),
        ("\N{GRINNING FACE}x", 1),
    ],
    ids=["tab", "tab stop", "wide", "combining", "escape", "C1 control", "emoji"],
)
def test_the_mark_stands_under_the_character_on_a_terminal(line: str, start: int) -> None:
    source, marks = draw([line], Region(1, start + 1, 1, start + 2))
    assert text_width(source[: source.index("x")]) == marks.index("^")
    assert marks.count("^") == 1


@pytest.mark.parametrize("before", [0, 10, 50, 100, 1_000])
@pytest.mark.parametrize("after", [0, 10, 50, 1_000])
def test_a_long_line_is_cut_around_its_region(before: int, after: int) -> None:
    line = "a" * before + "TARGET" + "b" * after
    source, marks = draw([line], Region(1, before + 1, 1, before + 7))
    assert text_width(source) <= CANVAS.columns
    assert source.index("TARGET") == marks.index("^^^^^^")
    assert source.startswith(" 1 | ...") == ("TARGET" in source and "a" * before not in source)
    assert source.endswith("...") == ("b" * after not in source)


def test_a_region_wider_than_the_terminal_is_marked_as_far_as_it_is_shown() -> None:
    source, marks = draw(["a" * 1_000], Region(1, 1, 1, 1_001))
    assert len(source) <= CANVAS.columns
    assert marks.count("^") == source.count("a")


def test_a_line_of_a_million_characters_is_not_walked() -> None:
    shown = window("\N{CJK UNIFIED IDEOGRAPH-4E00}" * 1_000_000, 500_000, 500_001, 80)
    assert text_width(shown.text) <= 80
    assert len(shown.offsets) <= 161


@given(
    line=st.text(max_size=300).filter(lambda text: not set(text) & set("\n\r")),
    start=st.integers(0, 320),
    length=st.integers(0, 320),
    columns=st.integers(20, 120),
)
def test_any_region_of_any_line_fits_and_is_printable(
    line: str, start: int, length: int, columns: int
) -> None:
    canvas = Canvas(2, columns + 5, painter(False))
    drawn = draw([line], Region(1, start + 1, 1, start + length + 1), canvas=canvas)
    for row in drawn:
        assert text_width(row) <= columns + 6
        assert one_line(row) == re.sub(" +", " ", re.sub(r"[\t\v\f]", " ", row))


def edit(start: int, end: int, content: str, row: int = 1) -> Edit:
    region = Region(row, start, row, end)
    return Edit(Location("a.py", region, region), content)


def helped(make_run: MakeRun, *edits: Edit) -> list[str]:
    fix = Fix("repair it", edits, Applicability.SAFE)
    run = make_run(findings=(finding(Region(1, 5, 1, 18), fix),), lines=lambda filename, cell: [LINE, "y"])
    output = render("text", run).split("\n\n")[0].splitlines()
    return output[output.index("   = help: repair it (apply with --fix)") + 1 :]


def test_the_fix_is_shown_as_the_line_would_be(make_run: MakeRun) -> None:
    assert helped(make_run, edit(17, 17, ', "relu"')) == [
        ' 1 + x = Conv2D(64, 3, "relu")(x)',
        "   |                 ++++++++",
    ]


def test_edits_of_one_line_are_shown_together_in_order(make_run: MakeRun) -> None:
    assert helped(make_run, edit(18, 18, "!"), edit(5, 11, "Dense"), edit(14, 17, "")) == [
        " 1 + x = Dense(64)!(x)",
        "   |     +++++    +",
    ]


def test_a_deletion_is_shown_without_marks(make_run: MakeRun) -> None:
    assert helped(make_run, edit(14, 17, "")) == [" 1 + x = Conv2D(64)(x)"]


def test_an_edit_over_several_lines_is_only_titled(make_run: MakeRun) -> None:
    assert helped(make_run, edit(1, 1, "import this\n")) == []
    assert helped(make_run, edit(9, 9, "z", row=9)) == []


def test_long_call_chains_stay_readable(make_run: MakeRun, sample_run: Run) -> None:
    related = sample_run.findings[2].related[:1] * 30
    gan = sample_run.findings[2]
    chained = Finding(gan.code, gan.name, gan.severity, gan.message, gan.location, related=related)
    output = render("text", make_run(findings=(chained,)))
    assert output.count("= note: first compiled here") == 30
    assert output.count("-------------") == 5
