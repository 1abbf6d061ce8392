"""Constructing layers: from a library class and its arguments to the state of a layer object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.layer_rule import ConfigError
from kerlint.keras_api.settled import Settled
from kerlint.model.configs import config_of, resolved
from kerlint.model.deeds import constructed
from kerlint.model.made_names import MADE_BY_INIT
from kerlint.model.naming import blur, consume, generated
from kerlint.model.sites import OWN_ROOTS, class_site
from kerlint.model.states import LayerState
from kerlint.python.values import ClassValue, Instance, Symbol, Unknown, Value

if TYPE_CHECKING:
    from kerlint.model.call_sites import CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments

FUNCTION_ARGUMENTS = ("activation", "initializer", "regularizer", "constraint")
BASE_LAYERS = frozenset({"keras.Layer", "keras.layers.Layer", "keras.layers.Wrapper"})
"""Classes that say nothing of what their subclasses compute."""


def make_layer(domain: KerasDomain, symbol: str, arguments: Arguments, place: Place) -> Instance:
    """`keras.layers.X(...)`."""
    state = LayerState(symbol, symbol.rpartition(".")[2], place)
    instance = Instance(Symbol(symbol), state)
    state.instance = instance
    configure(domain, state, symbol, arguments, place)
    constructed(domain, state.cls, place, state)
    return instance


def configure(
    domain: KerasDomain, state: LayerState, symbol: str, arguments: Arguments, place: Place
) -> None:
    """Take constructor arguments into a layer's state, as `symbol.__init__` does."""
    site = class_site(symbol, arguments, place, domain.target)
    state.site = domain.recorded(site)
    state.symbol = symbol
    try:
        state.config = resolved(symbol, site, domain.target)
    except ConfigError as error:
        state.config = config_of(site)
        domain.refusals.add(place, str(error))
    if type(state.config) is not Settled:
        state.config.update(_functions_of_others(site))
    name_it(domain, state, value_of(site, "name", None))
    made_too = MADE_BY_INIT.get(symbol.rpartition(".")[2])
    if made_too is not None:
        consume(domain, *made_too)
    state.trainable = as_flag(value_of(site, "trainable", True))


def as_flag(value: Value) -> Value:
    """A boolean, or unknown."""
    return value if isinstance(value, bool | Unknown) else Unknown("not a known boolean")


def _functions_of_others(site: CallSite) -> list[tuple[str, Value]]:
    """Activations, initializers and the like out of other packages: shapes do not hang on them."""
    return [
        (name, argument.value)
        for name, argument in site.arguments.items()
        if name.endswith(FUNCTION_ARGUMENTS)
        and isinstance(argument.value, Symbol)
        and argument.is_given
        and argument.value.dotted.partition(".")[0] not in OWN_ROOTS
    ]


def value_of(site: CallSite, name: str, default: Value) -> Value:
    """An argument that every layer has, whether or not its class's signature spells it."""
    if not site.exact:
        return site.value(name)
    found = site.arguments.get(name)
    return default if found is None else found.value


def name_it(domain: KerasDomain, state: LayerState, given: Value) -> None:
    """The given name, or the next automatic one."""
    if isinstance(given, str):
        state.name = given
    elif given is None:
        state.name = generated(domain, state.cls)
    else:
        state.name = None
        blur(domain, state.cls)


def overrides_call(cls: ClassValue) -> bool:
    """Whether a user's class says itself what its layers do, or how they are built."""
    return any(
        isinstance(base, ClassValue) and ({"call", "build", "__call__"} & base.namespace.keys())
        for base in cls.mro
    )
