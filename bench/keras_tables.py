"""What the installed Keras says of whole programs: the table of every model that a program leaves behind.

Run as a worker (`python -m bench.keras_tables`): one JSON string of source a line comes in on stdin, one
JSON object a line goes out: `{"models": {name: table}}`, or `{"error": text}` where the program raises.
Models are built in a stateless scope that allocates no weights, unless the program makes optimizers (whose
variables Keras refuses to make there).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from types import ModuleType, TracebackType
from typing import Any, Self

from kerlint.confirm.keras_table import table_of


class Worker:
    """A child process that has imported Keras and executes programs, one at a time."""

    def __init__(self, command: Sequence[str] = (sys.executable,), **environment: str) -> None:
        """`command` starts the Python that has what the programs import; `environment` comes on top of ours."""
        self._command = [*command, "-m", "bench.keras_tables"]
        self._environment = {**os.environ, **environment}
        self._process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def tables(self, source: str) -> dict[str, Any]:
        """Execute one program; see the module's docstring for the answer.

        A program that kills the process is answered with an error, and the next one has a new process.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(source) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            status = self._process.wait(timeout=30)
            self._process = self._start()
            return {"error": f"the process has died with status {status}"}
        found: dict[str, Any] = json.loads(answer)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)


def _serve() -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
    os.environ["KERAS_BACKEND"] = "tensorflow"
    warnings.simplefilter("ignore")
    with _answers() as answer:
        for line in sys.stdin:
            answer(_execute(json.loads(line)))


@contextmanager
def _answers() -> Iterator[Any]:
    """What programs print must not get between the answers."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    yield lambda found: print(json.dumps(found), file=out, flush=True)


def _execute(source: str) -> dict[str, Any]:
    if os.environ.get("TF_USE_LEGACY_KERAS"):
        return _execute_legacy(source)
    import keras
    from keras.src.backend.common import global_state

    global_state.clear_session()
    trains = "compile(" in source or "optimizers." in source
    try:
        with nullcontext() if trains else keras.StatelessScope(initialize_variables=False):
            return _run(keras, source)
    finally:
        global_state.set_global_attribute("uninitialized_variables", [])


def _execute_legacy(source: str) -> dict[str, Any]:
    import tf_keras

    tf_keras.backend.clear_session()
    return _run(tf_keras, source)


def _run(keras: Any, source: str) -> dict[str, Any]:
    module = sys.modules["program"] = ModuleType("program")
    try:
        exec(compile(source, "program.py", "exec"), vars(module))
        return {"models": {model.name: table_of(model) for model in _models(keras, vars(module))}}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:2000]}


def _models(keras: Any, namespace: dict[str, Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for value in namespace.values():
        for item in value if isinstance(value, list | tuple) else (value,):
            if isinstance(item, keras.Model):
                found[id(item)] = item
    return list(found.values())


if __name__ == "__main__":
    _serve()
