"""From two targets on the command line to two models and the programs around them."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kerlint.diff.training import Side
from kerlint.keras_api.shapes import Shape, UnknownDim
from kerlint.loader import DiskLoader
from kerlint.model.entry import NotThere, recover_entry, recover_fed
from kerlint.model.facts import Model, Program
from kerlint.model.recover import recover
from kerlint.problems import Problem
from kerlint.project import import_roots, inferred_target, root_of
from kerlint.python.values import Unknown
from kerlint.source import Source
from kerlint.summary.evaluate import BUDGET, forms_of
from kerlint.summary.run import opened, unfound
from kerlint.summary.target import Target, parse_target

MOST_NAMES = 8
"""Models that an error lists."""
Shapes = tuple[Shape, ...]


class File:
    """One file with its programs: one for each input that its waiting models are given."""

    def __init__(self, source: Source, keras: str | None) -> None:
        self.source = source
        folder = os.path.dirname(source.filename)
        root = root_of(folder)
        self.keras = keras or (inferred_target(root) if root is not None else None)
        self.loader = DiskLoader(import_roots(folder, root))
        self._programs: dict[Shapes, Program] = {}

    def program(self, shapes: Shapes = ()) -> Program:
        """What the file does; models that nobody called get these inputs, batch axis included."""
        if shapes not in self._programs:
            self._programs[shapes] = self._recovered(shapes)
        return self._programs[shapes]

    def _recovered(self, shapes: Shapes) -> Program:
        if not shapes:
            return recover(self.source, target=self.keras, loader=self.loader, budget=BUDGET)
        try:
            return recover_fed(
                self.source, shapes, target=self.keras, loader=self.loader, budget=BUDGET, anew=True
            )
        except NotThere:
            return self.program()

    def side(self, target: Target, shapes: Shapes = ()) -> Side:
        """The model that a target means. Raises Problem."""
        program = self.program(shapes)
        if target.wanted is None:
            return _side(program, _only(program, target))
        models = _named(program, target.wanted)
        if models and (not shapes or _is_built(models[0])):
            return _side(program, models, target.wanted)
        try:
            return self._entry(target, target.wanted, shapes)
        except Problem:
            if not models:
                raise
            return _side(program, models, target.wanted)

    def _entry(self, target: Target, wanted: str, shapes: Shapes) -> Side:
        """The model behind a name, made for its own sake. Raises Problem."""
        try:
            found = recover_entry(
                self.source,
                wanted,
                shapes,
                target=self.keras,
                loader=self.loader,
                budget=BUDGET,
                anew=True,
            )
        except NotThere as error:
            raise unfound(error, target) from error
        assert found.program is not None
        return _side(found.program(), found.models, wanted)


def sides_of(left: str, right: str, keras: str | None = None) -> tuple[Side, Side, tuple[Source, Source]]:
    """Both sides and their files; a model that nobody calls gets the input of the other one. Raises Problem."""
    targets = parse_target(left), parse_target(right)
    sources = [opened(target.path) for target in targets]
    first = File(sources[0], keras)
    second = first if sources[0].filename == sources[1].filename else File(sources[1], keras)
    mine, theirs = first.side(targets[0]), second.side(targets[1])
    shapes = _inputs(mine.model) or _inputs(theirs.model)
    if shapes and (not _inputs(theirs.model) or not _inputs(mine.model)):
        mine = _fed(first, targets[0], shapes) or mine
        theirs = _fed(second, targets[1], shapes) or theirs
    return mine, theirs, (first.source, second.source)


def _fed(file: File, target: Target, shapes: Shapes) -> Side | None:
    """A side in the program whose waiting models get these inputs; None where that does not do."""
    try:
        return file.side(target, shapes)
    except Problem:
        return None


def _inputs(model: Model) -> Shapes:
    """The shapes of what goes into a model, where all are known."""
    shapes = [tensor.shape for tensor in model.flat.inputs]
    known = tuple(shape for shape in shapes if shape is not None and not _is_open(shape))
    is_called = model.complete and bool(model.flat.outputs)
    return known if len(known) == len(shapes) and is_called else ()


def _is_built(model: Model) -> bool:
    return bool(_inputs(model)) and not isinstance(model.weigh().total, Unknown)


def _is_open(shape: Shape) -> bool:
    return any(isinstance(dim, UnknownDim) for dim in shape[1:])


def _side(program: Program, models: Sequence[Model], wanted: str | None = None) -> Side:
    """The side of the first of these models, which may be one of several forms."""
    return Side(program, models[0], wanted, forms_of(models[0], models))


def _named(program: Program, wanted: str) -> list[Model]:
    """The models of that variable, the last first; else those of that builder or class, trained ones first."""
    last_first = program.models[::-1]
    bound = [model for model in last_first if model.variable == wanted and model.builder is None]
    built = [model for model in program.models if wanted in (model.builder, model.cls, model.variable)]
    return bound or sorted(built, key=lambda model: not program.trainings_of(model.identity))


def _only(program: Program, target: Target) -> list[Model]:
    """The one model of a file that is in no other one, in all its forms."""
    inside = {layer.identity for model in program.models for layer in model.layers}
    models = [model for model in reversed(program.models) if model.identity not in inside]
    if not models:
        raise Problem("no models", where=target.path)
    if len({model.identity for model in models}) > 1:
        listed = _listed(models[::-1], target)
        raise Problem("several models", where=target.path, remedy=f"name one: {listed}")
    return models


def _listed(models: Sequence[Model], target: Target) -> str:
    names = list(dict.fromkeys(model.builder or model.variable or model.cls for model in models))
    more = ", ..." if len(names) > MOST_NAMES else ""
    return ", ".join(f"{target.path}:{name}" for name in names[:MOST_NAMES]) + more
