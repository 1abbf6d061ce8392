"""Examples of the rules run by Keras, all in one process of their own."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent

from kerlint.catalog import catalog

RUNNER = """
import contextlib, io, json, os, sys, warnings
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
warnings.simplefilter("ignore")
import keras
keras.utils.disable_interactive_logging()
programs, outcomes = json.load(sys.stdin), {}
sys.argv = ["example.py", "small"]
for key, program in programs.items():
    keras.utils.clear_session()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, key, "exec"), {"__name__": "__main__"})
        outcomes[key] = "ran"
    except Exception as error:
        outcomes[key] = f"{type(error).__name__}: {error}"
print(json.dumps(outcomes))
"""


def examples(kind: str, codes: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """The `bad` or `good` examples of some rules whose imports are installed: code, title, program."""
    for code in codes:
        rule = catalog()[code]
        for title, text in (rule.bad if kind == "bad" else rule.good).items():
            program = dedent(text).lstrip("\n")
            if _can_run(program):
                yield code, title, program


def _can_run(program: str) -> bool:
    """Whether all that the program imports is installed."""
    imported = set()
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    return all(find_spec(name) is not None for name in imported)


def run(
    programs: Mapping[str, str], folder: str | Path | None = None, *, seconds: float = 1800.0
) -> dict[str, str]:
    """What became of each program: `ran`, or the exception's name and words. They run in `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(dict(programs)),
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds,
        cwd=folder,
    )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found
