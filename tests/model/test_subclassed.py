"""Subclassed models: attributes, containers, blocks in blocks, mixins, the arguments of `call`."""

from __future__ import annotations

import pytest

from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim

from .helpers import applied, classes, flat, model_of, named, names, params, program_of, totals


def test_layers_are_listed_in_the_order_in_which_they_were_set() -> None:
    model = model_of("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.blocks = []
                self.head = layers.Dense(2)
                self.extra = {"norm": layers.BatchNormalization()}
                self.blocks.append(layers.Dense(8))
                self.blocks.append(layers.Dense(4))

            def call(self, x):
                for block in self.blocks:
                    x = block(x)
                return self.head(self.extra["norm"](x))

        net = Net()
        net(keras.Input((3,)))
    """)
    assert (model.kind, model.cls, model.name, model.variable) == ("subclassed", "Net", "net", "net")
    assert names(model) == ["dense", "batch_normalization", "dense_1", "dense_2"]
    assert applied(model) == ["Dense", "Dense", "BatchNormalization", "Dense"]
    assert params(model) == [10, 16, 32, 36]
    assert totals(model) == (94, 86)
    assert model.complete


def test_old_style_super_and_layers_passed_in() -> None:
    program = program_of("""
        class Net(keras.Model):
            def __init__(self, encoder, units=3):
                super(Net, self).__init__(name="mine")
                self.encoder = encoder
                self.out = layers.Dense(units=units)

            def call(self, inputs, training=None, mask=None):
                return self.out(self.encoder(inputs, training=training))

        net = Net(keras.Sequential([keras.Input((5,)), layers.Dense(4)]), units=2)
        net(keras.Input((5,)))
    """)
    model = named(program, "net")
    assert (model.name, classes(model), params(model)) == ("mine", ["Sequential", "Dense"], [24, 10])
    assert flat(model) == ["Dense", "Dense"]


def test_blocks_in_blocks_are_opened_in_the_flat_graph() -> None:
    model = model_of("""
        class Unit(layers.Layer):
            def __init__(self, filters):
                super().__init__()
                self.conv = layers.Conv2D(filters, 3, padding="same")
                self.norm = layers.BatchNormalization()

            def call(self, x):
                return ops.relu(self.norm(self.conv(x)))

        class Stage(layers.Layer):
            def __init__(self, filters, depth):
                super().__init__()
                self.units = [Unit(filters) for _ in range(depth)]
                self.pool = layers.MaxPooling2D(2)

            def call(self, x):
                for unit in self.units:
                    x = unit(x) + x if x.shape[-1] == unit.conv.filters else unit(x)
                return self.pool(x)

        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.stages = [Stage(4, 1), Stage(8, 2)]
                self.head = layers.Dense(10)

            def call(self, x):
                for stage in self.stages:
                    x = stage(x)
                return self.head(layers.GlobalAveragePooling2D()(x))

        net = Net()
        y = net(keras.Input((16, 16, 3)))
    """)
    unit = ["Conv2D", "BatchNormalization", "keras.ops.relu"]
    expected = [*unit, "MaxPooling2D", *unit, *unit, "keras.ops.add", "MaxPooling2D"]
    assert flat(model) == [*expected, "GlobalAveragePooling2D", "Dense"]
    assert [node.operation.kind for node in model.graph.nodes] == ["custom", "custom", "layer", "layer"]
    assert model.outputs[0].shape == (None, 10)
    assert params(model) == [128, 944, 90]


def test_a_mixin_and_a_property_make_layers() -> None:
    model = model_of("""
        class Heads:
            @property
            def width(self):
                return self.config["width"]

            def make_heads(self):
                self.value = layers.Dense(1)
                self.advantage = layers.Dense(self.width)

        class Net(Heads, keras.Model):
            def __init__(self, **config):
                super().__init__()
                self.config = config
                self.make_heads()

            def call(self, x):
                return self.value(x) + self.advantage(x)

        net = Net(width=4)
        net(keras.Input((3,)))
    """)
    assert params(model) == [4, 16]


def test_the_training_argument_decides_nothing_it_does_not_say() -> None:
    model = model_of("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.d = layers.Dense(3)
                self.drop = layers.Dropout(0.5)

            def call(self, x, training=False):
                x = self.d(x)
                if training:
                    x = self.drop(x, training=training)
                return x

        net = Net()
        net(keras.Input((4,)))
    """)
    assert applied(model) == ["Dense"]
    assert model.outputs[0].shape == (None, 3)


def test_several_inputs_and_outputs() -> None:
    model = model_of("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.a, self.b = layers.Dense(3), layers.Dense(5)

            def call(self, inputs):
                left, right = inputs
                return {"left": self.a(left), "right": self.b(right)}

        net = Net()
        out = net([keras.Input((4,)), keras.Input((6,))])
    """)
    assert params(model) == [15, 35]
    assert [tensor.shape for tensor in model.outputs] == [(None, 3), (None, 5)]


def test_a_functional_subclass_is_functional() -> None:
    program = program_of("""
        class Net(keras.Model):
            def __init__(self, depth, **kwargs):
                inputs = x = keras.Input((4,))
                for _ in range(depth):
                    x = layers.Dense(4)(x)
                super().__init__(inputs=inputs, outputs=x, **kwargs)
                self.depth = depth

        small, large = Net(1), Net(3, name="large")
        both = keras.Sequential([small, large])
    """)
    small, large = named(program, "small"), named(program, "large")
    assert (small.kind, small.cls, small.name, large.name) == ("functional", "Net", "net", "large")
    assert classes(large) == ["InputLayer", "Dense", "Dense", "Dense"]
    assert totals(named(program, "both")) == (80, 80)


def test_a_model_that_nobody_calls_is_still_traced_without_shapes() -> None:
    model = model_of("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.conv = layers.Conv2D(4, 3)

            def call(self, x):
                return self.conv(x)

        net = Net()
    """)
    assert applied(model) == ["Conv2D"]
    assert totals(model) == (None, None)


def test_build_of_a_subclassed_model_builds_nothing_in_keras_3_and_all_in_keras_2() -> None:
    text = """
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.d = layers.Dense(3)

            def call(self, x):
                return self.d(x)

        net = Net()
        net.build((None, 4))
    """
    assert totals(model_of(text)) == (0, 0)
    assert totals(model_of(text, target="keras2")) == (15, 15)
    assert model_of(text).outputs[0].shape == (None, 3)


def test_a_layer_that_is_not_followed_leaves_the_model_incomplete() -> None:
    model = model_of("""
        from elsewhere import Magic

        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.magic = Magic()
                self.d = layers.Dense(3)

            def call(self, x):
                return self.d(self.magic(x))

        net = Net()
        net(keras.Input((4,)))
    """)
    assert not model.complete
    assert totals(model) == (None, None)


def test_a_list_of_unknown_length_leaves_the_layers_open() -> None:
    model = model_of("""
        def build(depth):
            class Net(keras.Model):
                def __init__(self):
                    super().__init__()
                    self.blocks = [layers.Dense(4) for _ in range(depth)]

                def call(self, x):
                    for block in self.blocks:
                        x = block(x)
                    return x

            net = Net()
            net(keras.Input((4,)))
            return net
    """)
    assert not model.complete
    assert totals(model) == (None, None)


_IN_A_LOOP = """
    import numpy as np
    import tensorflow as tf

    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.flat = layers.Flatten()
            self.head = layers.Dense(3)

        def call(self, x):
            return tf.nn.softmax(self.head(self.flat(x)))

    net = Net()
    opt = keras.optimizers.Adam()
    data = tf.data.Dataset.from_tensor_slices((np.zeros((90, 4, 5)), np.zeros(90)))

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(x) - y) ** 2)
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
"""


@pytest.mark.parametrize(
    ("loop", "rows"),
    [
        ("for x, y in data.shuffle(90).batch(8):\n        step(x, y)", UNKNOWN_DIM),
        ("for epoch in range(3):\n        for x, y in data.batch(10):\n            step(x, y)", UNKNOWN_DIM),
        ("net(np.zeros((7, 4, 5)))", 7),
    ],
)
def test_a_model_that_is_called_on_data_is_known_with_its_graph(loop: str, rows: Dim) -> None:
    model = model_of(f"{_IN_A_LOOP}\n    {loop}\n")
    assert model.complete
    assert params(model) == [0, 63]
    assert [node.operation.cls for node in model.flat.nodes] == ["Flatten", "Dense", "tensorflow.nn.softmax"]
    assert [tensor.shape for tensor in model.flat.outputs] == [(rows, 3)]
    assert not any(node.repeated for node in model.flat.nodes)


def test_a_training_in_a_loop_knows_the_pipeline_it_runs_over() -> None:
    program = program_of(f"{_IN_A_LOOP}\n    for x, y in data.batch(8):\n        step(x, y)\n")
    looped = [event.looped for event in program.trainings if event.kind == "apply_gradients"]
    assert looped and all(one is not None and one.batch_size == 8 for one in looped)


def test_a_block_that_a_loop_of_unknown_length_applies_is_repeated() -> None:
    model = model_of("""
        class Net(keras.Model):
            def __init__(self):
                super().__init__()
                self.again = layers.Dense(4)

            def call(self, x):
                for _ in range(how_often()):
                    x = self.again(x)
                return x

        net = Net()
        net(keras.Input((4,)))
    """)
    assert not model.complete
    assert any(node.repeated for node in model.flat.nodes)
