"""Whether what the evaluator says of a value agrees with the Python object that really came out."""

from __future__ import annotations

import math
from enum import Enum
from typing import Any

from kerlint.python.values import (
    BoundMethod,
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    IteratorValue,
    ListValue,
    OneOf,
    Partial,
    SetValue,
    Symbol,
    Unknown,
    Value,
    ViewValue,
)


class Verdict(Enum):
    """What a comparison can say."""

    EXACT = "exact"
    OPEN = "not known, or not in all its parts"
    WRONG = "wrong"


EXACT, OPEN, WRONG = Verdict


class Comparison:
    """Compares the values of one module; notes the first contradiction in `trouble`."""

    def __init__(self) -> None:
        self.trouble = ""
        self._seen: dict[int, int] = {}
        self._objects: dict[int, int] = {}
        self._kept: list[Any] = []

    def compare(self, value: Value, actual: Any, where: str) -> Verdict:
        """EXACT when `value` says all there is to say of `actual`, WRONG when it says something false."""
        match value:
            case Unknown():
                return OPEN
            case OneOf():
                return self._one_of(value, actual, where)
            case IteratorValue():
                return EXACT if hasattr(actual, "__next__") else self._wrong(value, actual, where)
            case ViewValue():
                kind = type(actual).__name__ in ("dict_keys", "dict_values", "dict_items")
                return self._items(value, list(actual), where) if kind else self._wrong(value, actual, where)
            case ListValue() | DictValue() | SetValue() | Instance() | ClassValue():
                return self._with_identity(value, actual, where)
            case tuple():
                if type(actual) is not tuple or len(actual) != len(value):
                    return self._wrong(value, actual, where)
                return self._all(value, actual, where)
            case FunctionValue():
                same = callable(actual) and getattr(actual, "__name__", "") == value.name
                return EXACT if same else self._wrong(value, actual, where)
            case BoundMethod() | Builtin() | Symbol() | Partial():
                return EXACT
        if type(actual) is not type(value) or not (value == actual or _both_nan(value, actual)):
            return self._wrong(value, actual, where)
        if isinstance(value, float) and math.copysign(1, value) != math.copysign(1, actual):
            return self._wrong(value, actual, where)
        return EXACT

    def _wrong(self, value: Value, actual: Any, where: str) -> Verdict:
        self.trouble = self.trouble or f"{where} is {actual!r:.200}, not {value!r:.200}"
        return WRONG

    def _all(self, values: Any, actuals: Any, where: str) -> Verdict:
        verdicts = [
            self.compare(value, actual, f"{where}[{index}]")
            for index, (value, actual) in enumerate(zip(values, actuals, strict=True))
        ]
        return WRONG if WRONG in verdicts else OPEN if OPEN in verdicts else EXACT

    def _one_of(self, value: OneOf, actual: Any, where: str) -> Verdict:
        for alternative in value.alternatives:
            trial = Comparison()
            if trial.compare(alternative, actual, where) is not WRONG:
                return OPEN
        return self._wrong(value.alternatives, actual, where)

    def _with_identity(self, value: Value, actual: Any, where: str) -> Verdict:
        """The same object for the evaluator must be the same object in Python, and the other way round."""
        if id(value) in self._seen or id(actual) in self._objects:
            same = self._seen.get(id(value)) == id(actual) and self._objects.get(id(actual)) == id(value)
            return EXACT if same else self._wrong("another object", actual, where)
        self._seen[id(value)], self._objects[id(actual)] = id(actual), id(value)
        self._kept.append(actual)
        match value:
            case ListValue():
                return (
                    self._items(value, actual, where)
                    if type(actual) is list
                    else self._wrong(value, actual, where)
                )
            case SetValue():
                return self._set(value, actual, where)
            case DictValue():
                return self._dict(value, actual, where)
            case ClassValue():
                same = isinstance(actual, type) and actual.__name__ == value.name
                return EXACT if same else self._wrong(value, actual, where)
        return self._instance(value, actual, where)

    def _items(self, value: ListValue, actual: list[Any], where: str) -> Verdict:
        known = value.items[: value.steady]
        if (not value.open and len(value.items) != len(actual)) or len(known) > len(actual):
            return self._wrong(value.items, actual, where)
        verdict = self._all(known, actual[: len(known)], where)
        return OPEN if value.open and verdict is EXACT else verdict

    def _set(self, value: SetValue, actual: Any, where: str) -> Verdict:
        if not isinstance(actual, set | frozenset) or value.frozen is isinstance(actual, set):
            return self._wrong(value, actual, where)
        known = {_plain_key(key) for key in value.items}
        if not known <= actual or (not value.open and len(known) != len(actual)):
            return self._wrong(known, actual, where)
        return OPEN if value.open else EXACT

    def _dict(self, value: DictValue, actual: Any, where: str) -> Verdict:
        if not isinstance(actual, dict):
            return self._wrong(value, actual, where)
        keys = list(value.items)
        if (not value.open and keys != list(actual)) or any(key not in actual for key in keys):
            return self._wrong(keys, list(actual), where)
        verdict = self._all([value.items[key] for key in keys], [actual[key] for key in keys], where)
        return OPEN if value.open and verdict is EXACT else verdict

    def _instance(self, value: Instance, actual: Any, where: str) -> Verdict:
        if isinstance(value.cls, Symbol):
            return OPEN
        if type(actual).__name__ != value.cls.name:
            return self._wrong(value, actual, where)
        verdicts = [OPEN if value.open else EXACT]
        attributes = vars(actual)
        for name, attribute in value.attributes.items():
            if name in attributes:
                verdicts.append(self.compare(attribute, attributes[name], f"{where}.{name}"))
            elif not isinstance(attribute, Unknown):
                return self._wrong(f"an object with {name}", actual, where)
        if not value.open and attributes.keys() - value.attributes.keys():
            return self._wrong(f"an object with only {list(value.attributes)}", attributes, where)
        return WRONG if WRONG in verdicts else OPEN if OPEN in verdicts else EXACT


def _both_nan(value: Any, actual: Any) -> bool:
    return bool(value != value and actual != actual)


def _plain_key(key: Value) -> Any:
    return key
