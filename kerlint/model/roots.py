"""One root of evaluation, the module or something nobody calls, within its budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kerlint.model.states import ModelState
from kerlint.python.budget import OutOfBudget, Raised

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter


FAIR = 3
"""How many times its even share of the steps left one root may take: most roots need far less."""


def evaluate_root(
    interpreter: Interpreter,
    domain: KerasDomain,
    place: Place,
    run: Callable[[], object],
    *,
    whole: bool = False,
    others: int = 0,
) -> None:
    """Evaluate one root; what was cut off is marked, not believed.

    `whole` says that it is the module; `others` how many roots wait for their share of the steps.
    """
    budget = interpreter.budget
    left = interpreter.steps
    share = budget.root_steps if whole else min(budget.uncalled_steps, FAIR * left // (others + 1))
    given = interpreter.steps = min(left, share)
    models = len(domain.models)
    interpreter.patience.start_root(interpreter, budget.module_idle if whole else budget.idle)
    try:
        run()
    except Raised as raised:
        interpreter.give_up(place, f"the program stops here: {raised.exception}")
    except (OutOfBudget, RecursionError):
        _cut_off(interpreter, domain, place, models)
    finally:
        interpreter.steps = max(left - (given - max(interpreter.steps, 0)), 0)
        _clear(interpreter)
        interpreter.path = ()


def attempt(interpreter: Interpreter, domain: KerasDomain, place: Place, run: Callable[[], object]) -> bool:
    """Evaluate a part of a root; whether it came to its end within its patience.

    The root goes on behind a part that did not, with what steps are left.

    Raises OutOfBudget when there are none.
    """
    models, path = len(domain.models), interpreter.path
    interpreter.patience.start_root(interpreter, interpreter.budget.idle)
    try:
        run()
    except OutOfBudget:
        if interpreter.steps <= 0:
            raise
        _cut_off(interpreter, domain, place, models)
        _clear(interpreter)
        interpreter.path = path
        return False
    return True


def _cut_off(interpreter: Interpreter, domain: KerasDomain, place: Place, models: int) -> None:
    """Note that a walk was broken off: the models made since there were so many are not known for certain."""
    interpreter.give_up(place, "evaluation costs too much")
    for instance in domain.models[models:]:
        if isinstance(instance.native, ModelState):
            instance.native.uncertain = True


def _clear(interpreter: Interpreter) -> None:
    """Forget the calls and loops that were under way."""
    interpreter.calls.clear()
    interpreter.frames.clear()
    interpreter.loops.clear()
    interpreter.trying = 0
