"""Library functions that make or change data, by dotted name; the rest of the library does not see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.model.data import creation, images, known, learning, reading
from kerlint.model.data.arithmetic import elementwise
from kerlint.model.data.arrays import ArrayValue, arrays_in, fact_of
from kerlint.model.data.elementwise import ELEMENTWISE
from kerlint.model.data.labels import LABELS
from kerlint.model.data.pipelines import DATASET, sliced, started
from kerlint.model.data.shaping import is_data, shaping
from kerlint.model.data.shuffling import permutation, seeded, shuffled_in_place, state_taken
from kerlint.model.sites import class_site
from kerlint.python.arguments import Arguments
from kerlint.python.domain import MISSING
from kerlint.python.values import ListValue, OneOf, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

Function = Callable[["KerasDomain", Arguments, "Place"], Value]

OF_NUMPY: dict[str, Function] = {
    "numpy.array": lambda domain, arguments, place: creation.from_literal(domain, arguments),
    "numpy.asarray": lambda domain, arguments, place: creation.from_literal(domain, arguments),
    "numpy.full": lambda domain, arguments, place: creation.full(domain, arguments),
    "numpy.linspace": lambda domain, arguments, place: creation.linspace(arguments),
    "numpy.zeros_like": lambda domain, arguments, place: creation.like(arguments, 0),
    "numpy.ones_like": lambda domain, arguments, place: creation.like(arguments, 1),
    "numpy.empty_like": lambda domain, arguments, place: creation.like(arguments, None),
    "numpy.random.seed": seeded,
    "numpy.random.set_state": seeded,
    "numpy.random.get_state": state_taken,
    "numpy.random.shuffle": shuffled_in_place,
    "numpy.random.permutation": permutation,
    "sklearn.model_selection.train_test_split": learning.train_test_split,
    "sklearn.cross_validation.train_test_split": learning.train_test_split,
    "sklearn.utils.shuffle": learning.shuffled_together,
}
TOKENIZER = "keras.preprocessing.text.Tokenizer"
STARTS = ("from_tensors", "range", "zip", "list_files", "from_generator", "sample_from_datasets")


def _load_data(domain: KerasDomain, arguments: Arguments, symbol: str, place: Place) -> Value:
    return known.load_data(domain.recorded(class_site(symbol, arguments, place, domain.target)))


def data_call(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Value:
    """What a call of a library function makes of data; MISSING when it is none of these."""
    if symbol.startswith("keras."):
        return _of_keras(domain, symbol, arguments, place)
    if symbol.startswith(f"{DATASET}."):
        name = symbol.rpartition(".")[2]
        if name == "from_tensor_slices":
            return sliced(domain, arguments, place)
        return started(domain, name, arguments, place) if name in STARTS else MISSING
    if any(isinstance(value, OneOf) for value in arguments.values()):
        return Unknown("data that differs between paths") if symbol in OF_NUMPY else MISSING
    if symbol.startswith("numpy.random."):
        domain.randomness.draws += symbol not in OF_NUMPY
    function = OF_NUMPY.get(symbol) or LABELS.get(symbol)
    if function is not None:
        return function(domain, arguments, place)
    made = learning.estimator(symbol, arguments) or reading.read(symbol, arguments)
    return _of_arrays(domain, symbol, arguments, place) if made is None else made


def _of_arrays(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Value:
    """A function of arrays: only where one is given, in a list or as it is."""
    home, _, name = symbol.rpartition(".")
    if name == "prod" and home == "numpy":
        function = shaping(symbol)
        return MISSING if function is None else function(domain, arguments, place)
    if not is_data(arguments) and not _stacks_unknown(symbol, arguments):
        return MISSING
    function = shaping(symbol)
    if function is None and home == "numpy":
        function = ELEMENTWISE.get(name)
    if function is None and symbol == "tensorflow.cast":
        function = ELEMENTWISE["cast"]
    return MISSING if function is None else function(domain, arguments, place)


def _stacks_unknown(symbol: str, arguments: Arguments) -> bool:
    """`np.stack(rows)`, `np.reshape(x, shape)` of something unknown give arrays all the same."""
    if symbol in ("numpy.expand_dims", "numpy.reshape"):
        return isinstance(arguments.get(0, "a"), Unknown)
    return symbol in ("numpy.concatenate", "numpy.vstack", "numpy.stack") and isinstance(
        arguments.get(0, "arrays"), ListValue | Unknown
    )


def _of_keras(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Value:
    if symbol.startswith("keras.datasets.") and symbol.endswith(".load_data"):
        return _load_data(domain, arguments, symbol, place)
    if symbol in LABELS and symbol != "keras.ops.one_hot":
        domain.recorded(class_site(symbol, arguments, place, domain.target))
        return LABELS[symbol](domain, arguments, place)
    if symbol == images.FACTORY:
        return images.make_factory(domain, arguments, place)
    if symbol == "keras.utils.image_dataset_from_directory":
        return images.image_dataset(domain, arguments, place)
    if symbol.endswith(".preprocess_input"):
        return _preprocessed(domain, arguments, symbol, place)
    if symbol == TOKENIZER:
        return reading.Tokenizer(domain.recorded(class_site(symbol, arguments, place, domain.target)))
    reader = READERS.get(symbol)
    if reader is not None:
        return reader(domain, arguments, symbol, place)
    return _of_arrays(domain, symbol, arguments, place) if symbol.startswith("keras.ops.") else MISSING


def _preprocessed(domain: KerasDomain, arguments: Arguments, symbol: str, place: Place) -> Value:
    """`keras.applications.<module>.preprocess_input(x)` of arrays."""
    fact = fact_of(arguments.get(0, "x"))
    if fact is None:
        return MISSING
    domain.recorded(class_site(symbol, arguments, place, domain.target))
    return ArrayValue(replace(elementwise(fact), scaled=symbol))


def _reader(make: Callable[..., Value], *, wants_domain: bool = False) -> Callable[..., Value]:
    def run(domain: KerasDomain, arguments: Arguments, symbol: str, place: Place) -> Value:
        site = domain.recorded(class_site(symbol, arguments, place, domain.target))
        return make(domain, site) if wants_domain else make(site)

    return run


READERS: dict[str, Callable[..., Value]] = {
    "keras.utils.pad_sequences": _reader(reading.pads, wants_domain=True),
    "keras.utils.load_img": _reader(reading.load_img),
    "keras.utils.img_to_array": _reader(reading.img_to_array),
}


def disturbed(domain: KerasDomain, arguments: Arguments) -> None:
    """Arrays were given to code that cannot be followed: what is in them may have changed."""
    for value in arguments.values():
        for array in arrays_in(value):
            forget_values(domain, array)


def forget_values(domain: KerasDomain, array: ArrayValue) -> None:
    """Keep the shape, forget the content."""
    domain.interpreter.trail.touch(array)
    array.restore(replace(array.facts, low=None, high=None, tight=False, labels=None, scaled=None))
