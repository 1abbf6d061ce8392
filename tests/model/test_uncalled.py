"""What a file only offers, functions and classes that nobody calls, is evaluated with unknown arguments."""

from __future__ import annotations

from kerlint.model.facts import exclude_each_other

from .helpers import applied, classes, params, program_of, totals


def test_a_builder_is_evaluated_with_its_defaults() -> None:
    program = program_of("""
        def build(units=8, rate=0.5):
            i = keras.Input((4,))
            return keras.Model(i, layers.Dropout(rate)(layers.Dense(units)(i)))
    """)
    (model,) = program.models
    assert model.complete
    assert params(model) == [0, 40, 0]


def test_what_stands_behind_a_guard_that_never_holds_is_evaluated() -> None:
    program = program_of("""
        if __name__ == "__name__":
            m = keras.Sequential([keras.Input((4,)), layers.Dense(8)])
    """)
    (model,) = program.models
    assert params(model) == [40]


def test_what_stands_behind_a_test_for_being_imported_is_not() -> None:
    program = program_of("""
        if __name__ != "__main__":
            m = keras.Sequential([keras.Input((4,)), layers.Dense(8)])
    """)
    assert program.models == ()


def test_unknown_arguments_stay_unknown() -> None:
    program = program_of("""
        def build(units, shape):
            i = keras.Input(shape)
            return keras.Model(i, layers.Dense(units)(i))
    """)
    (model,) = program.models
    assert classes(model) == ["InputLayer", "Dense"]
    assert totals(model) == (None, None)
    assert model.outputs[0].shape is None


def test_a_layer_class_is_traced_with_an_unknown_input() -> None:
    program = program_of("""
        class Block(layers.Layer):
            def __init__(self, filters):
                super().__init__()
                self.conv = layers.Conv2D(filters, 3)

            def call(self, x):
                return ops.relu(self.conv(x))
    """)
    assert not program.models
    (fragment,) = program.fragments
    assert [node.operation.cls for node in fragment.nodes] == ["Conv2D", "keras.ops.relu"]


def test_two_builders_exclude_each_other() -> None:
    program = program_of("""
        def one():
            return keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        def two():
            return keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    """)
    first, second = program.models
    assert exclude_each_other(first.path, second.path)
    assert {first.builder, second.builder} == {"one", "two"}


def test_what_one_builder_changes_does_not_reach_the_next() -> None:
    program = program_of("""
        shared = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        def one():
            shared.add(layers.Dense(2))
            return shared
        def two():
            return keras.Model(shared.inputs, layers.Dense(3)(shared.outputs[0]))
    """)
    assert [classes(model) for model in program.models if model.builder == "two"] == [
        ["InputLayer", "Dense", "Dense"]
    ]


def test_names_start_anew_for_each_builder() -> None:
    program = program_of("""
        def one():
            return keras.Sequential([keras.Input((4,)), layers.Dense(1)])
        def two():
            return keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    """)
    assert [model.layers[0].name for model in program.models] == ["dense", "dense"]


def test_a_called_builder_is_not_evaluated_again() -> None:
    program = program_of("""
        def build(units):
            return keras.Sequential([keras.Input((4,)), layers.Dense(units)])
        model = build(3)
    """)
    assert [params(model) for model in program.models] == [[15]]


def test_the_methods_of_a_class_share_one_object() -> None:
    program = program_of("""
        class Agent:
            def __init__(self, state_size):
                self.model = self.build(state_size)

            def build(self, size):
                model = keras.Sequential([keras.Input((size,)), layers.Dense(2)])
                model.compile("adam", "mse")
                return model

            def learn(self, x, y):
                self.model.fit(x, y)
    """)
    (model,) = program.models
    assert applied(model) == ["Dense"]
    assert {event.model for event in program.trainings} == {model.identity}
    assert [event.kind for event in program.trainings] == ["compile", "fit"]


def test_methods_are_looked_at_though_the_construction_costs_too_much() -> None:
    program = program_of("""
        class Search:
            def __init__(self, graph):
                self.units = 8
                self.count = sum(i * j for i in range(400) for j in range(400))

            def build(self):
                return keras.Sequential([keras.Input((4,)), layers.Dense(self.units), layers.Dense(2)])
    """)
    (model,) = program.models
    assert classes(model)[-1] == "Dense"
    assert params(model)[-1] is None, "what the construction would have set is not known"
    assert program.gave_up


def test_a_method_that_costs_too_much_leaves_the_others() -> None:
    program = program_of("""
        class Search:
            def score(self):
                layers = [[i * j for i in range(400)] for j in range(400)]
                return keras.Sequential([keras.Input((4,)), keras.layers.Dense(len(layers))])

            def build(self):
                return keras.Sequential([keras.Input((4,)), layers.Dense(2)])
    """)
    assert [params(model) for model in program.models][-1] == [10]


def test_what_prose_mentions_makes_no_function_worth_it() -> None:
    program = program_of('''
        def scale(x):
            """What a Dense layer of a Sequential model takes."""
            return keras.utils.to_categorical(x)  # for Dense

        def named():
            return getattr(layers, "Dense")(3)
    ''')
    assert [site.symbol for site in program.calls] == ["keras.layers.Dense"]
