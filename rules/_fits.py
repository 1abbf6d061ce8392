"""What is fed to which model: every `fit`, `evaluate` and `predict` with its model, its data and their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.model.compiles import Compiled
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact, TrainingData, parts_of
from kerlint.model.facts import CallSite, Model, Program, Training, exclude_each_other
from kerlint.model.questions import once_a_program
from kerlint.places import Place


@dataclass(frozen=True, slots=True, eq=False)
class Fed:
    """One set of data that a model is given: the training data of a fit, or its validation data."""

    event: Training
    model: Model
    x: Data
    y: Data
    whole: Data
    """What x and y are parts of: a pipeline, a generator, a tuple; None for two arguments."""
    is_validation: bool
    x_place: Place
    y_place: Place
    x_text: str
    y_text: str

    @property
    def is_batched(self) -> bool:
        """Whether the first axis of the shapes is that of the samples."""
        return not isinstance(self.whole, PipelineFact) or self.whole.batched is not False

    @property
    def of_files(self) -> CallSite | None:
        """The call that reads the data out of a folder or a list of files, where they come so."""
        if isinstance(self.whole, GeneratorFact):
            return None if self.whole.site.symbol.endswith(".flow") else self.whole.site
        source = self.whole.source if isinstance(self.whole, PipelineFact) else None
        return source if source is not None and source.symbol.endswith("_from_directory") else None

    @property
    def are_arrays(self) -> bool:
        """Whether the data are held as arrays, so that their lengths must agree."""
        return not isinstance(self.whole, PipelineFact | GeneratorFact)


@once_a_program
def fed(program: Program) -> Iterator[Fed]:
    """Everything that the models of a program are given by Keras's own methods."""
    for event in program.trainings:
        if event.data is None or event.kind in ("compile", "apply_gradients"):
            continue
        for model in program.models:
            is_own = model.identity == event.model and event.data.is_plain
            if is_own and not exclude_each_other(model.path, event.path):
                yield from _sets(event, model, event.data)


def _sets(event: Training, model: Model, data: TrainingData) -> Iterator[Fed]:
    if isinstance(data.x, PipelineFact | GeneratorFact):
        x, y = parts_of(data.x)
        yield _made(event, model, x, y, data.x, "x", "x")
    else:
        yield _made(event, model, data.x, data.y, None, "x", "y")
    held = data.validation
    if isinstance(held, PipelineFact | GeneratorFact | tuple):
        x, y = parts_of(held)
        whole = None if isinstance(held, tuple) else held
        yield _made(event, model, x, y, whole, "validation_data", "validation_data")


def _made(event: Training, model: Model, x: Data, y: Data, whole: Data, x_name: str, y_name: str) -> Fed:
    x_place, x_text = _argument(event, x_name)
    y_place, y_text = _argument(event, y_name)
    return Fed(event, model, x, y, whole, x_name != "x", x_place, y_place, x_text, y_text)


def _argument(event: Training, name: str) -> tuple[Place, str]:
    """Where an argument was written, and its text when it is a name."""
    for one in (name, "generator") if name == "x" else (name,):
        found = event.site.argument(one) if one in event.site.arguments else None
        if found is not None and found.place is not None:
            text = found.text or ""
            return found.place, f"`{text}`" if 0 < len(text) <= 40 and "\n" not in text else f"`{one}`"
    return event.site.place, f"`{name}`"


def compiled_for(program: Program, one: Fed) -> Compiled | None:
    """The compile in force when the data are given; None when there is none or several could be."""
    found = [
        compiled
        for compiled in program.compiles
        if compiled.model is one.model
        and compiled.training.order < one.event.order
        and not exclude_each_other(compiled.training.path, one.event.path)
    ]
    if not found or (len(found) > 1 and len({compiled.training.path for compiled in found}) > 1):
        return None
    return found[-1]


def single(data: Data) -> ArrayFact | None:
    """The one array of a model with one input or output, alone or in a list of one."""
    if isinstance(data, tuple) and len(data) == 1:
        data = data[0]
    return data if isinstance(data, ArrayFact) else None
