"""Short ways to say what the evaluator must know of a text."""

from __future__ import annotations

from kerlint.python.values import DictValue, ListValue, OneOf, SetValue, Unknown, Value

from .agreement import EXACT, Comparison
from .null_domain import Run
from .oracle import execute


def assert_exact(text: str) -> None:
    """Python and the evaluator must agree on every name of the module, with nothing left open."""
    actual = execute(text)
    assert actual is not None, "the program must run"
    run, comparison = Run(text), Comparison()
    for name, value in actual.items():
        if not name.startswith("__"):
            verdict = comparison.compare(run[name], value, name)
            assert verdict is EXACT, comparison.trouble or f"{name} is {value!r}, not known: {run[name]!r}"


def value_of(text: str, name: str = "x") -> Value:
    """The value of a name after `text`, in which `u`, `v` and `w` are unknown."""
    return Run(f"import lib\nu, v, w = lib.a(), lib.b(), lib.c()\n{text}")[name]


def told(value: Value) -> object:
    """A value in plain Python: `...` for what is unknown, a frozenset of `told` for a choice."""
    match value:
        case Unknown():
            return ...
        case OneOf():
            return frozenset(_hashable(told(one)) for one in value.alternatives)
        case tuple():
            return tuple(told(item) for item in value)
        case ListValue():
            items = [told(item) for item in value.items[: value.steady]]
            return [*items, ...] if value.open else items
        case DictValue():
            made = {key: told(item) for key, item in value.items.items()}
            return {**made, ...: ...} if value.open else made
        case SetValue():
            return {*value.items, ...} if value.open else set(value.items)
    return value


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def is_unknown(value: Value) -> bool:
    """Whether nothing is known of a value."""
    return isinstance(value, Unknown)
