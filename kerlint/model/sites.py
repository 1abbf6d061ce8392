"""Call sites: arguments bound to the library's parameters, with the provenance of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api import signatures
from kerlint.keras_api.binding import bind
from kerlint.model.facts import Argument, CallSite, Origin
from kerlint.model.states import TensorValue
from kerlint.places import Place
from kerlint.python.arguments import Arg, Arguments
from kerlint.python.values import ListValue, OneOf, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.keras_api.signatures import Signature

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
    bound = bind(signature, arguments.positional, arguments.keywords)
    given = {name: _argument(name, arg, place) for name, arg in bound.given.items()}
    made = {**given, **_defaults(signature), **given}
    unexpected = tuple([_argument(name, arg, place) for name, arg in bound.unexpected])
    return CallSite(symbol, made, place, arguments.exact, unexpected)


def class_site(symbol: str, arguments: Arguments, place: Place, target: str) -> CallSite:
    """The call of a library class or function."""
    return call_site(symbol, signatures.signature(symbol, target), arguments, place)


def method_site(symbol: str, method: str, arguments: Arguments, place: Place, target: str) -> CallSite:
    """The call of a method of a library class; its symbol is `keras.Model.compile`."""
    signature = signatures.method(symbol, method, target)
    return call_site(f"{symbol}.{method}", signature, arguments, place)


def _argument(name: str, arg: Arg, place: Place) -> Argument:
    where = None
    if arg.node is not None and arg.origin != "bound":
        where = Place(place.statement, arg.node, None, place.chain)
    return Argument(name, arg.value, _ORIGINS[arg.origin], where)


def _defaults(signature: Signature) -> dict[str, Argument]:
    """The arguments that a signature's defaults are, made once."""
    known = _made_defaults.get(id(signature))
    if known is None or known[0] is not signature:
        values = signature.defaults.items()
        made = {name: Argument(name, _default(value), Origin.DEFAULT) for name, value in values}
        known = _made_defaults[id(signature)] = (signature, made)
    return known[1]


_made_defaults: dict[int, tuple[Signature, dict[str, Argument]]] = {}


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
