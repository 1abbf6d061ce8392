"""Gradient tapes: what they recorded, and the gradients that are asked of them; loops over folds."""

from __future__ import annotations

import pytest

from kerlint.model.acts import Act, Deed
from kerlint.model.folds import fold_loop, is_inside

from .helpers import program_of

STEP = """
import tensorflow as tf
model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
optimizer = keras.optimizers.SGD()
before = model(tf.ones((3, 4)), training=False)

def step(x):
    before = model(x)
    with tf.GradientTape({options}) as tape:
        loss = tf.reduce_sum({loss})
    gradients = tape.gradient(loss, model.trainable_variables)
    {then}
"""


def acts(kind: Deed, loss: str = "model(x)", then: str = "pass", options: str = "") -> list[Act]:
    """The acts of one kind in a training step."""
    return [
        act for act in program_of(STEP.format(loss=loss, then=then, options=options)).acts if act.kind is kind
    ]


@pytest.mark.parametrize(
    ("loss", "problem"), [("model(x)", ""), ("before", "outside"), ("before * model(x)", "")]
)
def test_a_gradient_needs_what_the_tape_recorded(loss: str, problem: str) -> None:
    (gradient,) = acts(Deed.GRADIENT, loss)
    assert gradient.what == problem
    assert gradient.variables


@pytest.mark.parametrize(("options", "problem"), [("", "again"), ("persistent=True", ""), ("True", "")])
def test_a_tape_gives_one_gradient_unless_it_is_persistent(options: str, problem: str) -> None:
    first, second = acts(Deed.GRADIENT, then="tape.gradient(loss, x)", options=options)
    assert (first.what, second.what) == ("", problem)


def test_pairs_of_variables_and_gradients_are_in_the_wrong_order() -> None:
    right = "optimizer.apply_gradients(zip(gradients, model.trainable_variables))"
    wrong = "optimizer.apply_gradients(zip(model.trainable_variables, gradients))"
    assert acts(Deed.SWAP, then=right) == []
    assert [act.what for act in acts(Deed.SWAP, then=wrong)] == ["apply_gradients"]


def test_calls_of_models_say_their_mode_and_whether_a_tape_records_them() -> None:
    calls = acts(Deed.CALL, "model(x, training=True)")
    assert [(act.what, act.taped) for act in calls] == [("False", False), ("", False), ("True", True)]


def test_a_loop_over_folds_is_known_through_calls() -> None:
    program = program_of(
        """
        from sklearn.model_selection import KFold

        def train(model, x):
            model.fit(x)

        model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
        model.compile()
        for first, second in KFold(3).split(data):
            train(model, first)
        model.fit(data)
        """
    )
    inside, after = next(e for e in program.trainings if e.kind == "fit"), program.trainings[-1]
    loop = fold_loop(inside.place)
    assert loop is not None
    assert fold_loop(after.place) is None
    assert is_inside(inside.place, loop)
    assert not is_inside(program.models[0].place, loop)
