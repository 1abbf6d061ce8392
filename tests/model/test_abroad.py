"""What a file's calls do inside the functions of other files: told once, where the fact is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kerlint.catalog import catalog
from kerlint.findings import Report
from kerlint.linter import lint_bytes
from kerlint.settings import LintSettings

BLOCKS = """\
from keras import layers

def down(x, filters):
    x = layers.Conv2D(filters, 3, activation="relu")(x)
    return layers.MaxPooling2D(2, strides=2)(x)

def head(x, units):
    return layers.Dense(units, activation="softmax")(x)
"""
MODEL = """\
import keras
from blocks import down, head

inputs = keras.Input(({size}, {size}, 3))
x = down(inputs, 8)
x = down(x, 16)
x = keras.layers.Flatten()(x)
model = keras.Model(inputs, head(x, {units}))
"""
Linter = Callable[[str], Report]


@pytest.fixture
def lint(tmp_path: Path) -> Linter:
    """Lints a file of the project, in which `blocks.py` is."""
    (tmp_path / "blocks.py").write_text(BLOCKS)
    settings = LintSettings(tuple(sorted(code for code, rule in catalog().items() if rule.enabled)))

    def linted(name: str) -> Report:
        path = tmp_path / name
        return lint_bytes(path.read_bytes(), str(path), settings)

    return linted


def told(report: Report) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """Code and row of each finding, with the first place that it names besides."""
    return [
        (
            finding.code,
            finding.location.row,
            [(Path(one.location.filename).name, one.location.row) for one in finding.related[:1]],
        )
        for finding in report.findings
    ]


def test_a_layer_that_fails_on_what_it_is_handed_is_told_at_the_call(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "model.py").write_text(MODEL.format(size=7, units=1))
    assert told(lint("model.py")) == [("KER303", 6, [("blocks.py", 4)]), ("KER202", 8, [("blocks.py", 8)])]
    assert told(lint("blocks.py")) == []


def test_a_helper_that_gets_what_it_can_do_with_is_no_finding(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "model.py").write_text(MODEL.format(size=28, units=10))
    assert told(lint("model.py")) == []


def test_what_the_helpers_own_lint_finds_is_told_there_alone(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "blocks.py").write_text(BLOCKS.replace("Dense(units,", "Dense(1,"))
    (tmp_path / "model.py").write_text(MODEL.format(size=28, units=1))
    assert told(lint("model.py")) == []
    assert told(lint("blocks.py")) == [("KER202", 8, [])]


def test_many_calls_that_fail_at_one_line_are_one_finding(tmp_path: Path, lint: Linter) -> None:
    calls = "outputs = [head(keras.Input((4,)), 1), head(keras.Input((5,)), 1)]\nlast = head(keras.Input((6,)), 1)\n"
    (tmp_path / "model.py").write_text(f"import keras\nfrom blocks import head\n{calls}")
    assert told(lint("model.py")) == [("KER202", 3, [("blocks.py", 8)])]


def test_a_finding_at_the_call_is_silenced_at_the_call(tmp_path: Path, lint: Linter) -> None:
    text = MODEL.format(size=28, units=1).replace("head(x, 1))", "head(x, 1))  # kerlint: ignore[KER202]")
    (tmp_path / "model.py").write_text(text)
    assert told(lint("model.py")) == []


def test_a_helper_that_is_mended_is_asked_anew(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "model.py").write_text(MODEL.format(size=28, units=1))
    assert [code for code, *_ in told(lint("model.py"))] == ["KER202"]
    (tmp_path / "blocks.py").write_text(BLOCKS.replace("Dense(units,", "Dense(1,"))
    assert told(lint("model.py")) == []
    (tmp_path / "blocks.py").write_text(BLOCKS.replace('"softmax"', '"sigmoid"'))
    assert told(lint("model.py")) == []


def test_files_that_import_each_other_end(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "blocks.py").write_text(f"import model\n{BLOCKS}")
    (tmp_path / "model.py").write_text(MODEL.format(size=28, units=1))
    assert [code for code, *_ in told(lint("model.py"))] == ["KER202"]


def test_a_report_names_the_files_that_the_helpers_lint_leaned_on(tmp_path: Path, lint: Linter) -> None:
    (tmp_path / "sizes.py").write_text("UNITS = 1\n")
    (tmp_path / "blocks.py").write_text(
        BLOCKS.replace(
            "def head(",
            "def other(x):\n    import sizes\n    return layers.Dense(sizes.UNITS)(x)\n\ndef head(",
        )
    )
    (tmp_path / "model.py").write_text(MODEL.format(size=28, units=1))
    assert str(tmp_path / "sizes.py") in lint("model.py").imports
