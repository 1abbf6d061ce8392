"""Scopes and frames: where names live, and what one activation of a function knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kerlint.python.values import Join, Ref, Value, merged_names

if TYPE_CHECKING:
    from kerlint.python.values import FunctionValue, Path
    from kerlint.source import Place, Statement


class Deferred:
    """A top-level `def` or `class` that nobody has asked for yet: parsed and evaluated when someone does."""

    __slots__ = ("statement",)

    def __init__(self, statement: Statement) -> None:
        self.statement = statement


class DeferredImport:
    """An imported name that nobody has asked for yet: its module is read and evaluated when someone does.

    `name` is None where the module itself was imported.
    """

    __slots__ = ("dotted", "importer", "level", "name")

    def __init__(self, dotted: str, level: int, name: str | None, importer: str) -> None:
        self.dotted = dotted
        self.level = level
        self.name = name
        self.importer = importer


class Scope(Ref):
    """The names of a module, class body or activation. Class scopes are invisible to nested functions."""

    __slots__ = ("filename", "globals", "is_class", "names", "outer", "redirected", "wild")

    def __init__(self, outer: Scope | None, *, is_class: bool = False, filename: str = "") -> None:
        super().__init__()
        self.names: dict[str, Value] = {}
        self.outer = outer
        self.is_class = is_class
        self.globals: Scope = outer.globals if outer is not None else self
        self.filename = filename or (outer.filename if outer is not None else "")
        self.redirected: dict[str, Scope] | None = None
        """Names declared `global` or `nonlocal` here, with the scope they mean."""
        self.wild = False
        """A star import of an unknown module happened here: any name may exist."""

    def state(self) -> Any:
        return dict(self.names)

    def restore(self, state: Any) -> None:
        self.names = dict(state)

    def merged(self, states: list[Any], join: Join) -> Any:
        return merged_names(states, join)

    def home(self, name: str) -> Scope:
        """The scope that an assignment to `name` in this scope changes."""
        if self.redirected is not None and name in self.redirected:
            return self.redirected[name]
        return self

    def find(self, name: str) -> Scope | None:
        """The innermost scope, seen from here, that has `name`."""
        if self.redirected is not None and name in self.redirected:
            return self.redirected[name]
        if name in self.names:
            return self
        scope = self.outer
        while scope is not None:
            if not scope.is_class and name in scope.names:
                return scope
            scope = scope.outer
        return None


Script = tuple[tuple[int, int], ...]
"""The (branch, arm) pairs to take at the first undecided branches of an activation."""


@dataclass(slots=True, eq=False)
class Frame:
    """One activation: of a module, a function or a class body.

    `script` holds the arms to take at the first undecided branches (a replay of another path), `decided`
    how many of them were met, `pending` the scripts of the paths still to be walked; None where paths may
    not be split.
    """

    scope: Scope
    statement: Statement
    chain: tuple[Place, ...] = ()
    function: FunctionValue | None = None
    receiver: Value = None
    result: Value = None
    yielded: list[Value] | None = None
    endless: bool = False
    """A generator may yield more than was seen."""
    script: Script = ()
    decided: int = 0
    pending: list[Script] | None = None
    is_pure: bool = False
    """The activation changed nothing that was there before it."""
    maybe: list[tuple[Value, Path]] = field(default_factory=list)
    """What arms that returned early gave back, where paths were joined instead of split."""
