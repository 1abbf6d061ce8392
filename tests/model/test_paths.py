"""Undecided branches and loops: exact models on paths of their own, and honest doubt where that ends."""

from __future__ import annotations

from kerlint.keras_api.shapes import UNKNOWN_DIM
from kerlint.model.facts import exclude_each_other
from kerlint.python.values import UNKNOWN

from .helpers import applied, classes, model_of, names, program_of, shapes


def test_an_undecided_branch_makes_two_exact_models_that_exclude_each_other() -> None:
    program = program_of("""
        def build(use_bn):
            m = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(4, 3)])
            if use_bn:
                m.add(layers.BatchNormalization())
            m.add(layers.ReLU())
            return m
    """)
    first, second = program.models
    assert sorted(classes(model) for model in program.models) == [
        ["Conv2D", "BatchNormalization", "ReLU"],
        ["Conv2D", "ReLU"],
    ]
    assert first.complete and second.complete
    assert exclude_each_other(first.path, second.path)


def test_a_decided_branch_makes_one() -> None:
    model = model_of("""
        def build(use_bn=False):
            i = keras.Input((4,))
            x = layers.Dense(3)(i)
            if use_bn:
                x = layers.BatchNormalization()(x)
            return keras.Model(i, x)
        m = build()
    """)
    assert classes(model) == ["InputLayer", "Dense"]


def test_functional_models_on_two_paths() -> None:
    program = program_of("""
        def build(pool):
            i = keras.Input((8, 8, 1))
            x = layers.Conv2D(4, 3)(i)
            if pool == "max":
                x = layers.GlobalMaxPooling2D()(x)
            else:
                x = layers.GlobalAveragePooling2D()(x)
            return keras.Model(i, layers.Dense(2)(x))
    """)
    found = sorted(classes(model)[2] for model in program.models)
    assert found == ["GlobalAveragePooling2D", "GlobalMaxPooling2D"]
    assert all(model.complete for model in program.models)


def test_branches_with_the_same_outcome_do_not_multiply_models() -> None:
    program = program_of("""
        from elsewhere import flag
        m = keras.Sequential([keras.Input((4,))])
        if flag:
            print("one")
        else:
            print("two")
        m.add(layers.Dense(2))
    """)
    assert len(program.models) == 1


def test_a_known_loop_is_unrolled() -> None:
    model = model_of("""
        i = x = keras.Input((4,))
        for units, name in zip([8, 4], "ab"):
            x = layers.Dense(units, name=f"dense_{name}")(x)
        while x.shape[-1] > 1:
            x = layers.Dense(x.shape[-1] // 2)(x)
        m = keras.Model(i, x)
    """)
    assert names(model) == ["input_layer", "dense_a", "dense_b", "dense", "dense_1"]


def test_what_is_applied_in_a_loop_of_unknown_length_is_repeated() -> None:
    model = model_of("""
        def build(n):
            i = x = keras.Input((4,))
            for _ in range(n):
                x = layers.Dense(4)(x)
            return keras.Model(i, x)
    """)
    assert not model.complete
    assert set(applied(model)) == {"Dense"}
    assert all(node.repeated for node in model.graph.nodes)


def test_a_model_built_in_a_loop_of_unknown_length_is_complete_and_repeated() -> None:
    program = program_of("""
        from elsewhere import folds
        for train, test in folds:
            m = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
            m.compile("adam", "mse")
            m.fit(train)
    """)
    assert program.models
    assert all(model.complete and model.repeated for model in program.models)
    assert all(event.repeated for event in program.trainings)


def test_a_choice_of_layers_by_an_unknown_key_gives_a_model_for_each() -> None:
    program = program_of("""
        def build(kind):
            table = {"a": layers.Dense, "b": layers.LSTM}
            i = keras.Input((4, 3))
            return keras.Model(i, table[kind](5)(i))
    """)
    first, second = program.models
    assert {classes(first)[1], classes(second)[1]} == {"Dense", "LSTM"}
    assert exclude_each_other(first.path, second.path)


def test_early_returns_give_each_their_model() -> None:
    program = program_of("""
        def build(small):
            i = keras.Input((4,))
            if small:
                return keras.Model(i, layers.Dense(1)(i))
            x = layers.Dense(8)(i)
            return keras.Model(i, layers.Dense(1)(x))
    """)
    assert sorted(len(model.layers) for model in program.models) == [2, 3]


def test_an_arm_that_only_raises_is_not_taken() -> None:
    model = model_of("""
        def build(size):
            if size < 3:
                raise ValueError("too small")
            i = keras.Input((4,))
            return keras.Model(i, layers.Dense(1)(i))
    """)
    assert model.complete


def test_names_are_not_known_after_layers_were_made_an_unknown_number_of_times() -> None:
    program = program_of("""
        from elsewhere import rounds
        before = layers.Dense(1)
        for _ in range(rounds):
            layers.Dense(2)
        after = layers.Dense(3)
        other = layers.ReLU()
    """)
    found = {made.variable: made.name for made in program.operations if made.variable is not None}
    assert found == {"before": "dense", "after": None, "other": "re_lu"}


def test_arms_count_names_each_for_itself() -> None:
    program = program_of("""
        def build(flag):
            i = keras.Input((4,))
            x = layers.Dense(3)(i) if flag else layers.Dense(5)(i)
            return keras.Model(i, layers.Dense(2)(x))
    """)
    assert {tuple(names(model)[:2]) for model in program.models} == {("input_layer", "dense")}


def test_branches_on_one_parameter_follow_each_other() -> None:
    program = program_of("""
        def build(use_bn, pooling):
            i = x = keras.Input((8, 8, 3))
            x = layers.Conv2D(4, 3, use_bias=not use_bn)(x)
            if use_bn:
                x = layers.BatchNormalization()(x)
            if pooling == "avg":
                x = layers.GlobalAveragePooling2D()(x)
            elif pooling == "max":
                x = layers.GlobalMaxPooling2D()(x)
            if use_bn:
                x = layers.ReLU()(x)
            if pooling is None:
                x = layers.Flatten()(x)
            return keras.Model(i, x)
    """)
    found = {tuple(layer.cls for layer in model.layers[2:]) for model in program.models}
    assert len(found) == len(program.models) == 8
    assert all(("BatchNormalization" in made) == ("ReLU" in made) for made in found)
    assert all(len([one for one in made if "Pool" in one or one == "Flatten"]) < 2 for made in found)


def test_what_was_defined_on_one_path_is_there_on_the_next() -> None:
    program = program_of("""
        from elsewhere import deep

        def block(x):
            return layers.Dense(4)(x)

        def build():
            inputs = keras.Input((8,))
            if deep:
                x = layers.Dense(9)(inputs)
            else:
                x = inputs
            return keras.Model(inputs, block(x))

        model = build()
    """)
    assert [(classes(model), model.complete) for model in program.models] == [
        (["InputLayer", "Dense", "Dense"], True),
        (["InputLayer", "Dense"], True),
    ]


def test_paths_that_only_look_something_up_give_one_model() -> None:
    program = program_of("""
        from elsewhere import weights

        def build():
            inputs = keras.Input((8,))
            model = keras.Model(inputs, layers.Dense(4)(inputs))
            if weights == "pretrained":
                path = keras.utils.get_file("weights.h5", "https://example.org/weights.h5")
                model.load_weights(path)
            elif weights is not None:
                model.load_weights(weights)
            return model

        model = build()
    """)
    (model,) = program.models
    assert model.complete


def test_a_result_that_a_path_decided_is_not_handed_out_on_another() -> None:
    program = program_of("""
        def width(mode):
            return 3 if mode == "a" else 5

        def build(mode):
            if mode == "a":
                first = width(mode)
            else:
                first = 7
            second = width(mode)
            inputs = keras.Input((8,))
            return keras.Model(inputs, layers.Dense(second)(layers.Dense(first)(inputs)))
    """)
    found = {tuple(shape and shape[1] for shape in shapes(model)[1:]) for model in program.models}
    assert found <= {(3, 3), (7, 5), (UNKNOWN_DIM, UNKNOWN_DIM)}


def test_a_layer_on_inputs_of_two_paths_claims_only_what_both_make_of_it() -> None:
    program = program_of("""
        from elsewhere import wide

        inputs = keras.Input((16, 16, 8)) if wide else keras.Input((16, 9, 3))
        x = layers.Conv2D(4, 3)(inputs)
        x = layers.Conv2D(6, 3)(x)
        model = keras.Model(inputs, x)
    """)
    for model in program.models:
        first, second = model.layers[1:]
        assert (first.params, second.params) == (UNKNOWN, 222)
        assert second.outputs == ((None, 12, UNKNOWN_DIM, 6),)


def test_each_shape_that_an_input_can_have_gives_a_model_of_its_own() -> None:
    program = program_of("""
        def shape_of(given, top):
            if given:
                shape = given
            elif top:
                shape = (32, 32, 3)
            else:
                shape = (None, None, 3)
            return shape

        def build(top, given=None):
            if not top and given is None:
                given = (64, 64, 1)
            inputs = keras.Input(shape_of(given, top))
            x = layers.Conv2D(4, 3)(inputs)
            if inputs.shape[1] == x.shape[1]:
                x = layers.ReLU()(x)
            return keras.Model(inputs, x)
    """)
    found = {(shapes(model)[0], model.layers[1].params) for model in program.models}
    assert found == {((None, 32, 32, 3), 112), ((None, 64, 64, 1), 40)}
    first, second = program.models
    assert exclude_each_other(first.path, second.path)


def test_shapes_chosen_inside_an_expression_are_not_told_apart() -> None:
    program = program_of("""
        from elsewhere import wide, tall

        def build():
            shape = (8, 4) if wide else (6, 4)
            inputs = keras.Input(shape) if tall else keras.Input((5, 4))
            return keras.Model(inputs, layers.Dense(3)(inputs))

        model = build()
    """)
    assert all(model.layers[1].params in (15, UNKNOWN) for model in program.models)


CONVOLUTION = """
    def convolution(dims, **options):
        return {2: layers.Conv2D, 3: layers.Conv3D}[dims](**options)
"""


def test_layers_that_one_unknown_number_chooses_fit_together() -> None:
    program = program_of(
        CONVOLUTION
        + """
    class Block(layers.Layer):
        def __init__(self, dims, filters):
            super().__init__()
            self.first = convolution(dims, filters=filters, kernel_size=3, padding="same")
            self.second = convolution(dims, filters=filters, kernel_size=3, padding="same")

        def call(self, x):
            return self.second(keras.activations.relu(self.first(x)))
    """
    )
    assert not program.refusals
    assert not [node for piece in program.fragments for node in piece.nodes if node.error]


def test_what_one_choice_of_a_call_refuses_and_another_takes_is_not_refused() -> None:
    program = program_of(
        CONVOLUTION
        + """
    def build(shape):
        i = keras.Input(shape)
        x = convolution(len(shape) - 1, filters=3, kernel_size=3)(i)
        x = convolution(len(i.shape) - 2, filters=3, kernel_size=3)(x)
        return keras.Model(i, x)
    """
    )
    assert not program.refusals


def test_what_every_choice_of_a_call_refuses_is_refused() -> None:
    program = program_of(
        CONVOLUTION
        + """
    def build(dims):
        i = keras.Input((8,))
        return keras.Model(i, convolution(dims, filters=3, kernel_size=3)(i))
    """
    )
    assert program.refusals


def test_of_several_choices_that_are_refused_only_what_all_of_them_meet_counts() -> None:
    program = program_of("""
        def tail(x):
            return layers.Conv2D(3, 3)(x)

        def long(x):
            layers.Conv3D(3, 3)(x)
            return tail(x)

        def build(is_long):
            i = keras.Input((8,))
            return keras.Model(i, (long if is_long else tail)(i))
    """)
    assert {place.text for place, _ in program.refusals} == {"layers.Conv2D(3, 3)(x)"}
