"""A domain that knows no library, and the shortest way to evaluate a text with it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from kerlint.places import Place
from kerlint.python.arguments import Arguments
from kerlint.python.budget import Budget
from kerlint.python.domain import MISSING
from kerlint.python.interpreter import Interpreter
from kerlint.python.modules import Modules
from kerlint.python.scope import Deferred, Scope
from kerlint.python.stdlib import CONSTANTS
from kerlint.python.values import ClassValue, Instance, ModuleValue, Symbol, Unknown, Value
from kerlint.source import Source, read


class NullDomain:
    """Nothing is known of any library; what is called is kept in `calls`."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.calls: list[tuple[str, list[Value]]] = []

    def activity(self) -> int:
        return len(self.calls)

    def stock(self) -> int:
        return len(self.calls)

    def growth(self) -> int:
        return len(self.calls)

    def refused(self) -> int:
        return 0

    def tried(self, counts: list[int]) -> None:
        pass

    def symbol(self, dotted: str) -> Symbol:
        return CONSTANTS[dotted] if dotted in CONSTANTS else Symbol(dotted)

    def owns(self, dotted: str) -> bool:
        return False

    def entered(self, manager: Value) -> None:
        pass

    def left(self, manager: Value) -> None:
        pass

    def asked(self, what: str, value: Value, place: Place) -> None:
        pass

    def has(self, symbol: Symbol, name: str) -> bool:
        return False

    def lacks(self, instance: Instance, name: str) -> bool:
        return False

    def member(self, symbol: Symbol, name: str) -> Value:
        return self.symbol(f"{symbol.dotted}.{name}")

    def star(self, module: Symbol) -> dict[str, Value] | None:
        return None

    def call(self, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
        self.calls.append((symbol.dotted, arguments.values()))
        return Unknown(f"the result of {symbol.dotted}")

    def native(self, cls: ClassValue, place: Place) -> object | None:
        return None

    def initialize(self, instance: Instance, base: Symbol, arguments: Arguments, place: Place) -> None:
        return None

    def attribute(self, instance: Value, name: str) -> Value:
        return MISSING

    def read(self, instance: Instance, name: str, place: Place) -> None:
        pass

    def assign(self, instance: Instance, name: str, value: Value, place: Place) -> bool:
        return False

    def stored(self, value: Value, index: Value, item: Value, place: Place) -> None:
        return None

    def call_method(self, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
        return Unknown(f"method {name} of a library")

    def call_instance(self, instance: Value, arguments: Arguments, place: Place) -> Value:
        return Unknown("the call of something unknown")

    def operate(self, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
        return MISSING

    def defined(self, cls: ClassValue, place: Place) -> None:
        return None

    def bound(self, name: str, value: Value) -> None:
        return None

    def escaped(self, arguments: Arguments, callee: str, place: Place) -> Value:
        return MISSING

    def item_of(self, value: Value) -> Value:
        return MISSING

    def compare(self, question: str, left: Value, right: Value) -> bool | None:
        return None

    def zipped(self, values: list[Value]) -> Value:
        return MISSING

    def is_callable(self, value: Value) -> bool:
        return isinstance(value, Symbol)

    def is_instance(self, value: Value, cls: Symbol) -> bool | None:
        return None

    def copied(self, value: Instance, place: Place) -> Value:
        made = Instance(value.cls)
        made.attributes = dict(value.attributes)
        made.open = value.open
        return made


class Files:
    """A loader of modules given as texts, by dotted name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.sources = {}
        for dotted, text in texts.items():
            is_package = any(other.startswith(f"{dotted}.") for other in texts)
            filename = dotted.replace(".", "/") + ("/__init__.py" if is_package else ".py")
            self.sources[dotted] = read(text.encode(), filename)

    def find(self, dotted: str, importer: str, level: int) -> Source | None:
        if level:
            folders = importer.removesuffix(".py").split("/")[:-level]
            dotted = ".".join([*folders, *([dotted] if dotted else [])])
        return self.sources.get(dotted)


class Run:
    """One evaluated module: `run["x"]` is the value of a name."""

    def __init__(
        self, text: str, files: Mapping[str, str] | None = None, budget: Budget | None = None
    ) -> None:
        source = read(text.encode(), "main.py")
        modules = Modules(Files(files or {}), source.filename)
        self.interpreter = Interpreter(NullDomain, modules, budget)
        self.scope = Scope(None, filename=source.filename)
        modules.loaded[source.filename] = ModuleValue("__main__", self.scope)
        with deep_recursion():
            self.interpreter.run_module(source, self.scope)

    def __getitem__(self, name: str) -> Value:
        value = self.scope.names[name]
        return self.interpreter.define(name, value, self.scope) if isinstance(value, Deferred) else value

    @property
    def names(self) -> dict[str, Value]:
        """All module-level names, every definition evaluated."""
        return {name: self[name] for name in list(self.scope.names)}

    @property
    def calls(self) -> list[tuple[str, list[Value]]]:
        """The library calls met, with their arguments."""
        assert isinstance(self.interpreter.domain, NullDomain)
        return self.interpreter.domain.calls


@contextmanager
def deep_recursion(limit: int = 8_000) -> Iterator[None]:
    """The recursion limit that `kerlint.model.recover` gives an evaluation."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, limit))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
