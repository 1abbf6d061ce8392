"""Library calls as a rule sees them: which parameter got which value, and who gave it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from kerlint.frozen import fact
from kerlint.places import Place
from kerlint.python.values import UNKNOWN, Value

if TYPE_CHECKING:
    import libcst as cst

    from kerlint.source import SourceEdit


class Origin(StrEnum):
    """How an argument came to have its value."""

    WRITTEN = "written"
    """Spelled at this very call, by keyword or by position."""
    UNPACKED = "unpacked"
    """Came out of `*args` or `**kwargs` at this call."""
    BOUND = "bound"
    """Was bound before: `functools.partial`, a subclass's `__init__`."""
    DEFAULT = "default"
    """Nobody wrote it: the library's default."""


@fact
class Argument:
    """One parameter of a library call after binding, so that positional and keyword spellings are one."""

    name: str
    value: Value
    origin: Origin
    node: cst.CSTNode | None = None
    """The expression that gave it at the call."""
    call: Place | None = None

    @property
    def place(self) -> Place | None:
        """Where the value was written; None for defaults."""
        if self.node is None or self.call is None:
            return None
        return Place(self.call.statement, self.node, None, self.call.chain)

    @property
    def is_given(self) -> bool:
        """Whether anybody wrote it, here or elsewhere."""
        return self.origin is not Origin.DEFAULT

    @property
    def text(self) -> str | None:
        """The source text of the value, when it was written at the call."""
        place = self.place
        return place.text if place is not None and self.origin is Origin.WRITTEN else None


@fact
class CallSite:
    """A resolved library call with its bound arguments.

    `exact` is False when an unknown `*args` or `**kwargs` may have given more than is seen: then a
    DEFAULT argument is not certain, and `value` answers UNKNOWN for it.
    """

    symbol: str
    arguments: Mapping[str, Argument]
    place: Place
    exact: bool = True
    unexpected: tuple[Argument, ...] = ()
    """Arguments that the target's signature does not take (keyword name, or position as a digit)."""
    enclosing: tuple[UserParameter, ...] = ()
    """Parameters of the user function whose body holds the call (not `self`); empty at module level."""

    def argument(self, name: str) -> Argument | None:
        """The bound argument; None when unknown unpacking may have given it, or the name is not known."""
        found = self.arguments.get(name)
        if found is None or (not self.exact and not found.is_given):
            return None
        return found

    def value(self, name: str) -> Value:
        """The argument's value, defaults included; UNKNOWN when it cannot be told."""
        found = self.argument(name)
        return UNKNOWN if found is None else found.value

    def is_omitted(self, name: str) -> bool:
        """Whether it is certain that nobody gave the argument."""
        found = self.argument(name)
        return found is not None and not found.is_given

    def adding(self, name: str, text: str) -> SourceEdit | None:
        """An edit that writes `name=text` into this call, or None where the call cannot take it."""
        return self.place.adding_argument(name, text)


@fact
class UserParameter:
    """A parameter of a user function or method, and whether its body ever reads it."""

    name: str
    function: str
    owner: str | None
    place: Place
    used: bool
    default: Value = UNKNOWN
    """The evaluated default; UNKNOWN when it has none."""
