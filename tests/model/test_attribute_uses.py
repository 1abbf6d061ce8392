"""Attributes that only some Keras has are remembered with their places."""

from __future__ import annotations

from .helpers import program_of


def uses(text: str) -> list[tuple[str, str, bool, str]]:
    """Symbol, name, whether it is set, and the text at the place, for each use."""
    return [(use.symbol, use.name, use.is_set, use.place.text) for use in program_of(text).attribute_uses]


def test_a_read_and_an_assignment_are_told_apart() -> None:
    text = "opt = keras.optimizers.Adam(0.1)\nopt.lr = 0.2\nprint(opt.lr)\nopt.lr *= 2\n"
    adam = "keras.optimizers.Adam"
    assert uses(text) == [(adam, "lr", True, "lr"), (adam, "lr", True, "lr")]


def test_an_attribute_that_the_program_set_is_read_from_there() -> None:
    assert uses("opt = keras.optimizers.Adam(0.1)\nprint(opt.lr)\n") == [
        ("keras.optimizers.Adam", "lr", False, "lr")
    ]


def test_the_optimizer_of_a_string_has_attributes_too() -> None:
    text = "m = keras.Sequential([layers.Dense(1)])\nm.compile('sgd', 'mse')\nm.optimizer.lr = 1\n"
    assert uses(text) == [("keras.optimizers.SGD", "lr", True, "lr")]


def test_methods_of_models_that_are_gone_are_uses() -> None:
    text = "m = keras.Sequential([layers.Dense(1)])\nm.fit_generator(x, 3)\n"
    assert uses(text) == [("keras.Model", "fit_generator", False, "fit_generator")]


def test_a_former_way_to_train_is_a_training() -> None:
    program = program_of("m = keras.Sequential([layers.Dense(1)])\nm.fit_generator(x, 3, epochs=4)\n")
    (training,) = program.trainings
    assert training.kind == "fit"
    assert training.site.value("epochs") == 4


def test_a_property_of_the_users_own_is_no_use() -> None:
    text = (
        "class Mine(keras.layers.Layer):\n"
        "    @property\n    def output_shape(self):\n        return 3\n"
        "print(Mine().output_shape)\n"
    )
    assert uses(text) == []


def test_asking_for_an_attribute_is_no_use() -> None:
    assert uses("opt = keras.optimizers.Adam(0.1)\nhasattr(opt, 'lr')\ngetattr(opt, 'lr', 1)\n") == []
