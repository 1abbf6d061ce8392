"""What the evaluator asks of whoever knows the libraries: the seam between Python and Keras."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kerlint.python.values import ClassValue, Instance, Symbol, Value

if TYPE_CHECKING:
    from kerlint.python.arguments import Arguments
    from kerlint.source import Place


class Missing:
    """Says that the domain has no opinion (only `MISSING` exists)."""

    __slots__ = ()


MISSING = Missing()


class Domain(Protocol):
    """Library knowledge, as the evaluator uses it. Every method may answer Unknown; none raises."""

    def activity(self) -> int:
        """A number that grows with everything that happens in the domain."""

    def stock(self) -> int:
        """A number that grows with every new thing in the domain, but not with what is done to those there are."""

    def growth(self) -> int:
        """A number that grows with what is made: two paths that make nothing need not be told apart."""

    def refused(self) -> int:
        """How many calls would certainly raise so far, though the evaluation went on."""

    def tried(self, counts: list[int]) -> None:
        """One call was made for each alternative of what is called; `counts` has `refused()` before and after
        each of them."""

    def symbol(self, dotted: str) -> Symbol:
        """The symbol for an import path, made canonical."""

    def owns(self, dotted: str) -> bool:
        """Whether this import path is the domain's own, so that no first-party file may stand for it."""

    def member(self, symbol: Symbol, name: str) -> Value:
        """An attribute of a library module or class."""

    def has(self, symbol: Symbol, name: str) -> bool:
        """Whether a library module or class is known to have an attribute."""

    def star(self, module: Symbol) -> dict[str, Value] | None:
        """What `from module import *` brings; None when the library is not known."""

    def call(self, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
        """Call a library function or class."""

    def native(self, cls: ClassValue, place: Place) -> object | None:
        """The domain's state for a new instance of a user class (None if it derives from nothing known)."""

    def initialize(self, instance: Instance, base: Symbol, arguments: Arguments, place: Place) -> None:
        """`super().__init__(...)` reached the library class `base`."""

    def attribute(self, instance: Value, name: str) -> Value:
        """An attribute of an instance with native state, or of a value of the domain's; or MISSING."""

    def read(self, instance: Instance, name: str, place: Place) -> None:
        """The program reads an attribute that neither the object nor a class of its own has."""

    def lacks(self, instance: Instance, name: str) -> bool:
        """Whether what the library makes of an object certainly has no such attribute."""

    def assign(self, instance: Instance, name: str, value: Value, place: Place) -> bool:
        """An attribute is set; True when the domain has dealt with it (it is stored nevertheless)."""

    def stored(self, value: Value, index: Value, item: Value, place: Place) -> None:
        """`value[index] = item` on a value of the domain's."""

    def call_method(self, receiver: Value, name: str, arguments: Arguments, place: Place) -> Value:
        """Call a library method on an instance or on a value of the domain's."""

    def call_instance(self, instance: Value, arguments: Arguments, place: Place) -> Value:
        """Call a library object: a layer on tensors."""

    def operate(self, operator: str, operands: tuple[Value, ...], place: Place) -> Value:
        """A Python operator or subscript on values of the domain's; MISSING when none is."""

    def compare(self, question: str, left: Value, right: Value) -> bool | None:
        """`left == right` (`Equal`) or `left is right` (`Is`) of which one is Unknown; None if not known."""

    def defined(self, cls: ClassValue, place: Place) -> None:
        """A user class was defined."""

    def bound(self, name: str, value: Value) -> None:
        """A value was bound to a name (for messages in the user's own words)."""

    def escaped(self, arguments: Arguments, callee: str, place: Place) -> Value:
        """Values were given to code that cannot be followed; what comes out, or MISSING."""

    def entered(self, manager: Value) -> None:
        """The body of a `with` begins under this manager."""

    def left(self, manager: Value) -> None:
        """It ends."""

    def asked(self, what: str, value: Value, place: Place) -> None:
        """Python asks a value for something that it may not have: its truth (`if`), its length (`len`), its
        items (`for`), a number (`int`); `statement` when nobody takes the value of an expression."""

    def item_of(self, value: Value) -> Value:
        """Any one item of an iterable of the domain's whose length is not known; MISSING for any other value."""

    def zipped(self, values: list[Value]) -> Value:
        """`zip` over values of the domain's (gradients with variables); MISSING when none is."""

    def is_callable(self, value: Value) -> bool:
        """Whether a symbol or instance of the domain's can be called."""

    def is_instance(self, value: Value, cls: Symbol) -> bool | None:
        """`isinstance(value, cls)` for a library class; None where that is not known."""

    def copied(self, value: Instance, place: Place) -> Value:
        """`copy.deepcopy(value)`: the same configuration with an identity of its own."""
