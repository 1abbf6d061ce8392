"""Models of `keras.applications`: known from outside, their layers left alone."""

from __future__ import annotations

from kerlint.keras_api.shapes import UNKNOWN_DIM

from .helpers import classes, named, names, params, program_of, totals


def test_a_base_without_top_gives_feature_maps_and_counts() -> None:
    program = program_of("""
        base = keras.applications.VGG16(weights="imagenet", include_top=False, input_shape=(224, 224, 3))
        model = keras.Sequential([base, layers.Flatten(), layers.Dense(10)])
    """)
    model = named(program, "model")
    assert classes(model) == ["Functional", "Flatten", "Dense"]
    assert names(model) == ["vgg16", "flatten", "dense"]
    assert params(model) == [14_714_688, 0, 250_890]
    assert model.complete


def test_pooling_and_a_frozen_base() -> None:
    program = program_of("""
        base = keras.applications.ResNet50(include_top=False, pooling="avg")
        base.trainable = False
        i = keras.Input((96, 96, 3))
        model = keras.Model(i, layers.Dense(3)(base(i, training=False)))
    """)
    assert totals(named(program, "model")) == (23_587_712 + 6_147, 6_147)


def test_freezing_some_layers_inside_leaves_only_the_total() -> None:
    program = program_of("""
        base = keras.applications.ResNet50(include_top=False, pooling="avg")
        for layer in base.layers[:100]:
            layer.trainable = False
        model = keras.Sequential([base, layers.Dense(3)])
    """)
    assert totals(named(program, "model")) == (23_587_712 + 6_147, None)


def test_a_model_that_goes_on_from_inside_is_connected_but_not_complete() -> None:
    program = program_of("""
        base = keras.applications.MobileNetV2(include_top=False, input_shape=(96, 96, 3))
        x = layers.GlobalAveragePooling2D()(base.output)
        model = keras.Model(base.input, layers.Dense(2)(x))
    """)
    model = named(program, "model")
    assert model.connected
    assert not model.complete
    assert model.outputs[0].shape == (None, 2)
    assert totals(model)[0] == 2_257_984 + 2_562


def test_unknown_arguments_leave_facts_open() -> None:
    program = program_of("""
        from elsewhere import alpha, top
        base = keras.applications.MobileNetV2(alpha=alpha, include_top=False, input_shape=(96, 96, 3))
        full = keras.applications.ResNet50(include_top=top)
        layer = layers.Dense(3)
    """)
    assert totals(named(program, "base")) == (None, None)
    assert totals(named(program, "full")) == (None, None)
    (layer,) = [made for made in program.operations if made.cls == "Dense"]
    assert layer.name is None


def test_a_side_that_is_no_multiple_of_32_is_not_guessed() -> None:
    program = program_of("""
        base = keras.applications.DenseNet121(weights=None, include_top=False, input_shape=(100, 100, 3))
        i = keras.Input((100, 100, 3))
        model = keras.Model(i, base(i))
    """)
    assert named(program, "model").outputs[0].shape == (None, UNKNOWN_DIM, UNKNOWN_DIM, 1024)


def test_names_go_on_after_those_the_application_took() -> None:
    program = program_of("""
        base = keras.applications.InceptionV3(weights=None, include_top=False)
        layer = layers.Conv2D(3, 3)
    """)
    assert program.operations[0].name == "conv2d_94"
