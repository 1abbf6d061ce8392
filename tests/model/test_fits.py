"""What a fit is given and what is read of its history."""

from __future__ import annotations

from kerlint.model.fits import Fit
from kerlint.model.logs import Logs, logs_of

from .helpers import program_of

NET = """
def net(**compiled):
    model = keras.Sequential([keras.Input((4,)), layers.Dense(1)])
    model.compile("adam", "mse", **compiled)
    return model
"""


def fits(text: str, target: str = "keras3") -> tuple[Fit, ...]:
    """The fits of a program."""
    return program_of(NET + text, target=target).fits


def logs(text: str, target: str = "keras3") -> Logs | None:
    """What the last fit of a program logs."""
    program = program_of(NET + text, target=target)
    return logs_of(program, program.fits[-1])


def test_the_keys_read_of_a_history_are_known_wherever_it_went() -> None:
    (fit,) = fits("""
def plot(record):
    return record.history["mae"]

history = net(metrics=["mae"]).fit(x, y)
records = history.history
for key in ["loss", "acc"]:
    print(records[key])
plot(history)
""")
    assert [key.text for key in fit.keys] == ["loss", "acc", "mae"]
    assert not any(key.is_guarded for key in fit.keys)


def test_keys_that_are_asked_for_first_are_guarded() -> None:
    (fit,) = fits("""
records = net().fit(x, y).history
if "acc" in records:
    print(records["acc"])
try:
    print(records["lr"])
except KeyError:
    pass
print(records["loss"])
""")
    assert {key.text: key.is_guarded for key in fit.keys} == {"acc": True, "lr": True, "loss": False}


def test_a_list_of_callbacks_is_what_it_was_at_the_fit() -> None:
    first, second = fits("""
made = [keras.callbacks.EarlyStopping()]
model = net()
model.fit(x, y, callbacks=made)
made.append(keras.callbacks.TerminateOnNaN())
model.fit(x, y, callbacks=made)
""")
    assert [one.cls for one in first.callbacks] == ["EarlyStopping"]
    assert [one.cls for one in second.callbacks] == ["EarlyStopping", "TerminateOnNaN"]
    assert first.callbacks[0].identity == second.callbacks[0].identity
    assert first.callbacks_known


def test_callbacks_that_are_not_known_may_be_there() -> None:
    (fit,) = fits("net().fit(x, y, callbacks=[keras.callbacks.EarlyStopping(), elsewhere()])")
    assert [one.cls for one in fit.callbacks] == ["EarlyStopping"]
    assert not fit.callbacks_known


def test_a_parameters_default_is_not_certain() -> None:
    (fit,) = fits("""
def train(callbacks=None, validation=None):
    net().fit(x, y, callbacks=callbacks, validation_data=validation)
""")
    assert not fit.callbacks_known
    assert (
        logs("""
def train(validation=None):
    net().fit(x, y, validation_data=validation)
""")
        is not None
    )


def test_the_compile_in_force_is_the_last_one() -> None:
    (fit,) = fits("""
model = net()
model.compile("sgd", "mae")
model.fit(x, y)
""")
    assert fit.compiled is not None
    assert fit.compiled.value("loss") == "mae"


def test_each_path_has_its_own_compile() -> None:
    found = fits("""
model = net()
if flag:
    model.compile("sgd", "mae", metrics=["accuracy"])
model.fit(x, y)
""")
    assert {one.compiled.value("loss") for one in found if one.compiled is not None} == {"mse", "mae"}
    assert len({one.path for one in found}) == 2


def test_a_fit_logs_what_compile_and_validation_say() -> None:
    found = logs('net(metrics=["mae"]).fit(x, y, validation_split=0.1)')
    assert found is not None
    keys = ("loss", "mae", "val_mae", "val_loss", "acc", "val_acc", "lr", "learning_rate")
    assert [found.has(key) for key in keys] == [True] * 4 + [False] * 4


def test_validation_data_that_may_be_none_leaves_its_keys_open() -> None:
    found = logs("net().fit(x, y, validation_data=held_out)")
    assert found is not None
    assert (found.has("loss"), found.has("val_loss"), found.has("val_acc")) == (True, None, False)


def test_an_automatic_name_has_a_stem() -> None:
    found = logs("net(metrics=[keras.metrics.AUC(), keras.metrics.AUC()]).fit(x, y)")
    assert found is not None
    assert [found.has(key) for key in ("auc", "auc_1", "auc_2", "auc_x")] == [True, True, False, False]


def test_keras_2_makes_an_object_of_a_class_name() -> None:
    text = 'net(metrics=["AUC"]).fit(x, y)'
    older, newer = logs(text, "keras2"), logs(text)
    assert older is not None and newer is not None
    assert (older.has("auc"), older.has("AUC")) == (True, False)
    assert (newer.has("auc"), newer.has("AUC")) == (False, True)


def test_metrics_that_are_not_known_leave_all_open() -> None:
    assert logs("net(metrics=[elsewhere]).fit(x, y)") is None
    assert logs("net(**elsewhere).fit(x, y)") is None


def test_reads_of_a_generators_order_are_known_by_generator_and_time() -> None:
    program = program_of("""
made = keras.preprocessing.image.ImageDataGenerator()
train, test = made.flow_from_directory("train"), made.flow_from_directory("test")
print(train.classes, test.class_indices)
model = keras.Sequential([keras.Input((256, 256, 3)), layers.Flatten(), layers.Dense(2)])
model.predict(test)
print(test.filenames)
""")
    first, second = program.generator_reads
    (event,) = program.trainings
    assert (first.name, second.name) == ("classes", "filenames")
    assert first.order < event.order < second.order
    assert event.data is not None
    assert event.data.x is not None and second.generator == getattr(event.data.x, "identity", None)
