"""The flagged layers, call by call, in each model that the finding speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kerlint.confirm.probing.case import CONFIRMED, Case, Outcome, unseen
from kerlint.confirm.probing.tracing import Called, calls_of, passed


def at_calls(
    case: Case, judge: Callable[[list[Called], Called], Outcome], models: Iterable[Any] | None = None
) -> Outcome:
    """The first confirmation by `judge` of a call of a flagged layer, else what it said last.

    `judge` is given all calls of one pass through a model, and one of them.
    """
    found = unseen("the flagged layer is no part of a model that could be called")
    for model in case.models if models is None else models:
        calls = passed(case.recording, model)
        for call in (call for layer in case.layers for call in calls_of(calls, layer)):
            found = judge(calls, call)
            if found.status == CONFIRMED:
                return found
    return found
