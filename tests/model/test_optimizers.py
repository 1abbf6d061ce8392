"""Identity is the object: names, containers, defaults and helpers keep it, constructors and copies make new ones."""

from __future__ import annotations

import pytest

from kerlint.model.facts import Program

from .helpers import program_of

MODELS = """
import copy, functools
def net():
    return keras.Sequential([keras.Input((4,)), layers.Dense(2)])
one, two = net(), net()
"""

SAME = {
    "a name": "opt = keras.optimizers.Adam()\none.compile(opt, 'mse')\ntwo.compile(optimizer=opt, loss='mse')",
    "an alias": "opt = keras.optimizers.Adam()\nother = opt\none.compile(opt)\ntwo.compile(other)",
    "a dict": """
        options = {"optimizer": keras.optimizers.Adam(), "loss": "mse"}
        one.compile(**options)
        two.compile(options["optimizer"])
    """,
    "a default": """
        def train(model, optimizer=keras.optimizers.SGD(0.1)):
            model.compile(optimizer)
        train(one)
        train(two)
    """,
    "a partial": """
        train = functools.partial(keras.Model.compile, optimizer=keras.optimizers.SGD())
        train(one)
        train(two)
    """,
    "get": """
        opt = keras.optimizers.Adam()
        one.compile(keras.optimizers.get(opt))
        two.compile(opt)
    """,
    "an attribute": """
        class Config:
            optimizer = keras.optimizers.Adam()
        one.compile(Config.optimizer)
        two.compile(Config().optimizer)
    """,
    "the other model": "one.compile(keras.optimizers.Adam())\ntwo.compile(one.optimizer)",
    "a loop": """
        opt = keras.optimizers.Adam()
        for model in (one, two):
            model.compile(opt)
    """,
    "a shallow copy of a list": """
        opts = [keras.optimizers.Adam()]
        one.compile(opts[0])
        two.compile(copy.copy(opts)[0])
    """,
    "a closure": """
        def make():
            opt = keras.optimizers.Adam()
            return lambda model: model.compile(opt)
        train = make()
        train(one)
        train(two)
    """,
}
OTHERS = {
    "two constructors": "one.compile(keras.optimizers.Adam())\ntwo.compile(keras.optimizers.Adam())",
    "a rebound name": """
        opt = keras.optimizers.Adam()
        one.compile(opt)
        opt = keras.optimizers.Adam()
        two.compile(opt)
    """,
    "a loop": """
        for model in (one, two):
            model.compile(keras.optimizers.Adam())
    """,
    "a deep copy": """
        opt = keras.optimizers.Adam()
        one.compile(opt)
        two.compile(copy.deepcopy(opt))
    """,
    "from_config": """
        opt = keras.optimizers.Adam()
        one.compile(opt)
        two.compile(keras.optimizers.Adam.from_config(opt.get_config()))
    """,
    "from_config of the object's class": """
        opt = keras.optimizers.Adam()
        one.compile(opt)
        two.compile(type(opt).from_config(opt.get_config()))
    """,
    "get of a string": "one.compile(keras.optimizers.get('adam'))\ntwo.compile(keras.optimizers.get('adam'))",
    "a factory": """
        def make():
            return keras.optimizers.Adam()
        one.compile(make())
        two.compile(make())
    """,
    "a class in a table": """
        table = {"adam": keras.optimizers.Adam}
        one.compile(table["adam"](0.1))
        two.compile(table["adam"](0.1))
    """,
}


def _optimizers(program: Program) -> list[int | None]:
    events = [event for event in program.trainings if event.kind == "compile"]
    return [event.optimizer.identity if event.optimizer is not None else None for event in events]


@pytest.mark.parametrize("how", SAME)
def test_one_object_keeps_its_identity_through(how: str) -> None:
    first, second = _optimizers(program_of(MODELS + _dedent(SAME[how])))
    assert first is not None
    assert first == second


@pytest.mark.parametrize("how", OTHERS)
def test_another_object_is_made_by(how: str) -> None:
    first, second = _optimizers(program_of(MODELS + _dedent(OTHERS[how])))
    assert first is not None and second is not None
    assert first != second


def _dedent(text: str) -> str:
    from textwrap import dedent

    return dedent(text)


def test_a_string_and_an_unknown_optimizer_are_no_objects() -> None:
    program = program_of(MODELS + "from elsewhere import opt\none.compile('adam')\ntwo.compile(opt)")
    assert _optimizers(program) == [None, None]


def test_an_optimizer_has_its_name_and_arguments() -> None:
    program = program_of("opt = keras.optimizers.Adam(learning_rate=0.1)")
    (made,) = program.objects
    assert (made.category, made.symbol, made.variable) == ("optimizer", "keras.optimizers.Adam", "opt")
    assert made.site.value("learning_rate") == 0.1


def test_build_tells_what_the_optimizer_was_built_for() -> None:
    program = program_of(MODELS + "opt = keras.optimizers.Adam()\nopt.build(one.trainable_variables)")
    (made,) = [item for item in program.objects if item.category == "optimizer"]
    dense = program.models[0].layers[0]
    assert made.built_for == frozenset({dense.identity})


def test_objects_made_in_a_loop_of_unknown_length_are_repeated() -> None:
    program = program_of("""
        from elsewhere import folds
        for fold in folds:
            opt = keras.optimizers.Adam()
    """)
    assert all(made.repeated for made in program.objects)
