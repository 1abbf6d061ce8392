"""Models written to files and read back are remembered with the model and the end of the path."""

from __future__ import annotations

import pytest

from kerlint.model.savings import ending_of

from .helpers import program_of

MODEL = "import os\nm = keras.Sequential([layers.Input((3,)), layers.Dense(1)])\n"


def test_methods_and_functions_are_told_by_kind_and_model() -> None:
    text = (
        "m.save('a.keras')\nm.save_weights('b')\nkeras.models.save_model(m, 'c.h5')\n"
        "keras.models.load_model('c.h5')\n"
    )
    program = program_of(MODEL + text)
    model = program.models[0].identity
    found = [(one.kind, one.model, ending_of(one.filepath)) for one in program.savings]
    assert found == [
        ("save", model, "a.keras"),
        ("save_weights", model, "b"),
        ("save", model, "c.h5"),
        ("load", None, "c.h5"),
    ]


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("'a' + '.h5'", "a.h5"),
        ("f'{folder}/m.h5'", "/m.h5"),
        ("os.path.join(folder, 'm.h5')", "m.h5"),
        ("folder + '/m.h5'", "/m.h5"),
        ("f'm.{folder}'", None),
        ("folder", None),
        ("'m.%s' % folder", None),
    ],
)
def test_a_path_ends_in_its_last_literal(path: str, ending: str | None) -> None:
    (saving,) = program_of(f"{MODEL}from where import folder\nm.save({path})\n").savings
    assert ending_of(saving.filepath) == ending


def test_a_save_of_the_users_own_is_no_saving() -> None:
    text = "class Net(keras.Model):\n    def save(self, filepath):\n        pass\nNet().save('a')\n"
    assert program_of(text).savings == ()
