"""How far one place of the last feature map sees."""

from __future__ import annotations

import pytest

from bench.twins import compared
from kerlint.diff.fields import receptive_field

HEAD = "i = keras.Input((64, 64, 2))\n"


def _field(text: str) -> tuple[int, ...] | None:
    program = f"{HEAD}x = i\n{text}\na = keras.Model(i, x)\nb = keras.Model(i, layers.ReLU()(i))\n"
    return receptive_field(compared(program)[0].comparison.left.steps)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("x = layers.Conv2D(2, 3)(layers.Conv2D(2, 3)(x))", (5, 5)),
        ("x = layers.Conv2D(2, (3, 1))(x)", (3, 1)),
        ("x = layers.Conv2D(2, 3)(layers.MaxPooling2D(2)(layers.Conv2D(2, 3)(x)))", (8, 8)),
        ("x = layers.Conv2D(2, 3, dilation_rate=4)(x)", (9, 9)),
        (
            "x = layers.Add()([layers.Conv2D(2, 5, padding='same')(x), layers.Conv2D(2, 3, padding='same')(x)])",
            (5, 5),
        ),
        ("y = layers.Conv2D(2, 3, padding='same')(x)\nx = layers.Conv2D(2, 3)(y + x)", (5, 5)),
        ("x = layers.Conv2D(2, 3)(layers.UpSampling2D(2)(layers.MaxPooling2D(2)(x)))", (4, 4)),
        ("x = layers.Conv2DTranspose(2, 2, strides=2)(layers.MaxPooling2D(2)(x))", (2, 2)),
        ("x = layers.Dense(3)(layers.Dropout(0.5)(layers.Conv2D(2, 3, activation='relu')(x)))", (3, 3)),
        ("x = layers.Dense(3)(layers.Flatten()(layers.Conv2D(2, 3)(x)))", (3, 3)),
        ("x = layers.Conv2D(2, 3)(layers.Permute((2, 1, 3))(layers.Conv2D(2, 5)(x)))", None),
        ("x = layers.Dense(3)(x)", None),
    ],
)
def test_the_receptive_field_of_the_last_map(text: str, field: tuple[int, ...] | None) -> None:
    assert _field(text) == field


def test_a_difference_in_it_is_a_consequence_also_where_paths_branch() -> None:
    block = "y = layers.Conv2D(2, {}, padding='same')(i)\n"
    text = (
        f"{HEAD}{block.format(3)}a = keras.Model(i, y + i)\n{block.format((3, 7))}b = keras.Model(i, y + i)\n"
    )
    assert (
        "each place of the last feature map sees 3 against 3 x 7 places of the input"
        in compared(text)[0].consequences
    )
