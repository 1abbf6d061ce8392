"""Sequential models in every way people put them together."""

from __future__ import annotations

import pytest

from .helpers import classes, model_of, named, names, params, program_of, shapes, totals

STACKS = {
    "a list": "model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.ReLU(), layers.Dense(2)])",
    "a tuple of layers by keyword": """
        model = keras.Sequential(layers=(keras.Input((8,)), layers.Dense(4), layers.ReLU(), layers.Dense(2)))
    """,
    "add": """
        model = keras.models.Sequential()
        model.add(layers.Input(shape=(8,)))
        model.add(layers.Dense(4))
        model.add(layers.ReLU())
        model.add(layers.Dense(2))
    """,
    "add in a loop": """
        model = keras.Sequential()
        model.add(keras.Input([8]))
        for layer in [layers.Dense(4), layers.ReLU(), layers.Dense(2)]:
            model.add(layer)
    """,
    "an InputLayer": """
        model = keras.Sequential([layers.InputLayer((8,)), layers.Dense(4), layers.ReLU(), layers.Dense(2)])
    """,
    "input_shape on the first layer": """
        model = keras.Sequential([layers.Dense(4, input_shape=(8,)), layers.ReLU(), layers.Dense(2)])
    """,
    "input_dim on the first layer": """
        model = keras.Sequential([layers.Dense(4, input_dim=8), layers.ReLU(), layers.Dense(2)])
    """,
    "pop": """
        model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.ReLU(), layers.Dense(2)])
        model.add(layers.Dropout(0.5))
        model.pop()
    """,
    "build": """
        model = keras.Sequential([layers.Dense(4), layers.ReLU(), layers.Dense(2)])
        model.build((None, 8))
    """,
    "a call": """
        model = keras.Sequential([layers.Dense(4), layers.ReLU(), layers.Dense(2)])
        y = model(keras.Input((8,)))
    """,
    "a call on data": """
        import numpy as np
        model = keras.Sequential([layers.Dense(4), layers.ReLU(), layers.Dense(2)])
        model(np.zeros((1, 8)))
    """,
    "unpacking": """
        head = [layers.ReLU(), layers.Dense(2)]
        model = keras.Sequential([keras.Input((8,)), layers.Dense(4), *head])
    """,
    "a comprehension": """
        sizes = [4, 2]
        model = keras.Sequential([keras.Input((8,))])
        [model.add(layer) for layer in (layers.Dense(sizes[0]), layers.ReLU(), layers.Dense(sizes[1]))]
    """,
    "a function": """
        def build(width, *more, inputs=8):
            model = keras.Sequential([keras.Input((inputs,)), layers.Dense(width)])
            for layer in more:
                model.add(layer)
            return model
        model = build(4, layers.ReLU(), layers.Dense(2))
    """,
    "a subclass": """
        class Net(keras.Sequential):
            def __init__(self, width):
                super().__init__()
                self.add(keras.Input((8,)))
                self.add(layers.Dense(width))
                self.add(layers.ReLU())
                self.add(layers.Dense(2))
        model = Net(4)
    """,
}


@pytest.mark.parametrize("how", STACKS)
def test_a_stack_has_the_table_that_keras_prints(how: str) -> None:
    model = named(program_of(STACKS[how]), "model")
    assert model.complete
    assert classes(model) == ["Dense", "ReLU", "Dense"]
    assert [shape and shape[-1] for shape in shapes(model)] == [4, 4, 2]
    assert params(model) == [36, 0, 10]
    assert totals(model) == (46, 46)


def test_names_are_counted_as_keras_counts_them() -> None:
    model = model_of("""
        m = keras.Sequential([keras.Input((4,)), layers.Dense(2), layers.Dense(2, name="mine"), layers.Dense(2)])
    """)
    assert names(model) == ["dense", "mine", "dense_1"]
    assert model.name == "sequential"


def test_each_add_takes_a_name_for_the_functional_that_keras_builds() -> None:
    program = program_of("""
        stack = keras.Sequential([keras.Input((4,))])
        stack.add(layers.Dense(2))
        stack.add(layers.Dense(2))
        i = keras.Input((3,))
        after = keras.Model(i, layers.Dense(2)(i))
    """)
    assert named(program, "after").name == "functional_2"


def test_a_list_takes_one_such_name() -> None:
    program = program_of("""
        stack = keras.Sequential([layers.Dense(2, input_shape=(4,)), layers.Dense(2)])
        i = keras.Input((3,))
        after = keras.Model(i, layers.Dense(2)(i))
    """)
    after = named(program, "after")
    assert (after.name, names(after)[0]) == ("functional_1", "input_layer_1")


def test_without_any_input_shapes_and_counts_are_open_and_layers_known() -> None:
    model = model_of("m = keras.Sequential([layers.Dense(4), layers.Dropout(0.5), layers.Dense(2)])")
    assert classes(model) == ["Dense", "Dropout", "Dense"]
    assert params(model) == [None, 0, None]
    assert totals(model) == (None, None)


def test_a_batch_shape_keeps_its_batch() -> None:
    model = model_of("m = keras.Sequential([layers.InputLayer(batch_shape=(2, 8)), layers.Dense(4)])")
    assert shapes(model) == [(2, 4)]


def test_a_model_as_first_layer_gives_its_input() -> None:
    program = program_of("""
        base = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(2, 3)])
        model = keras.Sequential([base, layers.Flatten(), layers.Dense(2)])
    """)
    model = named(program, "model")
    assert shapes(model) == [(None, 6, 6, 2), (None, 72), (None, 2)]
    assert params(model) == [20, 0, 146]
    assert [node.operation.cls for node in model.flat.nodes] == ["Conv2D", "Flatten", "Dense"]


def test_layers_and_lengths_can_be_read_back() -> None:
    program = program_of("""
        model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(5)])
        again = keras.Sequential([keras.Input((8,)), *model.layers[:1], layers.Dense(len(model.layers) + 1)])
        ends = keras.Model(model.inputs, [layer.output for layer in model.layers])
    """)
    assert params(named(program, "again")) == [36, 15]
    assert [tensor.shape for tensor in named(program, "ends").outputs] == [(None, 4), (None, 5)]


def test_a_layer_added_in_a_loop_of_unknown_length_makes_the_model_incomplete() -> None:
    model = model_of("""
        def build(n):
            m = keras.Sequential([keras.Input((8,))])
            for _ in range(n):
                m.add(layers.Dense(4))
            return m
    """)
    assert not model.complete
    assert set(classes(model)) <= {"Dense"}


def test_an_unknown_layer_in_the_list_makes_the_model_incomplete() -> None:
    model = model_of("""
        from elsewhere import make
        m = keras.Sequential([keras.Input((8,)), layers.Dense(4), make(), layers.Dense(2)])
    """)
    assert not model.complete
    assert totals(model) == (None, None)


def test_an_unknown_list_makes_the_model_incomplete() -> None:
    model = model_of("""
        from elsewhere import some_layers
        m = keras.Sequential(some_layers)
    """)
    assert not model.complete


@pytest.mark.parametrize(
    ("first", "shape", "count"),
    [
        ("layers.Embedding(100, 5)", (None, None, 5), 500),
        ("layers.Embedding(100, 5, input_length=7)", (None, 7, 5), 500),
        ("layers.LSTM(3, input_dim=5)", (None, 3), 108),
        ("layers.SimpleRNN(3, input_length=5, input_dim=2, return_sequences=True)", (None, 5, 3), 18),
        ("layers.Dense(3, input_dim=5, batch_size=4)", (4, 3), 18),
    ],
)
def test_keras_2_builds_a_model_from_what_its_first_layer_is_told(
    first: str, shape: tuple[int | None, ...], count: int
) -> None:
    model = model_of(f"model = keras.Sequential([{first}])", target="keras2")
    assert (shapes(model), [layer.params for layer in model.layers]) == ([shape], [count])


def test_a_symbolic_loss_changes_the_layers_of_a_model_of_keras_2() -> None:
    text = """
        inputs = keras.Input((4,))
        hidden = layers.Dense(3)(inputs)
        model = keras.Model(inputs, layers.Dense(2)(hidden))
        model.add_loss(hidden * 2.0)
    """
    assert not model_of(text, target="keras2").complete
    assert model_of(text).complete
