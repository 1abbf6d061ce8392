"""Facts about data: what is known of the arrays, pipelines and generators that models are trained on.

All frozen. A missing piece of knowledge is `None`, or `UNKNOWN_DIM` in a shape; nothing is ever guessed.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeAlias

from kerlint.frozen import fact, record
from kerlint.keras_api.shapes import Dim, Shape

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.places import Place


@record
class Labels:
    """Class labels: `integer` codes, or `one-hot` rows."""

    encoding: str
    classes: int | None = None
    """How many there are; None when it is not known."""
    first: int = 0
    """The smallest code."""


@record
class Rows:
    """Which rows of the data at `origin` an array holds.

    `part` names a piece of a split: pieces of one split of one origin share no rows.
    """

    origin: int
    start: int | None = None
    stop: int | None = None
    split: int = 0
    """Which split made the piece; 0 when it was none."""
    part: int = 0
    is_whole: bool = True
    """Whether all rows between the bounds (of the piece) are there."""


@record
class Shuffle:
    """A call that put rows into a random order. Equal `order`s are one order; 0 is one that is not known."""

    serial: int
    place: Place
    order: int = 0


@record
class ArrayFact:
    """An array, a list of numbers, or a tensor that holds data."""

    shape: Shape | None = None
    dtype: str | None = None
    low: float | None = None
    high: float | None = None
    """No value lies outside; None when no bound is known."""
    tight: bool = False
    """Values come close to both bounds."""
    labels: Labels | None = None
    rows: Rows | None = None
    source: str | None = None
    """Where it comes from: the dotted name of a data set's loader, of a reader or of a random generator."""
    scaled: str | None = None
    """How it was scaled: `divided`, `standard`, `minmax`, `preprocessed`; None when nothing is known of it."""
    shuffled: tuple[Shuffle, ...] = ()
    """The shuffles that moved its rows."""
    is_list: bool = False
    """A Python list, which Keras 3 does not take as data."""
    is_likely: bool = False
    """A bound or extent is what it should be rather than what it must be (columns of a file)."""

    @property
    def rank(self) -> int | None:
        """The number of axes."""
        return None if self.shape is None else len(self.shape)

    @property
    def count(self) -> Dim:
        """The number of samples; None when it is not known."""
        return self.shape[0] if self.shape else None


@fact
class PipelineStep:
    """One step of a pipeline (`shuffle`, `map`, `batch`, ...) with its call."""

    kind: str
    site: CallSite = field(repr=False)
    result: int
    """Identity of the pipeline after the step."""


@fact
class PipelineFact:
    """A `tf.data.Dataset`: what one element holds, and what was done on the way."""

    identity: int
    """Of the pipeline as it is now; `steps` tell what it was before."""
    source: CallSite | None = field(default=None, repr=False)
    """The call that made it: `from_tensor_slices`, `image_dataset_from_directory`, ..."""
    element: Data = None
    """Facts of one element, a batch axis included once it is batched; a tuple for (x, y)."""
    batched: bool | None = None
    batch_size: int | None = None
    cardinality: float | None = None
    """How many elements there are; infinity for repeated ones; None when it is not known."""
    steps: tuple[PipelineStep, ...] = ()
    origin: int = 0
    """Identity of the pipeline that the first step was taken on."""

    @property
    def parent(self) -> int:
        """Identity of the pipeline before the last step."""
        return self.steps[-2].result if len(self.steps) > 1 else self.origin

    def has(self, *kinds: str) -> bool:
        """Whether any of these steps was taken."""
        return any(step.kind in kinds for step in self.steps)


@fact
class GeneratorFact:
    """What a Keras `ImageDataGenerator` flows: batches without end."""

    identity: int
    site: CallSite = field(repr=False)
    """The call that made it: `flow`, `flow_from_directory`, `flow_from_dataframe`."""
    factory: CallSite = field(repr=False)
    """The construction of the `ImageDataGenerator`."""
    factory_identity: int
    element: Data = None
    """Facts of one batch: a tuple for (x, y)."""
    batch_size: int | None = None


Data: TypeAlias = "ArrayFact | PipelineFact | GeneratorFact | tuple[Data, ...] | dict[str, Data] | None"
"""What one argument of `fit` holds; None when it is not known."""


@fact
class TrainingData:
    """The data of one `fit`, `evaluate`, `predict`... as it was at that moment."""

    x: Data = None
    y: Data = None
    validation: Data = None
    """`validation_data` as it was given: usually a tuple (x, y)."""
    is_plain: bool = True
    """Whether the steps of training are Keras's own, so that x and y are what they are taken for."""


@record
class GeneratorRead:
    """The program reads what a generator holds in the order of its files (`classes`, `filenames`)."""

    generator: int
    """Identity of the generator."""
    name: str
    order: int


def parts_of(data: Data) -> tuple[Data, Data]:
    """(x, y) of what carries both: a pipeline's or generator's element, a tuple."""
    element = data.element if isinstance(data, PipelineFact | GeneratorFact) else data
    if isinstance(element, tuple) and len(element) >= 2:
        return element[0], element[1]
    return (element if isinstance(data, PipelineFact) else None), None
