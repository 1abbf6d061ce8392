"""What a name in a file stands for: variables, builders with arguments, classes, and what is not there."""

from __future__ import annotations

import json

import pytest

from kerlint.model.entry import NotThere
from kerlint.summary.json_text import render as render_json
from kerlint.summary.text import render

from .helpers import summary_of, table_of

BUILDER = """
def build(classes, units=4):
    inputs = keras.Input((8,))
    x = layers.Dense(units)(inputs)
    return keras.Model(inputs, layers.Dense(classes)(x))
"""
CLASS = """
class Net(keras.Model):
    def __init__(self, units=4):
        super().__init__()
        self.hidden = layers.Dense(units)
        self.out = layers.Dense(2)

    def call(self, x):
        return self.out(self.hidden(x))
"""


def test_a_builder_is_called_with_the_arguments_given() -> None:
    table = table_of(BUILDER, "build(3, units=5)")
    assert [row.name for row in table.layers] == ["input_layer", "dense", "dense_1"]
    assert [row.params for row in table.layers] == [0, 45, 18]
    assert (table.params, table.complete) == (63, True)


def test_parameters_without_a_value_are_unknown_and_named() -> None:
    summary = summary_of(BUILDER, "build")
    (table,) = summary.models
    assert summary.missing == ("classes",)
    assert [row.params for row in table.layers] == [0, 36, None]
    assert table.params is None


def test_a_class_is_constructed_and_called_on_the_shape_given() -> None:
    table = table_of(CLASS, "Net(units=6)", input_shapes=((3,),))
    assert [row.params for row in table.layers] == [24, 14]
    assert table.outputs == ((None, 2),)


def test_a_class_that_nobody_called_has_open_shapes() -> None:
    table = table_of(CLASS, "Net")
    assert [row.params for row in table.layers] == [None, None]


def test_a_deferred_sequential_takes_the_shape_given() -> None:
    text = "model = keras.Sequential([layers.Dense(3)])"
    assert table_of(text, "model", input_shapes=((2,),)).params == 9


def test_inputs_are_given_one_by_one_or_as_a_list_as_the_call_takes_them() -> None:
    text = """
    class Both(keras.Model):
        def __init__(self):
            super().__init__()
            self.join = layers.Concatenate()
        def call(self, {}):
            return self.join({})
    """
    shapes = ((2,), (3,))
    for parameters, given in (("a, b", "[a, b]"), ("pair", "pair")):
        assert table_of(text.format(parameters, given), "Both", input_shapes=shapes).outputs == ((None, 5),)


def test_models_inside_count_although_only_a_build_goes_through_them() -> None:
    text = """
    part = keras.Sequential([keras.Input((8,)), layers.Dense(4)])

    class Whole(keras.Model):
        def __init__(self):
            super().__init__()
            self.part = part

        def call(self, x):
            return self.part(x)

    model = Whole()
    model.build((None, 8))
    """
    assert table_of(text, "model").params == 36


def test_a_variable_is_taken_as_the_program_leaves_it() -> None:
    text = BUILDER + "\nfirst = build(2)\nmodel = build(3)\n"
    assert table_of(text, "model").name == "functional_1"


def test_a_variable_may_be_bound_under_the_main_guard() -> None:
    text = BUILDER + "\nif __name__ == '__main__':\n    model = build(2)\n"
    assert table_of(text, "model").params == 46


def test_calling_a_builder_does_not_start_the_program() -> None:
    text = BUILDER + "\nif __name__ == '__main__':\n    model = build(2)\n"
    assert [row.name for row in table_of(text, "build(2)").layers][-1] == "dense_1"


def test_an_attribute_and_a_tuple_of_models_are_followed() -> None:
    text = """
    def pair():
        return keras.Sequential([keras.Input((2,))], name="a"), keras.Sequential([keras.Input((2,))], name="b")
    class Trainer:
        def __init__(self):
            self.model, _ = pair()
    trainer = Trainer()
    """
    assert [table.name for table in summary_of(text, "pair").models] == ["a", "b"]
    assert table_of(text, "trainer.model").name == "a"


@pytest.mark.parametrize(
    ("text", "wanted", "words", "known"),
    [
        (BUILDER, "biuld", "no biuld at module level", ("build",)),
        ("x = 3\nmodel = keras.Sequential()", "x", "gives no model", ("model",)),
        ("layer = layers.Dense(3)", "layer", "is a layer, not a model", ()),
        (BUILDER, "build(1, 2, 3)", "gives no model that kerlint can follow", ("build",)),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    text: str, wanted: str, words: str, known: tuple[str, ...]
) -> None:
    with pytest.raises(NotThere, match=words) as caught:
        summary_of(text, wanted)
    assert caught.value.known == known


def test_a_model_with_unknown_parts_says_where_and_why() -> None:
    summary = summary_of(
        """
        from lib import head, size
        def build():
            x = inputs = keras.Input((4,))
            while size() > 3:
                x = layers.Dense(4, name="again")(x)
            return keras.Model(inputs, head(x))
        """,
        "build",
    )
    assert not any(table.complete for table in summary.models)
    reasons = {(end.location.row, end.reason) for end in summary.gave_up}
    assert {(8, "a loop of unknown length applies again"), (9, "what lib.head does is not known")} <= reasons


def test_the_forms_of_a_model_on_undecided_branches_are_all_shown() -> None:
    summary = summary_of(
        """
        import sys
        if len(sys.argv) > 1:
            model = keras.Sequential([keras.Input((3,)), layers.Dense(3)])
        else:
            model = keras.Sequential([keras.Input((3,)), layers.Dense(4)])
        """,
        "model",
    )
    assert [(table.forms, table.params) for table in summary.models] == [(2, 12), (2, 16)]


def test_the_layers_of_an_application_are_said_not_to_be_known() -> None:
    text = """
    base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
    model = keras.Model(base.input, layers.Flatten()(base.output))
    """
    (table,) = summary_of(text, "base").models
    assert (table.kind, table.complete, table.params) == ("functional", False, 14_714_688)
    (end,) = summary_of(text, "base").gave_up
    assert end.reason == "only the whole of a model of keras.applications is known, no layers"
    (end,) = summary_of(text, "model").gave_up
    assert end.reason == "of the layers inside vgg16 only the whole is known"


def test_a_model_that_leans_on_a_default_says_so() -> None:
    summary = summary_of(
        """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument('--units', type=int, default=64)
        args = parser.parse_args()
        model = keras.Sequential([keras.Input((8,)), layers.Dense(args.units)])
        """
    )
    (table,) = summary.models
    assert (table.complete, table.params) == (False, 576)
    assert "likely: model supposes --units 64 (line 6)" in render(summary, "")
    (told,) = json.loads(render_json(summary))["models"]
    assert told["supposed"] == [
        {"option": "--units", "value": "64", "filename": "program.py", "row": 6, "cell": None}
    ]
