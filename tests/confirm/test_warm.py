"""The warm process and its client, without TensorFlow: any module with a version does for the package."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kerlint.confirm.warm import Outcome, Warm
from kerlint.problems import Problem

GOOD = "answer = 6 * 7"


@pytest.fixture(autouse=True)
def runner_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Warm processes find the runner of the tests."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.fixture
def warm() -> Iterator[Warm]:
    with Warm("json", "exec_runner", jobs=2) as found:
        yield found


def _outcomes(warm: Warm, *texts: str, **more: Any) -> list[Outcome]:
    found = dict(warm.run([{"text": text, **more} for text in texts]))
    return [found[index] for index in range(len(texts))]


def _answers(warm: Warm, *texts: str, **more: Any) -> list[Any]:
    return [outcome.answer for outcome in _outcomes(warm, *texts, **more)]


def test_every_request_is_answered_in_its_own_process(warm: Warm) -> None:
    texts = [f"import os\nanswer = [os.getpid(), {number}]" for number in range(5)]
    found = [answer["answer"] for answer in _answers(warm, *texts)]
    assert [number for _, number in found] == [0, 1, 2, 3, 4]
    assert len({pid for pid, _ in found}) == 5


def test_progress_is_told_once_a_request(warm: Warm) -> None:
    done: list[int] = []
    assert len(list(warm.run([{"text": GOOD}] * 3, lambda: done.append(1)))) == len(done) == 3


def test_nothing_is_started_for_no_requests(warm: Warm) -> None:
    assert list(warm.run([])) == []
    assert warm.process is None


def test_a_long_request_and_a_long_answer_pass(warm: Warm) -> None:
    (outcome,) = _outcomes(warm, f"answer = 'x' * 900_000 #{'y' * 2_000_000}")
    assert outcome.answer == {"answer": "x" * 900_000}


def test_many_long_answers_at_once_do_not_block(warm: Warm) -> None:
    text = f"answer = 'x' * 300_000 #{'y' * 300_000}"
    assert all(outcome.failure is None for outcome in _outcomes(warm, *[text] * 6))


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("while True: pass", "not done after 0.5 s"),
        ("import os; os._exit(0)", "it gave no proper answer"),
        ("import os; os._exit(5)", "it ended with status 5"),
        ("raise SystemExit", "it ended with status 1"),
        ("import os; os.abort()", "it was ended by SIGABRT"),
        ("answer = {1, 2}", "it ended with status 1"),
        ("answer = 'x' * 2_000_000", "its answer is longer than 1048576 bytes"),
        ("import os; os.write(3, b'{\"answer\": 1}\\n')", "it gave no proper answer"),
        (
            "import os; os.write(3, b'0' * 32 + b' {\"answer\": 1}\\n'); os._exit(0)",
            "it gave no proper answer",
        ),
        ("import os; os.close(3)", "it ended with status 1"),
        ("import os; os.close(3)\nwhile True: pass", "not done after 0.5 s"),
        ("for number in range(30_000): open(str(number), 'w').close()", "it wrote more than"),
    ],
)
def test_a_request_without_a_proper_answer_fails_with_the_reason(warm: Warm, text: str, failure: str) -> None:
    (first,) = _outcomes(warm, text, seconds=0.5 if failure.startswith("not done") else 60)
    (second,) = _outcomes(warm, GOOD)
    assert first.answer is None
    assert (first.failure or "").startswith(failure)
    assert second.answer == {"answer": 42}


def test_memory_has_a_limit(warm: Warm) -> None:
    lump = "held = bytearray(1 << 40)"
    pieces = "import mmap\nheld = []\ntry:\n    while True: held.append(mmap.mmap(-1, 1 << 28))"
    first, second = _answers(warm, lump, f"{pieces}\nexcept OSError: answer = len(held)")
    assert first == {"error": "MemoryError: "}
    assert 2 <= second["answer"] <= 16


def test_an_overlong_file_is_refused(warm: Warm) -> None:
    text = "with open('big', 'wb') as file:\n    file.truncate(1 << 40)"
    (answer,) = _answers(warm, text)
    assert "File too large" in answer["error"]


def _killed_after_answers(times: int) -> list[str | None]:
    """The failures of eight requests, one after the other; the warm process is killed after its answers."""
    failures = []
    with Warm("json", "exec_runner", jobs=1) as warm:
        for _, outcome in warm.run([{"text": GOOD}] * 8):
            failures.append(outcome.failure)
            if outcome.failure is None and times:
                times -= 1
                assert warm.process is not None
                os.kill(warm.process.pid, signal.SIGKILL)
    return failures


def test_a_dead_warm_process_costs_one_outcome_and_is_started_anew() -> None:
    assert _killed_after_answers(1) == [None, "the warm process ended", *[None] * 6]


def test_a_warm_process_that_dies_twice_ends_the_run() -> None:
    died = "the warm process ended"
    assert _killed_after_answers(2) == [None, died, None, *[died] * 5]


def test_nothing_is_left_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Warm("json", "exec_runner", jobs=1) as warm:
        deep = "import os\nfor _ in range(3000): os.mkdir('d' * 9); os.chdir('d' * 9)\nos.mkdir('shut', 0)"
        assert _answers(warm, "open('left', 'w')", deep) == [{"answer": None}] * 2
        assert warm.process is not None
        pid = warm.process.pid
    assert os.listdir(tmp_path) == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_what_cannot_be_imported_is_a_problem_in_a_line() -> None:
    with Warm("json.no_such_module", "exec_runner") as warm, pytest.raises(Problem, match="no_such_module"):
        list(warm.run([{"text": GOOD}]))


def test_modules_of_the_project_are_read_and_nothing_beside_them(warm: Warm, tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("import deeper.inner\nVALUE = deeper.inner.VALUE\n")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "inner.py").write_text("VALUE = 5\n")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "__init__.py").write_text("from . import words\n")
    (tmp_path / "pack" / "words.py").write_text(
        "import pathlib\nTEXT = pathlib.Path(__file__).with_name('words.txt').read_text()\n"
    )
    (tmp_path / "pack" / "words.txt").write_text("read\n")
    (tmp_path / "secret.py").write_text("SECRET = 1\n")
    path, folders = str(tmp_path / "net.py"), [str(tmp_path)]
    texts = [
        "import helper, pack\nanswer = [helper.VALUE, pack.words.TEXT]",
        f"open({str(tmp_path / 'secret.py')!r})",
        "__import__('sec' + 'ret')",
    ]
    good, *bad = _answers(warm, *texts, path=path, folders=folders)
    assert good == {"answer": [5, "read\n"]}
    assert all("PermissionError" in answer["error"] for answer in bad)


def test_the_walls_are_told(warm: Warm) -> None:
    list(warm.run([{"text": GOOD}]))
    assert warm.ready is not None
    assert warm.ready.walls.startswith("files: Landlock")
