"""The smallest edit that makes two models equal: what it says, and that it does."""

from __future__ import annotations

import pytest

from bench.twins import compared, edited, shortened_pair, told
from kerlint.diff.result import to_do

STACK = """\
a = keras.Sequential([
    keras.Input((16, 16, 3)),
    layers.Conv2D(8, 3),
    {}
    layers.Flatten(),
    layers.Dense(4),
])
"""


def _edits(left: str, right: str) -> list[str]:
    return to_do(compared(STACK.format(left) + STACK.replace("a = ", "b = ").format(right))[0])


@pytest.mark.parametrize("seed", range(30))
def test_a_layer_that_one_side_lacks_is_added_or_the_other_one_deleted(seed: int) -> None:
    text, layer, found = shortened_pair(seed)
    assert found.edits, f"{layer}: {told(found)}\n{text}"
    again = compared(edited(text, found))[0]
    assert again.equivalent is True, f"{layer}: {to_do(found)} leaves {told(again)}\n{text}"


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        (
            "",
            "layers.MaxPooling2D(2, padding='same'),",
            ["add MaxPooling2D(pool_size=(2, 2), padding='same') after conv2d in line 6"],
        ),
        (
            "layers.BatchNormalization(), layers.ReLU(),",
            "",
            ["add BatchNormalization(), then ReLU() after conv2d_1 in line 13"],
        ),
        ("layers.ReLU(),", "layers.LeakyReLU(0.3),", ["write ReLU() instead of leaky_re_lu in line 14"]),
        (
            "layers.MaxPooling2D(2),",
            "layers.AveragePooling2D(2),",
            ["write MaxPooling2D(pool_size=(2, 2)) instead of average_pooling2d in line 14"],
        ),
        ("layers.Lambda(lambda x: x * 2),", "", []),
    ],
)
def test_the_edit_reads_as_a_person_would_write_it(left: str, right: str, edits: list[str]) -> None:
    told = _edits(left, right)
    assert told == edits


def test_what_belongs_between_a_layer_and_its_own_activation_is_deleted_rather_than_added() -> None:
    left = "a = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, activation='relu')])\n"
    right = (
        "b = keras.Sequential([\n    keras.Input((8, 8, 3)),\n    layers.Conv2D(4, 3),\n"
        "    layers.BatchNormalization(),\n    layers.ReLU(),\n])\n"
    )
    assert to_do(compared(left + right)[0]) == ["delete batch_normalization in line 8"]


def test_no_model_is_made_like_one_that_keras_cannot_build() -> None:
    text = """\
{} = keras.Sequential([
    keras.Input((4, 4, 3)),
    layers.Conv2D(8, 3, padding="{}"),
    layers.Conv2D(8, 3, padding="{}"),
    layers.Flatten(),
    layers.Dense(4),
])
"""
    found = compared(text.format("a", "valid", "valid") + text.format("b", "same", "same"))[0]
    assert found.side == "left"
    assert to_do(found) == ["write padding='same' in line 6", "write padding='same' in line 7"]


def test_a_layer_that_is_made_once_for_several_places_is_not_edited_for_one_of_them() -> None:
    text = (
        "def stack(*rates):\n"
        "    made = [keras.Input((8,))]\n"
        "    for rate in rates:\n"
        "        made.append(layers.Dropout(rate))\n"
        "    return keras.Sequential(made)\n"
        "a = stack(0.1, 0.2)\n"
        "b = stack(0.1, 0.3)\n"
    )
    found = compared(text)[0]
    assert told(found) == ["argument: rate of Dropout 0.2 against 0.3"]
    assert found.edits == ()


def test_places_in_cells_and_other_files_are_named() -> None:
    found = compared(
        "a = keras.Sequential([keras.Input((8,)), layers.Dense(2)])\nb = keras.Sequential([keras.Input((8,)), layers.Dense(3)])\n"
    )[0]
    assert to_do(found) == ["write units=2 in line 5"]
