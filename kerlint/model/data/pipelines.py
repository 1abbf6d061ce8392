"""`tf.data`: what an element holds after each step, and which steps were taken."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Shape
from kerlint.model.call_sites import CallSite
from kerlint.model.data.arrays import ArrayValue, fact_of
from kerlint.model.data_facts import ArrayFact, Data, PipelineFact, PipelineStep
from kerlint.model.sites import call_site
from kerlint.model.states import TensorValue
from kerlint.model.structure import mapped as with_tensors
from kerlint.python.arguments import Arguments
from kerlint.python.calls import call
from kerlint.python.domain import MISSING
from kerlint.python.values import BoundMethod, DictValue, FunctionValue, ListValue, Ref, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

DATASET = "tensorflow.data.Dataset"
SAME = frozenset(
    {"prefetch", "cache", "with_options", "shuffle", "apply_nothing", "snapshot", "ignore_errors", "rebatch"}
)
NOT_PIPELINES = frozenset(
    {"as_numpy_iterator", "make_one_shot_iterator", "reduce", "save", "cardinality", "element_spec", "class_names",
     "file_paths", "__iter__", "options", "get_single_element", "class_indices"}
)  # fmt: skip


class PipelineValue(Ref):
    """A `tf.data.Dataset`."""

    __slots__ = ("fact",)

    def __init__(self, fact: PipelineFact) -> None:
        super().__init__()
        self.fact = replace(fact, identity=self.serial, origin=fact.origin or self.serial)


def element_fact(value: Value) -> Data:
    """A nested structure of arrays as facts."""
    if isinstance(value, tuple):
        return tuple(element_fact(item) for item in value)
    if isinstance(value, DictValue) and not value.open:
        return {str(key): element_fact(item) for key, item in value.items.items()}
    return fact_of(value)


def mapped(data: Data, change: Callable[[ArrayFact], ArrayFact]) -> Data:
    """The same structure with every array changed."""
    if isinstance(data, ArrayFact):
        return change(data)
    if isinstance(data, tuple):
        return tuple(mapped(item, change) for item in data)
    if isinstance(data, dict):
        return {key: mapped(item, change) for key, item in data.items()}
    return None


def first_array(data: Data) -> ArrayFact | None:
    """The first array of a structure."""
    if isinstance(data, ArrayFact):
        return data
    items = data if isinstance(data, tuple) else data.values() if isinstance(data, dict) else ()
    return next((found for item in items if (found := first_array(item)) is not None), None)


def _without_rows(fact: ArrayFact) -> ArrayFact:
    return replace(fact, shape=None if fact.shape is None else fact.shape[1:])


def sliced(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`Dataset.from_tensor_slices(tensors)`: one element a row."""
    site = made_by(domain, "from_tensor_slices", arguments, place)
    whole = element_fact(arguments.get(0, "tensors"))
    first = first_array(whole)
    count = first.count if first is not None and first.shape else None
    return PipelineValue(
        PipelineFact(
            0, site, mapped(whole, _without_rows), False, cardinality=count if is_size(count) else None
        )
    )


def made_by(domain: KerasDomain, name: str, arguments: Arguments, place: Place) -> CallSite:
    """The call that starts or goes on with a pipeline, recorded."""
    return domain.recorded(call_site(f"{DATASET}.{name}", None, arguments, place))


def started(domain: KerasDomain, name: str, arguments: Arguments, place: Place) -> Value:
    """Pipelines whose elements are not known: from files, generators, numbers."""
    site = made_by(domain, name, arguments, place)
    if name == "from_tensors":
        return PipelineValue(
            PipelineFact(0, site, element_fact(arguments.get(0, "tensors")), None, cardinality=1)
        )
    if name == "range":
        return PipelineValue(PipelineFact(0, site, ArrayFact((), "int64"), False))
    if name == "zip":
        return _zipped(site, arguments)
    return PipelineValue(PipelineFact(0, site, None, False if name == "list_files" else None))


def _zipped(site: CallSite, arguments: Arguments) -> Value:
    given = arguments.get(0, "datasets")
    parts = given if isinstance(given, tuple) else tuple(arg.value for arg in arguments.positional)
    if not parts or not all(isinstance(part, PipelineValue) for part in parts):
        return PipelineValue(PipelineFact(0, site))
    facts = [part.fact for part in parts]
    batched = facts[0].batched if all(fact.batched == facts[0].batched for fact in facts) else None
    steps = tuple(step for fact in facts for step in fact.steps)
    counts = [fact.cardinality for fact in facts]
    return PipelineValue(
        PipelineFact(
            0,
            site,
            tuple(fact.element for fact in facts),
            batched,
            facts[0].batch_size if batched else None,
            min(count for count in counts if count is not None) if None not in counts else None,
            steps,
        )
    )


def attribute(value: PipelineValue, name: str) -> Value:
    """A method, or something that only the run knows."""
    if name in ("element_spec", "class_names", "file_paths", "__iter__", "__len__"):
        return MISSING if name.startswith("__") else Unknown(f"{name} of a pipeline")
    return BoundMethod(value, name)


def call_method(
    domain: KerasDomain, value: PipelineValue, name: str, arguments: Arguments, place: Place
) -> Value:
    """One step."""
    if name in NOT_PIPELINES:
        return Unknown(f"{name} of a pipeline")
    site = made_by(domain, name, arguments, place)
    fact = value.fact
    made = PipelineValue(_stepped(domain, fact, name, arguments, place))
    step = PipelineStep(name, site, made.serial)
    made.fact = replace(made.fact, origin=fact.origin, steps=(*fact.steps, step))
    domain.pipelines.append(made.fact)
    return made


def _stepped(
    domain: KerasDomain, fact: PipelineFact, name: str, arguments: Arguments, place: Place
) -> PipelineFact:
    if name in SAME:
        return fact
    if name in ("batch", "padded_batch", "ragged_batch"):
        return _batched(fact, arguments)
    if name == "map":
        return replace(fact, element=_through(domain, fact, arguments, place))
    if name == "unbatch":
        return replace(fact, element=mapped(fact.element, _without_rows), batched=False, cardinality=None)
    if name in ("take", "skip"):
        return replace(fact, cardinality=_limited(fact.cardinality, arguments.get(0, "count"), name))
    if name == "repeat":
        count = arguments.get(0, "count")
        if count is None or count == -1:
            return replace(fact, cardinality=math.inf)
        known = is_size(count) and fact.cardinality is not None
        return replace(fact, cardinality=fact.cardinality * count if known and fact.cardinality else None)
    if name in ("filter", "shard"):
        return replace(fact, cardinality=None)
    return PipelineFact(0, fact.source)


def _limited(count: float | None, wanted: Value, name: str) -> float | None:
    if count is None or not is_size(wanted) or wanted < 0:
        return None
    return min(count, wanted) if name == "take" else max(0, count - wanted)


def _batched(fact: PipelineFact, arguments: Arguments) -> PipelineFact:
    size = arguments.get(0, "batch_size")
    drops = arguments.keywords.get("drop_remainder")

    def with_rows(array: ArrayFact) -> ArrayFact:
        shape: Shape | None = None if array.shape is None else (UNKNOWN_DIM, *array.shape)
        return replace(array, shape=shape)

    count = fact.cardinality
    if count is not None and is_size(size) and size > 0 and not math.isinf(count):
        count = count // size if drops is not None and drops.value is True else -(-count // size)
    elif not (count is not None and math.isinf(count)):
        count = None
    twice = fact.batched is True
    return replace(
        fact,
        element=mapped(fact.element, with_rows),
        batched=True,
        batch_size=size if is_size(size) and not twice else None,
        cardinality=count,
    )


def _through(domain: KerasDomain, fact: PipelineFact, arguments: Arguments, place: Place) -> Data:
    """What a function makes of the elements; nothing is known if it cannot be followed."""
    function = arguments.get(0, "map_func")
    if not isinstance(function, FunctionValue) or fact.element is None:
        return None
    parts = fact.element if isinstance(fact.element, tuple) else (fact.element,)
    given = Arguments.of(*(_value_of(part) for part in parts))
    with domain.tracing(inside=True, supposed=True):
        made = call(domain.interpreter, function, given, place)
    if isinstance(made, ListValue):
        return None
    return element_fact(made)


def element_of(pipeline: PipelineValue) -> Value:
    """One element, as a loop over the pipeline gets it: tensors, not arrays; MISSING where it is not known."""
    if pipeline.fact.element is None:
        return MISSING
    return with_tensors(_value_of(pipeline.fact.element), lambda array: TensorValue(array.keras_shape))


def _value_of(data: Data) -> Value:
    if isinstance(data, ArrayFact):
        return ArrayValue(data)
    if isinstance(data, tuple):
        return tuple(_value_of(item) for item in data)
    if isinstance(data, dict):
        return DictValue({key: _value_of(item) for key, item in data.items()})
    return TensorValue(None) if data is None else Unknown("an element")
