"""Questions that many rules ask of one program: answered once, whoever asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kerlint.model.facts import Program

T = TypeVar("T")


def once_a_program(question: Callable[[Program], Iterable[T]]) -> Callable[[Program], tuple[T, ...]]:
    """Keep the answer with the program, as `cached_property` does."""
    name = f"{question.__module__}.{question.__qualname__}"

    @wraps(question)
    def answer(program: Program) -> tuple[T, ...]:
        known = vars(program)
        if name not in known:
            known[name] = tuple(question(program))
        found: tuple[T, ...] = known[name]
        return found

    return answer


__all__ = ["once_a_program"]
