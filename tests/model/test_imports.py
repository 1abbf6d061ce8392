"""Programs of several files: packages, relative imports, cycles, and where a finding is shown."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from kerlint.catalog import catalog
from kerlint.linter import lint_bytes
from kerlint.loader import DiskLoader
from kerlint.model.facts import Program
from kerlint.model.recover import recover
from kerlint.settings import LintSettings
from kerlint.source import read

from .helpers import checked, classes, names, params

BLOCKS = """
    import keras
    from keras import layers

    WIDTH = 4

    def block(x, width=WIDTH):
        return layers.ReLU()(layers.Dense(width)(x))

    class Net(keras.Model):
        def __init__(self, units):
            super().__init__()
            self.d = layers.Dense(units)

        def call(self, x):
            return self.d(x)
"""


def _project(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))


def _program(folder: Path, name: str, *roots: Path) -> Program:
    path = folder / name
    loader = DiskLoader(tuple(str(root) for root in roots))
    return checked(recover(read(path.read_bytes(), str(path)), loader=loader))


MAIN = """
    import keras
    {imports}
    i = keras.Input((3,))
    m = keras.Model(i, {block}({block}(i), 2))
"""


def test_a_module_beside_the_file_is_followed(tmp_path: Path) -> None:
    _project(
        tmp_path, {"blocks.py": BLOCKS, "main.py": MAIN.format(imports="import blocks", block="blocks.block")}
    )
    (model,) = _program(tmp_path, "main.py").models
    assert classes(model) == ["InputLayer", "Dense", "ReLU", "Dense", "ReLU"]
    assert params(model) == [0, 16, 0, 10, 0]


def test_names_aliases_and_stars_are_followed(tmp_path: Path) -> None:
    for number, (imports, block) in enumerate(
        [
            ("from blocks import block", "block"),
            ("from blocks import block as b", "b"),
            ("import blocks as bl", "bl.block"),
            ("from blocks import *", "block"),
        ]
    ):
        folder = tmp_path / str(number)
        _project(folder, {"blocks.py": BLOCKS, "main.py": MAIN.format(imports=imports, block=block)})
        (model,) = _program(folder, "main.py").models
        assert model.complete


def test_packages_and_relative_imports_are_followed(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "pkg/__init__.py": "from .parts.blocks import block",
            "pkg/parts/__init__.py": "",
            "pkg/parts/blocks.py": BLOCKS,
            "pkg/nets/__init__.py": "",
            "pkg/nets/main.py": MAIN.format(imports="from ..parts.blocks import block", block="block"),
            "pkg/nets/other.py": MAIN.format(imports="from pkg import block", block="block"),
        },
    )
    for name in ("pkg/nets/main.py", "pkg/nets/other.py"):
        (model,) = _program(tmp_path, name).models
        assert model.complete and len(model.layers) == 5


def test_a_root_of_the_project_is_searched(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "src/lib/__init__.py": "",
            "src/lib/blocks.py": BLOCKS,
            "scripts/main.py": MAIN.format(imports="from lib.blocks import block", block="block"),
        },
    )
    (model,) = _program(tmp_path, "scripts/main.py", tmp_path / "src").models
    assert model.complete
    (blind,) = _program(tmp_path, "scripts/main.py").models
    assert not blind.complete


def test_a_cycle_ends(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "a.py": "import keras\nfrom keras import layers\nimport b\ndef width():\n    return 3\n",
            "b.py": "import keras\nimport a\ndef units():\n    return a.width() + 1\n",
            "main.py": """
                import keras
                import a, b
                m = keras.Sequential([keras.Input((2,)), keras.layers.Dense(b.units())])
            """,
        },
    )
    (model,) = _program(tmp_path, "main.py").models
    assert params(model) == [12]


def test_a_class_inherited_across_files(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "blocks.py": BLOCKS,
            "main.py": """
                import keras
                from blocks import Net

                class Deep(Net):
                    def call(self, x):
                        return super().call(x) * 2.0

                net = Deep(5)
                y = net(keras.Input((3,)))
            """,
        },
    )
    (model,) = _program(tmp_path, "main.py").models
    assert (model.cls, names(model), params(model)) == ("Deep", ["dense"], [20])


def test_what_an_imported_file_only_offers_is_not_evaluated(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "blocks.py": BLOCKS + "\n    def unused():\n        return keras.Sequential([layers.Dense(1)])\n",
            "main.py": MAIN.format(imports="from blocks import block", block="block"),
        },
    )
    assert len(_program(tmp_path, "main.py").models) == 1


def test_a_finding_in_an_imported_function_is_shown_at_the_call(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "blocks.py": """
                from keras import layers

                def block(x):
                    return layers.Conv2D(8, 3)(layers.Conv2D(8, 3)(x))
            """,
            "main.py": """
                import keras
                from blocks import block

                i = keras.Input((32, 32, 3))
                x = block(i)
                m = keras.Model(i, keras.layers.Dense(2)(keras.layers.Flatten()(x)))
            """,
        },
    )
    path = tmp_path / "main.py"
    report = lint_bytes(path.read_bytes(), str(path), LintSettings(rules=tuple(catalog())))
    found = [finding for finding in report.findings if finding.code == "KER201"]
    assert found
    assert {finding.location.filename for finding in found} == {str(path)}
    assert found[0].location.row == 6
    assert found[0].related[0].location.filename == str(tmp_path / "blocks.py")
    assert str(tmp_path / "blocks.py") in report.imports


def test_a_module_that_is_missing_or_broken_is_unknown(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "broken.py": "import keras\ndef block(x:\n    return",
            "main.py": MAIN.format(imports="from broken import block", block="block"),
        },
    )
    (model,) = _program(tmp_path, "main.py").models
    assert not model.complete


def test_keras_is_never_taken_from_a_file_of_the_project(tmp_path: Path) -> None:
    _project(
        tmp_path,
        {
            "keras.py": "import tensorflow as tf\nlayers = None\n",
            "main.py": "import keras\nm = keras.Sequential([keras.layers.Dense(2)])\n",
        },
    )
    assert classes(_program(tmp_path, "main.py").models[0]) == ["Dense"]
