"""Binding arguments to parameters, so that positional and keyword spellings are one to every rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from kerlint.keras_api.signatures import Signature

T = TypeVar("T")


class Bound(NamedTuple, Generic[T]):
    """Arguments by parameter name.

    `given` also holds what `*args` (by position: `"3"`) and `**kwargs` take; `unexpected` what Python or Keras
    would refuse, by keyword name or position.
    """

    given: dict[str, T]
    unexpected: tuple[tuple[str, T], ...]
    signature: Signature

    @property
    def defaults(self) -> dict[str, Any]:
        """The values of the parameters nobody gave."""
        return {name: value for name, value in self.signature.defaults.items() if name not in self.given}

    @property
    def missing(self) -> tuple[str, ...]:
        """The required parameters nobody gave."""
        return tuple(name for name in self.signature.required if name not in self.given)


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
    return Bound(given, tuple(unexpected), signature)
