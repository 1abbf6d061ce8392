"""The arguments of one call, before binding: values with the places where they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.python.values import Value

if TYPE_CHECKING:
    import libcst as cst


class Arg:
    """One argument: its value, the expression that wrote it (None if made by kerlint), and how.

    `origin` is `written`, `unpacked` (out of `*args`/`**kwargs`) or `bound` (by a partial).
    """

    __slots__ = ("node", "origin", "value")

    def __init__(self, value: Value, node: cst.CSTNode | None = None, origin: str = "written") -> None:
        self.value = value
        self.node = node
        self.origin = origin


class Arguments:
    """Positional and keyword arguments; the `open_` flags say that unknown unpacking may add more."""

    __slots__ = ("keywords", "open_keywords", "open_positional", "positional")

    def __init__(self, positional: list[Arg] | None = None, keywords: dict[str, Arg] | None = None) -> None:
        self.positional: list[Arg] = positional if positional is not None else []
        self.keywords: dict[str, Arg] = keywords if keywords is not None else {}
        self.open_positional = False
        self.open_keywords = False

    @classmethod
    def of(cls, *values: Value, **keywords: Value) -> Arguments:
        """Arguments made by kerlint itself."""
        return cls([Arg(value) for value in values], {name: Arg(value) for name, value in keywords.items()})

    @property
    def exact(self) -> bool:
        """Whether nothing unknown was unpacked into the call."""
        return not (self.open_positional or self.open_keywords)

    @property
    def only(self) -> Value:
        """The one value that is given, by position; None where it is not one."""
        return self.positional[0].value if len(self.positional) == 1 and not self.keywords else None

    def values(self) -> list[Value]:
        """All the values given, positional first."""
        values = [arg.value for arg in self.positional]
        return values + [arg.value for arg in self.keywords.values()] if self.keywords else values

    def prepended(self, *values: Value) -> Arguments:
        """The same arguments after `values` (a method's receiver)."""
        made = Arguments([*(Arg(value) for value in values), *self.positional], self.keywords)
        made.open_positional, made.open_keywords = self.open_positional, self.open_keywords
        return made

    def after(self, first: Arguments) -> Arguments:
        """`functools.partial`: these arguments after those bound before; these keywords win."""
        bound = [Arg(arg.value, arg.node, "bound") for arg in first.positional]
        keywords = {name: Arg(arg.value, arg.node, "bound") for name, arg in first.keywords.items()}
        made = Arguments(bound + self.positional, {**keywords, **self.keywords})
        made.open_positional = self.open_positional or first.open_positional
        made.open_keywords = self.open_keywords or first.open_keywords
        return made

    def get(self, position: int, name: str, default: Value = None) -> Value:
        """The value given by position or keyword, else `default` (for simple library functions)."""
        if name in self.keywords:
            return self.keywords[name].value
        if position < len(self.positional):
            return self.positional[position].value
        return default
