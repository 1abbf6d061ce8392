"""Models cut out of models: their outputs, their layers' outputs, tensors in their midst."""

from __future__ import annotations

from .helpers import classes, named, names, params, program_of, shapes, totals

BASE = """
i = keras.Input((8, 8, 3))
x = layers.Conv2D(4, 3, name="first")(i)
x = layers.ReLU()(x)
x = layers.Flatten()(x)
base = keras.Model(i, layers.Dense(10, name="top")(x))
"""


def test_a_model_up_to_a_layer() -> None:
    program = program_of(BASE + "cut = keras.Model(inputs=base.input, outputs=base.layers[-2].output)")
    assert classes(named(program, "cut")) == ["InputLayer", "Conv2D", "ReLU", "Flatten"]


def test_a_model_up_to_a_layer_by_name() -> None:
    program = program_of(BASE + 'cut = keras.Model(base.inputs, base.get_layer("first").output)')
    assert names(named(program, "cut")) == ["input_layer", "first"]


def test_a_model_up_to_a_layer_by_index() -> None:
    program = program_of(BASE + "cut = keras.Model(base.inputs, base.get_layer(index=2).output)")
    assert classes(named(program, "cut")) == ["InputLayer", "Conv2D", "ReLU"]


def test_a_new_head_shares_the_layers_below() -> None:
    program = program_of(BASE + "new = keras.Model(base.input, layers.Dense(2)(base.layers[-2].output))")
    base, new = named(program, "base"), named(program, "new")
    assert [layer.identity for layer in new.layers[:-1]] == [layer.identity for layer in base.layers[:-1]]
    assert params(new)[-1] == 290


def test_a_model_from_the_midst_gets_an_input_of_its_own() -> None:
    program = program_of(BASE + "rest = keras.Model(base.layers[1].output, base.output)")
    rest = named(program, "rest")
    assert classes(rest) == ["InputLayer", "ReLU", "Flatten", "Dense"]
    assert shapes(rest)[0] == (None, 6, 6, 4)
    assert names(rest)[0] is None
    assert rest.complete


def test_the_layers_of_a_model_go_into_a_sequential() -> None:
    program = program_of(BASE + "stack = keras.Sequential(base.layers[:-1])")
    assert params(named(program, "stack")) == [112, 0, 0]


def test_a_sequential_gives_inputs_and_outputs() -> None:
    program = program_of("""
        stack = keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dense(2)])
        cut = keras.Model(stack.inputs, stack.layers[0].output)
        more = keras.Model(inputs=stack.input, outputs=layers.Dense(5)(stack.output))
    """)
    assert params(named(program, "cut")) == [0, 15]
    assert params(named(program, "more")) == [0, 15, 8, 15]


def test_the_output_of_a_layer_is_that_of_its_first_call() -> None:
    program = program_of("""
        shared = layers.Dense(3)
        a, b = keras.Input((4,)), keras.Input((4,))
        first, second = shared(a), shared(b)
        cut = keras.Model(a, shared.output)
    """)
    assert classes(named(program, "cut")) == ["InputLayer", "Dense"]


def test_shapes_can_be_read_back() -> None:
    program = program_of(
        BASE
        + """
model = keras.Sequential([keras.Input(base.output_shape[1:]), layers.Dense(base.input_shape[1])])
width = base.layers[-1].output.shape[-1]
other = keras.Sequential([keras.Input((width,)), layers.Dense(base.get_layer("top").units)])
"""
    )
    assert totals(named(program, "model")) == (88, 88)
    assert totals(named(program, "other")) == (110, 110)


def test_a_clone_has_the_same_table_and_weights_of_its_own() -> None:
    program = program_of(BASE + "twin = keras.models.clone_model(base)")
    base, twin = named(program, "base"), named(program, "twin")
    assert (classes(twin), params(twin), totals(twin)) == (classes(base), params(base), totals(base))
    assert names(twin)[1:] == names(base)[1:]
    assert twin.complete
    assert twin.identity != base.identity
    assert not {one.identity for one in twin.layers} & {one.identity for one in base.layers}


def test_a_clone_of_a_shared_layer_shares_it_and_operations_are_made_again() -> None:
    program = program_of("""
        i = keras.Input((4,), name="in")
        shared = layers.Dense(4)
        base = keras.Model(i, shared(shared(i)) * 2.0)
        twin = keras.models.clone_model(keras.Sequential([base, layers.Dense(2)]))
    """)
    twin = named(program, "twin")
    assert params(twin) == [20, 10]
    assert [node.operation.cls for node in twin.flat.nodes] == [
        "Dense",
        "Dense",
        "keras.ops.multiply",
        "Dense",
    ]


def test_a_deep_copy_keeps_all_names() -> None:
    program = program_of(BASE + "import copy\ntwin = copy.deepcopy(base)")
    assert names(named(program, "twin")) == names(named(program, "base"))


def test_a_clone_with_a_users_layer_is_opaque() -> None:
    program = program_of("""
        class Own(layers.Layer):
            def call(self, x):
                return x
        base = keras.Sequential([keras.Input((4,)), Own(), layers.Dense(2)])
        twin = keras.models.clone_model(base)
    """)
    twin = named(program, "twin")
    assert (twin.kind, twin.complete, totals(twin)) == ("application", False, (None, None))
