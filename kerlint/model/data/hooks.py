"""What the domain asks of values that hold data: attributes, methods, operators, writes, and what `fit` sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.model.call_sites import CallSite
from kerlint.model.data import images, methods, pipelines
from kerlint.model.data.arithmetic import COMPARISONS, operate, unary
from kerlint.model.data.arrays import ArrayValue, as_array, fact_of, is_number
from kerlint.model.data.images import Factory, GeneratorValue
from kerlint.model.data.indexing import indexed, written
from kerlint.model.data.learning import Estimator, method
from kerlint.model.data.pipelines import PipelineValue
from kerlint.model.data.reading import ALL_WORDS, Tokenizer, WordIndex
from kerlint.model.data_facts import ArrayFact, Data, GeneratorRead, TrainingData
from kerlint.model.states import TensorValue
from kerlint.model.structure import has_symbolic
from kerlint.python.arguments import Arguments
from kerlint.python.containers import IteratorValue
from kerlint.python.domain import MISSING
from kerlint.python.values import BoundMethod, DictValue, Instance, ListValue, Unknown, Value, next_serial

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

HOLDERS = (ArrayValue, PipelineValue, GeneratorValue, Estimator, Tokenizer, WordIndex)
"""The values of this package."""


ORDERED = frozenset({"classes", "labels", "filenames", "filepaths", "data"})
"""What a generator holds of every file, in the order of the files."""
MOST_READS = 500


def attribute(domain: KerasDomain, value: Value, name: str) -> Value:
    """An attribute of a value that holds data."""
    match value:
        case ArrayValue():
            return methods.attribute(domain, value, name)
        case PipelineValue():
            return pipelines.attribute(value, name)
        case GeneratorValue():
            if name in ORDERED and len(domain.generator_reads) < MOST_READS:
                domain.generator_reads.append(GeneratorRead(value.serial, name, next_serial()))
            return images.attribute(value, name)
        case Tokenizer():
            return WordIndex(value) if name == "word_index" else BoundMethod(value, name)
        case WordIndex():
            is_length = name == "__len__" and value.tokenizer.takes_all
            return ALL_WORDS if is_length else MISSING if name.startswith("__") else BoundMethod(value, name)
        case Estimator():
            return Unknown(f"{name} of an estimator") if name.endswith("_") else BoundMethod(value, name)
    return MISSING


def call_method(domain: KerasDomain, value: Value, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of a value that holds data; MISSING for any other value."""
    match value if name == "tolist" else as_array(value):
        case ArrayValue() as array:
            if any(has_symbolic(given) for given in arguments.values()):
                return MISSING
            return methods.call_method(domain, array, name, arguments, place)
        case PipelineValue() as pipeline:
            return pipelines.call_method(domain, pipeline, name, arguments, place)
        case Estimator() as estimator:
            return method(estimator, name, arguments)
        case GeneratorValue() | Tokenizer() | WordIndex():
            return Unknown(f"the result of {name}")
        case Instance(native=Factory() as factory):
            return images.flow(domain, factory, name, arguments, place)
    return MISSING


def item_of(value: Value) -> Value:
    """Any one element of a pipeline; MISSING for any other value."""
    return pipelines.element_of(value) if isinstance(value, PipelineValue) else MISSING


def operation(domain: KerasDomain, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
    """An operator or subscript on arrays; MISSING when it is no affair of theirs."""
    operands = tuple(as_array(operand) for operand in operands)
    first = operands[0]
    if len(operands) == 1:
        return unary(operator, first) if isinstance(first, ArrayValue) else MISSING
    if operator == "Subscript":
        return indexed(first, operands[1]) if isinstance(first, ArrayValue) else MISSING
    if any(has_symbolic(operand) for operand in operands):
        return MISSING
    if operator in COMPARISONS and not all(_is_data(operand) for operand in operands):
        return MISSING
    found = operate(operator, operands[0], operands[1], repeated=bool(domain.interpreter.loops))
    return MISSING if found is None else found


def _is_data(value: Value) -> bool:
    return isinstance(value, TensorValue) or is_number(value)


def stored(domain: KerasDomain, value: Value, index: Value, item: Value) -> None:
    """`x[index] = item`."""
    if isinstance(value, ArrayValue):
        domain.interpreter.trail.touch(value)
        value.restore(written(value, index, item))


def assigned(domain: KerasDomain, value: Value, name: str) -> None:
    """`x.shape = ...`, `df.columns = ...`."""
    if isinstance(value, ArrayValue):
        domain.interpreter.trail.touch(value)
        value.restore(ArrayFact(None if name == "shape" else value.facts.shape, source=value.facts.source))


def snapshot(value: Value) -> Data:
    """What is known now of something that is given to `fit`."""
    match value:
        case IteratorValue():
            return None
        case PipelineValue() | GeneratorValue():
            return value.fact
        case ArrayValue():
            return value.facts
        case TensorValue():
            return fact_of(value)
        case tuple():
            return tuple(snapshot(item) for item in value)
        case DictValue() if not value.open:
            return {str(key): snapshot(item) for key, item in value.items.items()}
        case ListValue() if not value.open and value.items:
            if all(isinstance(item, TensorValue) for item in value.items):
                return tuple(snapshot(item) for item in value.items)
            fact = fact_of(value)
            return None if fact is None or fact.shape is None else replace(fact, is_list=True)
    return None


def data_of(site: CallSite) -> TrainingData | None:
    """The data of a training call."""
    x = _first(site, "x", "generator")
    found = TrainingData(snapshot(x), snapshot(_first(site, "y")), snapshot(_first(site, "validation_data")))
    return None if found.x is None and found.y is None and found.validation is None else found


def _first(site: CallSite, *names: str) -> Value:
    for name in names:
        if name in site.arguments:
            return site.value(name)
    return None
