"""Binding arguments to parameters, so that positional and keyword spellings are one to every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kerlint.keras_api.signatures import Signature

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bound(Generic[T]):
    """Arguments by parameter name.

    `given` also holds what `*args` (by position: `"3"`) and `**kwargs` take; `defaults` the values of the
    parameters nobody gave; `unexpected` what Python or Keras would refuse, by keyword name or position;
    `missing` the required parameters nobody gave.
    """

    given: dict[str, T]
    defaults: dict[str, Any]
    unexpected: tuple[tuple[str, T], ...]
    missing: tuple[str, ...]


def bind(signature: Signature, positional: Sequence[T], keywords: Mapping[str, T]) -> Bound[T]:
    """Bind a call's arguments as Python would, but never raise: what does not fit is told."""
    names = signature.positional
    given = dict(zip(names, positional, strict=False))
    unexpected: list[tuple[str, T]] = []
    if len(positional) > len(names):
        extra = [(str(index), positional[index]) for index in range(len(names), len(positional))]
        if signature.accepts_args:
            given.update(extra)
        else:
            unexpected += extra
    accepted = signature.keywords
    for name, value in keywords.items():
        if name in given or (name not in accepted and not signature.accepts_kwargs):
            unexpected.append((name, value))
        else:
            given[name] = value
    defaults = {name: value for name, value in signature.defaults.items() if name not in given}
    missing = tuple([name for name in signature.required if name not in given])
    return Bound(given, defaults, tuple(unexpected), missing)
