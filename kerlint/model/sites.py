"""Call sites: arguments bound to the library's parameters, with the provenance of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kerlint.keras_api import signatures
from kerlint.keras_api.binding import bind
from kerlint.model.call_sites import Argument, CallSite, Origin
from kerlint.model.states import TensorValue
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.values import ListValue, OneOf, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.keras_api.signatures import Signature
    from kerlint.places import Place

OWN_ROOTS = frozenset({"keras", "tensorflow", "tf_keras", "tensorflow_core"})
"""Packages whose names mean something here."""
_PLAIN = frozenset({str, int, float, bool, type(None)})
"""Most arguments are of these types, and stand for themselves."""
_ORIGINS = {"written": Origin.WRITTEN, "unpacked": Origin.UNPACKED, "bound": Origin.BOUND}


def call_site(symbol: str, signature: Signature | None, arguments: Arguments, place: Place) -> CallSite:
    """A library call with its arguments under their parameters' names.

    Without a signature positional arguments are named by their position.
    """
    if signature is None:
        named = {str(index): arg for index, arg in enumerate(arguments.positional)} | arguments.keywords
        given = {name: _argument(name, arg, place) for name, arg in named.items()}
        return CallSite(symbol, given, place, arguments.exact)
    form = _form(signature, len(arguments.positional), tuple(arguments.keywords))
    args = (*arguments.positional, *arguments.keywords.values())
    made = {name: _argument(name, args[index], place) for name, index in form.given}
    made.update(form.defaults)
    unexpected = tuple([_argument(name, args[index], place) for name, index in form.unexpected])
    return CallSite(symbol, made, place, arguments.exact, unexpected)


def class_site(symbol: str, arguments: Arguments, place: Place, target: str) -> CallSite:
    """The call of a library class or function."""
    return call_site(symbol, signatures.signature(symbol, target), arguments, place)


def method_site(symbol: str, method: str, arguments: Arguments, place: Place, target: str) -> CallSite:
    """The call of a method of a library class; its symbol is `keras.Model.compile`."""
    signature = signatures.method(symbol, method, target)
    return call_site(f"{symbol}.{method}", signature, arguments, place)


def _argument(name: str, arg: Arg, place: Place) -> Argument:
    origin = arg.origin
    return Argument(name, arg.value, _ORIGINS[origin], None if origin == "bound" else arg.node, place)


class _Form(NamedTuple):
    """How calls that give as many arguments, with these keywords, fill a signature: found once, used for all.

    `given` and `unexpected` are parameters with the number of the argument, those by position counted first.
    """

    signature: Signature
    given: tuple[tuple[str, int], ...]
    unexpected: tuple[tuple[str, int], ...]
    defaults: dict[str, Argument]
    """The arguments that nobody gives."""


_forms: dict[tuple[int, int, tuple[str, ...]], _Form] = {}
_MOST_FORMS: Final = 2_000


def _form(signature: Signature, positional: int, keywords: tuple[str, ...]) -> _Form:
    key = (id(signature), positional, keywords)
    known = _forms.get(key)
    if known is None or known.signature is not signature:
        if len(_forms) >= _MOST_FORMS:
            _forms.clear()
        known = _forms[key] = _bound_form(signature, positional, keywords)
    return known


def _bound_form(signature: Signature, positional: int, keywords: tuple[str, ...]) -> _Form:
    numbers = {name: positional + index for index, name in enumerate(keywords)}
    bound = bind(signature, range(positional), numbers)
    defaults = {
        name: Argument(name, _default(value), Origin.DEFAULT) for name, value in bound.defaults.items()
    }
    return _Form(signature, tuple(bound.given.items()), bound.unexpected, defaults)


def _default(default: Value) -> Value:
    return tuple(default) if isinstance(default, list) else default


def plain_config(site: CallSite) -> dict[str, Value]:
    """The arguments as a layer's behaviour takes them: lists as tuples, paths' choices as unknown."""
    if not site.exact:
        return {name: flat_value(site.value(name)) for name in site.arguments}
    given = {name: argument.value for name, argument in site.arguments.items()}
    if _PLAIN.issuperset(map(type, given.values())):
        return given
    return {name: value if type(value) in _PLAIN else flat_value(value) for name, value in given.items()}


def flat_value(value: Value) -> Value:
    """A value without containers that can change or differ by path; what others' packages hold is not known."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, OneOf):
        return Unknown("differs between paths")
    if isinstance(value, Symbol) and value.dotted.partition(".")[0] not in OWN_ROOTS:
        return Unknown(f"{value.dotted} is not known")
    if isinstance(value, ListValue):
        return Unknown("an open list") if value.open else tuple(flat_value(item) for item in value.items)
    if isinstance(value, tuple):
        return tuple(flat_value(item) for item in value)
    if isinstance(value, TensorValue) and value.constant and value.keras_shape == ():
        return Unknown("a number that only the run knows")
    return value
