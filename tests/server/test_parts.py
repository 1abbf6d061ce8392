"""The server's parts without a protocol: positions, moved findings, the thread that lints."""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol import types

from kerlint.confirm.plan import plan
from kerlint.findings import Region, Verdict
from kerlint.model.facts import Program
from kerlint.problems import Problem
from kerlint.server import garbage
from kerlint.server.actions import rewritten
from kerlint.server.analysis import MOST_BYTES, Analysis, analyse
from kerlint.server.buffers import TextBuffer
from kerlint.server.configs import Configs
from kerlint.server.desk import Desk
from kerlint.server.keeping import moved_region, moved_rows
from kerlint.server.positions import Rows, Units, changed, offset_in
from kerlint.server.settings import ServerSettings, read_settings
from kerlint.server.verdicts import judged_of, rechecked, with_verdicts
from kerlint.server.worker import Worker
from kerlint.text.trees import forget_older_trees, forget_trees, parse

from .sessions import POOL

ENCODINGS = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text(st.sampled_from("ab \n\r\té😀\x0c\u2028"), max_size=30)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, start=st.integers(0, 30), length=st.integers(0, 10), new=TEXTS)
def test_a_change_at_a_position_is_the_change_at_its_offset(
    encoding: str, text: str, start: int, length: int, new: str
) -> None:
    units = Units(encoding)
    rows = Rows(text, units)
    first = min(start, len(text))
    last = min(first + length, len(text))
    edges = [edge for edge in (first, last) if text[edge - 1 : edge + 1] == "\r\n"]
    if edges:  # no position is between the two
        return
    place = types.Range(rows.at(first), rows.at(last))
    assert offset_in(text, place.start, units) == first
    assert (
        changed(text, [types.TextDocumentContentChangePartial(place, new)], units)
        == text[:first] + new + text[last:]
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_position_inside_a_character_is_taken_for_the_one_behind_it(encoding: str) -> None:
    units = Units(encoding)
    assert units.column("a😀b", 1) == 1
    assert units.column("a😀b", units.count("a😀")) == 2
    assert units.column("a😀b", 99) == 3
    assert units.column("a😀b", -5) == 0


@given(st.lists(st.sampled_from("abcd"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_rows_move_to_equal_rows_and_keep_their_order(old: list[str], new: list[str]) -> None:
    moves = moved_rows(old, new)
    assert all(old[here - 1] == new[there - 1] for here, there in moves.items())
    targets = [moves[row] for row in sorted(moves)]
    assert targets == sorted(set(targets))


def test_a_region_moves_as_a_whole_or_not_at_all() -> None:
    moves = moved_rows(["a", "b", "c", "d"], ["x", "a", "b", "new", "c", "d"])
    assert moved_region(Region(1, 1, 2, 2), moves) == Region(2, 1, 3, 2)
    assert moved_region(Region(2, 1, 3, 2), moves) is None
    assert moved_region(Region(9, 1, 9, 2), moves) is None


@example("\r\n", "\n")
@given(TEXTS, TEXTS)
def test_a_rewritten_text_is_the_new_one(old: str, new: str) -> None:
    units = Units("utf-16")
    snapshot = TextBuffer("file:///a.py", "/a.py", 1, old, units).snapshot()
    found = rewritten(snapshot, new.encode())
    assert set(found) <= set(snapshot.parts.values())
    text = old
    for edit in (edit for edits in found.values() for edit in edits):
        text = changed(text, [types.TextDocumentContentChangePartial(edit.range, edit.new_text)], units)
    assert text == new


@pytest.mark.parametrize("wrapped", [{"settings": {"kerlint": {"fixAll": False}}}, {"fixAll": False}])
def test_settings_are_found_however_they_are_wrapped(wrapped: object) -> None:
    assert read_settings(wrapped) == (ServerSettings(fix_all=False), [])


@pytest.mark.parametrize("given_settings", [5, "all", [1], {"lint": 3}])
def test_what_are_no_settings_is_told_and_defaults_hold(given_settings: object) -> None:
    settings, problems = read_settings(given_settings)
    assert settings == ServerSettings()
    assert len(problems) == 1


def test_a_wrong_entry_of_a_table_or_a_list_is_left_out_and_the_others_stay() -> None:
    given = {"severity": {"KER301": "loud", "KER302": "info"}, "ignore": [3, "KER201"], "fixAll": False}
    settings, problems = read_settings(given)
    assert settings == ServerSettings(severity={"KER302": "info"}, ignore=["KER201"], fix_all=False)
    assert problems == [
        "settings: ignore[0]: expected str, got int; it is left out",
        "settings: severity.KER301: unknown value 'loud' (one of info, warning, error); it is left out",
    ]


def test_a_list_with_nothing_right_in_it_is_as_if_it_had_not_been_set() -> None:
    assert read_settings({"select": [3]})[0] == read_settings({"select": None})[0] == ServerSettings()
    assert read_settings({"select": []})[0] == ServerSettings(select=[])


def test_a_setting_that_names_no_rule_costs_itself_only(tmp_path: Path) -> None:
    given = ServerSettings(severity={"pool-strides": "info", "KER302": "error"}, ignore=["KER999", "KER201"])
    configs = Configs(given, str(tmp_path))
    settings = configs.settings(str(tmp_path / "model.py"))
    assert settings is not None
    assert settings.severities == {"KER302": "error"}
    assert "KER201" not in settings.rules
    assert configs.take_notices() == [
        "settings: severity: unknown rule 'pool-strides' (did you mean implicit-pool-strides?); it is left out",
        "settings: ignore: unknown rule 'KER999' (did you mean KER905?); it is left out",
    ]


def test_rules_to_select_of_which_none_exists_leave_the_default_ones(tmp_path: Path) -> None:
    path = str(tmp_path / "model.py")
    assert Configs(ServerSettings(select=["KER999"]), str(tmp_path)).settings(path) == Configs(
        ServerSettings(), str(tmp_path)
    ).settings(path)


def test_a_broken_configuration_file_leaves_the_editors_settings(tmp_path: Path) -> None:
    (tmp_path / "kerlint.toml").write_text("nothing = 1\n")
    settings = Configs(ServerSettings(ignore=["KER201"]), str(tmp_path)).settings(str(tmp_path / "model.py"))
    assert settings is not None
    assert "KER201" not in settings.rules


def test_a_text_beyond_the_limit_is_told_in_one_line_and_not_even_split(tmp_path: Path) -> None:
    analysis = analysis_of(POOL + "x = 1\n" * (MOST_BYTES // 6), lambda: False)
    assert analysis.source is None
    assert analysis.problem is not None
    assert "more than the 1,000,000 that kerlint lints in the editor" in analysis.problem
    assert not analysis.findings


def test_a_text_that_nobody_waits_for_any_more_is_not_linted_to_its_end() -> None:
    assert [finding.code for finding in analysis_of(POOL, lambda: False).findings] == ["KER301"]
    assert analysis_of(POOL, lambda: True).source is None


def analysis_of(
    text: str, is_stopped: Callable[[], bool] = lambda: False, before: Analysis | None = None
) -> Analysis:
    """A text that is open as model.py, linted under the default settings."""
    snapshot = TextBuffer("file:///work/model.py", "/work/model.py", 1, text, Units("utf-16")).snapshot()
    settings = Configs(ServerSettings(), "/work").settings(snapshot.path)
    assert settings is not None
    return analyse(snapshot, settings, before, {}, is_stopped)


def judged(analysis: Analysis, status: str = "confirmed") -> Analysis:
    """The analysis with a verdict on each of its findings."""
    assert analysis.source is not None
    planned = plan(analysis.source, analysis.findings, program=analysis.program)
    verdicts = {number: Verdict(status, "seen") for number in range(len(analysis.findings))}
    return with_verdicts(analysis, judged_of(planned, analysis.findings, verdicts))


def statuses(analysis: Analysis) -> list[str | None]:
    """What is said of each finding."""
    return [None if finding.verdict is None else finding.verdict.status for finding in analysis.findings]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# above\n\n" + POOL, id="rows above"),
        pytest.param(POOL + "\ndef other():\n    return 3\n", id="a function that has nothing to do with it"),
        pytest.param(POOL.replace("keras\n\n", "keras\n\n\n# between\n\n"), id="a comment between"),
    ],
)
def test_a_verdict_goes_on_with_its_finding(text: str) -> None:
    after = analysis_of(text, before=judged(analysis_of(POOL)))
    assert statuses(after) == ["confirmed"]
    assert rechecked(after) is None
    assert statuses(analysis_of("\n" + text, before=after)) == ["confirmed"]


def test_a_verdict_outlives_a_text_that_is_no_python() -> None:
    broken = analysis_of(POOL + "x = (\n", before=judged(analysis_of(POOL)))
    assert statuses(broken) == [None, "confirmed"] or statuses(broken) == ["confirmed", None]
    assert statuses(analysis_of(POOL + "x = (1)\n", before=broken)) == ["confirmed"]


def test_a_verdict_goes_when_its_statement_or_what_that_leans_on_changes() -> None:
    text = POOL.replace("model =", "size = (28, 28, 1)\nmodel =").replace("((28, 28, 1))", "(size)")
    before = judged(analysis_of(text))
    assert statuses(analysis_of(text.replace("size = (28", "size = (14"), before=before)) == [None]
    assert statuses(analysis_of(text.replace("MaxPooling2D(3)", "MaxPooling2D(5)"), before=before)) == [None]


def test_a_verdict_goes_when_a_new_row_is_about_the_same() -> None:
    text = POOL.replace("model =", "size = (28, 28, 1)\n\nmodel =").replace("((28, 28, 1))", "(size)")
    after = analysis_of(text.replace("\n\nmodel", "\nsize = size\nmodel"), before=judged(analysis_of(text)))
    assert statuses(after) == ["confirmed"]
    held = rechecked(after)
    assert held is not None
    assert statuses(held) == [None]


def test_a_finding_that_is_refuted_stays_away_until_its_verdict_goes() -> None:
    text = POOL.replace("model =", "size = (28, 28, 1)\n\nmodel =").replace("((28, 28, 1))", "(size)")
    before = judged(analysis_of(text), "refuted")
    assert statuses(before) == []
    after = analysis_of(text.replace("\n\nmodel", "\nsize = size\nmodel"), before=before)
    assert statuses(after) == []
    held = rechecked(after)
    assert held is not None
    assert statuses(held) == [None]


def waits_for(event: threading.Event) -> Callable[[Callable[[], bool]], str]:
    """A job that tells whether it was stopped while it waited."""

    def work(is_stopped: Callable[[], bool]) -> str:
        event.wait(30)
        return "stopped" if is_stopped() else "done"

    return work


def test_of_jobs_under_one_key_the_newest_wins() -> None:
    worker, gate = Worker(), threading.Event()
    running = worker.submit("a", waits_for(gate))
    other = worker.submit("b", lambda _: "other")
    waiting = worker.submit("a", lambda _: "old")
    newest = worker.submit("a", lambda _: "new")
    gate.set()
    assert (other.result(30), newest.result(30)) == ("other", "new")
    with pytest.raises(CancelledError):
        waiting.result(30)
    assert running.cancelled() or running.result(30) == "stopped"


def test_a_job_that_fails_costs_itself_only() -> None:
    worker = Worker()
    with pytest.raises(Problem, match="internal error: ZeroDivisionError"):
        worker.submit("a", lambda _: 1 // 0).result(30)
    with pytest.raises(Problem, match="internal error: SystemExit"):
        worker.submit("a", lambda _: sys.exit()).result(30)
    assert worker.submit("a", lambda _: "next").result(30) == "next"


def test_of_the_programs_of_older_texts_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garbage, "rest", garbage.tidy)  # what is frozen cannot be counted
    assert asyncio.run(programs_after(12)) == 1


async def programs_after(changes: int) -> int:
    """How many evaluated programs are left after a text was changed and changed again."""
    desk = Desk(Configs(ServerSettings(), "/work"), lambda _, __: None, lambda _: None)
    buffer = TextBuffer("file:///work/a.py", "/work/a.py", 1, POOL, Units("utf-16"))
    opened = desk.add(buffer)
    for number in range(changes):
        text = f"{POOL}x = {number}\n"
        buffer.change(number, [types.TextDocumentContentChangeWholeDocument(text)])
        desk.changed(opened)
        await desk.current(opened)
    await desk.on_worker("last", lambda _: None)
    gc.collect()
    programs = [one for one in gc.get_objects() if isinstance(one, Program)]
    return sum(program.filename == buffer.path for program in programs)


def test_trees_that_nobody_asks_for_are_forgotten() -> None:
    forget_trees()
    old, used = parse("x = 1\n"), parse("y = 2\n")
    for _ in range(4):
        assert parse("y = 2\n") is used
        forget_older_trees(3)
    assert parse("y = 2\n") is used
    assert parse("x = 1\n") is not old
