"""Keras's image generators and directory datasets: shapes, labels and ranges of their batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.dims import is_size
from kerlint.keras_api.shapes import UNKNOWN_DIM, Dim, Shape
from kerlint.model.call_sites import CallSite
from kerlint.model.data.arrays import fact_of, is_number
from kerlint.model.data.pipelines import PipelineValue
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, Labels, PipelineFact
from kerlint.model.sites import class_site, flat_value, method_site
from kerlint.python.arguments import Arguments
from kerlint.python.values import BoundMethod, Instance, Ref, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place

FACTORY = "keras.preprocessing.image.ImageDataGenerator"
CHANNELS = {"grayscale": 1, "rgb": 3, "rgba": 4}


class Factory(Ref):
    """An `ImageDataGenerator`."""

    __slots__ = ("site",)

    def __init__(self, site: CallSite) -> None:
        super().__init__()
        self.site = site


class GeneratorValue(Ref):
    """What it flows."""

    __slots__ = ("fact",)

    def __init__(self, site: CallSite, factory: Factory, element: Data, batch: Value) -> None:
        super().__init__()
        self.fact = GeneratorFact(
            self.serial, site, factory.site, factory.serial, element, batch if is_size(batch) else None
        )


def make_factory(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`ImageDataGenerator(...)`."""
    site = domain.recorded(class_site(FACTORY, arguments, place, domain.target))
    return Instance(Symbol(FACTORY), Factory(site))


def flow(domain: KerasDomain, factory: Factory, name: str, arguments: Arguments, place: Place) -> Value:
    """A method of an `ImageDataGenerator`."""
    site = domain.recorded(method_site(FACTORY, name, arguments, place, domain.target))
    if name not in ("flow", "flow_from_directory", "flow_from_dataframe"):
        return Unknown(f"{name} of a generator")
    span = _span(factory.site)
    if name == "flow":
        return GeneratorValue(site, factory, _of_arrays(site, factory.site), site.value("batch_size"))
    images = ArrayFact(
        _image_shape(site, "target_size"), "float32", *span, tight=span[0] is not None, source=site.symbol
    )
    labels = _labels(site.value("class_mode"), site.value("classes"))
    return GeneratorValue(site, factory, (images, labels), site.value("batch_size"))


def _span(factory: CallSite) -> tuple[float | None, float | None]:
    """The range of what pictures become."""
    silent = all(_is_off(factory, name) for name in ("preprocessing_function", "featurewise_center", "samplewise_center",
        "featurewise_std_normalization", "samplewise_std_normalization", "zca_whitening"))  # fmt: skip
    rescale = factory.value("rescale")
    if not silent:
        return (None, None)
    if rescale is None:
        return (0, 255)
    return (0, 255 * rescale) if is_number(rescale) and rescale > 0 else (None, None)


def _is_off(site: CallSite, name: str) -> bool:
    return site.value(name) in (None, False)


def _of_arrays(site: CallSite, factory: CallSite) -> Data:
    """`flow(x, y)`: batches of these arrays."""
    images, labels = (
        fact_of(site.value("x")),
        fact_of(site.value("y")) if site.value("y") is not None else None,
    )
    if images is None:
        return None
    shape = None if images.shape is None else (UNKNOWN_DIM, *images.shape[1:])
    plain = factory.exact and _span(factory) == (0, 255)
    span = (images.low, images.high) if plain else (None, None)
    made = ArrayFact(
        shape, "float32", *span, tight=images.tight and plain, source=images.source, rows=images.rows
    )
    if labels is None:
        return (made, None)
    rest = None if labels.shape is None else (UNKNOWN_DIM, *labels.shape[1:])
    return (
        made,
        ArrayFact(
            rest,
            labels.dtype,
            labels.low,
            labels.high,
            labels=labels.labels,
            source=labels.source,
            rows=labels.rows,
        ),
    )


def _image_shape(site: CallSite, size_name: str) -> Shape:
    size = flat_value(site.value(size_name))
    known = isinstance(size, tuple) and len(size) == 2
    sides: tuple[Dim, ...] = (
        tuple(one if is_size(one) else UNKNOWN_DIM for one in size) if known else (UNKNOWN_DIM,) * 2
    )
    mode = site.value("color_mode")
    channels: Dim = CHANNELS.get(mode, UNKNOWN_DIM) if isinstance(mode, str) else UNKNOWN_DIM
    return (UNKNOWN_DIM, *sides, channels)


def _labels(mode: Value, classes: Value) -> ArrayFact | None:
    """The targets of a `class_mode` or `label_mode`."""
    names = flat_value(classes)
    count = len(names) if isinstance(names, tuple) else None
    width: Dim = UNKNOWN_DIM if count is None else count
    if mode == "categorical":
        return ArrayFact((UNKNOWN_DIM, width), "float32", 0, 1, labels=Labels("one-hot", count))
    if mode in ("sparse", "int"):
        last = None if count is None else count - 1
        return ArrayFact(
            (UNKNOWN_DIM,), None, None if last is None else 0, last, labels=Labels("integer", count)
        )
    if mode == "binary":
        return ArrayFact((UNKNOWN_DIM,), None, 0, 1, labels=Labels("integer", 2))
    return None


def image_dataset(domain: KerasDomain, arguments: Arguments, place: Place) -> Value:
    """`image_dataset_from_directory(...)`: one pipeline, or two with `subset="both"`."""
    site = domain.recorded(
        class_site("keras.utils.image_dataset_from_directory", arguments, place, domain.target)
    )
    size = site.value("batch_size")
    shape = _image_shape(site, "image_size")
    labels = _labels(site.value("label_mode"), site.value("class_names"))
    if site.value("label_mode") == "binary" and labels is not None:
        labels = ArrayFact((UNKNOWN_DIM, 1), "float32", 0, 1, labels=Labels("integer", 2))
    batched = size is not None if is_size(size) or size is None else None
    images = ArrayFact(
        shape if batched else shape[1:] if batched is False else None,
        "float32",
        0,
        255,
        tight=True,
        source=site.symbol,
    )
    element: Data = (images, labels) if site.value("label_mode") is not None else images
    if site.value("labels") is None:
        element = images
    if not batched:
        element = (images, None)

    def made() -> PipelineValue:
        return PipelineValue(PipelineFact(0, site, element, batched, size if is_size(size) else None))

    return (made(), made()) if site.value("subset") == "both" else made()


def attribute(value: GeneratorValue, name: str) -> Value:
    """Numbers that only the run knows, and methods."""
    if name in ("batch_size",) and value.fact.batch_size is not None:
        return value.fact.batch_size
    if name in ("reset", "next", "__next__"):
        return BoundMethod(value, name)
    return Unknown(f"{name} of a generator")
