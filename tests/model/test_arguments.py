"""Where an argument came from: written, unpacked, bound before, or nobody wrote it."""

from __future__ import annotations

import pytest

from kerlint.model.call_sites import CallSite, Origin
from kerlint.model.facts import Program
from kerlint.python.values import Unknown

from .helpers import program_of


def _pool(program: Program) -> CallSite:
    return next(site for site in program.calls if site.symbol == "keras.layers.MaxPooling2D")


ORIGINS = {
    "layers.MaxPooling2D((3, 3), strides=2)": Origin.WRITTEN,
    "layers.MaxPool2D((3, 3), 2)": Origin.WRITTEN,
    "layers.MaxPooling2D(3, **{'strides': 2})": Origin.UNPACKED,
    "layers.MaxPooling2D(*[3, 2])": Origin.UNPACKED,
    "functools.partial(layers.MaxPooling2D, strides=2)(3)": Origin.BOUND,
    "functools.partial(layers.MaxPooling2D, 3)(strides=2)": Origin.WRITTEN,
    "layers.MaxPooling2D(3)": Origin.DEFAULT,
}


@pytest.mark.parametrize("text", ORIGINS)
def test_an_argument_knows_how_it_was_given(text: str) -> None:
    site = _pool(program_of(f"import functools\npool = {text}"))
    argument = site.argument("strides")
    assert argument is not None
    assert argument.origin is ORIGINS[text]
    assert argument.is_given is (argument.origin is not Origin.DEFAULT)
    assert site.is_omitted("strides") is not argument.is_given
    assert argument.value == (2 if argument.is_given else None)


def test_a_written_argument_has_its_text_and_place() -> None:
    site = _pool(program_of("size = 3\npool = layers.MaxPooling2D(pool_size=size * 1, strides=None)"))
    argument = site.argument("pool_size")
    assert argument is not None and argument.place is not None
    assert (argument.value, argument.text, argument.place.text) == (3, "size * 1", "size * 1")
    strides = site.argument("strides")
    assert strides is not None and strides.is_given and strides.value is None


def test_unknown_unpacking_makes_a_default_uncertain() -> None:
    site = _pool(program_of("from elsewhere import options\npool = layers.MaxPooling2D(3, **options)"))
    assert not site.exact
    assert site.argument("strides") is None
    assert isinstance(site.value("strides"), Unknown)
    assert not site.is_omitted("strides")
    assert site.value("pool_size") == 3


def test_a_subclass_binds_what_its_init_hands_on() -> None:
    program = program_of("""
        class Pool(layers.MaxPooling2D):
            def __init__(self, **kwargs):
                super().__init__(3, **kwargs)
        i = keras.Input((9, 9, 1))
        m = keras.Model(i, Pool(strides=2)(i))
    """)
    layer = program.models[0].layers[1]
    assert layer.site is not None
    assert (layer.cls, layer.value("pool_size"), layer.value("strides")) == ("Pool", (3, 3), (2, 2))
    assert layer.site.value("pool_size") == 3


def test_resolved_attributes_differ_from_what_was_written() -> None:
    program = program_of("""
        i = keras.Input((9, 9, 1))
        m = keras.Model(i, layers.MaxPooling2D(3)(i))
    """)
    layer = program.models[0].layers[1]
    assert layer.site is not None
    assert (layer.site.value("strides"), layer.value("strides")) == (None, (3, 3))


def test_arguments_that_keras_does_not_take_are_kept_apart() -> None:
    site = _pool(program_of("pool = layers.MaxPooling2D(3, stride=2)"))
    assert [(argument.name, argument.value) for argument in site.unexpected] == [("stride", 2)]


def test_a_call_knows_the_parameters_around_it() -> None:
    program = program_of("""
        def block(x, size, padding="same"):
            return layers.MaxPooling2D(size)(x)
        block(keras.Input((8, 8, 1)), 2)
    """)
    found = {parameter.name: parameter.used for parameter in _pool(program).enclosing}
    assert found == {"x": True, "size": True, "padding": False}


def test_a_class_attribute_is_not_known_when_something_unknown_was_set() -> None:
    program = program_of("""
        class Config:
            units = 8

            def __init__(self, given):
                self.__dict__.update(given)

        config = Config(read_settings())
        m = keras.Sequential([keras.Input((4,)), layers.Dense(config.units)])
    """)
    (model,) = program.models
    assert isinstance(model.layers[0].value("units"), Unknown)
