"""Scopes and frames: where names live, and what one activation of a function knows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from kerlint.python.refs import Join, Path, Ref, Value, merged_names

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.containers import ListValue
    from kerlint.python.trail import Changes
    from kerlint.python.values import FunctionValue
    from kerlint.source import Statement


_HEAD = re.compile(r".*?\)\s*(?:->[^:\n]*)?:[^\S\n]*(?:#[^\n]*)?\n", re.DOTALL)
_START = re.compile(r"^(?:async[ \t]+)?(?:def|class)\b", re.MULTILINE)
_DECORATOR = re.compile(r"^@[ \t]*(\w+)", re.MULTILINE)
_CALL_IN_CLASS = re.compile(r"^(?:[ ]{1,4}|\t)(?![\s#@\"')\]}]|def\b|async\b|class\b)[^\n#]*\(", re.MULTILINE)
_KEYWORD_IN_CLASS = re.compile(r"class\s+\w+\s*\([^)]*=(?!\s*(?:abc\.)?ABCMeta\b)")
_WORD = re.compile(r"[^\W\d]\w*")


class Deferred:
    """A top-level `def` or `class`: parsed and evaluated when someone asks for it first.

    It keeps its `value` (None before), for undoing a path can put it back into its scope.
    """

    __slots__ = ("_words", "statement", "value")

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self.value: Value = None
        self._words: frozenset[str] | None = None

    @property
    def acts(self) -> bool:
        """Whether evaluating the definition may do more than define, decorators aside: a call in a default or
        in a class body, or an assignment expression.
        """
        text = self.statement.text
        start = _START.search(text)
        text = text[start.start() :] if start is not None else text
        if self.statement.kind == "def":
            head = _HEAD.match(text)
            text = text if head is None else head[0]
            return text.count("(") > 1 or ":=" in text
        return _CALL_IN_CLASS.search(text) is not None or _KEYWORD_IN_CLASS.match(text) is not None

    @property
    def decorators(self) -> list[str]:
        """The first name of each decorator."""
        text = self.statement.text
        return _DECORATOR.findall(text) if text.startswith("@") else []

    @property
    def words(self) -> frozenset[str]:
        """The names that evaluating the definition itself may use: those in a function's head, or in a class."""
        if self._words is None:
            text = self.statement.text
            head = _HEAD.match(text) if self.statement.kind == "def" else None
            self._words = frozenset(_WORD.findall(text if head is None else head[0]))
        return self._words


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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DeferredImport) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, int, str | None, str]:
        return (self.dotted, self.level, self.name, self.importer)


class Scope(Ref):
    """The names of a module, class body or activation. Class scopes are invisible to nested functions."""

    __slots__ = (
        "filename",
        "globals",
        "has_hooks",
        "is_class",
        "names",
        "outer",
        "redirected",
        "waiting",
        "wild",
    )

    def __init__(self, outer: Scope | None, *, is_class: bool = False, filename: str = "") -> None:
        super().__init__()
        self.names: dict[str, Value] = {}
        self.outer = outer
        self.is_class = is_class
        self.globals: Scope = outer.globals if outer is not None else self
        self.filename: str = filename or (outer.filename if outer is not None else "")
        self.redirected: dict[str, Scope] | None = None
        """Names declared `global` or `nonlocal` here, with the scope they mean."""
        self.waiting: dict[str, Deferred] = {}
        """Definitions of a module that the program has passed and that nobody has asked for yet."""
        self.has_hooks = False
        """A class of the module is told of its subclasses: none is evaluated later than it stands."""
        self.wild = False
        """A star import of an unknown module happened here: any name may exist."""

    def state(self) -> Any:
        return dict(self.names)

    def restore(self, state: Any) -> None:
        self.names = dict(state)

    def merged(self, states: list[Any], join: Join) -> Any:
        is_module = self.outer is None
        return merged_names([_settled(names) for names in states] if is_module else states, join)

    def home(self, name: str) -> Scope:
        """The scope that an assignment to `name` in this scope changes."""
        if self.redirected is not None and name in self.redirected:
            return self.redirected[name]
        return self

    def find(self, name: str) -> Scope | None:
        """The innermost scope, seen from here, that has `name`."""
        if self.redirected is not None and name in self.redirected:
            scope: Scope | None = self.redirected[name]
            return scope if scope is not None and name in scope.names else None
        if name in self.names:
            return self
        scope = self.outer
        while scope is not None:
            if not scope.is_class and name in scope.names:
                return scope
            scope = scope.outer
        return None


def _settled(names: dict[str, Value]) -> dict[str, Value]:
    """The same names, definitions that were evaluated by their values."""
    return {
        name: value.value if type(value) is Deferred and value.value is not None else value
        for name, value in names.items()
    }


class Decision(NamedTuple):
    """Which arm a walk takes at an undecided branch: the `place`-th that the activation itself meets.

    In a `direct` arm paths may be split again; the others are walked as they were when they were tried.
    """

    place: int
    arm: int
    path: Path
    direct: bool


@dataclass(slots=True, eq=False)
class Exit:
    """How an arm left early (`return`, `break`, `continue`) that is joined later instead of split.

    `changes` hold since the start of the activation (`return`) or of the loop; `loop` is the number of
    loops of the activation around it.
    """

    signal: int
    loop: int
    changes: Changes
    result: Value
    path: Path


@dataclass(slots=True, eq=False)
class Frame:
    """One activation: of a module, a function or a class body.

    `script` holds the arms to take (a replay of another path), `decided` how many of its branches were met,
    `met` how many undecided branches in all, `pending` the scripts of the paths still to be walked; None
    where paths may not be split.
    """

    scope: Scope
    statement: Statement
    chain: tuple[Place, ...] = ()
    function: FunctionValue | None = None
    receiver: Value = None
    around: Frame | None = None
    """The activation that a comprehension is part of."""
    private: str = ""
    """The class whose text this is: it owns names that begin with two underscores."""
    result: Value = None
    yielded: ListValue | None = None
    script: tuple[Decision, ...] = ()
    met: int = 0
    decided: int = 0
    pending: list[tuple[Decision, ...]] | None = None
    is_pure: bool = False
    """The activation changed nothing that was there before it."""
    base: int = 0
    """The depth of the trail at its start."""
    loops: list[tuple[int, int]] = field(default_factory=list)
    """The depths of the trail at the start of each running loop, and of its running round."""
    exits: list[Exit] = field(default_factory=list)

    @property
    def way(self) -> Path:
        """The arms taken so far, as a path."""
        return tuple({pair: None for decision in self.script for pair in decision.path})


def attribute_name(name: str, frame: Frame) -> str:
    """The name that an attribute has: `__name` belongs to the class in whose text it is used."""
    if name.startswith("__") and not name.endswith("__") and frame.private:
        return f"_{frame.private.lstrip('_')}{name}"
    return name
