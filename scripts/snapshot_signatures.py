"""Effective signatures of live objects: `**kwargs` followed to where it ends.

A constructor that hands `**kwargs` to its base takes what the base takes, less what it passes itself. Where
the keywords end in a `raise`, the signature is closed; where they end in silence, anything is swallowed. Both are
read from the source of the installed function; the oracle tests ask Keras whether it is true.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from snapshot_kwargs import KwargsUses, body_of

Function = Callable[..., Any]
MISSING = inspect.Parameter.empty


@dataclass(frozen=True)
class Effective:
    """Positional parameters, keyword-only ones (name to default), and what else is taken."""

    positional: tuple[tuple[str, Any], ...] = ()
    keywords: dict[str, Any] = field(default_factory=dict)
    args: bool = False
    kwargs: bool = False
    positional_only: int = 0

    def without(self, names: set[str], count: int) -> dict[str, Any]:
        """What is left for keywords once `count` positions and these names were passed."""
        left = dict(self.positional[count:]) | self.keywords
        return {name: default for name, default in left.items() if name not in names}


@dataclass(frozen=True)
class Frame:
    """A function and where it was found: the classes in order of resolution, and the place after its own."""

    function: Function
    mro: tuple[type, ...] = ()
    following: int = 0
    bound: bool = False
    """Whether the first parameter is `self`."""


def of_class(cls: type) -> Effective:
    """The constructor, without `self`."""
    if inspect.isfunction(inspect.getattr_static(type(cls), "__call__")) and "__init__" not in vars(cls):
        below: list[type] = type.__subclasses__(cls)
        made = [one for one in below if "__init__" in vars(one)]
        cls = made[0] if made else cls  # it makes objects of that class
    frame = _method_frame(cls.__mro__, 0, "__init__") or _method_frame(cls.__mro__, 0, "__new__")
    if frame is None:
        return Effective()
    found = _effective(frame)
    return replace(
        found, keywords=found.keywords | dict.fromkeys(_taken_out(inspect.getattr_static(cls, "__init__")))
    )


def _taken_out(function: Any) -> list[str]:
    """Keywords that a decorator takes before the function sees them: `kwargs.pop("mesh", None)` around `__init__`."""
    if not inspect.isfunction(function) or not hasattr(function, "__wrapped__"):
        return []
    body = body_of(function.__code__)
    return [
        str(word.value)
        for node in (ast.walk(body) if body is not None else ())
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "pop"
        for word in node.args[:1]
        if isinstance(word, ast.Constant)
    ]


def of_function(function: Function, owner: type | None = None) -> Effective:
    """A function, or (with its class) a method without `self` or `cls`."""
    if owner is None:
        return _effective(Frame(function))
    static = isinstance(inspect.getattr_static(owner, function.__name__, None), staticmethod)
    start = next((at for at, cls in enumerate(owner.__mro__) if function.__name__ in vars(cls)), 0)
    return _effective(Frame(function, owner.__mro__, start + 1, bound=not static))


def _method_frame(mro: tuple[type, ...], start: int, name: str) -> Frame | None:
    for index in range(start, len(mro)):
        if name in vars(mro[index]) and mro[index] is not object:
            raw = vars(mro[index])[name]
            function = inspect.unwrap(getattr(raw, "__func__", raw))
            bound = name == "__new__" or not isinstance(raw, staticmethod)
            return Frame(function, mro, index + 1, bound)
    return None


def _effective(frame: Frame) -> Effective:
    if frame.function.__qualname__ == "Model.__init__":
        return _model(frame)
    parameters = list(inspect.signature(frame.function).parameters.values())[frame.bound :]
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    found = Effective(
        positional=tuple((p.name, p.default) for p in positional),
        keywords={p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY},
        args=any(p.kind is p.VAR_POSITIONAL for p in parameters),
        positional_only=sum(p.kind is p.POSITIONAL_ONLY for p in positional),
    )
    catch_all = next((p.name for p in parameters if p.kind is p.VAR_KEYWORD), None)
    return found if catch_all is None else _follow(frame, found, catch_all)


def _model(frame: Frame) -> Effective:
    """`keras.Model` takes `*args, **kwargs` for two forms: (inputs, outputs, name), and that of a Layer."""
    layer = next(cls for cls in frame.mro[frame.following :] if cls.__name__ == "Layer")
    functional = ("inputs", "outputs", "name")
    keywords = of_class(layer).without(set(functional), 0)
    uses = _uses(frame, "kwargs")
    if uses is not None and uses.validated:
        keywords = {name: keywords.get(name) for name in uses.validated if name not in functional}
    return Effective(tuple((name, None) for name in functional), keywords)


def _uses(frame: Frame, kwargs: str) -> KwargsUses | None:
    """The uses of the keywords in a function and in those it hands the dict to."""
    body = body_of(frame.function)
    if body is None:
        return None
    uses = KwargsUses(body, kwargs)
    for call, position in uses.handed_over:
        target = _callee(call.func, frame)
        if target is not None and inspect.isfunction(target.function):
            names = list(inspect.signature(target.function).parameters)[target.bound :]
            inner = _uses(target, names[position]) if position < len(names) else None
            if inner is not None:
                uses.absorb(inner)
    return uses


def _follow(frame: Frame, own: Effective, kwargs: str) -> Effective:
    """`own` plus all that its `**kwargs` takes."""
    uses = _uses(frame, kwargs)
    if uses is None:
        return replace(own, kwargs=True)
    found, taken = own, dict(uses.popped)
    for call in uses.passed_on:
        callee = _callee(call.func, frame)
        if callee is None:
            return replace(own, keywords=own.keywords | _new(own, uses.read | taken), kwargs=True)
        target = _effective(callee) if callee.function is not object.__init__ else Effective()
        if own.args and any(isinstance(item, ast.Starred) for item in call.args):
            found = replace(found, positional=own.positional + target.positional, args=target.args)
            taken |= target.keywords
        else:
            named = {item.arg for item in call.keywords if item.arg is not None}
            taken |= target.without(named, len(call.args) - _passes_self(call))
        found = replace(found, kwargs=found.kwargs or target.kwargs)
    if not uses.passed_on:
        taken |= uses.read | uses.validated
        found = replace(found, kwargs=not uses.closed)
    return replace(found, keywords=found.keywords | _new(found, taken))


def _new(own: Effective, taken: dict[str, Any]) -> dict[str, Any]:
    names = {name for name, _ in own.positional} | set(own.keywords)
    return {name: default for name, default in taken.items() if name not in names}


def _passes_self(call: ast.Call) -> bool:
    """Whether the call is `Base.__init__(self, ...)`, whose first position is the object."""
    first = call.args[0] if call.args else None
    is_init = isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
    return is_init and isinstance(first, ast.Name) and first.id == "self"


def _callee(node: ast.expr, frame: Frame) -> Frame | None:
    """The function a call runs; None when it cannot be told."""
    if isinstance(node, ast.Attribute):
        if isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "super":
            found = _method_frame(frame.mro, frame.following, node.attr)
            return found or (Frame(object.__init__) if node.attr == "__init__" else None)
        if isinstance(node.value, ast.Name) and node.value.id == "self" and frame.mro:
            return _method_frame(frame.mro, 0, node.attr)
        if node.attr == "__init__":
            owner = _resolve(node.value, frame.function)
            return _method_frame(owner.__mro__, 0, "__init__") if inspect.isclass(owner) else None
    target = _resolve(node, frame.function)
    if inspect.isclass(target):
        return _method_frame(target.__mro__, 0, "__init__")
    return Frame(inspect.unwrap(target)) if inspect.isfunction(target) else None


def _resolve(node: ast.expr, function: Function) -> Any:
    """The live object a dotted name stands for in the function's globals; None when there is none."""
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_resolve(node.value, function), node.attr, None)
    return None


def notation(found: Effective, name_of: Callable[[Any], str]) -> str:
    """The snapshot's text for a signature; `name_of` gives functions and classes a stable name."""
    pieces = [_piece(name, default, name_of) for name, default in found.positional]
    if found.positional_only:
        pieces.insert(found.positional_only, "/")
    if found.args:
        pieces.append("*args")
    elif found.keywords:
        pieces.append("*")
    pieces += [_piece(name, default, name_of) for name, default in found.keywords.items()]
    return ", ".join([*pieces, "**"] if found.kwargs else pieces)


def _piece(name: str, default: Any, name_of: Callable[[Any], str]) -> str:
    if default is MISSING:
        return name
    text = repr(default)
    try:
        plain = ast.literal_eval(text) == default
    except (ValueError, SyntaxError):
        plain = False
    text = text.replace(", ", ",") if plain else f"<{name_of(default)}>"
    if plain and ast.literal_eval(text) != default:
        raise ValueError(f"{name}={default!r} cannot be written in the snapshot's notation")
    return f"{name}={text}"
