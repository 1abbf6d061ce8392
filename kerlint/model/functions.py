"""Functions of Keras that mean more than their result: `Input`, `clone_model`, `optimizers.get`, ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.keras_api import behaviour, names
from kerlint.keras_api.layer_rule import ConfigError
from kerlint.keras_api.snapshot import load
from kerlint.model import savings
from kerlint.model.applications import another_model
from kerlint.model.cloning import cloned
from kerlint.model.constants import dynamic_shape
from kerlint.model.input_shapes import spelled_out
from kerlint.model.naming import blur, blur_operations, generated, lose_count, next_number, start_anew
from kerlint.model.sequential import input_tensor
from kerlint.model.sites import class_site, plain_config
from kerlint.model.states import TensorValue, Variables
from kerlint.model.tapes import TapeState
from kerlint.python.arguments import Arguments
from kerlint.python.forking import one_at_a_time
from kerlint.python.values import DictValue, Instance, ListValue, OneOf, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Function = Callable[["KerasDomain", Arguments, "Place"], Value]

REPEATING = frozenset(
    {
        "KerasClassifier",
        "KerasRegressor",
        "RandomSearch",
        "Hyperband",
        "BayesianOptimization",
        "GridSearch",
        "Tuner",
        "minimize",
        "Scan",
    }
)
"""Third-party callables that call the model builder they are given for every trial or fold."""


def _input(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`keras.Input(...)`: a tensor, made by an InputLayer."""
    for given in (*arguments.positional[:1], *filter(None, [arguments.keywords.get("shape")])):
        given.value = _shape_of_input(domain, given.value, place)
    for given in (*arguments.positional, *arguments.keywords.values()):
        given.value = one_at_a_time(domain.interpreter, given.value)
    site = domain.recorded(class_site("keras.Input", arguments, place, domain.target))
    config = plain_config(site)
    try:
        resolved = behaviour.resolve("keras.Input", config, domain.target)
        shapes = behaviour.output_shape("keras.Input", resolved, ())
    except ConfigError as error:
        domain.refusals.add(place, str(error))
        shapes = None
    name = site.value("name")
    if name is None:
        name = generated(domain, "InputLayer")
    elif not isinstance(name, str):
        blur(domain, "InputLayer")
    return input_tensor(
        domain, shapes[0] if shapes else None, name if isinstance(name, str) else None, place, site
    )


def _shape_of_input(domain: KerasDomain, shape: Value, place: Place) -> Value:
    """The form of an input's shape that the path goes on with; axes are not told apart where that is too many."""
    interpreter = domain.interpreter
    chosen = one_at_a_time(interpreter, spelled_out(domain, shape, place))
    if not isinstance(chosen, OneOf) or not domain.told_apart:
        return chosen
    return one_at_a_time(interpreter, spelled_out(domain, shape, place, told_apart=frozenset()))


def _clone(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`clone_model(model)`: new layers, new variables, the same graph."""
    site = domain.recorded(class_site("keras.models.clone_model", arguments, place, domain.target))
    own_ways = ("clone_function", "call_function", "input_tensors")
    if all(site.is_omitted(name) for name in own_ways if name in site.arguments):
        return cloned(domain, site.value("model"), place, exactly=False)
    return another_model(domain, "keras.Model", "Model", place).instance


def _load(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`load_model(path)`: a model of its own whose layers are not known."""
    site = domain.recorded(class_site("keras.models.load_model", arguments, place, domain.target))
    savings.note_function(domain, site.symbol, site)
    lose_count(domain)
    return another_model(domain, "keras.Model", "Model", place).instance


def _get_optimizer(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`optimizers.get(x)` hands an optimizer back as it is, and makes one of a string."""
    value = arguments.get(0, "identifier")
    if isinstance(value, Instance):
        return value
    if isinstance(value, str):
        symbol = names.alias("optimizer", value, domain.target)
        if symbol is not None:
            return domain.make_object(symbol, "optimizer", Arguments(), place)
    if isinstance(value, DictValue):
        return domain.make_object("keras.optimizers.Optimizer", "optimizer", Arguments(), place)
    return Unknown("an optimizer")


def _same(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`activations.get` and the like hand back what they are given."""
    return arguments.get(0, "identifier", Unknown("nothing"))


def _data_format(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """The default data format, which hardly anybody changes."""
    return "channels_last"


def _standardize_data_format(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """A data format in small letters, the default one for None (keras/src/backend/config.py)."""
    given = arguments.get(0, "data_format")
    if given is None:
        return _data_format(domain, arguments, place)
    known = isinstance(given, str) and given.lower() in ("channels_first", "channels_last")
    return given.lower() if known else Unknown("a data format")


def _epsilon(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    return 1e-07


def _backend(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """Keras 2 as it is installed today runs on TensorFlow alone."""
    return "tensorflow" if domain.target == "keras2" else Unknown("a backend")


def _version(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """The version whose tables are in force; only Keras 3 has the function."""
    version = load(domain.target).constants.get("keras.__version__")
    return version if version is not None and domain.target == "keras3" else Unknown("a version")


def _clear_session(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """The counters of automatic names start anew."""
    start_anew(domain)
    return None


def _uid(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`backend.get_uid(prefix)`: the next number, from 1; Keras 3 counts automatic names with it."""
    prefix = arguments.get(0, "prefix", "")
    if not isinstance(prefix, str):
        lose_count(domain)
        return Unknown("a number of something unknown")
    number = next_number(domain, prefix if domain.target == "keras3" else f"{prefix} by get_uid")
    return Unknown("a number that is not known") if number is None else number + 1


def _int_shape(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "x")
    if isinstance(value, TensorValue) and value.keras_shape is not None:
        return domain.shape_value(value.keras_shape)
    return Unknown("an unknown shape")


def _shape(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`ops.shape(x)`, `tf.shape(x)`."""
    value = arguments.get(0, "x", arguments.get(0, "input"))
    blur_operations(domain)
    return dynamic_shape(value) if isinstance(value, TensorValue) else Unknown("an unknown shape")


def _is_tensor(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "x")
    return True if isinstance(value, TensorValue) else Unknown("may be a tensor")


def _gradient_tape(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    site = domain.recorded(class_site("tensorflow.GradientTape", arguments, place, domain.target))
    return Instance(Symbol("tensorflow.GradientTape"), TapeState(site))


def _concatenated(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`tape.gradient`-like helpers over lists of variables."""
    found = [value for value in arguments.values() if isinstance(value, Variables)]
    return found[0] if found else ListValue([], open=True)


def _layers_of_any_version(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """An object of Keras 2's own that has all layers as attributes."""
    return domain.symbol("keras.layers")


def _obtain_input_shape(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """The helper of keras.applications that other packages use too; its ways with pretrained weights are not followed."""
    given, size, flatten = (
        arguments.get(*place) for place in ((0, "input_shape"), (1, "default_size"), (4, "require_flatten"))
    )
    plain = arguments.get(3, "data_format") == "channels_last" and arguments.get(5, "weights") is None
    if not plain or not arguments.exact or not isinstance(flatten, bool):
        return Unknown("an input shape")
    if given is None:
        side = size if flatten else None
        return (side, side, 3)
    return given if isinstance(given, tuple) and len(given) == 3 and None not in given else Unknown("a shape")


def _named_module(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`importlib.import_module("keras")`, `pytest.importorskip("tensorflow")`."""
    name = arguments.get(0, "name", arguments.get(0, "modname"))
    return domain.symbol(name) if isinstance(name, str) and domain.owns(name) else Unknown("a module")


def _standardize_tuple(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """One extent for all axes, or one for each: a helper of Keras that other packages use too."""
    value, axes = arguments.get(0, "value"), arguments.get(1, "n")
    if type(value) is int and type(axes) is int and 0 < axes < 8:
        return (value,) * axes
    shape = domain.shape_of(value) if isinstance(value, tuple | ListValue) else None
    known = shape is not None and len(shape) == axes and all(type(dim) is int for dim in shape)
    return tuple(shape) if known and shape is not None else Unknown("extents")


FUNCTIONS: dict[str, Function] = {
    "importlib.import_module": _named_module,
    "pytest.importorskip": _named_module,
    "keras.Input": _input,
    "keras.utils.argument_validation.standardize_tuple": _standardize_tuple,
    "keras.applications.imagenet_utils.obtain_input_shape": _obtain_input_shape,
    "keras_applications.imagenet_utils._obtain_input_shape": _obtain_input_shape,
    "keras.src.backend.standardize_data_format": _standardize_data_format,
    "keras.src.backend.config.standardize_data_format": _standardize_data_format,
    "keras.layers.VersionAwareLayers": _layers_of_any_version,
    "keras.layers.Input": _input,
    "keras.models.clone_model": _clone,
    "keras.models.load_model": _load,
    "keras.saving.load_model": _load,
    "keras.models.model_from_json": _load,
    "keras.optimizers.get": _get_optimizer,
    "keras.activations.get": _same,
    "keras.initializers.get": _same,
    "keras.regularizers.get": _same,
    "keras.constraints.get": _same,
    "keras.losses.get": _same,
    "keras.metrics.get": _same,
    "keras.config.image_data_format": _data_format,
    "keras.backend.image_data_format": _data_format,
    "keras.backend.backend": _backend,
    "keras.version": _version,
    "keras.backend.epsilon": _epsilon,
    "keras.backend.get_uid": _uid,
    "keras.config.epsilon": _epsilon,
    "keras.backend.clear_session": _clear_session,
    "keras.utils.clear_session": _clear_session,
    "keras.backend.int_shape": _int_shape,
    "keras.ops.shape": _shape,
    "keras.backend.shape": _shape,
    "tensorflow.shape": _shape,
    "keras.backend.is_keras_tensor": _is_tensor,
    "keras.utils.is_keras_tensor": _is_tensor,
    "tensorflow.GradientTape": _gradient_tape,
}
