"""Calling library symbols: classes become layers, models or objects, functions operations or the unknown."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.keras_api import names
from kerlint.model import savings
from kerlint.model.applications import application
from kerlint.model.apply import apply_operation, call_layer
from kerlint.model.constants import created
from kerlint.model.data.calls import data_call
from kerlint.model.deeds import constructed
from kerlint.model.functions import FUNCTIONS, REPEATING
from kerlint.model.layers import make_layer
from kerlint.model.models import MODEL_CLASSES, make_model
from kerlint.model.naming import lose_count
from kerlint.model.predictions import note_use
from kerlint.model.preprocessing import preprocessed
from kerlint.model.seeds import SEEDERS, note_seed
from kerlint.model.sites import OWN_ROOTS, class_site
from kerlint.model.structure import PLAIN, has_symbolic, has_tensor
from kerlint.python.activation import open_containers
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.calls import call
from kerlint.python.domain import MISSING
from kerlint.python.values import FunctionValue, Instance, Symbol, Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

OBJECT_CATEGORIES = frozenset(
    {"optimizer", "loss", "metric", "callback", "initializer", "regularizer", "constraint", "schedule"}
)
TENSOR_ROOTS = ("keras.", "tensorflow.", "numpy.")
LAYERLESS = frozenset(sys.stdlib_module_names) | frozenset(
    """
    IPython PIL SimpleITK absl albumentations attr attrs bokeh bs4 click colorama cv2 dask datasets dateutil
    editdistance fontTools gensim google gym gymnasium h5py imageio imgaug importlib_metadata joblib json5
    kaggle librosa lightgbm lxml markdown matplotlib mlflow msgpack networkx nibabel nltk numpy omegaconf
    packaging pandas plotly polars psutil psycopg2 pyarrow pyclipper pydantic pydicom pydot pytest pytz
    rasterio regex requests rich scikitplot scipy seaborn sentencepiece setuptools shapely six skimage
    sklearn soundfile spacy sqlalchemy statsmodels sympy tabulate tensorboard tensorflow_datasets termcolor
    tokenizers toml tomli tqdm typer typing_extensions ujson validators wandb xgboost yaml
    """.split()  # noqa: SIM905
)
"""Packages that make no layers of Keras, and change none: calling them takes no automatic names."""
FUNCTIONAL_LAYERS = {
    "keras.layers.add": "keras.layers.Add",
    "keras.layers.average": "keras.layers.Average",
    "keras.layers.concatenate": "keras.layers.Concatenate",
    "keras.layers.dot": "keras.layers.Dot",
    "keras.layers.maximum": "keras.layers.Maximum",
    "keras.layers.minimum": "keras.layers.Minimum",
    "keras.layers.multiply": "keras.layers.Multiply",
    "keras.layers.subtract": "keras.layers.Subtract",
}
"""Functions that make a layer and call it."""


def call_library(domain: KerasDomain, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
    """Call a library function or class."""
    dotted = symbol.dotted
    if _is_plain_layer(dotted, domain.target):
        return _make_layer(domain, dotted, arguments, place)
    if dotted in SEEDERS:
        note_seed(domain, dotted, arguments, place)
    handler = FUNCTIONS.get(dotted)
    if handler is not None:
        return handler(domain, arguments, place)
    category = names.category(dotted, domain.target)
    values = arguments.values()
    if PLAIN.issuperset(map(type, values)) or not any(map(has_symbolic, values)):
        made = created(domain, dotted, arguments, place)
        if made is not None:
            if dotted == "tensorflow.Variable":
                made.maker = class_site(dotted, arguments, place, domain.target)
                constructed(domain, dotted, place)
            return made
        data = data_call(domain, dotted, arguments, place)
        if data is not MISSING:
            return data
    if dotted.partition(".")[0] not in OWN_ROOTS:
        return _call_other(domain, symbol, arguments, place)
    if category is None and (of_class := _call_on_class(domain, dotted, arguments, place)) is not MISSING:
        return of_class
    if names.kind(dotted, domain.target) == "class":
        return _construct(domain, dotted, category, arguments, place)
    if category == "application":
        return application(domain, dotted, arguments, place)
    return _call_function(domain, dotted, arguments, place)


@lru_cache(maxsize=4096)
def _is_plain_layer(dotted: str, target: str) -> bool:
    """Whether calling a symbol makes a layer and nothing else: most calls of a library do."""
    is_layer = names.category(dotted, target) == "layer" and names.kind(dotted, target) == "class"
    return is_layer and dotted not in MODEL_CLASSES and dotted not in FUNCTIONS and dotted not in SEEDERS


def _make_layer(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> Instance:
    instance = make_layer(domain, dotted, arguments, place)
    domain.layers.append(instance)
    return instance


def _call_on_class(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> Value:
    """A method reached through its class: `keras.Model.fit(model, x)`, `Adam.from_config(config)`."""
    owner, _, method = dotted.rpartition(".")
    if names.kind(owner, domain.target) != "class":
        return MISSING
    if method == "from_config":
        unknown = Arguments()
        unknown.open_keywords = True
        return call_library(domain, Symbol(owner), unknown, place)
    receiver = arguments.positional[0].value if arguments.positional else None
    if not isinstance(receiver, Instance):
        return MISSING
    rest = Arguments(arguments.positional[1:], arguments.keywords)
    rest.open_positional, rest.open_keywords = arguments.open_positional, arguments.open_keywords
    if method == "__init__":
        domain.initialize(receiver, Symbol(owner), rest, place)
        return None
    return domain.call_method(receiver, method, rest, place)


def _construct(
    domain: KerasDomain, dotted: str, category: str | None, arguments: Arguments, place: Place
) -> Value:
    if dotted in MODEL_CLASSES:
        return make_model(domain, dotted, arguments, place)
    if category == "layer":
        return _make_layer(domain, dotted, arguments, place)
    if category in OBJECT_CATEGORIES:
        return domain.make_object(dotted, category, arguments, place)
    domain.recorded(class_site(dotted, arguments, place, domain.target))
    return Instance(Symbol(dotted))


def _call_function(domain: KerasDomain, dotted: str, arguments: Arguments, place: Place) -> Value:
    layer = FUNCTIONAL_LAYERS.get(dotted)
    if layer is not None and arguments.positional:
        rest = Arguments(arguments.positional[1:], arguments.keywords)
        instance = make_layer(domain, layer, rest, place)
        return call_layer(domain, instance, Arguments.of(arguments.positional[0].value), place)
    if any(has_tensor(value) for value in arguments.values()):
        made = preprocessed(domain, dotted, arguments, place)
        return apply_operation(domain, dotted, arguments, place) if made is MISSING else made
    site = domain.recorded(class_site(dotted, arguments, place, domain.target))
    savings.note_function(domain, dotted, site)
    return Unknown(f"the result of {dotted}")


def _call_other(domain: KerasDomain, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
    """Third-party code: what it returns is unknown, what it is given may be called often."""
    makes_none = symbol.dotted.partition(".")[0] in LAYERLESS
    if not makes_none:
        domain.handed.note(arguments, place)
        open_containers(domain.interpreter, arguments)
    note_use(domain, symbol.dotted, arguments, place)
    if symbol.name in REPEATING:
        _call_often(domain, arguments, place)
    known = symbol.dotted.startswith(TENSOR_ROOTS)
    if any((has_tensor if known else has_symbolic)(value) for value in arguments.values()):
        return apply_operation(domain, symbol.dotted, arguments, place, opaque=not known)
    if not makes_none:
        lose_count(domain)
    return Unknown(f"the result of {symbol.dotted}")


def _call_often(domain: KerasDomain, arguments: Arguments, place: Place) -> None:
    """A model builder was handed to something that calls it for every trial."""
    for value in arguments.values():
        if isinstance(value, FunctionValue):
            domain.interpreter.loops.append(next_serial())
            for _ in range(2):
                call(domain.interpreter, value, unknown_arguments(value), place)
            domain.interpreter.loops.pop()


def unknown_arguments(function: FunctionValue, skip: int = 0) -> Arguments:
    """Arguments for a function that nobody calls: its defaults, and unknown for what has none."""
    params = function.node.params
    made = Arguments()
    for index, param in enumerate((*params.posonly_params, *params.params, *params.kwonly_params)):
        name = param.name.value
        if index >= skip:
            made.keywords[name] = Arg(function.defaults.get(name, Unknown(f"parameter {name}")))
    made.positional = [made.keywords.pop(param.name.value) for param in params.posonly_params[skip:]]
    made.open_positional = made.open_keywords = params.star_kwarg is not None or isinstance(
        params.star_arg, cst.Param
    )
    return made
