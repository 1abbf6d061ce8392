"""`kerlint --watch`: a check for every change that matters, and none for those that do not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.commands import check
from kerlint.replay import Record
from kerlint.shell.request import Request, request_of
from kerlint.shell.run import check_in
from kerlint.shell.session import Session
from kerlint.shell.watch import watch

from .helpers import FIXED, PLAIN, POOL, kerlint, written

Change = Callable[[], object]
PAST, FUTURE = 1, 4_000_000_000


def asked(*arguments: str) -> Request:
    """The request of a command line."""
    given = check.make_context("check", ["--output-format", "concise", *arguments]).params
    return request_of(given, arguments)


class Hand:
    """Stands for the pause between two looks: makes one change in each, then interrupts.

    Every change is given a time of its own, as if a minute had passed: file times are coarse.
    """

    def __init__(self, folder: Path, *changes: Change) -> None:
        self._folder = folder
        self._changes = list(changes)
        self._minute = 0
        self._age()

    def _age(self) -> None:
        self._minute += 60
        for path in self._folder.rglob("*.*"):
            os.utime(path, (self._minute, self._minute))

    def __call__(self) -> None:
        if not self._changes:
            raise KeyboardInterrupt
        before = {path: path.stat().st_mtime_ns for path in self._folder.rglob("*.*")}
        self._changes.pop(0)()
        self._minute += 60
        for path in self._folder.rglob("*.*"):
            if before.get(path) != path.stat().st_mtime_ns:
                os.utime(path, (self._minute, self._minute))


@pytest.fixture
def seen(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[[], list[str]]:
    """The findings and complaints of each check, by its last line of output."""

    def read() -> list[str]:
        captured = capfdbinary.readouterr()
        return [line for line in captured.out.decode().splitlines() if not line.startswith("Found")]

    return read


def test_every_change_of_a_file_is_checked(folder: Path, seen: Callable[[], list[str]]) -> None:
    model = written(folder, pool__py=POOL) / "pool.py"
    hand = Hand(folder, lambda: model.write_text("\n" + POOL), lambda: model.write_text(FIXED))
    assert watch(asked(), hand) == 0
    lines = seen()
    assert [line.split()[0] for line in lines] == ["pool.py:6:9:", "pool.py:7:9:", "All"]


def test_nothing_is_checked_while_nothing_changes(folder: Path, seen: Callable[[], list[str]]) -> None:
    written(folder, pool__py=POOL)
    assert watch(asked(), Hand(folder, lambda: None, lambda: None)) == 1
    assert len(seen()) == 1


def test_new_and_deleted_files_are_noticed(folder: Path, seen: Callable[[], list[str]]) -> None:
    written(folder, plain__py=PLAIN)
    new = folder / "new.py"
    assert watch(asked(), Hand(folder, lambda: new.write_text(POOL), new.unlink)) == 0
    assert [line.split()[0] for line in seen()] == ["All", "new.py:6:9:", "All"]


def test_a_named_file_that_is_gone_for_a_moment_does_not_end_the_watch(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    model = written(folder, pool__py=POOL) / "pool.py"
    hand = Hand(folder, model.unlink, lambda: model.write_text("\n" + POOL))
    assert watch(asked("pool.py"), hand) == 1
    captured = capfdbinary.readouterr()
    assert b"kerlint: pool.py: no such file" in captured.err
    assert captured.out.count(b"pool.py:6:9:") == captured.out.count(b"pool.py:7:9:") == 1


def test_imported_modules_and_settings_are_watched_too(folder: Path, seen: Callable[[], list[str]]) -> None:
    written(folder / "sub", layer__py="from keras.layers import MaxPooling2D as P\n")
    main = POOL.replace("keras.layers.MaxPooling2D(3)", "P(3)") + "\n"
    written(folder, main__py="from sub.layer import P\n" + main)
    layer, config = folder / "sub" / "layer.py", folder / "kerlint.toml"
    changes = (
        lambda: layer.write_text("from keras.layers import AveragePooling2D as P\n"),
        lambda: config.write_text("ignore = ['KER301']\njobs = 1\n"),
    )
    assert watch(asked("main.py"), Hand(folder, *changes)) == 0
    lines = seen()
    assert "MaxPooling2D" in lines[0] and "AveragePooling2D" in lines[1] and lines[2].startswith("All good")


def test_settings_that_break_are_told_and_the_watch_goes_on(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    written(folder, pool__py=POOL)
    config = folder / "kerlint.toml"
    hand = Hand(folder, lambda: config.write_text("slect = []\n"), lambda: config.write_text("jobs = 1\n"))
    assert watch(asked(), hand) == 1
    captured = capfdbinary.readouterr()
    assert captured.out.count(b"pool.py:6:9:") == 2
    assert b"slect" in captured.err and b"Traceback" not in captured.err


def test_fixing_does_not_wake_the_watch(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    written(folder, pool__py=POOL)
    assert watch(asked("--fix"), Hand(folder)) == 0
    assert (folder / "pool.py").read_text() == FIXED
    assert capfdbinary.readouterr().err.count(b"watching") == 1


def test_an_output_file_in_the_watched_folder_does_not_wake_the_watch(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    written(folder, pool__py=POOL, out__txt="")
    assert watch(asked("-o", "out.txt"), Hand(folder, lambda: None)) == 1
    assert capfdbinary.readouterr().err.count(b"watching") == 1


@pytest.mark.parametrize(
    "arguments", [("-",), ("--add-ignores",), ("--show-files",), ("--baseline", "b", "--write-baseline")]
)
def test_what_is_done_once_is_not_watched(arguments: tuple[str, ...]) -> None:
    result = kerlint("--watch", *arguments)
    assert (result.status, len(result.complaints)) == (2, 1)


def test_what_is_wrong_from_the_beginning_ends_the_watch(folder: Path) -> None:
    (folder / "kerlint.toml").write_text("slect = []\n")
    result = kerlint("--watch")
    assert (result.status, len(result.complaints)) == (2, 1)


def test_a_path_that_never_was_ends_the_watch(folder: Path) -> None:
    result = kerlint("--watch", "nosuch.py")
    assert (result.status, len(result.complaints)) == (2, 1)
    assert "nosuch.py: no such file or folder" in result.complaints[0]


HEARING = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
"""As in a terminal: what a shell starts in the background ignores interrupts."""
START = HEARING + "from kerlint.cli import main\nmain()\n"


def test_a_process_that_watches_sees_a_saved_file_and_ends_quietly(folder: Path) -> None:
    model = written(folder, pool__py=POOL) / "pool.py"
    command = [sys.executable, "-c", START, "--watch", "--no-cache", "--output-format", "concise"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith("pool.py:6:9:")
        assert "watching for changes" in process.stderr.readline()
        model.write_text("\n\n" + POOL)
        assert process.stdout.readline().startswith("Found 1")
        assert process.stdout.readline().startswith("pool.py:8:9:")
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        assert process.wait() == 1
    assert "Traceback" not in rest and "interrupted" not in rest


def test_a_file_that_changes_while_it_is_checked_is_checked_again(
    folder: Path, seen: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = written(folder, pool__py=POOL) / "pool.py"
    hand = Hand(folder)
    times = [FUTURE, PAST]

    def check_while_typing(session: Session) -> Record:
        done = check_in(session)
        model.write_text("\n" + POOL)
        os.utime(model, (times[0], times.pop(0)))
        return done

    monkeypatch.setattr("kerlint.shell.watch.check_in", check_while_typing)
    assert watch(asked("--no-cache"), hand) == 1
    assert [line.split()[0] for line in seen()] == ["pool.py:6:9:", "pool.py:7:9:"]
