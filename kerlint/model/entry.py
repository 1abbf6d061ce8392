"""One model by its name: the module runs as when it is imported or started, then a builder is called."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self

import libcst as cst

from kerlint.keras_api.shapes import Shape
from kerlint.model.call_sites import CallSite
from kerlint.model.facts import Model, Program
from kerlint.model.feeding import build_sequentials, give_input
from kerlint.model.freeze import Freezer
from kerlint.model.recover import Evaluation, deep_recursion, frozen, run_all, run_module, started, told_apart
from kerlint.model.relevance import model_words, relevant, words_of
from kerlint.model.roots import evaluate_root
from kerlint.model.states import LayerState, ModelState
from kerlint.places import Place
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import find_in_class
from kerlint.python.calls import call
from kerlint.python.scope import Frame
from kerlint.python.values import (
    BoundMethod,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    OneOf,
    Unknown,
    Value,
)
from kerlint.source import read

if TYPE_CHECKING:
    from kerlint.python.budget import Budget
    from kerlint.python.modules import Loader
    from kerlint.source import Source, Statement

ASKED = "<target>"
"""The filename of what was asked on the command line."""
FED_ALREADY = "has its input shape already: --input-shape is for what nobody calls"


class NotThere(Exception):
    """What was asked for gives no model; `known` are the names of the file that may."""

    def __init__(self, reason: str, known: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.known = known


@dataclass(frozen=True, slots=True)
class Found:
    """The models behind a name, and what is left open."""

    models: tuple[Model, ...]
    target: str
    calls: tuple[CallSite, ...]
    gave_up: tuple[tuple[Place, str], ...]
    missing: tuple[str, ...] = ()
    """Parameters of the builder that were given nothing: they are unknown."""
    program: Callable[[], Program] | None = None
    """All that the file and the builder do with Keras, when someone asks."""


def recover_entry(
    source: Source,
    wanted: str,
    shapes: tuple[Shape, ...] = (),
    *,
    target: str | None = None,
    loader: Loader | None = None,
    budget: Budget | None = None,
    anew: bool = False,
) -> Found:
    """The models that `wanted` stands for: `model`, `build`, `trainer.model` or `build(classes=10)`.

    A function is called and a class constructed; `shapes` (with the batch axis) go into models that no
    one called (with `anew`: or only on something unknown). Raises NotThere when the file has no such name
    or no model comes out.
    """
    if not source.statements:
        raise NotThere("the file is empty")
    with deep_recursion():
        entry = told_apart(
            lambda: started(source, target=target, loader=loader, budget=budget),
            lambda made: _Entry(made, source, wanted, shapes, anew).asked(),
        )
        return entry.found()


def recover_fed(
    source: Source,
    shapes: tuple[Shape, ...],
    *,
    target: str | None = None,
    loader: Loader | None = None,
    budget: Budget | None = None,
    anew: bool = False,
) -> Program:
    """All models of a source, as `recover` has them; those that nobody calls are called on the shapes.

    With `anew` also those that are only called on something unknown.
    Raises NotThere when there is none that waits for an input.
    """

    def run(made: Evaluation) -> Evaluation:
        run_all(made, source)
        _feed_all(made, shapes, anew=anew)
        return made

    with deep_recursion():
        made = told_apart(lambda: started(source, target=target, loader=loader, budget=budget), run)
        return frozen(made, source)


def _feed_all(made: Evaluation, shapes: tuple[Shape, ...], *, anew: bool) -> None:
    fed: list[bool] = []

    def feed(instance: Instance, state: ModelState) -> None:
        fed.append(give_input(made, instance, shapes, state.place, anew=anew))

    for instance in list(made.domain.models):
        state = instance.native
        assert isinstance(state, ModelState)
        run = partial(feed, instance, state)
        evaluate_root(made.interpreter, made.domain, state.place, run, whole=True)
    if fed and not any(fed):
        raise NotThere("no model waits for an input: name the one that is meant, as in net.py:build")


class _Entry:
    """One request for a model of one source."""

    def __init__(
        self, made: Evaluation, source: Source, wanted: str, shapes: tuple[Shape, ...], anew: bool
    ) -> None:
        self.interpreter, self.domain, self.scope = made.interpreter, made.domain, made.scope
        self.made = made
        self.source = source
        self.shapes = shapes
        self.anew = anew
        self.statement = read(wanted.encode(), ASKED).statements[0]
        self.expression = ast.parse(wanted, mode="eval").body
        self.missing: tuple[str, ...] = ()
        self.is_fed = False
        self.instances: list[Instance] = []

    def asked(self) -> Self:
        """Run the module and ask for the value."""
        self._name_the_module()
        run_module(self.made, self.source)
        self._check_name()
        value: list[Value] = [Unknown("evaluation costs too much")]
        before = len(self.domain.models)

        def ask() -> None:
            value[0] = self._value()

        place = Place(self.statement)
        evaluate_root(self.interpreter, self.domain, place, ask, whole=True)
        self.instances = _distinct(models_in(value[0])) or self.domain.models[before:]
        if not self.instances:
            raise NotThere(_why_not(value[0], self.interpreter.gave_up), self._known())
        if self.shapes:
            evaluate_root(self.interpreter, self.domain, place, self._call, whole=True)
            if not self.is_fed:
                raise NotThere(FED_ALREADY)
        build_sequentials(self.made)
        return self

    def found(self) -> Found:
        """The facts of its models."""
        freezer = Freezer(self.domain)
        models = tuple(model for instance in self.instances for model in freezer.models_of(instance))
        gave_up = tuple(self.interpreter.gave_up)
        program = partial(frozen, self.made, self.source)
        sites = tuple(self.domain.sites)
        return Found(models, self.domain.target, sites, gave_up, self.missing, program)

    def _name_the_module(self) -> None:
        """Who calls a builder imports its module first; only a variable may be one of a started program."""
        root = _root_name(self.expression)
        defined = {one.name for one in self.source.statements if one.kind != "other"}
        if root in defined:
            stem = os.path.splitext(os.path.basename(self.source.filename))[0]
            self.scope.names["__name__"] = stem

    def _check_name(self) -> None:
        root = _root_name(self.expression)
        if root not in self.scope.names and not self.scope.wild:
            raise NotThere(f"no {root} at module level", self._known())

    def _value(self) -> Value:
        frame = Frame(self.scope, self.statement)
        node = _expression(self.statement)
        value = self.interpreter.evaluate(node, frame)
        if not isinstance(self.expression, ast.Call) and isinstance(
            value, FunctionValue | ClassValue | BoundMethod
        ):
            arguments, self.missing = _least_arguments(value)
            return call(self.interpreter, value, arguments, Place(self.statement, node))
        return value

    def _call(self) -> None:
        for instance in self.instances:
            place = Place(self.statement)
            self.is_fed |= give_input(self.made, instance, self.shapes, place, anew=self.anew)

    def _known(self) -> tuple[str, ...]:
        """Definitions that have to do with models, and variables that hold some."""
        words = {one.name: words_of(one.text) for one in self.source.statements if one.kind != "other"}
        builders = relevant(words, model_words(self.domain.target))
        held = [name for name, value in self.scope.names.items() if any(models_in(value))]
        return tuple(dict.fromkeys([*held, *(name for name in words if name in builders)]))


def _root_name(node: ast.expr) -> str:
    while not isinstance(node, ast.Name):
        assert isinstance(node, ast.Attribute | ast.Call)
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id


def _expression(statement: Statement) -> cst.BaseExpression:
    line = statement.body[0]
    assert isinstance(line, cst.SimpleStatementLine)
    (only,) = line.body
    assert isinstance(only, cst.Expr)
    return only.value


def _least_arguments(value: Value) -> tuple[Arguments, tuple[str, ...]]:
    """Arguments for what must be given, unknown ones; and their names."""
    function, skip = value, 0
    if isinstance(value, BoundMethod):
        function, skip = value.function, 1
    elif isinstance(value, ClassValue):
        function, skip = find_in_class(value, "__init__"), 1
    if not isinstance(function, FunctionValue):
        return Arguments(), ()
    params = function.node.params
    made = Arguments()
    for param in (*params.posonly_params, *params.params)[skip:]:
        if param.default is None:
            made.positional.append(Arg(Unknown(f"parameter {param.name.value}")))
    for param in params.kwonly_params:
        if param.default is None:
            made.keywords[param.name.value] = Arg(Unknown(f"parameter {param.name.value}"))
    asked = (*(*params.posonly_params, *params.params)[skip:], *params.kwonly_params)
    return made, tuple(param.name.value for param in asked if param.default is None)


def models_in(value: Value, depth: int = 0) -> Iterator[Instance]:
    """The model objects in a value: itself, or in a container, or on some path."""
    if isinstance(value, Instance):
        if isinstance(value.native, ModelState):
            yield value
        return
    items: list[Value] = []
    if isinstance(value, OneOf):
        items = list(value.alternatives)
    elif isinstance(value, tuple):
        items = list(value)
    elif isinstance(value, ListValue):
        items = list(value.items)
    elif isinstance(value, DictValue):
        items = list(value.items.values())
    if depth < 4:
        for item in items:
            yield from models_in(item, depth + 1)


def _distinct(instances: Iterator[Instance]) -> list[Instance]:
    return list({id(one): one for one in instances}.values())


def _why_not(value: Value, gave_up: list[tuple[Place, str]]) -> str:
    for place, reason in gave_up:
        if place.statement.source.filename == ASKED:
            return f"gives no model: {reason}"
    if isinstance(value, Unknown):
        return f"gives no model that kerlint can follow: {value.reason}"
    if isinstance(value, Instance) and isinstance(value.native, LayerState):
        return "is a layer, not a model"
    return "gives no model"


__all__ = ["Found", "NotThere", "models_in", "recover_entry", "recover_fed"]
