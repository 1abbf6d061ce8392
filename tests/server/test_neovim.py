"""A real editor: Neovim, without a screen, out of the wheel that carries it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

DRIVER = Path(__file__).with_name("neovim.lua")
MODEL = """\
import keras

model = keras.Sequential()
model.add(keras.layers.Input((28, 28, 1)))
model.add(keras.layers.Conv2D(4, 3))
model.add(keras.layers.MaxPooling2D(3))
model.add(keras.layers.MaxPooling2D(3, name="é😀"))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the driver saw and did."""
    folder = tmp_path_factory.mktemp("neovim")
    (folder / "model.py").write_text(MODEL, encoding="utf-8")
    (folder / "kerlint.toml").write_text("")
    told = folder / "seen.json"
    environment = {
        **os.environ,
        "KERLINT_PYTHON": sys.executable,
        "KERLINT_SEEN": str(told),
        "XDG_STATE_HOME": str(folder),
        "NVIM_LOG_FILE": str(folder / "log"),
    }
    neovim = str(Path(sys.executable).with_name("nvim"))
    done = subprocess.run(
        [neovim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", f"luafile {DRIVER}"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert told.is_file(), done.stderr
    found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    assert "problem" not in found, found["problem"]
    return found


@pytest.mark.slow
def test_findings_arrive(seen: dict[str, Any]) -> None:
    assert seen["first"] == "KER301@6 KER301@7"


@pytest.mark.slow
def test_hovering_shows_the_rule_and_the_inferred_shape(seen: dict[str, Any]) -> None:
    assert "`(None, 26, 26, 4)` → `(None, 8, 8, 4)`" in seen["hover"]
    assert "**KER301** implicit-pool-strides" in seen["hover"]


@pytest.mark.slow
def test_shapes_stand_beside_the_layers(seen: dict[str, Any]) -> None:
    assert seen["hints"] == ["→ (None, 26, 26, 4)", "→ (None, 8, 8, 4)", "→ (None, 2, 2, 4)"]


@pytest.mark.slow
def test_a_quick_fix_is_applied(seen: dict[str, Any]) -> None:
    assert seen["fixed"] == "model.add(keras.layers.MaxPooling2D(3, strides=3))"


@pytest.mark.slow
def test_a_comment_that_ignores_the_finding_is_written(seen: dict[str, Any]) -> None:
    assert seen["ignored"] == 'model.add(keras.layers.MaxPooling2D(3, name="é😀"))  # kerlint: ignore[KER301]'


@pytest.mark.slow
def test_findings_stay_while_a_line_is_half_typed(seen: dict[str, Any]) -> None:
    assert seen["broken"] == "KER001@2 KER301@8"
