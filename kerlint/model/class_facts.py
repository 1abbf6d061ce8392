"""Facts of the user's classes, from the evaluated classes and the objects that were made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.keras_api import names
from kerlint.model.sites import OWN_ROOTS
from kerlint.model.user_class import UserClass, UserMethod
from kerlint.places import Place
from kerlint.python.values import ClassValue, FunctionValue, Symbol, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kerlint.model.states import LayerState


def library_base(cls: ClassValue) -> Symbol | None:
    """The nearest class of Keras or TensorFlow that a user's class derives from."""
    base = next((base for base in cls.mro if isinstance(base, Symbol)), None)
    return base if base is not None and base.dotted.partition(".")[0] in OWN_ROOTS else None


def class_facts(
    classes: Iterable[ClassValue], objects: Iterable[tuple[ClassValue, LayerState]], target: str
) -> tuple[UserClass, ...]:
    """The facts of all classes that derive from the library, in the order of their definition."""
    made: dict[int, set[int]] = {}
    for cls, state in objects:
        made.setdefault(cls.serial, set()).add(state.serial)
    return tuple(
        _fact(cls, base, frozenset(made.get(cls.serial, ())), target)
        for cls in classes
        if (base := library_base(cls)) is not None
    )


def _fact(cls: ClassValue, base: Symbol, instances: frozenset[int], target: str) -> UserClass:
    above = (base.dotted, *names.bases(base.dotted, target))
    return UserClass(
        identity=cls.serial,
        name=cls.name,
        symbol=base.dotted,
        is_model="keras.Model" in above,
        place=Place(cls.statement, cls.node.name),
        methods=_methods(cls),
        exact=not cls.has_metaclass and all(_is_followed(one) for one in cls.mro),
        instances=instances,
    )


def _is_followed(base: Value) -> bool:
    """Whether all methods of a base are seen, or are the library's."""
    own = isinstance(base, Symbol) and base.dotted.partition(".")[0] in (*OWN_ROOTS, "builtins", "abc")
    return own or isinstance(base, ClassValue)


def _methods(cls: ClassValue) -> dict[str, UserMethod]:
    """What the objects of a class have: the nearest definition of each name."""
    found: dict[str, UserMethod] = {}
    for one in cls.mro:
        if not isinstance(one, ClassValue):
            continue
        for name, value in one.namespace.items():
            if name not in found and isinstance(value, FunctionValue):
                method = method_fact(value, one.name)
                if method is not None:
                    found[name] = method
    return found


def method_fact(function: FunctionValue, owner: str) -> UserMethod | None:
    """The fact of one `def`; None for a lambda."""
    node, statement = function.node, function.statement
    if not isinstance(node, cst.FunctionDef):
        return None
    params = node.params
    skipped = 0 if function.wrapper == "staticmethod" else 1
    plain = [*params.posonly_params, *params.params][skipped:]
    last = (params.kwonly_params or params.params or (None,))[-1]
    return UserMethod(
        name=node.name.value,
        owner=owner,
        place=Place(statement, node.name),
        whole=Place(statement, node),
        parameters=tuple(one.name.value for one in (*plain, *params.kwonly_params)),
        required=frozenset(one.name.value for one in (*plain, *params.kwonly_params) if one.default is None),
        decorators=tuple(Place(statement, one.decorator) for one in node.decorators),
        takes_any_keyword=params.star_kwarg is not None,
        takes_any_position=isinstance(params.star_arg, cst.Param),
        end=None if last is None else Place(statement, _end(last)),
    )


def _end(param: cst.Param) -> cst.CSTNode:
    """The node that a parameter ends in."""
    if param.default is not None:
        return param.default
    return param.name if param.annotation is None else param.annotation.annotation
