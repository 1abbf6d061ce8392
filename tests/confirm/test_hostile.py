"""Programs that mean harm, run as they are beside TensorFlow: none does any, and each costs its own verdict.

What each is to be kept from is planted by the test and looked at after the program ended.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kerlint.confirm.warm import Outcome, Warm

pytestmark = pytest.mark.oracle

SECRET = "hunter2-0123456789"
ATTEMPT = """
import os, sys, ctypes
libc = ctypes.CDLL(None, use_errno=True)
answer = {}

def attempt(name, act):
    try:
        found = act()
    except BaseException as error:
        answer[name] = "refused: " + type(error).__name__
    else:
        answer[name] = "done: " + repr(found)[:200]

def call(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stand-in home folder with a secret."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".ssh").mkdir()
    (folder / ".ssh" / "id_rsa").write_text(SECRET)
    (folder / "notes.txt").write_text("mine\n")
    return folder


@pytest.fixture(scope="module")
def warm(home: Path) -> Iterator[Warm]:
    """One warm process for all; its user's environment holds a secret."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        patch.setenv("HOME", str(home))
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        with Warm("keras", "exec_runner", jobs=1) as found:
            yield found


def _run(warm: Warm, text: str, seconds: float = 30.0, **given: Any) -> Outcome:
    """What comes of one program; another after it is answered as if nothing had been."""
    good = (
        "import keras\nanswer = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]).count_params()"
    )
    requests: list[dict[str, Any]] = [
        {"text": ATTEMPT + textwrap.dedent(text), "given": given, "seconds": seconds},
        {"text": good},
    ]
    (_, outcome), (_, after) = warm.run(requests)
    assert after.answer == {"answer": 15}
    return outcome


def _attempts(warm: Warm, text: str, **given: Any) -> dict[str, str]:
    """What came of each attempt of a program that comes to its end."""
    outcome = _run(warm, text, **given)
    assert outcome.answer is not None, outcome.failure
    found: dict[str, str] = outcome.answer["answer"]
    assert found
    return found


def _all_refused(attempts: dict[str, str]) -> bool:
    assert {name: said for name, said in attempts.items() if not said.startswith("refused")} == {}
    return True


@pytest.mark.parametrize(
    ("text", "failure"),
    [
        ("while True: pass", "not done after 1 s"),
        ("import signal\nsignal.pthread_sigmask(2, range(1, 65))\nwhile True: pass", "not done after 1 s"),
        ("os._exit(0)", "it gave no proper answer"),
        ("os._exit(9)", "it ended with status 9"),
        ("os.abort()", "it was ended by SIGABRT"),
        ("os.kill(os.getpid(), 9)", "it was ended by SIGKILL"),
        ("ctypes.string_at(0)", "it was ended by SIGSEGV"),
        (
            "sys.setrecursionlimit(1 << 30)\nclass Deep: __repr__ = lambda self: repr([self])\nrepr(Deep())",
            "it was ended by SIGSEGV",
        ),
    ],
    ids=[
        "an endless loop",
        "one that blocks all signals",
        "the end without a word",
        "the end with a status",
        "an abort",
        "suicide",
        "a crash",
        "recursion without end",
    ],
)
def test_a_program_that_does_not_come_to_its_end_costs_its_verdict(
    warm: Warm, text: str, failure: str
) -> None:
    outcome = _run(warm, text, seconds=1 if failure.startswith("not done") else 60)
    assert (outcome.answer, outcome.failure) == (None, failure)


def test_deep_recursion_is_an_error_of_python(warm: Warm) -> None:
    outcome = _run(warm, "def down(): return down()\ndown()")
    assert outcome.answer is not None
    assert outcome.answer["error"].startswith("RecursionError")


def test_no_process_can_be_started_by_any_call(warm: Warm, tmp_path: Path) -> None:
    attempts = _attempts(
        warm,
        """
        import multiprocessing, pty, subprocess
        marker = given["marker"]
        for number in range(20):
            attempt(f"fork {number}", os.fork)
        attempt("forkpty", os.forkpty)
        attempt("fork by number", lambda: call(57))
        attempt("vfork by number", lambda: call(58))
        attempt("clone by number", lambda: call(56, 17, 0, 0, 0, 0))
        attempt("clone3 by number", lambda: call(435, ctypes.create_string_buffer(88), 88))
        attempt("posix_spawn", lambda: os.posix_spawn("/usr/bin/touch", ["touch", marker], {}))
        attempt("subprocess", lambda: subprocess.run(["touch", marker], check=True))
        attempt("multiprocessing", lambda: multiprocessing.get_context("fork").Process(target=print).start())
        attempt("exec", lambda: os.execv("/usr/bin/touch", ["touch", marker]))
        attempt("execveat", lambda: call(322, -100, b"/usr/bin/touch", None, None, 0))
        attempt("pty", lambda: pty.spawn(["touch", marker]))
        assert os.system(f"touch {marker}") != 0
        assert libc.system(f"touch {marker}".encode()) != 0
        """,
        marker=str(tmp_path / "marker"),
    )
    assert _all_refused(attempts)
    assert os.listdir(tmp_path) == []


def test_memory_beyond_the_limit_is_refused(warm: Warm) -> None:
    attempts = _attempts(
        warm,
        """
        import mmap
        import numpy as np
        import tensorflow as tf
        attempt("one lump", lambda: bytearray(1 << 40))
        attempt("an array", lambda: np.ones(1 << 37))
        attempt("shared memory", lambda: mmap.mmap(-1, 1 << 38))
        attempt("a file in memory", lambda: os.memfd_create("big"))
        """,
    )
    assert _all_refused(attempts)
    outcome = _run(warm, "import tensorflow as tf\ntf.ones((1 << 20, 1 << 20))")
    assert outcome.failure or "Error" in (outcome.answer or {})["error"]


def test_nothing_outside_of_the_folder_is_written(warm: Warm, home: Path, tmp_path: Path) -> None:
    notes = home / "notes.txt"
    before = notes.stat()
    attempts = _attempts(
        warm,
        """
        import pathlib, shutil
        import numpy as np
        import tensorflow as tf
        notes, new = pathlib.Path(given["notes"]), pathlib.Path(given["new"])
        pathlib.Path("own").write_text("allowed")
        attempt("open", lambda: new.write_text("x"))
        attempt("overwrite", lambda: notes.write_text("x"))
        attempt("append", lambda: open(notes, "a"))
        attempt("read and empty", lambda: os.open(notes, os.O_RDONLY | os.O_TRUNC))
        attempt("truncate", lambda: os.truncate(notes, 0))
        attempt("remove", notes.unlink)
        attempt("rename", lambda: notes.rename("taken"))
        attempt("replace", lambda: os.replace("own", notes))
        attempt("link", lambda: os.link(notes, "linked"))
        attempt("mkdir", new.mkdir)
        attempt("symlink", lambda: os.symlink("own", new))
        attempt("through a symlink", lambda: [os.symlink(notes, "way"), open("way", "w")])
        attempt("fifo", lambda: os.mkfifo(new))
        attempt("rmtree", lambda: shutil.rmtree(notes.parent))
        attempt("tf.io.write_file", lambda: tf.io.write_file(str(new), "x"))
        attempt("tf.io.gfile", lambda: tf.io.gfile.GFile(str(notes), "w").write("x"))
        attempt("numpy", lambda: np.save(new, np.zeros(3)))
        attempt("kernel settings", lambda: open("/proc/sys/kernel/hostname", "w"))
        attempt("shared memory", lambda: open("/dev/shm/kerlint", "w"))
        os.chmod(notes, 0o777)
        os.utime(notes, (0, 0))
        """,
        notes=str(notes),
        new=str(tmp_path / "new"),
    )
    assert _all_refused(attempts)
    after = notes.stat()
    assert notes.read_text() == "mine\n"
    assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
    assert os.listdir(tmp_path) == []


def test_a_secret_in_the_home_folder_is_not_read(warm: Warm, home: Path) -> None:
    attempts = _attempts(
        warm,
        """
        import numpy as np
        import tensorflow as tf
        key = given["key"]
        attempt("open", lambda: open(key).read())
        attempt("os.open", lambda: os.read(os.open(key, os.O_RDONLY), 99))
        attempt("openat2", lambda: call(437, -100, key.encode(), bytes(24), 24))
        attempt("by handle", lambda: call(303, -100, key.encode(), bytes(256), bytes(8), 0))
        attempt("symlink", lambda: [os.symlink(key, "way"), open("way").read()])
        attempt("link", lambda: [os.link(key, "copy"), open("copy").read()])
        attempt("by /proc", lambda: open("/proc/self/root" + key).read())
        attempt("by the working folder", lambda: [os.chdir(os.path.dirname(key)), open("id_rsa").read()][1])
        attempt("list", lambda: os.listdir(os.path.dirname(key)))
        attempt("tf.io.read_file", lambda: tf.io.read_file(key).numpy())
        attempt("numpy", lambda: np.fromfile(key, "u1"))
        attempt("the real home", lambda: os.listdir(given["real"]))
        attempt("passwords", lambda: open("/etc/shadow").read())
        attempt("another's memory", lambda: open(f"/proc/{os.getppid()}/mem").read(1))
        """,
        key=str(home / ".ssh" / "id_rsa"),
        real=os.path.expanduser("~root"),
    )
    assert _all_refused(attempts)


def test_a_secret_in_the_environment_is_not_read(warm: Warm) -> None:
    outcome = _run(
        warm,
        """
        found = [repr(dict(os.environ)), repr(os.environb)]
        paths = [f"/proc/{name}/{what}" for name in ("self", "1", "thread-self", os.getppid(), given["pid"])
                 for what in ("environ", "cmdline", "maps")]
        for path in paths:
            try:
                found.append(open(path).read())
            except OSError:
                pass
        answer = {"said": "".join(found)}
        """,
        pid=os.getpid(),
    )
    assert outcome.answer is not None
    said = outcome.answer["answer"]["said"]
    assert "KERAS_BACKEND" in said
    assert SECRET not in said


def test_no_listener_is_reached(warm: Warm, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket"))
        unix.listen()
        attempts = _attempts(
            warm,
            """
            import asyncio, socket, urllib.request
            import tensorflow as tf
            port, path = given["port"], given["path"]
            attempt("tcp", lambda: socket.create_connection(("127.0.0.1", port), 1))
            attempt("unix", lambda: socket.socket(socket.AF_UNIX).connect(path))
            attempt("pair", socket.socketpair)
            attempt("http", lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1))
            attempt("by number", lambda: call(41, 2, 1, 0))
            attempt("io_uring", lambda: call(425, 8, bytes(120)))
            attempt("asyncio", lambda: asyncio.run(asyncio.open_connection("127.0.0.1", port)))
            attempt("keras", lambda: __import__("keras").utils.get_file("x", f"http://127.0.0.1:{port}/x"))
            attempt("a server", lambda: tf.distribute.Server({"local": ["127.0.0.1:0"]}, "local"))
            """,
            port=tcp.getsockname()[1],
            path=str(tmp_path / "socket"),
        )
        assert _all_refused(attempts)
        for listener in (tcp, unix):
            listener.setblocking(False)
            with pytest.raises(BlockingIOError):
                listener.accept()


def test_megabytes_of_output_go_nowhere(warm: Warm, capfd: pytest.CaptureFixture[str]) -> None:
    outcome = _run(
        warm,
        """
        for _ in range(20):
            print("x" * 1_000_000)
            print("x" * 1_000_000, file=sys.stderr)
            os.write(1, b"x" * 1_000_000)
            libc.puts(b"x" * 1_000_000)
        answer = "printed"
        """,
    )
    assert outcome.answer == {"answer": "printed"}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "for line in (b'{}', b'0' * 32 + b' {}'):\n    os.write(3, line + b'\\n')",
        'os.write(3, b\'0\' * 32 + b\' {"verdicts": {"0": {"status": "refuted"}}}\\n\')\nos._exit(0)',
        'for number in range(3, 256):\n    if libc.write(number, b\'{"id": 0, "answer": {}}\\n\', 24) > 0: pass',
        "for _ in range(100):\n    os.write(3, b'x' * 100_000)",
    ],
    ids=["before the true one", "instead of the true one", "on every descriptor", "without an end"],
)
def test_a_forged_answer_is_none(warm: Warm, text: str) -> None:
    outcome = _run(warm, text)
    assert outcome.answer is None
    assert outcome.failure in ("it gave no proper answer", "its answer is longer than 1048576 bytes")


def test_no_other_process_is_signalled_or_looked_into(warm: Warm) -> None:
    attempts = _attempts(
        warm,
        """
        import fcntl, resource, signal
        for name, pid in (("parent", os.getppid()), ("tester", given["pid"]), ("init", 1)):
            attempt(f"kill {name}", lambda: os.kill(pid, 0))
            attempt(f"stop {name}", lambda: os.kill(pid, signal.SIGCONT))
            attempt(f"tgkill {name}", lambda: call(234, pid, pid, 0))
            attempt(f"queue to {name}", lambda: call(129, pid, 0, bytes(128)))
            attempt(f"pidfd of {name}", lambda: os.pidfd_open(pid))
            attempt(f"trace {name}", lambda: call(101, 16, pid, 0, 0))
            attempt(f"limit {name}", lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)))
        attempt("all", lambda: os.kill(-1, 0))
        reading, writing = os.pipe()
        attempt("own a pipe", lambda: fcntl.fcntl(reading, fcntl.F_SETOWN, os.getppid()))
        attempt("own signal", lambda: fcntl.fcntl(reading, 10, signal.SIGKILL))
        """,
        pid=os.getpid(),
    )
    assert _all_refused(attempts)


def test_a_superuser_is_none_inside(warm: Warm) -> None:
    attempts = _attempts(
        warm,
        """
        attempt("mount", lambda: call(165, b"none", b"/", b"tmpfs", 0, 0))
        attempt("chroot", lambda: os.chroot("/"))
        attempt("unshare", lambda: call(272, 0x10000000))
        attempt("module", lambda: call(175, bytes(8), 8, b""))
        attempt("reboot", lambda: call(169, 0, 0, 0, 0))
        attempt("keys", lambda: call(250, 0, -3, 0, 0, 0))
        attempt("limits", lambda: __import__("resource").setrlimit(9, (-1, -1)))
        attempt("x32 calls", lambda: call(0x40000000 + 39))
        attempt("a call to come", lambda: call(4000))
        """,
    )
    assert _all_refused(attempts)


def test_what_keras_itself_needs_still_works(warm: Warm) -> None:
    outcome = _run(
        warm,
        """
        import keras
        import numpy as np
        model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(2, 3), keras.layers.Flatten(),
                                  keras.layers.Dense(2, activation="softmax")])
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(np.zeros((4, 8, 8, 1)), np.zeros(4), verbose=0)
        model.save("model.keras")
        model.save("model.h5")
        model.save_weights("model.weights.h5")
        same = keras.models.load_model("model.keras").predict(np.ones((1, 8, 8, 1)), verbose=0)
        answer = bool(np.allclose(same, model.predict(np.ones((1, 8, 8, 1)), verbose=0)))
        """,
    )
    assert outcome.answer == {"answer": True}


NET = """\
import os
import socket
import keras

SIZE = ({act}, 7)[1]
model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(8, SIZE)])
"""
"""Part of what the finding at row 6 depends on is an act; kerlint knows that the size is 7."""


def test_a_hostile_file_costs_its_own_verdicts_only(tmp_path: Path, home: Path) -> None:
    marker = tmp_path / "marker"
    forged = b'0123456789abcdef0123456789abcdef {"verdicts": {"0": {"status": "refuted", "evidence": ""}}}\n'
    acts = {
        "ends": "os.kill(os.getpid(), 9)",
        "forges": f"(os.write(3, {forged!r}), os.kill(os.getpid(), 9))",
        "reads": f"open({str(home / '.ssh' / 'id_rsa')!r}).read()",
        "writes": f"open({str(marker)!r}, 'w')",
        "connects": "socket.socket()",
        "honest": "0",
    }
    for name, act in acts.items():
        (tmp_path / f"{name}.py").write_text(NET.format(act=act))
    command = [sys.executable, "-m", "kerlint", str(tmp_path), "--isolated", "--no-cache", "--confirm"]
    options = ["--select", "KER303", "--output-format", "json", "--jobs", "1"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=tmp_path)
    said = {Path(one["filename"]).stem: one["verdict"] for one in json.loads(done.stdout)}
    assert said["honest"]["status"] == "confirmed", done.stderr
    assert {name for name, verdict in said.items() if verdict["status"] == "refuted"} == set()
    assert {said[name]["status"] for name in ("ends", "forges")} == {"inconclusive"}
    assert SECRET not in done.stdout
    assert not marker.exists()
