"""Questions of `--verify` to locked-down children; one warm process serves all that are of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, Self

from kerlint.confirm.warm import Warm
from kerlint.problems import Problem

SECONDS = 300.0
"""The time that building all models of a request may take."""


class Asking:
    """A context in which runners are asked: `ask(runner, request)`."""

    def __init__(self, *, allow_unconfined: bool = False) -> None:
        self._allow_unconfined = allow_unconfined
        self._stack = ExitStack()
        self._warm: dict[tuple[str, str], Warm] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def __call__(self, runner: str, request: Mapping[str, Any]) -> dict[str, Any]:
        """The child's answer. Raises Problem when there is none."""
        key = (request["keras"], runner)
        if key not in self._warm:
            warm = Warm(*key, jobs=1, allow_unconfined=self._allow_unconfined)
            self._warm[key] = self._stack.enter_context(warm)
        [(_, outcome)] = self._warm[key].run([{"seconds": SECONDS, **request}])
        if outcome.answer is None:
            raise Problem(f"--verify: no answer: {outcome.failure}", where=request["path"])
        return outcome.answer
