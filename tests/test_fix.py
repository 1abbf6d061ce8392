"""Fixes change what they say and nothing else, whatever the file's encoding, newlines or JSON style."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerlint.editing.files import CannotEdit
from kerlint.findings import Applicability, Edit, Finding, Fix, Location, Region, Severity
from kerlint.fix import (
    OVERLAP,
    apply_edits,
    fix_file,
    fix_until_stable,
    parses,
    unified_diff,
    write_atomically,
)

NAME = "model.py"


def edit(region: tuple[int, int, int, int], content: str, filename: str = NAME) -> Edit:
    where = Region(*region)
    return Edit(Location(filename, where, where), content)


def finding(*edits: Edit, safe: bool = True, row: int | None = None) -> Finding:
    location = edits[0].location
    if row is not None:
        location = edit((row, 1, row, 2), "").location
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    fix = Fix("Change it", tuple(edits), applicability)
    return Finding("KER301", "implicit-pool-strides", Severity.INFO, "message", location, fix=fix)


def insertion(row: int, column: int, content: str) -> Finding:
    return finding(edit((row, column, row, column), content))


@pytest.mark.parametrize(
    "before, after",
    [
        (b"x = f(1)\n", b"x = f(1, 2)\n"),
        (b"x = f(1)", b"x = f(1, 2)"),
        (b"x = f(1)\r\ny = 2\n", b"x = f(1, 2)\r\ny = 2\n"),
        (b"\xef\xbb\xbfx = f(1)\n", b"\xef\xbb\xbfx = f(1, 2)\n"),
        (b"x = f(1)\r# old mac\n", b"x = f(1, 2)\r# old mac\n"),
        (b"x = f(1)\n\x0c\n\ty\n", b"x = f(1, 2)\n\x0c\n\ty\n"),
        ("x = f(1)  # 名前\n".encode(), "x = f(1, 2)  # 名前\n".encode()),
    ],
)
def test_bytes_outside_the_edit_stay_as_they_are(before: bytes, after: bytes) -> None:
    result = fix_file(before, NAME, [insertion(1, 8, ", 2")])
    assert (result.data, len(result.applied), result.rejected) == (after, 1, ())


def test_the_coding_comment_is_obeyed() -> None:
    data = b"# coding: latin-1\nx = '\xe9' + f(1)\n"
    assert fix_file(data, NAME, [insertion(2, 14, ", 2")]).data == data.replace(b"f(1)", b"f(1, 2)")


def test_columns_count_code_points() -> None:
    result = fix_file("名 = '🎉'; x = f(1)\n".encode(), NAME, [insertion(1, 17, ", 2")])
    assert result.data.decode() == "名 = '🎉'; x = f(1, 2)\n"


def test_new_lines_end_like_the_row_they_are_put_into() -> None:
    data = b"a = 1\nb = 2\r\nc = 3\n"
    assert fix_file(data, NAME, [insertion(2, 1, "# one\n# two\n")]).data == (
        b"a = 1\n# one\r\n# two\r\nb = 2\r\nc = 3\n"
    )


def test_text_that_the_encoding_lacks_is_not_written() -> None:
    data = b"# coding: ascii\nx = 1\n"
    result = fix_file(data, NAME, [insertion(2, 6, "  # é")])
    assert result.data is data
    assert result.rejected[0][1] == "the new text does not exist in ascii"


def test_bytes_that_cannot_be_decoded_are_left_alone() -> None:
    data = b"x = '\xff'\n"
    result = fix_file(data, NAME, [insertion(1, 1, "y")])
    assert result.data is data
    assert "cannot be decoded" in result.rejected[0][1]


@pytest.mark.parametrize("region", [(9, 1, 9, 1), (1, 9, 1, 9), (2, 1, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1)])
def test_an_edit_outside_the_file_is_rejected(region: tuple[int, int, int, int]) -> None:
    result = fix_file(b"x = 1\n", NAME, [finding(edit(region, "y"), row=1)])
    assert (result.data, len(result.rejected)) == (b"x = 1\n", 1)


def test_an_edit_of_another_file_is_rejected() -> None:
    result = fix_file(b"x = 1\n", NAME, [finding(edit((1, 1, 1, 2), "y", "other.py"))])
    assert result.rejected[0][1] == "it edits another file, other.py"


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    unsafe = finding(edit((1, 1, 1, 2), "y"), safe=False)
    assert fix_file(b"x = 1\n", NAME, [unsafe]).data == b"x = 1\n"
    assert fix_file(b"x = 1\n", NAME, [unsafe], unsafe=True).data == b"y = 1\n"


def test_of_two_that_overlap_the_first_wins_and_the_fix_is_applied_whole_or_not() -> None:
    first = finding(edit((1, 1, 1, 4), "A"))
    second = finding(edit((1, 3, 1, 6), "B"), edit((1, 9, 1, 10), "C"))
    result = fix_file(b"abcdef ghi\n", NAME, [second, first])
    assert result.data == b"Adef ghi\n"
    assert result.rejected == ((second, OVERLAP),)


def test_edits_that_touch_end_to_start_are_both_applied() -> None:
    changes = [finding(edit((1, 1, 1, 3), "X")), insertion(1, 3, "-"), finding(edit((1, 4, 1, 5), "Y"))]
    assert fix_file(b"abcd\n", NAME, changes).data == b"X-cY\n"


def test_insertions_at_one_place_wait_for_each_other_unless_they_are_one_fix_or_equal() -> None:
    assert fix_file(b"f()\n", NAME, [insertion(1, 3, "a"), insertion(1, 3, "b")]).data == b"f(a)\n"
    assert fix_file(b"f()\n", NAME, [insertion(1, 3, "a"), insertion(1, 3, "a")]).data == b"f(a)\n"
    both = finding(edit((1, 3, 1, 3), "a"), edit((1, 3, 1, 3), ", b"))
    assert fix_file(b"f()\n", NAME, [both]).data == b"f(a, b)\n"


def test_a_fix_that_overlaps_itself_is_rejected() -> None:
    twice = finding(edit((1, 1, 1, 3), "a"), edit((1, 1, 1, 3), "b"))
    assert fix_file(b"abcd\n", NAME, [twice]).rejected[0][1] == "its own edits overlap"


def test_a_fix_that_breaks_the_syntax_is_rejected_and_the_others_are_applied() -> None:
    bad, good = insertion(1, 5, "("), insertion(2, 6, "0")
    result = fix_file(b"x = 1\ny = 2\n", NAME, [bad, good])
    assert result.data == b"x = 1\ny = 20\n"
    assert result.rejected == ((bad, "the text would no longer parse"),)


def test_a_bad_fix_does_not_hold_back_a_good_one_that_it_overlaps() -> None:
    bad, good = finding(edit((1, 1, 1, 6), "(")), finding(edit((1, 5, 1, 6), "2"))
    result = fix_file(b"x = 1\n", NAME, [bad, good])
    assert (result.data, result.applied) == (b"x = 2\n", (good,))


def test_many_fixes_and_a_few_bad_ones_cost_little_each() -> None:
    data = b"x = f(1)\n" * 600
    changes = [insertion(row, 8, "(" if row % 200 == 7 else ", 2") for row in range(1, 601)]
    result = fix_file(data, NAME, changes)
    assert (len(result.applied), len(result.rejected)) == (597, 3)
    assert result.data.count(b"f(1, 2)") == 597


def test_a_file_that_never_parsed_can_still_be_fixed() -> None:
    result = fix_file(b"print(`a`)\nx = (\n", NAME, [finding(edit((1, 7, 1, 10), "'a'"))])
    assert result.data == b"print('a')\nx = (\n"


def lint_missing_twos(data: bytes) -> tuple[Finding, ...]:
    rows = data.decode().split("\n")
    calls = [(row, match) for row, text in enumerate(rows, 1) for match in re.finditer(r"f\(1\)", text)]
    return tuple(insertion(row, match.end(), ", 2") for row, match in calls)


def test_rounds_go_on_until_nothing_changes() -> None:
    outcome = fix_until_stable(b"x = f(1) + f(1)\n", NAME, lint_missing_twos)
    assert outcome.data == b"x = f(1, 2) + f(1, 2)\n"
    assert (len(outcome.applied), outcome.converged) == (2, True)


def test_overlapping_fixes_are_applied_in_later_rounds() -> None:
    def lint(data: bytes) -> tuple[Finding, ...]:
        return tuple(finding(edit((1, c, 1, c + 2), "b")) for c in range(1, data.count(b"a")))

    assert fix_until_stable(b"aaaa\n", NAME, lint).data == b"bb\n"


def test_fixes_that_undo_each_other_leave_the_file_alone() -> None:
    def lint(data: bytes) -> tuple[Finding, ...]:
        return (finding(edit((1, 1, 1, 2), "y" if data.startswith(b"x") else "x")),)

    outcome = fix_until_stable(b"x = 1\n", NAME, lint)
    assert (outcome.data, outcome.applied, outcome.converged) == (b"x = 1\n", (), False)


def test_fixes_that_never_end_leave_the_file_alone() -> None:
    outcome = fix_until_stable(b"x = 1\n", NAME, lambda data: (insertion(1, 6, "0"),), max_rounds=3)
    assert (outcome.data, outcome.converged) == (b"x = 1\n", False)


def test_a_fix_that_cannot_be_applied_is_reported_once() -> None:
    outcome = fix_until_stable(b"x = 1\n", NAME, lambda data: (insertion(1, 5, "("),))
    assert (outcome.converged, len(outcome.rejected)) == (True, 1)


def test_edits_of_one_request_must_not_overlap() -> None:
    with pytest.raises(CannotEdit, match="overlap"):
        apply_edits(b"abc\n", NAME, [edit((1, 1, 1, 3), "x"), edit((1, 2, 1, 4), "y")])
    assert apply_edits(b"abc\n", NAME, [edit((1, 1, 1, 2), "x"), edit((1, 3, 1, 4), "y")]) == b"xby\n"


@st.composite
def texts_with_cuts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(alphabet="ab é名🎉\n\r\t", max_size=40))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    cuts = list(zip(bounds[::2], bounds[1::2], strict=False))
    return text, [(start, end, draw(st.text(alphabet="xyz ", max_size=3))) for start, end in cuts]


@given(texts_with_cuts(), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_edits_equal_slicing_the_text(
    case: tuple[str, list[tuple[int, int, str]]], encoding: str
) -> None:
    text, cuts = case
    expected = text
    for start, end, content in reversed(cuts):
        expected = expected[:start] + content + expected[end:]
    edits = [edit((*_position(text, start), *_position(text, end)), new) for start, end, new in cuts]
    inside_newline = any(text[at - 1 : at + 1] == "\r\n" for cut in cuts for at in cut[:2])
    if not inside_newline:
        assert apply_edits(text.encode(encoding), NAME, edits) == expected.encode(encoding)


def _position(text: str, offset: int) -> tuple[int, int]:
    rows = re.split(r"\r\n|\r|\n", text[:offset])
    return len(rows), len(rows[-1]) + 1


@pytest.mark.parametrize(
    "text, expected",
    [
        ("x = 1\n", True),
        ("x = (\n", False),
        ("%matplotlib inline\nx = 1\n", True),
        ("if a:\n    !ls\n", True),
        ("await f()\n", True),
        ("x = '\\d'\n", True),
        ("a\0b", False),
        ("(" * 5000 + ")" * 5000, False),
    ],
)
def test_parses_knows_python_and_notebook_cells(text: str, expected: bool) -> None:
    assert parses(text) is expected


def test_the_diff_can_be_applied_by_patch(tmp_path: Path) -> None:
    old, new = b"a\r\nb\nc", b"a\r\nB\nc2"
    (tmp_path / "m.py").write_bytes(old)
    diff = unified_diff(old, new, "m.py")
    assert diff.count("\\ No newline at end of file") == 2
    command = ["git", "apply", "-p0", "-"]
    subprocess.run(command, cwd=tmp_path, input=diff.encode(), check=True)
    assert (tmp_path / "m.py").read_bytes() == new
    assert unified_diff(old, old, "m.py") == ""


def test_writing_keeps_the_mode_and_follows_links(tmp_path: Path) -> None:
    target, link = tmp_path / "real.py", tmp_path / "link.py"
    target.write_bytes(b"old")
    target.chmod(0o754)
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o754
    assert sorted(os.listdir(tmp_path)) == ["link.py", "real.py"]


def test_writing_a_new_file_gives_it_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    write_atomically(tmp_path / "new.json", b"{}")
    assert (tmp_path / "new.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "m.py"
    target.write_bytes(b"old")

    def fail(source: str, destination: str) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(target, b"new")
    assert (target.read_bytes(), os.listdir(tmp_path)) == (b"old", ["m.py"])


def test_a_file_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "m.py"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
