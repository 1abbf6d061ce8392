"""Runs after a first one: what is taken from the cache, what is done again, and that damage costs nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kerlint import cache, replay
from kerlint.findings import Report
from kerlint.settings import LintSettings
from kerlint.shell import session

from .helpers import FIXED, PLAIN, POOL, kerlint, written


class Counter:
    """Counts the files that are really linted."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._core = session.load_core()

    def __call__(self, data: bytes, filename: str, settings: LintSettings) -> Report:
        self.names.append(Path(filename).name)
        return self._core(data, filename, settings)

    def taken(self) -> list[str]:
        """The files linted since the last call."""
        names, self.names = sorted(self.names), []
        return names


@pytest.fixture
def linted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """Which files are linted, with clocks so fine that a file just written is trusted."""
    counter = Counter()
    monkeypatch.setattr("kerlint.shell.session.load_core", lambda: counter)
    monkeypatch.setattr(cache, "_CLOCK_STEP", 0)
    yield counter


@pytest.fixture
def without_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn off the shortcut for whole runs, to see the one for files."""
    monkeypatch.setattr(replay, "replay", lambda arguments: None)


def aged(folder: Path, seconds: float = 100) -> None:
    """Make everything in a folder look as old as this."""
    for path in [*folder.rglob("*"), folder]:
        then = path.stat().st_mtime - seconds
        os.utime(path, (then, then))


@pytest.mark.usefixtures("without_replay")
def test_only_what_changed_is_linted_again(folder: Path, linted: Counter) -> None:
    written(folder, one__py=POOL, two__py=POOL, plain__py=PLAIN)
    first = kerlint()
    assert linted.taken() == ["one.py", "two.py"]
    assert kerlint() == first
    assert linted.taken() == []
    written(folder, two__py=POOL + "\n")
    assert kerlint().out == first.out
    assert linted.taken() == ["two.py"]
    os.utime(folder / "one.py")
    assert kerlint().out == first.out
    assert linted.taken() == [], "a new time with the old content"


@pytest.mark.usefixtures("without_replay")
def test_other_settings_are_other_results(folder: Path, linted: Counter) -> None:
    written(folder, one__py=POOL)
    assert kerlint().status == 1
    assert kerlint("--ignore", "KER301").status == 0
    assert linted.taken() == ["one.py", "one.py"]
    assert kerlint("--ignore", "KER301").status == 0
    assert kerlint("--output-format", "json").status == 1
    assert linted.taken() == []


@pytest.mark.usefixtures("without_replay")
def test_a_changed_import_is_seen(folder: Path, linted: Counter) -> None:
    written(
        folder,
        sizes__py="POOL = 3\n",
        model__py="from sizes import POOL\n" + POOL.replace("(3)", "(POOL)"),
    )
    assert "(3, 3)" in kerlint("model.py").out
    linted.taken()
    written(folder, sizes__py="POOL = 5\n")
    assert "(5, 5)" in kerlint("model.py").out
    assert linted.taken() == ["model.py"]


@pytest.mark.usefixtures("without_replay")
def test_a_module_that_appears_is_seen(folder: Path, linted: Counter) -> None:
    written(folder, model__py="from sizes import POOL\n" + POOL.replace("(3)", "(POOL)"))
    assert "(3, 3)" not in kerlint("model.py").out
    linted.taken()
    written(folder, sizes__py="POOL = 3\n")
    assert "(3, 3)" in kerlint("model.py").out
    assert linted.taken() == ["model.py"]


@pytest.mark.usefixtures("without_replay")
def test_a_changed_rule_of_ones_own_is_seen(folder: Path, linted: Counter) -> None:
    text = '"""Doc."""\nfrom kerlint.catalog import rule\nfrom kerlint.findings import Severity\n\n\n'
    text += '@rule("KER991", Severity.ERROR)\ndef check(program):\n    return ()\n'
    written(folder / "mine", an_own_rule__py=text)
    written(folder, model__py=POOL, kerlint__toml="jobs = 1\nrules = ['mine']\n")
    for _ in range(2):
        assert kerlint("--allow-local-rules", "model.py").err == ""
    assert linted.taken() == ["model.py"]
    written(folder / "mine", an_own_rule__py=text + "\n")
    kerlint("--allow-local-rules", "model.py")
    assert linted.taken() == ["model.py"]


def test_without_a_cache_everything_is_linted_and_nothing_written(folder: Path, linted: Counter) -> None:
    written(folder, one__py=POOL)
    for _ in range(2):
        kerlint("--no-cache")
    assert linted.taken() == ["one.py", "one.py"]
    assert not (folder / ".kerlint_cache").exists()


def test_the_cache_can_lie_elsewhere(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(folder, one__py=POOL, kerlint__toml="jobs = 1\ncache-dir = '../elsewhere'\n")
    kerlint()
    assert (tmp_path / "elsewhere" / "CACHEDIR.TAG").exists()
    assert not (folder / ".kerlint_cache").exists()
    monkeypatch.setenv("KERLINT_CACHE_DIR", str(tmp_path / "named"))
    written(folder, kerlint__toml="jobs = 1\n")
    kerlint()
    assert (tmp_path / "named" / "CACHEDIR.TAG").exists()


def test_where_no_cache_can_be_written_the_run_goes_on(folder: Path, linted: Counter) -> None:
    (folder / ".kerlint_cache").write_text("a file in the way")
    written(folder, one__py=POOL)
    result = kerlint("--verbose")
    assert result.status == 1
    assert any("no cache" in line for line in result.complaints)
    assert kerlint().err == ""


@pytest.mark.parametrize("damage", [b"", b"garbage " * 1000], ids=["emptied", "overwritten"])
def test_a_damaged_cache_changes_nothing(folder: Path, damage: bytes) -> None:
    written(folder, one__py=POOL)
    aged(folder)
    first = kerlint()
    for path in (folder / ".kerlint_cache").iterdir():
        path.write_bytes(damage)
    assert kerlint() == first
    assert kerlint() == first


def test_the_cache_is_cleaned(folder: Path) -> None:
    written(folder, one__py=POOL)
    kerlint()
    assert kerlint("clean").out == f"Removed {folder / '.kerlint_cache'}\n"
    assert not (folder / ".kerlint_cache").exists()
    assert kerlint("clean").out == "No cache\n"
    (folder / ".kerlint_cache").mkdir()
    written(folder / ".kerlint_cache", precious__txt="x")
    assert kerlint("clean").status == 2
    assert (folder / ".kerlint_cache" / "precious.txt").exists()


class TestUnchanged:
    """A run in which nothing changed is not even begun."""

    @pytest.fixture(autouse=True)
    def _begun(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from kerlint import commands

        self.begun = 0
        run = commands.run

        def counted(arguments: list[str]) -> int:
            self.begun += 1
            return run(arguments)

        monkeypatch.setattr(commands, "run", counted)
        written(folder / "src", one__py=POOL, plain__py=PLAIN)
        (folder / ".gitignore").write_text("ignored.py\n")
        (folder / ".kerlint_cache").mkdir()
        aged(folder)

    def again(self, *arguments: str) -> bool:
        """Run twice; whether the second run was answered by the record of the first."""
        before = self.begun
        first = kerlint(*arguments)
        second = kerlint(*arguments)
        assert second.status == first.status
        return second.out == first.out and self.begun == before + 1

    @pytest.mark.parametrize(
        "arguments",
        [[], ["src"], ["src/one.py"], ["--output-format", "json"], ["--statistics"]],
        ids=" ".join,
    )
    def test_the_same_command_line_is_answered_from_the_record(self, arguments: list[str]) -> None:
        assert self.again(*arguments)

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--no-cache"],
            ["--verbose"],
            ["--output-format", "junit"],
            ["--output-file", "x.txt"],
            ["--diff"],
            ["nope.py"],
            ["--baseline", "b.json", "--write-baseline"],
        ],
        ids=" ".join,
    )
    def test_runs_that_act_or_fail_are_done_again(self, arguments: list[str]) -> None:
        assert not self.again(*arguments)

    @pytest.mark.parametrize(
        "change",
        [
            lambda folder: written(folder / "src", one__py=FIXED),
            lambda folder: written(folder / "src", new__py=POOL),
            lambda folder: written(folder / "src" / "deeper", new__py=POOL),
            lambda folder: (folder / "src" / "one.py").unlink(),
            lambda folder: written(folder, kerlint__toml="jobs = 1\nignore = ['KER3']\n"),
            lambda folder: written(folder / "src", kerlint__toml="ignore = ['KER3']\n"),
            lambda folder: written(folder / "src", pyproject__toml="[tool.kerlint]\nignore = ['KER3']\n"),
            lambda folder: (folder / ".gitignore").write_text("one.py\n"),
            lambda folder: (folder / "src" / ".gitignore").write_text("one.py\n"),
            lambda folder: (folder / "requirements.txt").write_text("keras<3\n"),
        ],
        ids=[
            "a file changed",
            "a file added",
            "a folder added",
            "a file removed",
            "the configuration changed",
            "a nearer configuration",
            "a nearer table",
            "an ignore file changed",
            "an ignore file added",
            "requirements added",
        ],
    )
    def test_any_change_is_seen(self, folder: Path, change: object) -> None:
        kerlint()
        assert kerlint() and self.begun == 1
        assert callable(change)
        change(folder)
        kerlint()
        assert self.begun == 2

    def test_a_change_to_kerlint_itself_is_seen(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        engine = tmp_path / "engine.py"
        engine.write_text("1")
        os.utime(engine, (1e9, 1e9))
        monkeypatch.setattr(replay, "engine_files", lambda: [str(engine)])
        kerlint()
        kerlint()
        assert self.begun == 1
        engine.write_text("2")
        kerlint()
        assert self.begun == 2

    def test_a_file_written_this_instant_is_not_trusted(self, folder: Path) -> None:
        written(folder / "src", one__py=POOL)
        future = (folder / "src" / "one.py").stat().st_mtime + 5
        os.utime(folder / "src" / "one.py", (future, future))
        assert not self.again()

    def test_records_do_not_pile_up(self, folder: Path) -> None:
        for number in range(replay._KEPT + 5):
            kerlint("--ignore", "KER3", *["--exit-zero"] * number)
        assert len(list((folder / ".kerlint_cache").glob("*.run"))) == replay._KEPT


def test_runs_side_by_side_agree(folder: Path) -> None:
    for number in range(12):
        written(folder, **{f"m{number}__py": POOL})

    def run(_: int) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "kerlint", "--output-format", "concise"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    with ThreadPoolExecutor(3) as executor:
        results = set(executor.map(run, range(6)))
    ((status, out, err),) = results
    assert (status, err) == (1, "")
    assert out.count("KER301") == 12
