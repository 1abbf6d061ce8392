"""Comprehensions and generator expressions: loops that give values."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.aliasing import hiding
from kerlint.python.containers import DictValue, IteratorValue, ListValue
from kerlint.python.iteration import iterate, loose_items
from kerlint.python.keys import lose, make_set, put
from kerlint.python.refs import Value, next_serial
from kerlint.python.scope import Frame, Scope
from kerlint.python.truth import truth
from kerlint.python.uncertainty import forgotten

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

Give = Callable[[Frame], Value]


def comprehend(
    interpreter: Interpreter, loop: cst.CompFor, element: cst.BaseExpression, frame: Frame
) -> ListValue:
    """The items of a list, set or generator comprehension; what only may be in it is loose."""
    return _Comprehension(interpreter, lambda inner: interpreter.evaluate(element, inner)).run(loop, frame)


def comprehend_dict(interpreter: Interpreter, node: cst.DictComp, frame: Frame) -> ListValue:
    """The pairs of a dict comprehension."""

    def pair(inner: Frame) -> Value:
        key = interpreter.evaluate(node.key, inner)
        return (key, interpreter.evaluate(node.value, inner))

    return _Comprehension(interpreter, pair).run(node.for_in, frame)


class _Comprehension:
    """A comprehension that is running; `made` grows."""

    def __init__(self, interpreter: Interpreter, give: Give) -> None:
        self.interpreter = interpreter
        self.give = give
        self.made = ListValue([])

    def run(self, loop: cst.CompFor, frame: Frame) -> ListValue:
        """All its items. What an uncertain round changed elsewhere is not known afterwards."""
        interpreter = self.interpreter
        iterable = interpreter.evaluate(loop.iter, frame)
        inner = Frame(Scope(frame.scope), frame.statement, frame.chain, frame.function, frame.receiver)
        inner.private = frame.private
        inner.around = frame.around or frame
        interpreter.trail.mark()
        try:
            self._rounds(loop, inner, iterable)
        except BaseException:
            interpreter.trail.commit()
            raise
        if self.made.open and not interpreter.trail.is_clean:
            interpreter.trail.redo(forgotten(interpreter.trail.undo()))
        else:
            interpreter.trail.commit()
        return self.made

    def _rounds(self, loop: cst.CompFor, frame: Frame, iterable: Value) -> None:
        from kerlint.python.assignment import assign

        interpreter, most = self.interpreter, self.interpreter.budget.iterations
        loose = loose_items(iterable)
        values, complete = iterate(interpreter, iterable)
        for value in values[:most]:
            assign(interpreter, loop.target, value, frame)
            self._round(loop, frame)
        if complete and len(values) <= most:
            return
        self.made.open = True
        interpreter.doubts += 1
        interpreter.loops.append(next_serial())
        asked = len(interpreter.conditions)
        try:
            for item in (*loose[:most], hiding("an item of something unknown", iterable)):
                interpreter.conditions.forget_since(asked)
                assign(interpreter, loop.target, item, frame)
                self._round(loop, frame)
        finally:
            interpreter.loops.pop()
            interpreter.conditions.forget_since(asked)

    def _round(self, loop: cst.CompFor, frame: Frame) -> None:
        chosen = self._passes(loop, frame)
        if chosen is False:
            return
        if chosen is None:
            self.made.open = True
        inner = loop.inner_for_in
        if inner is not None:
            self._rounds(inner, frame, self.interpreter.evaluate(inner.iter, frame))
        else:
            self.made.items.append(self.give(frame))
            self.made.loose += self.made.open

    def _passes(self, loop: cst.CompFor, frame: Frame) -> bool | None:
        """Whether an item passes the conditions; None if that cannot be told."""
        result: bool | None = True
        for condition in loop.ifs:
            known = truth(self.interpreter, self.interpreter.evaluate(condition.test, frame))
            if known is False:
                return False
            if known is None:
                result = None
        return result


def list_comp(interpreter: Interpreter, node: cst.ListComp, frame: Frame) -> Value:
    """`[x for ...]`."""
    found = comprehend(interpreter, node.for_in, node.elt, frame)
    return ListValue(found.items, open=found.open, loose=found.loose)


def generator(interpreter: Interpreter, node: cst.GeneratorExp, frame: Frame) -> Value:
    """`(x for ...)`, walked at once."""
    found = comprehend(interpreter, node.for_in, node.elt, frame)
    return IteratorValue(found.items, open=found.open, loose=found.loose)


def set_comp(interpreter: Interpreter, node: cst.SetComp, frame: Frame) -> Value:
    """`{x for ...}`."""
    found = comprehend(interpreter, node.for_in, node.elt, frame)
    return make_set(found.items[: found.steady], found.open)


def dict_comp(interpreter: Interpreter, node: cst.DictComp, frame: Frame) -> Value:
    """`{k: v for ...}`."""
    pairs = comprehend_dict(interpreter, node, frame)
    made = DictValue({}, open=pairs.open)
    for key, value in pairs.items[: pairs.steady]:
        put(made, key, value)
    for key, _ in pairs.items[pairs.steady :]:
        lose(made, key)
    return made
