"""Inputs whose shapes are not known: what checks say of them, and what Python makes of their extents."""

from __future__ import annotations

import pytest

from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.facts import Program
from kerlint.python.budget import Budget

from .helpers import classes, program_of, shapes

CHECKED = """
    from elsewhere import shape, top

    def checked(shape, top, least=32):
        if shape:
            if len(shape) != 3:
                raise ValueError("three integers, please")
            if (shape[0] is not None and shape[0] < least) or (shape[1] is not None and shape[1] < least):
                raise ValueError(f"at least {least}")
        else:
            shape = (64, 64, 3) if top else (None, None, 3)
        if top:
            if None in shape:
                raise ValueError("a whole shape, please")
        return shape

    def halved(x):
        y = layers.Conv2D(4, 3, strides=2, padding="same")(x)
        if x.shape[1] != y.shape[1]:
            x = layers.AveragePooling2D(1, strides=2)(x)
        return layers.Add()([x, y])
"""
HALVED = ["AveragePooling2D", "Conv2D", "Add"]
KEPT = ["Conv2D", "Add"]


def build(body: str, before: str = CHECKED, **options: object) -> Program:
    """The program with a function `build` that makes and returns a model."""
    lines = "\n".join(f"        {line}" for line in body.strip().splitlines())
    text = f"{before}\n    def build(shape, top):\n{lines}\n\n    model = build(shape, top)\n"
    return program_of(text, **options)  # type: ignore[arg-type]


def layers_of(program: Program) -> list[list[str]]:
    """The classes of each model's layers, without the input and the first convolution, every form once."""
    return [classes(model)[2:] for model in program.models]


def test_a_shape_that_was_checked_has_its_rank() -> None:
    program = build(
        """
i = keras.Input(checked(shape, True))
return keras.Model(i, layers.Conv2D(4, 3)(i))
"""
    )
    first, *_ = program.models
    assert shapes(first) == [(None, *(UNKNOWN_DIM,) * 3), (None, UNKNOWN_DIM, UNKNOWN_DIM, 4)]


def test_a_whole_shape_has_one_form_for_a_comparison_of_its_extents() -> None:
    program = build(
        """
i = keras.Input(checked(shape, True))
return keras.Model(i, halved(layers.Conv2D(4, 3, strides=2)(i)))
"""
    )
    assert layers_of(program) == [HALVED, HALVED]


def test_a_shape_that_may_be_free_has_two_forms_where_that_matters() -> None:
    program = build(
        """
i = keras.Input(checked(shape, False))
return keras.Model(i, halved(layers.Conv2D(4, 3, strides=2)(i)))
""",
        budget=Budget(paths=16),
    )
    assert layers_of(program) == [HALVED, KEPT, KEPT]
    assert [model.layers[0].outputs[0][1:3] for model in program.models] == [  # type: ignore[index]
        (UNKNOWN_DIM, UNKNOWN_DIM),
        (None, UNKNOWN_DIM),
        (None, None),
    ]
    assert all(model.complete for model in program.models)


def test_a_shape_that_may_be_free_has_one_form_where_that_does_not_matter() -> None:
    program = build(
        """
i = keras.Input(checked(shape, False))
return keras.Model(i, layers.Conv2D(4, 3, strides=2)(i))
"""
    )
    assert len(program.models) == 2


def test_a_free_axis_excludes_the_branch_that_a_check_keeps_it_from() -> None:
    program = build(
        """
i = keras.Input(checked(shape, top))
x = halved(layers.Conv2D(4, 3, strides=2)(i))
if top:
    x = layers.Flatten()(x)
return keras.Model(i, x)
""",
        budget=Budget(paths=16),
    )
    flattened = [model for model in program.models if classes(model)[-1] == "Flatten"]
    assert [classes(model)[2:-1] for model in flattened] == [HALVED, HALVED]
    assert {model.layers[0].outputs[0][1] for model in flattened} == {UNKNOWN_DIM, 64}  # type: ignore[index]


def test_arithmetic_on_a_free_axis_ends_the_form_in_which_it_is_free() -> None:
    program = build(
        """
i = keras.Input(checked(shape, False))
x = layers.Conv2D(4, 3, strides=2)(i)
if x.shape[1] is None:
    x = layers.ReLU()(x)
else:
    x = layers.ZeroPadding2D(((x.shape[1] % 2, 0), (x.shape[2] % 2, 0)))(x)
if x.shape[2] is None:
    x = layers.Activation("relu")(x)
return keras.Model(i, x)
""",
        budget=Budget(paths=16),
    )
    assert layers_of(program)[:3] == [["ZeroPadding2D"], ["ReLU"], ["ReLU", "Activation"]]


def test_too_many_forms_are_not_told_apart() -> None:
    program = build(
        """
i = keras.Input(checked(shape, False))
return keras.Model(i, halved(layers.Conv2D(4, 3, strides=2)(i)))
""",
        budget=Budget(paths=2),
    )
    assert all(shapes(model)[0] in (None, (None, None, None, 3)) for model in program.models)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("x.shape[1] == x.shape[1]", True),
        ("x.shape[1] == y.shape[1]", None),
        ("y.shape[1] * 2 - x.shape[1] in (0, 1)", None),
        ("(x.shape[1] + 1) // 2 == y.shape[1]", True),
        ("x.shape[1] == x.shape[2]", None),
        ("x.shape[1] == 5", None),
        ("x.shape[1] % 2 == 2", False),
        ("x.shape[1] - x.shape[1] % 2 == 3", False),
        ("x.shape[1] < y.shape[1]", False),
        ("x.shape[1:3] == x.shape[1:3]", True),
        ("x.shape[1:3] == y.shape[1:3]", None),
    ],
)
def test_a_program_computes_with_extents_that_are_not_known(test: str, expected: bool | None) -> None:
    """None: both ways are possible."""
    program = program_of(f"""
        from elsewhere import height, width
        i = keras.Input((height, width, 3))
        x = layers.Conv2D(4, 3, padding="same")(i)
        y = layers.Conv2D(4, 3, strides=2, padding="same")(x)
        if not ({test}):
            x = layers.AveragePooling2D(1, strides=2)(x)
        model = keras.Model(i, layers.Add()([x, x]))
    """)
    answers = {"AveragePooling2D" not in classes(model) for model in program.models}
    assert answers == ({True, False} if expected is None else {expected})


def test_one_unknown_number_is_one_extent_wherever_it_is_written() -> None:
    program = program_of("""
        from elsewhere import side
        a, b = keras.Input((side, 3)), keras.Input((side, 4))
        made = a if a.shape[1] == b.shape[1] else layers.ReLU()(a)
        model = keras.Model([a, b], layers.Concatenate()([made, b]))
    """)
    (model,) = program.models
    assert classes(model) == ["InputLayer", "InputLayer", "Concatenate"]


def test_a_check_whose_error_may_be_caught_tells_nothing() -> None:
    program = program_of("""
        from elsewhere import shape
        try:
            if len(shape) != 3:
                raise ValueError
        except ValueError:
            pass
        i = keras.Input(shape)
        model = keras.Model(i, layers.ReLU()(i))
    """)
    assert all(shapes(model)[0] is None for model in program.models)
