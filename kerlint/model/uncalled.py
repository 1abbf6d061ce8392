"""Builders that a file only offers: functions and classes that nobody in it calls.

Each is evaluated once with its defaults and unknown arguments, so that libraries are linted too. Each
function, and each class with all its methods, is a path of its own, for a program need not call them all;
and what they change is undone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kerlint.model.apply import call_layer
from kerlint.model.class_facts import library_base
from kerlint.model.domain import KerasDomain
from kerlint.model.library import unknown_arguments
from kerlint.model.parts import MODULE, Ground, Marks, Part, key_of, marks_of
from kerlint.model.relevance import model_words, relevant, words_of
from kerlint.model.roots import attempt, evaluate_root
from kerlint.model.states import LayerState, TensorValue
from kerlint.places import Place
from kerlint.python.arguments import Arguments
from kerlint.python.attributes import find_in_class
from kerlint.python.calls import call_function, instantiate
from kerlint.python.interpreter import Interpreter
from kerlint.python.scope import Deferred, Scope
from kerlint.python.values import ClassValue, FunctionValue, Instance, Value

if TYPE_CHECKING:
    from kerlint.source import Statement

_LAYER = re.compile(r"^class\s+\w+\s*\([^:]*\bLayer\b", re.MULTILINE)
"""The head of a class that derives from `Layer`, a word too common to look for everywhere."""
ROUNDS = 3
"""Evaluating a function can define others; so often it is looked for new ones."""


class Uncalled:
    """Finds and evaluates what nobody called. `branch` is the undecided branch whose arms they are."""

    def __init__(
        self,
        interpreter: Interpreter,
        domain: KerasDomain,
        scope: Scope,
        branch: int,
        part: Part | None = None,
    ) -> None:
        self.part = part
        self.interpreter = interpreter
        self.domain = domain
        self.scope = scope
        self.branch = branch
        self.arm = 0
        self.seeds = model_words(domain.target) | {
            name
            for name, value in scope.names.items()
            if isinstance(value, Instance) and value.native is not None
        }

    def evaluate(self, statements: tuple[Statement, ...]) -> None:
        """Define what is relevant, then evaluate it, the later definitions first: they use the earlier."""
        words = {one.name: words_of(one.text) for one in statements if one.kind != "other"}
        layers = {one.name for one in statements if one.kind == "class" and _LAYER.search(one.text)}
        chosen = relevant(words, self.seeds | layers) | layers
        self.seeds |= chosen
        for statement in statements:
            deferred = self.scope.names.get(statement.name) if statement.name in chosen else None
            if type(deferred) is Deferred:
                self._define(statement, deferred)
        self._take_part()
        done: set[int] = set()
        for _ in range(ROUNDS):
            fresh = self._fresh(done)
            classes = {id(one.owner): one.owner for one in fresh if one.owner is not None}
            alone: list[FunctionValue | ClassValue] = [one for one in fresh if one.owner is None]
            roots = sorted([*alone, *classes.values()], key=lambda one: -one.serial)
            for index, root in enumerate(roots):
                self.arm += 1
                self._evaluate_in_part(root, len(roots) - index - 1)

    def _fresh(self, done: set[int]) -> list[FunctionValue]:
        """The latest function for each definition not seen yet, unless it was called under any of them."""
        functions = self.interpreter.functions
        latest = {id(one.node): one for one in functions if id(one.node) not in done}
        done.update(latest)
        called = {id(one.node) for one in functions if one.is_called and one.owner is None}
        return [one for key, one in latest.items() if key not in called]

    def _define(self, statement: Statement, deferred: Deferred) -> None:
        def run() -> None:
            self.interpreter.define(statement.name, deferred, self.scope)

        evaluate_root(self.interpreter, self.domain, Place(statement), run)

    def _take_part(self) -> None:
        """What the module has marked is kept, or marked again where it was not run."""
        if self.part is not None:
            steps = self.interpreter.budget.steps - self.interpreter.steps
            self.part.note(MODULE, Marks(), marks_of(self.interpreter, self.domain), steps)
            self.part.replay(MODULE, self.interpreter, self.domain)
            self.part.ground = self.part.ground or Ground(self.interpreter, self.domain)

    def _evaluate_in_part(self, root: FunctionValue | ClassValue, others: int) -> None:
        part = self.part
        if part is None:
            self._evaluate(root, others)
        elif part.skips(root):
            part.replay(key_of(root), self.interpreter, self.domain)
        else:
            before, steps = marks_of(self.interpreter, self.domain), self.interpreter.steps
            self._evaluate(root, others)
            after = marks_of(self.interpreter, self.domain)
            part.note(key_of(root), before, after, steps - self.interpreter.steps)

    def _evaluate(self, root: FunctionValue | ClassValue, others: int) -> None:
        place = Place(root.statement, root.node)
        path = ((self.branch, self.arm),)

        def run() -> None:
            self.interpreter.path = path
            self.interpreter.trail.mark()
            try:
                if isinstance(root, ClassValue):
                    self._exercise(root, place)
                elif self._is_worth_it(root):
                    call_function(self.interpreter, root, unknown_arguments(root), None)
            finally:
                self.interpreter.trail.undo()

        evaluate_root(self.interpreter, self.domain, place, run, others=others)

    def _is_worth_it(self, function: FunctionValue) -> bool:
        if function.is_called:
            return False
        statement = function.statement
        text = statement.text if statement.name == function.name else statement.code(function.node)
        return not self.seeds.isdisjoint(words_of(text))

    def _exercise(self, cls: ClassValue, place: Place) -> None:
        """Call the methods that nobody called, on one object of the class made with unknown arguments."""
        methods = [value for value in cls.namespace.values() if isinstance(value, FunctionValue)]
        waiting = {
            method.name: method for method in methods if not method.is_called and method.wrapper != "setter"
        }
        words = {name: words_of(method.statement.code(method.node)) for name, method in waiting.items()}
        chosen = relevant(words, self.seeds)
        is_new_layer = "call" in waiting and not cls.is_made and library_base(cls) is not None
        if not chosen and not is_new_layer:
            return
        instance = self._instance_of(cls, place)
        if instance is None:
            return
        for name, method in waiting.items():
            if method.is_called or (name not in chosen and name != "call"):
                continue
            if name == "call" and isinstance(instance.native, LayerState):
                call_layer(self.domain, instance, Arguments.of(TensorValue(None)), place)
            else:
                self._try_method(cls, self._receiver(cls, name, instance), method, place)

    def _try_method(self, cls: ClassValue, instance: Instance, method: FunctionValue, place: Place) -> None:
        """Call a method; one that never comes to the matter does not keep the others from being looked at."""
        if instance.native is not None:
            self._call_method(cls, instance, method)
            return

        def run() -> None:
            self._call_method(cls, instance, method)

        if not attempt(self.interpreter, self.domain, place, run):
            self.interpreter.trail.touch(instance)
            instance.open = True

    def _receiver(self, cls: ClassValue, name: str, stand_in: Instance) -> Instance:
        """The object that the program made last, for the method that `fit` calls on it; else the stand-in."""
        made = [state.instance for one, state in self.domain.made if one is cls and name == "train_step"]
        return next((one for one in reversed(made) if one is not None and one is not stand_in), stand_in)

    def _call_method(self, cls: ClassValue, instance: Instance, method: FunctionValue) -> None:
        skip = 0 if method.wrapper == "staticmethod" else 1
        receiver = () if skip == 0 else (cls if method.wrapper == "classmethod" else instance,)
        arguments = unknown_arguments(method, skip).prepended(*receiver)
        call_function(self.interpreter, method, arguments, None)

    def _instance_of(self, cls: ClassValue, place: Place) -> Instance | None:
        """An object of the class; None where its construction gives something else.

        One of a class of the user's own may have any attributes, where its construction costs too much.
        """
        method = find_in_class(cls, "__init__")
        arguments = unknown_arguments(method, 1) if isinstance(method, FunctionValue) else Arguments()
        made: list[Value] = []

        def run() -> None:
            made.append(instantiate(self.interpreter, cls, arguments, place))

        if library_base(cls) is not None:
            run()
        elif not attempt(self.interpreter, self.domain, place, run):
            blank = Instance(cls)
            blank.open = True
            return blank
        return made[0] if isinstance(made[0], Instance) else None
