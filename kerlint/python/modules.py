"""First-party modules: found by a loader, evaluated on demand, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kerlint.python.budget import Raised
from kerlint.python.scope import DeferredImport, Scope
from kerlint.python.values import ModuleValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Source


class Loader(Protocol):
    """Finds the source of a first-party module."""

    def find(self, dotted: str, importer: str, level: int) -> Source | None:
        """The source that `importer` means by this name, or None if it is not first-party.

        `level` counts the leading dots of a relative import.
        """


class NoLoader:
    """For a source that stands alone: nothing is first-party."""

    def find(self, dotted: str, importer: str, level: int) -> Source | None:
        """Nothing is found."""
        return None


class Modules:
    """The modules of one run, by file."""

    def __init__(self, loader: Loader, main: str) -> None:
        self.loader = loader
        self.main = main
        self.loaded: dict[str, ModuleValue] = {}
        self._found: dict[tuple[str, str, int], str | None] = {}

    def is_main(self, filename: str) -> bool:
        """Whether this is the file being linted (not one that it imports)."""
        return filename == self.main

    def load(self, interpreter: Interpreter, dotted: str, importer: str, level: int = 0) -> Value:
        """The module of this name: first-party ones evaluated, all others as symbols."""
        if level == 0 and interpreter.domain.owns(dotted):
            return interpreter.domain.symbol(dotted)
        module = self._first_party(interpreter, dotted, importer, level)
        if module is not None:
            return module
        if level:
            return Unknown(f"module {'.' * level}{dotted} is not found")
        return interpreter.domain.symbol(dotted)

    def is_first_party(self, deferred: DeferredImport) -> bool:
        """Whether an imported name comes from a module of the project."""
        dotted, importer, level = deferred.dotted, deferred.importer, deferred.level
        return bool(level) or self.loader.find(dotted, importer, level) is not None

    def submodule(self, interpreter: Interpreter, module: ModuleValue, name: str) -> Value:
        """An attribute that a package does not define: its submodule, if there is one."""
        found = self._first_party(interpreter, f"{module.name}.{name}", module.scope.filename, 0)
        if found is None:
            found = self._first_party(interpreter, name, module.scope.filename, 1)
        return Unknown(f"{module.name} has no {name}") if found is None else found

    def _first_party(
        self, interpreter: Interpreter, dotted: str, importer: str, level: int
    ) -> ModuleValue | None:
        key = (dotted, importer, level)
        if key in self._found:
            filename = self._found[key]
            return None if filename is None else self.loaded.get(filename)
        source = self.loader.find(dotted, importer, level)
        self._found[key] = None if source is None else source.filename
        if source is None:
            return None
        known = self.loaded.get(source.filename)
        if known is not None:
            return known
        if len(self.loaded) >= interpreter.budget.modules:
            self._found[key] = None
            return None
        return self._evaluate(interpreter, source, dotted)

    def _evaluate(self, interpreter: Interpreter, source: Source, dotted: str) -> ModuleValue:
        scope = Scope(None, filename=source.filename)
        scope.names["__name__"] = dotted
        module = ModuleValue(dotted, scope)
        self.loaded[source.filename] = module
        calls, interpreter.calls = interpreter.calls, []
        frames, interpreter.frames = interpreter.frames, []
        trying, interpreter.trying = interpreter.trying, 0
        try:
            interpreter.run_module(source, scope)
        except Raised:
            scope.wild = True
        finally:
            interpreter.calls, interpreter.frames, interpreter.trying = calls, frames, trying
        return module
