"""Files on workers: nothing a file does reaches another file."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import repeat
from multiprocessing import get_context

import pytest

from kerlint.findings import Report
from kerlint.guard import Task, guarded, lint_here
from kerlint.pool import chunked, lint_in_pool, local_executor, start_worker
from kerlint.settings import LintSettings

SETTINGS = LintSettings(rules=())


def obey(data: bytes, filename: str, settings: LintSettings) -> Report:
    """A lint that does what the file says."""
    match data:
        case b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"exit":
            os._exit(3)
        case b"raise":
            raise ValueError("two\nlines")
        case b"quit":
            raise SystemExit(1)
        case b"deep":
            obey(data, filename, settings)
        case b"spin":
            while True:
                pass
        case b"stuck":
            sum(repeat(1, 10**12))
    return Report(filename)


def tasks(*sources: bytes) -> list[Task]:
    return [Task(source, f"f{number}.py", SETTINGS) for number, source in enumerate(sources)]


def forked(workers: int) -> Executor:
    """A forked pool whatever threads the test runner has: the workers find this module in memory."""
    return ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=start_worker)


def by_name(reports: Iterable[Report]) -> dict[str, str | None]:
    found = [(report.filename, report.problem) for report in reports]
    assert len(found) == len(dict(found)), "one report a file"
    return dict(found)


def test_every_file_gets_one_report() -> None:
    given = tasks(*[b"x"] * 100)
    assert by_name(lint_in_pool(iter(given), obey, 2, forked)) == {task.filename: None for task in given}


def test_no_files_need_no_worker() -> None:
    assert list(lint_in_pool([], obey, 2, forked)) == []


@pytest.mark.parametrize("end", [b"die", b"exit"])
def test_a_dead_worker_costs_only_the_file_it_was_on(end: bytes) -> None:
    given = tasks(*[b"x"] * 30, end, *[b"x"] * 30, end, b"x")
    found = by_name(lint_in_pool(iter(given), obey, 2, forked))
    assert len(found) == len(given)
    assert {name for name, problem in found.items() if problem} == {"f30.py", "f61.py"}
    assert "died" in str(found["f30.py"])


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"raise", "internal error: ValueError: two lines"),
        (b"quit", "internal error: SystemExit: 1"),
        (b"deep", "internal error: RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_an_exception_is_one_line_about_the_file(source: bytes, problem: str) -> None:
    (report,) = lint_here(tasks(source), obey)
    assert report.problem is not None
    assert report.problem.startswith(problem)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    found = by_name(lint_in_pool(tasks(b"x", b"spin", b"x"), obey, 2, forked, limit=0.2))
    assert found == {"f0.py": None, "f1.py": "gave up after 0.2 s", "f2.py": None}


def test_code_that_no_exception_reaches_is_ended_with_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kerlint.guard._GRACE", 0.1)
    found = by_name(lint_in_pool(tasks(b"x", b"stuck", b"x"), obey, 2, forked, limit=0.2))
    assert [name for name, problem in found.items() if problem] == ["f1.py"]


def test_an_interrupt_is_not_swallowed() -> None:
    def interrupt(data: bytes, filename: str, settings: LintSettings) -> Report:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(tasks(b"x")[0], interrupt, 1.0)


def test_any_executor_serves() -> None:
    given = tasks(b"x", b"raise", b"x")
    found = by_name(lint_in_pool(given, obey, 2, ThreadPoolExecutor))
    assert [name for name, problem in found.items() if problem] == ["f1.py"]


def test_the_local_executor_runs_what_can_be_imported() -> None:
    with local_executor(1) as executor:
        assert executor.submit(len, "abc").result(timeout=60) == 3


def test_leaving_early_ends_the_workers() -> None:
    reports = lint_in_pool(tasks(*[b"spin"] * 3, b"x"), obey, 2, forked, limit=0.3)
    next(iter(reports))
    assert hasattr(reports, "close")
    reports.close()


def test_chunks_are_bounded_by_files_and_bytes() -> None:
    given = tasks(b"1", b"22", b"333", b"4", b"5")
    assert [len(chunk) for chunk in chunked(given, files=2)] == [2, 2, 1]
    assert [len(chunk) for chunk in chunked(given, files=9, size=3)] == [2, 1, 2]
    assert list(chunked([], files=2)) == []
