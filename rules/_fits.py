"""What is fed to which model: every `fit`, `evaluate` and `predict` with its model, its data and their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kerlint.model.call_sites import Argument, CallSite
from kerlint.model.compiles import Compiled
from kerlint.model.data_facts import ArrayFact, Data, GeneratorFact, PipelineFact, TrainingData, parts_of
from kerlint.model.facts import Model, Program, Training, exclude_each_other
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
    x_name: str
    """The argument that x is given by."""
    y_name: str

    @property
    def is_validation(self) -> bool:
        """Whether the model is judged on it, not trained."""
        return self.x_name == "validation_data"

    @property
    def x_place(self) -> Place:
        """Where x was written, else the call."""
        return self._written(self.x_name)[0]

    @property
    def y_place(self) -> Place:
        """Where y was written, else the call."""
        return self._written(self.y_name)[0]

    @property
    def x_text(self) -> str:
        """What x is called: its text where that is short, else the argument."""
        return self._called(self.x_name)

    @property
    def y_text(self) -> str:
        """What y is called."""
        return self._called(self.y_name)

    def _written(self, name: str) -> tuple[Place, str, Argument | None]:
        """Where an argument was written, under which name, and what was."""
        site = self.event.site
        for one in (name, "generator") if name == "x" else (name,):
            found = site.argument(one) if one in site.arguments else None
            if found is not None and found.place is not None:
                return found.place, one, found
        return site.place, name, None

    def _called(self, name: str) -> str:
        _, name, found = self._written(name)
        text = (found.text if found is not None else None) or ""
        return f"`{text}`" if 0 < len(text) <= 40 and "\n" not in text else f"`{name}`"

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
        yield Fed(event, model, x, y, data.x, "x", "x")
    else:
        yield Fed(event, model, data.x, data.y, None, "x", "y")
    held = data.validation
    if isinstance(held, PipelineFact | GeneratorFact | tuple):
        x, y = parts_of(held)
        whole = None if isinstance(held, tuple) else held
        yield Fed(event, model, x, y, whole, "validation_data", "validation_data")


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
