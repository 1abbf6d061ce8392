"""Notebooks on the command line: they pass and fail as files do, keep their bytes, and may have run in any order."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from .helpers import FIXED, POOL, kerlint, written

SETUP = "%matplotlib inline\nimport keras\nfrom keras import layers\nopt = keras.optimizers.Adam()\n"
FIRST = "a = keras.Sequential([keras.Input((4,)), layers.Dense(2)])\na.compile(opt, 'mse')\na.fit(x, y)\n"
SECOND = "b = keras.Sequential([keras.Input((9,)), layers.Dense(2)])\nb.compile(opt, 'mse')\nb.fit(x, y)\n"
LAYERS = "c = keras.Sequential([keras.Input((28, 28, 1)), layers.MaxPooling2D(3)])\n"


def notebook(folder: Path, *sources: str, counts: Sequence[int | None] = (), name: str = "n.ipynb") -> bytes:
    """A notebook as Jupyter writes it, with outputs and metadata; returns its bytes."""
    cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": ["# Naïve\n", "try"]}]
    for number, source in enumerate(sources):
        cell = {
            "cell_type": "code",
            "execution_count": counts[number] if counts else None,
            "id": f"c{number}",
            "metadata": {"scrolled": True, "tags": ["é"]},
            "outputs": [
                {"name": "stdout", "output_type": "stream", "text": source.splitlines(keepends=True)}
            ],
            "source": source.rstrip("\n").splitlines(keepends=True),
        }
        cells.append(cell)
    whole = {"cells": cells, "metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4}
    data = (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()
    (folder / name).write_bytes(data)
    return data


def mended(data: bytes) -> bytes:
    """The notebook after its fix; its output, which shows the same text further up, is as it was."""
    head, tail = data.rsplit(b"(3),", 1)
    return head + b"(3, strides=3)," + tail


def confidences(*arguments: str) -> dict[str, str]:
    """The confidence of each finding, by its code."""
    found = json.loads(kerlint("--output-format", "json", "--no-cache", *arguments).out)
    return {item["code"]: item["confidence"] for item in found}


# Exit status


def test_a_finding_in_a_notebook_fails_the_run_and_names_cell_and_row(folder: Path) -> None:
    notebook(folder, "import keras", "", POOL)
    result = kerlint("--output-format", "concise", "n.ipynb")
    assert result.status == 1
    assert result.out.startswith("n.ipynb:cell 4:6:9: warning KER301")


def test_fixing_all_there_is_lets_the_run_pass(folder: Path) -> None:
    notebook(folder, POOL)
    assert kerlint("--diff").status == 1
    assert kerlint("--fix").status == 0
    assert kerlint("--diff").status == 0
    assert kerlint().status == 0


def test_a_broken_notebook_is_status_2_and_the_others_are_linted(folder: Path) -> None:
    notebook(folder, POOL)
    written(folder, broken__ipynb='{"cells": [ keras', other__py=POOL)
    result = kerlint("--output-format", "concise")
    assert result.status == 2
    assert [line.split(":")[0] for line in result.out.splitlines()[:2]] == ["n.ipynb", "other.py"]
    assert [line.split(":")[:2] for line in result.complaints] == [["kerlint", " broken.ipynb"]]


def test_a_notebook_on_standard_input_is_linted_and_fixed(folder: Path) -> None:
    data = notebook(folder, POOL)
    assert kerlint("-", "--stdin-filename", "n.ipynb", stdin=data).status == 1
    fixed = kerlint("-", "--fix", "--stdin-filename", "n.ipynb", stdin=data)
    assert (fixed.status, fixed.out.encode()) == (0, mended(data))


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["kerlint --no-cache --output-format concise", "flake8 --select KER"])
def test_nbqa_gives_the_same_status_and_counts_code_cells(folder: Path, tool: str) -> None:
    notebook(folder, "import keras", POOL, name="bad.ipynb")
    notebook(folder, "import keras", FIXED, name="good.ipynb")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = [
        subprocess.run(
            [sys.executable, "-m", "nbqa", tool, name],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for name in ("bad.ipynb", "good.ipynb")
    ]
    assert [each.returncode for each in done] == [1, 0], done
    assert done[0].stdout.startswith("bad.ipynb:cell_2:6:9: ") and "KER301" in done[0].stdout
    assert [kerlint("bad.ipynb").status, kerlint("good.ipynb").status] == [1, 0]


# Fixes


def test_a_fix_changes_its_characters_and_not_one_byte_more(folder: Path) -> None:
    data = notebook(folder, "import keras", POOL, counts=(1, 2))
    kerlint("--fix")
    assert (folder / "n.ipynb").read_bytes() == mended(data)
    assert "".join(json.loads((folder / "n.ipynb").read_text())["cells"][2]["source"]) == FIXED.rstrip("\n")


def test_a_notebook_without_anything_to_fix_is_not_written(folder: Path) -> None:
    notebook(folder, FIXED)
    before = (folder / "n.ipynb").stat()
    kerlint("--fix", "--unsafe-fixes")
    after = (folder / "n.ipynb").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_comments_that_are_added_go_to_their_cell_alone(folder: Path) -> None:
    data = notebook(folder, SETUP, LAYERS)
    kerlint("--add-ignores")
    after = (folder / "n.ipynb").read_bytes()
    comment = b"  # kerlint: ignore[KER301]"
    assert after.count(comment) == 1 and after.replace(comment, b"") == data
    assert kerlint().status == 0


# Execution order


@pytest.mark.parametrize(
    ("counts", "confidence"),
    [
        pytest.param((1, 2, 3), "certain", id="from top to bottom"),
        pytest.param((4, 9, 12), "certain", id="with others in between"),
        pytest.param((None, None, None), "certain", id="never run"),
        pytest.param((1, None, 3), "certain", id="one cell not run"),
        pytest.param((1, 3, 2), "likely", id="the last two the other way round"),
        pytest.param((7, 2, 3), "likely", id="the first one run again"),
        pytest.param((7, None, 3), "likely", id="run again above a cell that did not run"),
    ],
)
def test_cells_out_of_order_put_findings_in_doubt_that_go_by_the_order(
    folder: Path, counts: Sequence[int | None], confidence: str
) -> None:
    notebook(folder, SETUP, FIRST, SECOND, counts=counts)
    assert confidences()["KER101"] == confidence


def test_what_does_not_go_by_the_order_stays_certain(folder: Path) -> None:
    notebook(folder, SETUP, LAYERS, counts=(2, 1))
    assert confidences() == {"KER301": "certain"}


def test_a_finding_in_doubt_says_which_cell_ran_late_and_its_fix_is_unsafe(folder: Path) -> None:
    notebook(folder, SETUP, FIRST, SECOND, counts=(7, 2, 3))
    (finding,) = json.loads(kerlint("--output-format", "json", "--select", "KER101").out)
    assert finding["fix"]["applicability"] == "unsafe"
    note = finding["related"][-1]
    assert note["message"] == "this cell, In [7], ran after cell 3, In [2]"
    assert (note["cell"], note["location"]["row"]) == (2, 1)
