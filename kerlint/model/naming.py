"""Automatic names: the counters behind `conv2d`, `conv2d_1`.

Every object of Keras 3 that is made without a name takes the next number of its class: layers, operations on
tensors, but also the InputLayer and the Functional that a Sequential makes for itself (`auto_name` in
keras/src/utils/naming.py). A class outside the graph (an LSTM's cell) counts as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.keras_api.class_names import auto_name
from kerlint.model.states import MAYBE

if TYPE_CHECKING:
    from kerlint.model.domain import KerasDomain
    from kerlint.python.values import Path


def generated(domain: KerasDomain, cls: str) -> str | None:
    """The next automatic name of a class, as Keras counts; None once the count is not known."""
    if domain.target == "keras2" and cls in ("InputLayer", "Functional"):
        return _generated_by_keras2(domain, cls)
    return generated_from(domain, auto_name(cls))


def generated_from(domain: KerasDomain, base: str) -> str | None:
    """The next name of a counter."""
    number = next_number(domain, base)
    if number is None:
        return None
    return base if number == 0 else f"{base}_{number}"


def generated_operation(domain: KerasDomain, base: str | None) -> str | None:
    """The next name of the layer that Keras 2 makes of a bare operation, where it is known to make just one."""
    if base is None:
        blur_operations(domain)
        return None
    name = generated_from(domain, base)
    return None if _taken(domain.counters.used.get(_SOME_OPERATION, {}), _here(domain)) is None else name


_SOME_OPERATION = "tf."


def blur_operations(domain: KerasDomain) -> None:
    """Keras 2 made layers of bare operations, it is not known of which."""
    domain.interpreter.trail.touch(domain.counters)
    domain.counters.used.setdefault(_SOME_OPERATION, {})[_here(domain)] = MAYBE


def _generated_by_keras2(domain: KerasDomain, cls: str) -> str | None:
    """Keras 2 calls its inputs `input_1`, `input_2`, and its functional models `model`, `model_1`."""
    if cls == "Functional":
        return generated(domain, "Model")
    number = next_number(domain, "input")
    return None if number is None else f"input_{number + 1}"


def consume(domain: KerasDomain, *classes: str) -> None:
    """Keras 3 makes unnamed objects of these classes for itself."""
    if domain.target == "keras3":
        for cls in classes:
            next_number(domain, auto_name(cls))


def consume_names(domain: KerasDomain, taken: dict[str, int]) -> None:
    """Names were taken: so many of each stem."""
    for stem, count in taken.items():
        for _ in range(count):
            next_number(domain, stem)


def blur(domain: KerasDomain, cls: str) -> None:
    """An object was made that may have a name of its own or not."""
    domain.interpreter.trail.touch(domain.counters)
    domain.counters.used.setdefault(auto_name(cls), {})[_here(domain)] = MAYBE


def lose_count(domain: KerasDomain) -> None:
    """Code was called that may make layers unseen: no automatic name is known from here on."""
    if not domain.counters.lost:
        domain.interpreter.trail.touch(domain.counters)
        domain.counters.lost = True


def start_anew(domain: KerasDomain) -> None:
    """`clear_session()`: the counters start from nothing."""
    domain.interpreter.trail.touch(domain.counters)
    domain.counters.used, domain.counters.lost = {}, False


def next_number(domain: KerasDomain, base: str) -> int | None:
    """How many names of a stem were taken before on the running path, and one more is; None if not known."""
    counters, here = domain.counters, _here(domain)
    if counters.lost:
        return None
    domain.interpreter.trail.touch(counters)
    taken = counters.used.setdefault(base, {})
    number = _taken(taken, here)
    if taken.get(here) != MAYBE:
        taken[here] = taken.get(here, 0) + 1
    return number


def _here(domain: KerasDomain) -> Path:
    """The running path; a loop of unknown length around is an arm of its own, which may not be taken at all."""
    interpreter = domain.interpreter
    if not interpreter.loops:
        return interpreter.path
    return interpreter.path + tuple((-loop, 0) for loop in interpreter.loops)


def _taken(taken: dict[Path, int], here: Path) -> int | None:
    """The names taken on the path to here; None where it is open whether some were."""
    if len(taken) == 1 and here in taken:
        return None if taken[here] == MAYBE else taken[here]
    arms = dict(here)
    total = 0
    for path, count in taken.items():
        if any(arms.get(branch, arm) != arm for branch, arm in path):
            continue
        if count == MAYBE or not all(branch in arms for branch, _ in path):
            return None
        total += count
    return total
