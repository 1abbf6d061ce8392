"""What starting kerlint imports: never TensorFlow, and nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "tensorflow",
    "keras",
    "tf_keras",
    "pygls",
    "lsprotocol",
    "distributed",
    "dask",
    "torch",
    "jax",
    "numpy",
)

WATCH = """\
import sys
sys.argv = ["kerlint", *sys.argv[1:]]
from kerlint.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""

PLAIN = "import os\nprint(os.name)\n"
MODEL = "import keras\nmodel = keras.Sequential([keras.layers.Dense(1)])\n"


def imported(folder: Path, *arguments: str) -> set[str]:
    """Top-level modules that are loaded after kerlint did its work, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")], ids=" ".join)
def test_asking_about_kerlint_loads_no_parser(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert imported(tmp_path, *arguments).isdisjoint({*HEAVY, "libcst", "rich"})


def test_a_file_without_keras_loads_no_parser(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    assert imported(tmp_path, "check", "--no-cache", "plain.py").isdisjoint({*HEAVY, "libcst"})


def test_linting_a_model_never_loads_tensorflow(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL)
    loaded = imported(tmp_path, "check", "--no-cache", "--jobs", "1", "model.py")
    assert "libcst" in loaded, "the file was linted"
    assert loaded.isdisjoint(HEAVY)


def test_importing_every_module_never_loads_tensorflow(root: Path) -> None:
    engine = root / "kerlint"
    rooms = [path.relative_to(root).with_suffix("") for path in engine.rglob("*.py")]
    names = [".".join(path.parts) for path in rooms if path.name not in {"__init__", "__main__"}]
    named = [name for name in names if ".confirm" not in name and ".server" not in name]
    script = (
        f"import importlib, sys\nfor name in {named!r}: importlib.import_module(name)\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()).isdisjoint({"tensorflow", "keras", "tf_keras"})
