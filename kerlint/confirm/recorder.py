"""Writes down what Keras is asked to make and do, by wrapping its base classes in this process.

Constructions are caught in `__new__` of the base classes, whose caller is the program where the program called
the class itself: so loops, helpers, `**cfg` and subclasses need no care. Methods are wrapped on the classes
that define them.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from kerlint.confirm.inputs import inputs_of
from kerlint.confirm.recording import Event, Made, Recording
from kerlint.confirm.spots import Spots
from kerlint.confirm.stubs import Stub

BASES = (
    ("model", ("Model", "Sequential", "models.Model", "models.Sequential")),
    ("layer", ("layers.Layer",)),
    ("optimizer", ("optimizers.Optimizer", "optimizers.legacy.Optimizer")),
    ("schedule", ("optimizers.schedules.LearningRateSchedule",)),
    ("loss", ("losses.Loss",)),
    ("metric", ("metrics.Metric",)),
    ("callback", ("callbacks.Callback",)),
    ("initializer", ("initializers.Initializer",)),
    ("regularizer", ("regularizers.Regularizer",)),
    ("constraint", ("constraints.Constraint",)),
    ("data", ("utils.PyDataset", "utils.Sequence", "preprocessing.image.ImageDataGenerator")),
)
"""What is recorded, and where Keras has its base classes; a package that lacks one goes without."""


class Recorder:
    """Fills one recording."""

    def __init__(self, recording: Recording, spots: Spots) -> None:
        self.recording = recording
        self.spots = spots
        self.work = 0
        """How many trainings there were: loops that train are ended by it."""
        self._order = 0
        self._depth = 0
        self._inside = 0

    def order(self) -> int:
        """The next number."""
        self._order += 1
        return self._order

    def watch_classes(self, keras: Any) -> None:
        """Write down every object that is made from now on."""
        seen: set[type] = set()
        for kind, names in BASES:
            for name in names:
                cls = _member(keras, name)
                if isinstance(cls, type) and cls not in seen:
                    seen.add(cls)
                    self._watch(cls, kind)

    def _watch(self, cls: Any, kind: str) -> None:
        original: Callable[..., Any] = cls.__new__

        is_plain = cls.__new__ is object.__new__

        def __new__(klass: type, *args: Any, **kwargs: Any) -> Any:
            direct = self._depth == 0 and self.spots.is_program(sys._getframe(1))
            self._depth += 1
            try:
                made = original(klass) if is_plain else original(klass, *args, **kwargs)
            finally:
                self._depth -= 1
            if self._depth == 0 and (direct or not self._inside):
                self._made(made, kind, direct, args, kwargs)
            return made

        cls.__new__ = staticmethod(__new__)

    def _made(self, made: Any, kind: str, direct: bool, args: Any, kwargs: Any) -> None:
        chain = self.spots.here()
        region = chain[0] if chain else None
        arguments = bound(type(made).__init__, (made, *args), kwargs)
        self.recording.made.append(
            Made(made, type(made).__name__, kind, region, chain, self.order(), direct, arguments)
        )

    @contextmanager
    def event(self, kind: str, model: Any, arguments: dict[str, Any]) -> Iterator[Event]:
        """An event that is under way: what happens inside it is no event of its own."""
        chain = self.spots.here()
        event = Event(kind, model, chain[0] if chain else None, chain, self.order(), arguments)
        self.recording.events.append(event)
        self._inside += 1
        try:
            yield event
        except BaseException as error:
            event.error = error
            raise
        finally:
            self._inside -= 1

    def watch_method(
        self, cls: type, name: str, kind: str, do: Callable[[Event, Callable[..., Any], Any, Any, Any], Any]
    ) -> None:
        """Write down each call of a method from outside Keras; `do` decides what becomes of it."""
        original = getattr(cls, name, None)
        if original is None:
            return

        @wraps(original)
        def method(owner: Any, *args: Any, **kwargs: Any) -> Any:
            if self._inside or not self.spots.here():
                return original(owner, *args, **kwargs)
            with self.event(kind, owner, bound(original, (owner, *args), kwargs)) as event:
                _refuse_strangers(original, owner, args, kwargs)
                event.result = do(event, original, owner, args, kwargs)
                return event.result

        setattr(cls, name, method)

    def watch_function(
        self, module: Any, name: str, kind: str, otherwise: Callable[[str], Any] | None = None
    ) -> None:
        """Write down each call of a module's function; `otherwise` answers for files that are not there."""
        original = getattr(module, name, None)
        if original is None:
            return

        @wraps(original)
        def function(*args: Any, **kwargs: Any) -> Any:
            if self._inside or not self.spots.here():
                return original(*args, **kwargs)
            with self.event(kind, None, bound(original, args, kwargs)) as event:
                event.ran = True
                path = event.arguments.get("filepath")
                if otherwise is None or os.path.exists(str(path)):
                    event.result = original(*args, **kwargs)
                else:
                    event.ran, event.result = False, otherwise(str(path))
                event.model = event.arguments.get("model", event.result)
                return event.result

        setattr(module, name, function)

    def watch_calls(self, layer: Any) -> None:
        """Write down each call of a layer or model that stands in the program itself."""
        original = layer.__call__

        @wraps(original)
        def __call__(owner: Any, *args: Any, **kwargs: Any) -> Any:
            caller = sys._getframe(1)
            if self._inside or not self.spots.is_program(caller):
                return original(owner, *args, **kwargs)
            chain = self.spots.here()
            if args and isinstance(args[0], Stub):
                known = inputs_of(owner)
                args = args if known is None else (known, *args[1:])
            inputs = args[0] if args else None
            given = bound(type(owner).call, (owner, *args), kwargs) if args[1:] else kwargs
            further = {name: value for name, value in given.items() if value is not inputs}
            arguments = {**further, "inputs": inputs}
            event = Event("call", owner, chain[0] if chain else None, chain, self.order(), arguments)
            self.recording.events.append(event)
            try:
                event.result = original(owner, *args, **kwargs)
            except BaseException as error:
                event.error = error
                raise
            event.ran = True
            return event.result

        layer.__call__ = __call__


def bound(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """What a call gave, by the names of the parameters; `self` and defaults left out."""
    try:
        signature = inspect.signature(function)
        found = dict(signature.bind_partial(*args, **kwargs).arguments)
    except (TypeError, ValueError):
        return {**{str(index): value for index, value in enumerate(args[1:])}, **kwargs}
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            found.update(found.pop(parameter.name, {}))
    found.pop("self", None)
    return found


def _refuse_strangers(original: Any, owner: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise what Python raises at arguments that a method does not take, for it may not be called at all."""
    try:
        inspect.signature(original).bind(owner, *args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{original.__qualname__}() {error}") from None


def _member(root: Any, dotted: str) -> Any:
    for name in dotted.split("."):
        root = getattr(root, name, None)
    return root
