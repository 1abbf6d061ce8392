"""`kerlint --confirm` as its user sees it; what children answer is given by the test, without TensorFlow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pytest

from kerlint.confirm import environment, run, settle
from kerlint.confirm.plan import Plan, plan
from kerlint.confirm.warm import Outcome
from kerlint.confirm.warm_process import Ready
from kerlint.source import Source

from .helpers import kerlint

CONV = """\
import keras
from keras import layers

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Conv2D(8, 3),
        layers.Conv2D(8, 3, activation="relu"),
    ]
)
"""
"""KER201 at row 7, whose probe measures."""
SMALL = """\
import keras

model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(8, 7)])
"""
"""KER303 at row 3, whose probe waits for an exception."""
SELECT = ("--select", "KER201,KER303,KER004")


class FakeWarm:
    """Answers as `answer` says, without a process; `asked` are the requests of all of them."""

    answer: Callable[[Mapping[str, Any]], Outcome]
    asked: list[Mapping[str, Any]]

    def __init__(self, package: str, **options: Any) -> None:
        self.ready = Ready("files: none", "3.0", 1.0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def run(
        self, requests: Sequence[Mapping[str, Any]], advance: Callable[[], None]
    ) -> Iterator[tuple[int, Outcome]]:
        for index, request in enumerate(requests):
            self.asked.append(request)
            advance()
            yield index, type(self).answer(request)


def _says(status: object, evidence: object = "seen") -> Callable[[Mapping[str, Any]], Outcome]:
    def answer(request: Mapping[str, Any]) -> Outcome:
        said = {one["id"]: {"status": status, "evidence": evidence} for one in request["findings"]}
        return Outcome({"verdicts": said}, None, 0.1)

    return answer


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one file, and children that confirm all."""
    (tmp_path / "kerlint.toml").write_text("jobs = 1\n")
    (tmp_path / "net.py").write_text(CONV)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KERLINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(environment, "find_spec", lambda name: name)
    monkeypatch.setattr(settle, "Warm", FakeWarm)
    monkeypatch.setattr(FakeWarm, "asked", [], raising=False)
    _answer(monkeypatch, _says("confirmed"))
    return tmp_path


def _answer(monkeypatch: pytest.MonkeyPatch, answer: Callable[[Mapping[str, Any]], Outcome]) -> None:
    monkeypatch.setattr(FakeWarm, "answer", staticmethod(answer), raising=False)


def test_text_shows_the_verdict_under_its_finding_and_counts() -> None:
    done = kerlint("net.py", "--confirm", *SELECT)
    assert done.status == 1
    assert "   = verdict: confirmed: seen\n" in done.out
    assert done.err == "kerlint: verdicts: 1 confirmed\n"


def test_every_format_that_can_carries_the_verdict() -> None:
    formats = ("json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "concise")
    said = {name: kerlint("net.py", "--confirm", "--output-format", name, *SELECT).out for name in formats}
    assert [name for name, text in said.items() if "confirmed" not in text] == []
    assert json.loads(said["json"])[0]["verdict"] == {"status": "confirmed", "evidence": "seen"}
    (result,) = json.loads(said["sarif"])["runs"][0]["results"]
    assert result["properties"]["verdict"] == {"status": "confirmed", "evidence": "seen"}


def test_without_the_option_nothing_is_asked_and_no_verdict_is_given() -> None:
    done = kerlint("net.py", "--output-format", "json", *SELECT)
    assert json.loads(done.out)[0]["verdict"] is None
    assert FakeWarm.asked == []


def test_a_refuted_claim_of_an_exception_is_dropped_and_counted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "net.py").write_text(SMALL)
    _answer(monkeypatch, _says("refuted", "Conv2D was built"))
    done = kerlint("net.py", "--confirm", *SELECT)
    assert (done.status, done.out) == (0, "All good: 1 file checked\n")
    assert done.err == "kerlint: verdicts: 1 refuted (1 not shown)\n"
    told = kerlint("net.py", "--confirm", "--verbose", *SELECT).err
    assert "kerlint: not shown: net.py:3:51: KER303 " in told
    assert ": refuted: Conv2D was built\n" in told


def test_a_refuted_finding_of_silent_training_is_kept_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, _says("refuted"))
    done = kerlint("net.py", "--confirm", *SELECT)
    assert done.status == 1
    assert "= verdict: refuted: seen" in done.out


@pytest.mark.parametrize(("status", "code"), [("confirmed", 1), ("refuted", 0), ("inconclusive", 0)])
def test_only_what_is_confirmed_is_shown_and_fails_the_run(
    monkeypatch: pytest.MonkeyPatch, status: str, code: int
) -> None:
    _answer(monkeypatch, _says(status))
    done = kerlint("net.py", "--only-confirmed", *SELECT)
    assert (done.status, "KER201" in done.out) == (code, bool(code))


def test_a_child_without_an_answer_makes_its_findings_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, lambda request: Outcome(None, "not done after 60 s", 60.0))
    assert "= verdict: inconclusive: no answer: not done after 60 s" in kerlint("--confirm", *SELECT).out


@pytest.mark.parametrize(
    "answer",
    [{}, {"verdicts": []}, {"verdicts": {"7": {"status": "confirmed", "evidence": ""}}}],
    ids=["nothing", "no object", "another finding"],
)
def test_an_answer_beside_the_question_is_inconclusive(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]
) -> None:
    _answer(monkeypatch, lambda request: Outcome(answer, None, 0.1))
    assert "inconclusive: the child said nothing of it" in kerlint("--confirm", *SELECT).out


@pytest.mark.parametrize(("status", "evidence"), [("fine", "words"), (3, "words"), ("confirmed", ["words"])])
def test_a_verdict_of_another_form_is_inconclusive(
    monkeypatch: pytest.MonkeyPatch, status: object, evidence: object
) -> None:
    _answer(monkeypatch, _says(status, evidence))
    assert "inconclusive: the child said nothing of it" in kerlint("--confirm", *SELECT).out


def test_evidence_of_a_stranger_is_one_short_line_without_control_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _answer(monkeypatch, _says("confirmed", "red \x1b[31m\nline " + "x" * 5000))
    done = kerlint("--confirm", *SELECT)
    (line,) = [line for line in done.out.splitlines() if "verdict" in line]
    assert "\x1b" not in line
    assert len(line) < 500


def test_a_defect_in_planning_costs_its_file_and_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(source: Source, *given: Any, **more: Any) -> Plan:
        if source.filename.endswith("bad.py"):
            raise KeyError("this\nand that")
        return plan(source, *given, **more)

    monkeypatch.setattr(run, "plan", crash)
    (folder / "bad.py").write_text(CONV)
    done = kerlint("--confirm", "--output-format", "concise", *SELECT)
    assert [line.rpartition(" ")[2] for line in done.out.splitlines()[:2]] == [
        "[inconclusive]",
        "[confirmed]",
    ]
    assert done.status == 2
    assert "kerlint: internal error in bad.py: --confirm: KeyError: 'this\\nand that'\n" in done.err


def test_verdicts_are_remembered_by_slice(folder: Path) -> None:
    first = kerlint("net.py", "--confirm", *SELECT)
    again = kerlint("net.py", "--confirm", *SELECT)
    assert (first.out, first.err) == (again.out, again.err)
    assert len(FakeWarm.asked) == 1
    (folder / "net.py").write_text(CONV.replace("28, 28", "32, 32"))
    kerlint("net.py", "--confirm", *SELECT)
    assert len(FakeWarm.asked) == 2


def test_a_changed_import_asks_anew(folder: Path) -> None:
    (folder / "net.py").write_text(
        f"from sizes import SIZE\n{CONV.replace('Conv2D(8, 3)', 'Conv2D(SIZE, 3)')}"
    )
    for size in (4, 4, 5):
        (folder / "sizes.py").write_text(f"SIZE = {size}\n")
        kerlint("net.py", "--confirm", *SELECT)
    assert len(FakeWarm.asked) == 2


def test_no_answer_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer(monkeypatch, lambda request: Outcome(None, "killed", 1.0))
    for _ in range(2):
        kerlint("net.py", "--confirm", *SELECT)
    assert len(FakeWarm.asked) == 2


def test_what_cannot_be_settled_is_inconclusive_and_runs_nothing(folder: Path) -> None:
    (folder / "net.py").write_text("import keras\nmodel = (\n")
    done = kerlint("net.py", "--confirm", "--output-format", "json")
    assert [one["verdict"]["status"] for one in json.loads(done.out)] == ["inconclusive"]
    assert FakeWarm.asked == []


def test_standard_input_and_notebooks_are_confirmed_too(folder: Path) -> None:
    piped = kerlint("-", "--confirm", "--output-format", "json", *SELECT, stdin=CONV.encode())
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": [CONV]}
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "net.ipynb").write_text(json.dumps(notebook))
    book = kerlint("net.ipynb", "--confirm", "--output-format", "json", *SELECT)
    for done in (piped, book):
        assert json.loads(done.out)[0]["verdict"]["status"] == "confirmed"


def test_what_is_left_after_fixing_is_confirmed() -> None:
    done = kerlint("net.py", "--fix", "--unsafe-fixes", "--confirm", *SELECT)
    assert (done.status, FakeWarm.asked) == (0, [])


def test_without_tensorflow_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None)
    done = kerlint("net.py", "--confirm")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "kerlint: --confirm needs tensorflow and keras, not installed (pip install 'kerlint[confirm]')\n"
    )


def test_without_tf_keras_findings_for_keras_2_are_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == "tf_keras" else name)
    done = kerlint("net.py", "--confirm", "--target", "keras2", *SELECT)
    assert "= verdict: inconclusive: tf_keras is not installed" in done.out
    assert FakeWarm.asked == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--allow-unconfined"], "--allow-unconfined alone changes nothing (add --confirm)"),
        (["--confirm", "--diff"], "--confirm and --diff exclude each other"),
        (["--only-confirmed", "--add-ignores"], "--confirm and --add-ignores exclude each other"),
        (["--confirm", "--write-baseline", "--baseline", "b"], "--confirm and --write-baseline exclude"),
    ],
)
def test_options_that_do_not_go_together_are_told(options: list[str], words: str) -> None:
    done = kerlint("net.py", *options)
    assert done.status == 2
    assert words in done.err
