"""Keras itself runs the examples of the rules, and does what they promise."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from textwrap import dedent

import pytest

from kerlint.catalog import catalog

pytestmark = pytest.mark.oracle

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
RULES = ("KER101", "KER201", "KER301", "KER302")
REFUSED = {
    "average pooling without a pool size is refused by Keras 3": "TypeError: AveragePooling2D",
    "skip connections that no longer fit": "ValueError: A `Concatenate` layer requires inputs with matching shapes",
}
"""Examples of silent hazards that Keras refuses all the same, with the beginning of its words."""
NEEDS_A_FILE = "the arguments come out of a dict"
NEEDS_AN_ARGUMENT = "the padding comes from elsewhere"


def can_run(program: str) -> bool:
    """Whether all that the program imports is installed."""
    imported = set()
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module.partition(".")[0])
    return all(find_spec(name) is not None for name in imported)


def programs(kind: str) -> dict[str, str]:
    """Runnable examples of the rules by `CODE title`."""
    found = {}
    for code in RULES:
        rule = catalog()[code]
        for title, text in (rule.bad if kind == "bad" else rule.good).items():
            program = dedent(text).lstrip("\n")
            if can_run(program) and NEEDS_A_FILE not in title and NEEDS_AN_ARGUMENT not in title:
                found[f"{code} {title}"] = program
    return found


@cache
def outcomes(kind: str) -> dict[str, str]:
    """What became of each example in a process with Keras."""
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        input=json.dumps(programs(kind)),
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,
    )
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("key", programs("good"))
def test_keras_runs_a_good_example(key: str) -> None:
    assert outcomes("good")[key] == "ran"


@pytest.mark.parametrize("key", [key for key in programs("bad") if key.startswith("KER101")])
def test_keras_refuses_a_reused_optimizer(key: str) -> None:
    outcome = outcomes("bad")[key]
    if "only the compiles" in key or "Keras 3 trains it never" in key:
        assert outcome == "ran"
    elif "Keras 2" in key:
        assert outcome.startswith("KeyError")
    else:
        assert outcome.startswith("ValueError: Unknown variable")


@pytest.mark.parametrize("key", [key for key in programs("bad") if not key.startswith("KER101")])
def test_keras_is_silent_on_the_other_hazards(key: str) -> None:
    assert outcomes("bad")[key].startswith(REFUSED.get(key[7:], "ran"))
