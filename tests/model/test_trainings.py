"""What trains what, in order: compile, fit, custom loops, frozen layers, tuners."""

from __future__ import annotations

from kerlint.model.facts import exclude_each_other

from .helpers import named, program_of, totals

NET = """
def net():
    return keras.Sequential([keras.Input((4,)), layers.Dense(3), layers.Dropout(0.1), layers.Dense(2)])
"""


def test_events_come_in_the_order_of_the_program() -> None:
    program = program_of(
        NET
        + """
model = net()
model.compile("adam", "mse")
model.fit(x, y)
model.evaluate(x, y)
model.predict(x)
model.train_on_batch(x, y)
"""
    )
    kinds = [event.kind for event in program.trainings]
    assert kinds == ["compile", "fit", "evaluate", "predict", "train_on_batch"]
    assert [event.trains for event in program.trainings] == [False, True, False, False, True]
    assert {event.model for event in program.trainings} == {named(program, "model").identity}
    assert {event.model_label for event in program.trainings} == {"model"}


def test_a_fit_knows_the_optimizer_in_force_and_the_layers_that_train() -> None:
    program = program_of(
        NET
        + """
model = net()
opt = keras.optimizers.Adam()
model.compile(opt, "mse")
model.layers[0].trainable = False
model.fit(x, y)
model.layers[0].trainable = True
model.fit(x, y)
"""
    )
    first, second = [event for event in program.trainings if event.kind == "fit"]
    dense, _, head = named(program, "model").layers
    assert first.optimizer is not None and first.optimizer.variable == "opt"
    assert first.variables == frozenset({head.identity})
    assert second.variables == frozenset({dense.identity, head.identity})


def test_freezing_a_model_freezes_what_is_inside() -> None:
    program = program_of("""
        i = keras.Input((4,))
        base = keras.Model(i, layers.Dense(3)(layers.BatchNormalization()(i)), name="base")
        base.trainable = False
        model = keras.Sequential([base, layers.Dense(2)])
    """)
    assert totals(named(program, "base")) == (31, 0)
    assert totals(named(program, "model")) == (39, 8)


def test_a_loop_over_layers_freezes_all_but_the_last() -> None:
    program = program_of(
        NET
        + """
model = net()
for layer in model.layers[:-1]:
    layer.trainable = False
"""
    )
    assert totals(named(program, "model")) == (23, 8)


def test_trainable_by_an_unknown_value_leaves_the_split_open() -> None:
    program = program_of(NET + "from elsewhere import flag\nmodel = net()\nmodel.trainable = flag")
    assert totals(named(program, "model"))[1] is None


def test_gradients_are_applied_to_the_variables_of_a_model() -> None:
    program = program_of(
        NET
        + """
import tensorflow as tf
model, opt = net(), keras.optimizers.Adam()
def step(x, y):
    with tf.GradientTape() as tape:
        loss = keras.losses.mse(y, model(x))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
for x, y in data:
    step(x, y)
"""
    )
    events = [event for event in program.trainings if event.kind == "apply_gradients"]
    model = named(program, "model")
    assert events
    assert {event.model for event in events} == {model.identity}
    assert all(event.function == "step" and event.repeated for event in events)
    assert events[0].variables == frozenset({model.layers[0].identity, model.layers[2].identity})


def test_variables_of_two_models_together() -> None:
    program = program_of(
        NET
        + """
one, two, opt = net(), net(), keras.optimizers.Adam()
variables = one.trainable_variables + two.trainable_variables
opt.apply_gradients(zip(grads, variables))
"""
    )
    (event,) = program.trainings
    assert event.model is None
    assert event.variables is not None and len(event.variables) == 4


def test_trainings_on_paths_that_exclude_each_other() -> None:
    program = program_of(
        NET
        + """
from elsewhere import flag
def run(flag):
    model = net()
    if flag:
        model.compile("adam")
    else:
        model.compile("sgd")
    model.fit(x)
run(flag)
"""
    )
    compiles = [event for event in program.trainings if event.kind == "compile"]
    values = {event.site.value("optimizer") for event in compiles}
    assert values == {"adam", "sgd"}
    first = next(event for event in compiles if event.site.value("optimizer") == "adam")
    second = next(event for event in compiles if event.site.value("optimizer") == "sgd")
    assert exclude_each_other(first.path, second.path)


def test_a_tuner_calls_its_builder_often() -> None:
    program = program_of("""
        import keras_tuner
        def build(hp):
            model = keras.Sequential([keras.Input((4,)), layers.Dense(hp.Int("units", 1, 8))])
            model.compile(keras.optimizers.Adam())
            return model
        tuner = keras_tuner.RandomSearch(build, objective="val_loss")
    """)
    assert program.models
    assert all(model.repeated for model in program.models)
    assert all(made.repeated for made in program.objects)


def test_the_optimizer_of_a_clone_and_of_a_loaded_model_are_their_own() -> None:
    program = program_of(
        NET
        + """
model = net()
model.compile(keras.optimizers.Adam())
twin = keras.models.clone_model(model)
loaded = keras.models.load_model("file.keras")
identities = [model, twin, loaded]
"""
    )
    identities = {named(program, name).identity for name in ("model", "twin", "loaded")}
    assert len(identities) == 3


def test_an_application_is_compiled_and_fitted_like_any_model() -> None:
    program = program_of("""
        model = keras.applications.MobileNet(weights=None, classes=5)
        model.compile("adam", "categorical_crossentropy")
        model.fit(x, y)
    """)
    assert [event.kind for event in program.trainings] == ["compile", "fit"]
