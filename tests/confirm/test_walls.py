"""What happens where the system offers fewer walls, and the belt that is left then."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kerlint.confirm import landlock, seccomp
from kerlint.confirm.lockdown import Walls
from kerlint.confirm.syscalls import ABOUT_ONESELF, ABSENT, DENIED, MACHINES, PRETENDED, number

WITHOUT_LANDLOCK = """
import ctypes, errno, struct, sys
from kerlint.confirm import seccomp
# A kernel without Landlock: its first call is answered "no such call".
code = [(0x20, 0, 0, 0), (0x15, 0, 1, 444), (0x06, 0, 0, 0x50000 | errno.ENOSYS), (0x06, 0, 0, 0x7FFF0000)]
seccomp.install(code)
from kerlint.confirm.warm import Warm
from kerlint.problems import Problem
"""


def _python(text: str, folder: Path) -> str:
    """What a program prints, run in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", textwrap.dedent(text)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_landlock_nothing_is_run(tmp_path: Path) -> None:
    said = _python(
        WITHOUT_LANDLOCK
        + textwrap.dedent("""
        try:
            with Warm("json", "exec_runner") as warm:
                print(list(warm.run([{"text": "answer = 1"}])))
        except Problem as problem:
            print(problem)
        """),
        tmp_path,
    )
    assert said.startswith("this system has no walls to run a stranger's code behind (files: no wall;")
    assert said.endswith("(if you trust the code: --allow-unconfined)\n")


def test_whoever_allows_it_gets_the_walls_that_are_left_and_the_belt(tmp_path: Path) -> None:
    said = _python(
        WITHOUT_LANDLOCK
        + textwrap.dedent(f"""
        texts = ["answer = 1", "open({str(tmp_path / "new")!r}, 'w')", "import os; os.fork()"]
        with Warm("json", "exec_runner", jobs=1, allow_unconfined=True) as warm:
            for _, outcome in warm.run([{{"text": text}} for text in texts]):
                print(outcome.answer)
            print(warm.ready.walls)
        """),
        tmp_path,
    )
    first, second, third, walls = said.splitlines()
    assert first == "{'answer': 1}"
    assert "PermissionError: kerlint does not allow writing" in second
    assert "PermissionError" in third
    assert walls.startswith("files: no wall; system calls: seccomp; network: ")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("open(given, 'w')", "writing"),
        ("os.mkdir(given)", "writing"),
        ("os.rename('own', given)", "writing"),
        ("os.remove(given)", "writing"),
        ("os.system('true')", "os.system"),
        ("subprocess.run(['true'])", "subprocess.Popen"),
        ("os.fork()", "os.fork"),
        ("socket.create_connection(('127.0.0.1', 9))", "socket."),
        ("os.kill(os.getppid(), 0)", "os.kill"),
    ],
)
def test_the_belt_stops_accidents(tmp_path: Path, act: str, words: str) -> None:
    (tmp_path / "inside").mkdir()
    given = str(tmp_path / "new")
    said = _python(
        f"""
        import os, socket, subprocess
        from kerlint.confirm import belt
        given = {given!r}
        os.chdir("inside")
        belt.fasten(os.getcwd())
        open("own", "w").close()
        os.rename("own", "other"); os.rename("other", "own")
        try:
            {act}
        except PermissionError as error:
            print(error)
        """,
        tmp_path,
    )
    assert said.startswith(f"kerlint does not allow {words}")


def test_walls_are_told_in_a_line() -> None:
    assert Walls(7, True, True).stand
    assert not Walls(0, True, True).stand
    assert not Walls(7, False, True).stand
    words = "files: no wall; system calls: no wall; network: no sockets"
    assert Walls(0, False, False).words == words.replace("no sockets", "no wall")


@pytest.mark.parametrize("machine", MACHINES)
def test_a_filter_jumps_to_its_own_instructions_only(machine: str) -> None:
    program = seccomp.program(machine, 99)
    for index, (operation, if_true, if_false, _) in enumerate(program):
        if operation & 0x07 == 0x05:
            assert index + 1 + max(if_true, if_false) < len(program)
    answered = {operand for operation, _, _, operand in program if operation == 0x15}
    for name in (*DENIED, *ABSENT, *PRETENDED, *ABOUT_ONESELF):
        known = number(name, machine)
        assert known is None or known in answered


@pytest.mark.parametrize("version", range(1, landlock.version() + 1))
def test_older_versions_of_landlock_hold_with_the_filter_of_calls(tmp_path: Path, version: int) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "notes").write_text("mine")
    said = _python(
        f"""
        import os, signal
        from kerlint.confirm.lockdown import Limits, Walls, lock
        os.chdir("inside")
        lock(os.getcwd(), [], [], Limits(), Walls({version}, True, False))
        open("own", "w").write("x")
        os.rename("own", "other")
        acts = [
            lambda: open("../notes").read(),
            lambda: open("../notes", "w"),
            lambda: os.open("../notes", os.O_RDONLY | os.O_TRUNC),
            lambda: os.truncate("../notes", 0),
            lambda: os.rename("../notes", "taken"),
            lambda: os.link("../notes", "taken"),
            lambda: os.mkdir("../new"),
            lambda: os.kill(os.getppid(), 0),
            lambda: os.fork(),
        ]
        for act in acts:
            try:
                print("done", act())
            except OSError as error:
                print("refused", error)
        """,
        tmp_path,
    )
    assert [line.partition(" ")[0] for line in said.splitlines()] == ["refused"] * 9
    assert (tmp_path / "notes").read_text() == "mine"


def test_namespaces_that_are_granted_and_not_filled_are_left_alone(tmp_path: Path) -> None:
    said = _python(
        """
        import os
        from kerlint.confirm import lockdown
        def refused():
            raise PermissionError("uid_map")
        lockdown._CLONE_NEWNET = lockdown._CLONE_NEWIPC = 1 << 31  # no such namespace
        before = os.getuid()
        assert not lockdown.leave_network()
        lockdown._leave_as_user = refused
        assert not lockdown.leave_network()
        assert os.getuid() == before
        print("same")
        """,
        tmp_path,
    )
    assert said == "same\n"
