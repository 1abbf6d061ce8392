"""What the library's callables take: parameters in order, kinds, defaults, per version.

A constructor's `**kwargs` was followed into the bases by the generator, so `Dense` knows `name`, `dtype` and
`input_shape`, and "unexpected argument" is exact. Sources: the installed packages, see `snapshot`.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from kerlint.frozen import record
from kerlint.keras_api.snapshot import DEFAULT_TARGET, load

POSITIONAL_ONLY: Final = "positional-only"
POSITIONAL_OR_KEYWORD: Final = "positional-or-keyword"
KEYWORD_ONLY: Final = "keyword-only"


@record
class OBJECT:
    """A default that is not plain data (a function, a class); `text` is its dotted name or repr."""

    text: str


class Parameter(NamedTuple):
    """One parameter; `default` says nothing unless `has_default`."""

    name: str
    kind: str
    default: Any = None
    has_default: bool = False


class Signature:
    """Parameters in order, without `self`. Immutable by convention; made once and shared."""

    __slots__ = (
        "accepts_args",
        "accepts_kwargs",
        "defaults",
        "keywords",
        "parameters",
        "positional",
        "required",
    )

    def __init__(
        self, parameters: tuple[Parameter, ...], accepts_args: bool = False, accepts_kwargs: bool = False
    ) -> None:
        self.parameters: Final = parameters
        self.accepts_args: Final = accepts_args
        """Further positional arguments are taken (or swallowed)."""
        self.accepts_kwargs: Final = accepts_kwargs
        """Keywords of any other name are taken (or swallowed)."""
        self.positional: Final = tuple(item.name for item in parameters if item.kind != KEYWORD_ONLY)
        self.keywords: Final = frozenset(item.name for item in parameters if item.kind != POSITIONAL_ONLY)
        self.defaults: Final = {item.name: item.default for item in parameters if item.has_default}
        self.required: Final = tuple(item.name for item in parameters if not item.has_default)

    def __contains__(self, name: str) -> bool:
        return name in self.defaults or name in self.required

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Signature) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self.positional, self.keywords))

    def __repr__(self) -> str:
        return f"Signature({self.parameters!r}, {self.accepts_args}, {self.accepts_kwargs})"

    def _key(self) -> tuple[object, ...]:
        return (self.parameters, self.accepts_args, self.accepts_kwargs)


@lru_cache(maxsize=4096)
def _default(text: str) -> Any:
    return OBJECT(text[1:-1]) if text.startswith("<") else literal_eval(text)


@cache
def parse(text: str) -> Signature:
    """Read the notation of the snapshot: `a, b=1, *, c=(1,2), **` (defaults hold no comma and space)."""
    parameters: list[Parameter] = []
    kind = POSITIONAL_OR_KEYWORD
    accepts_args = accepts_kwargs = False
    for piece in text.split(", ") if text else ():
        if piece == "**":
            accepts_kwargs = True
        elif piece == "/":
            parameters = [item._replace(kind=POSITIONAL_ONLY) for item in parameters]
        elif piece[0] == "*":
            kind = KEYWORD_ONLY
            accepts_args = piece == "*args"
        else:
            name, equals, default = piece.partition("=")
            parameters.append(Parameter(name, kind, _default(default) if equals else None, bool(equals)))
    return Signature(tuple(parameters), accepts_args, accepts_kwargs)


@lru_cache(maxsize=8192)
def signature(canonical: str, target: str = DEFAULT_TARGET) -> Signature | None:
    """What a class's constructor or a function takes; None when the library has no such thing.

    `keras.Model` is given as one signature of its two forms: `inputs` and `outputs` have the default None.
    A dotted method (`keras.Model.fit`) is found too.
    """
    snapshot = load(target)
    entry = snapshot.classes.get(canonical)
    if entry is not None:
        return parse(entry.init)
    text = snapshot.functions.get(canonical)
    if text is not None:
        return parse(text)
    owner, _, name = canonical.rpartition(".")
    return method(owner, name, target) if owner in snapshot.classes else None


@lru_cache(maxsize=8192)
def method(canonical_class: str, name: str, target: str = DEFAULT_TARGET) -> Signature | None:
    """What a method takes, without `self`, inherited or not; None when the class has no such method."""
    text = methods(canonical_class, target).get(name)
    return None if text is None else parse(text)


@lru_cache(maxsize=1024)
def methods(canonical_class: str, target: str = DEFAULT_TARGET) -> Mapping[str, str]:
    """Every public method and `__call__` of a library class, to its signature in the snapshot's notation."""
    snapshot = load(target)
    entry = snapshot.classes.get(canonical_class)
    if entry is None:
        return {}
    found: dict[str, str] = {}
    for base in (*reversed(entry.bases.split()), canonical_class):
        found.update(snapshot.classes[base].methods)
    return {name: text for name, text in found.items() if text != "-"}
