"""`itertools`: what only moves items about is Python's own; what asks a function calls it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from kerlint.python.arguments import Arguments
from kerlint.python.calls import call
from kerlint.python.containers import IteratorValue
from kerlint.python.iteration import iterate
from kerlint.python.operators import apply_binary
from kerlint.python.pure import Function
from kerlint.python.refs import Unknown, Value
from kerlint.python.truth import truth

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

_ENDLESS: Final = 40
"""Items of an endless iterator that are told; more may come."""
_MOST_CHOSEN: Final = 12
"""Items among which combinations are made."""


def _chain(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return _chained(interpreter, arguments.values()[: len(arguments.positional)], arguments.exact)


def _chain_all(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    parts, whole = iterate(interpreter, arguments.get(0, "iterable"))
    return _chained(interpreter, parts, whole)


def _chained(interpreter: Interpreter, parts: Iterable[Value], complete: bool) -> Value:
    """The items of all parts; behind a part that is not known as a whole they are not told."""
    items: list[Value] = []
    for part in parts:
        more, whole = iterate(interpreter, part)
        items.extend(more)
        if not whole:
            return IteratorValue(items, open=True)
    return IteratorValue(items, open=not complete)


def _product(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional]
    repeat = arguments.get(99, "repeat", 1)
    if not isinstance(repeat, int) or not all(whole for _, whole in parts):
        return Unknown("a product of something unknown")
    if repeat * len(parts) > _MOST_CHOSEN:
        return Unknown("a large product")
    return _bounded(interpreter, itertools.product(*[items for items, _ in parts], repeat=repeat))


def _bounded(interpreter: Interpreter, rows: Iterable[Value]) -> Value:
    most = interpreter.budget.items
    known = list(itertools.islice(rows, most + 1))
    interpreter.charge(len(known))
    return IteratorValue(known[:most], open=len(known) > most)


def _repeat(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    times = arguments.get(1, "times")
    item = arguments.get(0, "object")
    if isinstance(times, int) and 0 <= times <= interpreter.budget.items:
        return IteratorValue([item] * times)
    return IteratorValue([item] if len(arguments.values()) > 1 else [item] * _ENDLESS, open=True)


def _count(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    start, step = arguments.get(0, "start", 0), arguments.get(1, "step", 1)
    if not isinstance(start, int) or not isinstance(step, int):
        return Unknown("counts by something unknown")
    return IteratorValue([start + turn * step for turn in range(_ENDLESS)], open=True)


def _cycle(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, whole = iterate(interpreter, arguments.get(0, "iterable"))
    if not whole or not items:
        return IteratorValue(items, open=not whole)
    return IteratorValue((items * (_ENDLESS // len(items) + 1))[:_ENDLESS], open=True)


def _slice(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, whole = iterate(interpreter, arguments.get(0, "iterable"))
    bounds = [arg.value for arg in arguments.positional[1:]]
    if not all(bound is None or (isinstance(bound, int) and bound >= 0) for bound in bounds) or not bounds:
        return Unknown("an unknown slice")
    stop = slice(*bounds).stop
    if not whole and (stop is None or stop > len(items)):
        return Unknown("a slice of something unknown")
    return IteratorValue(list(itertools.islice(items, *bounds)))


def _moving(function: Callable[..., Iterable[Value]]) -> Function:
    """One that only rearranges the items of one known iterable."""

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        items, whole = iterate(interpreter, arguments.get(0, "iterable"))
        rest = [arg.value for arg in arguments.positional[1:]]
        rest += [arg.value for arg in arguments.keywords.values()]
        if (
            not whole
            or len(items) > _MOST_CHOSEN
            or not all(isinstance(one, int) and one >= 0 for one in rest)
        ):
            return Unknown("choices among something unknown")
        return _bounded(interpreter, function(items, *rest))

    return run


def _pairwise(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, whole = iterate(interpreter, arguments.get(0, "iterable"))
    return IteratorValue(list(itertools.pairwise(items)), open=not whole)


def _zip_longest(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional]
    if not all(whole for _, whole in parts):
        return Unknown("zips something unknown")
    fill = arguments.get(99, "fillvalue")
    return IteratorValue(list(itertools.zip_longest(*(items for items, _ in parts), fillvalue=fill)))


def _accumulate(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, whole = iterate(interpreter, arguments.get(0, "iterable"))
    function, initial = arguments.get(1, "func"), arguments.get(99, "initial")
    totals = list(items[:1]) if initial is None else [initial]
    for item in items[len(totals) if initial is None else 0 :]:
        if function is None:
            totals.append(apply_binary(interpreter, "Add", totals[-1], item, place))
        else:
            totals.append(call(interpreter, function, Arguments.of(totals[-1], item), place))
    return IteratorValue(totals, open=not whole)


def _starmap(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    rows, whole = iterate(interpreter, arguments.get(1, "iterable"))
    made = []
    for row in rows:
        given, complete = iterate(interpreter, row)
        passed = Arguments.of(*given)
        passed.open_positional = not complete
        made.append(call(interpreter, arguments.get(0, "function"), passed, place))
    return IteratorValue(made, open=not whole)


def _sifted(choose: Callable[[list[bool]], Iterable[bool]]) -> Function:
    """One that keeps items by what a function says of all of them; `choose` tells which from the answers."""

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        function = arguments.get(0, "predicate")
        items, whole = iterate(interpreter, arguments.get(1, "iterable"))
        answers: list[Any] = []
        for item in items:
            said = item if function is None else call(interpreter, function, Arguments.of(item), place)
            answers.append(truth(interpreter, said))
        if not whole or None in answers:
            return Unknown("chosen by something unknown")
        return IteratorValue(list(itertools.compress(items, choose(answers))))

    return run


def _leading(answers: list[bool]) -> list[bool]:
    return [all(answers[: index + 1]) for index in range(len(answers))]


def _after_leading(answers: list[bool]) -> list[bool]:
    return [not kept for kept in _leading(answers)]


def _untrue(answers: list[bool]) -> list[bool]:
    return [not answer for answer in answers]


ITERTOOLS: Final[dict[str, Function]] = {
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_all,
    "itertools.product": _product,
    "itertools.repeat": _repeat,
    "itertools.count": _count,
    "itertools.cycle": _cycle,
    "itertools.islice": _slice,
    "itertools.combinations": _moving(itertools.combinations),
    "itertools.combinations_with_replacement": _moving(itertools.combinations_with_replacement),
    "itertools.permutations": _moving(itertools.permutations),
    "itertools.pairwise": _pairwise,
    "itertools.zip_longest": _zip_longest,
    "itertools.accumulate": _accumulate,
    "itertools.starmap": _starmap,
    "itertools.takewhile": _sifted(_leading),
    "itertools.dropwhile": _sifted(_after_leading),
    "itertools.filterfalse": _sifted(_untrue),
}
