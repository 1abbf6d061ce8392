"""`match`: cases over constants, sequences, mappings and classes, as far as they are known.

A pattern gives a verdict and fills `bindings`; names are bound only on the path where the case is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.attributes import load_attribute, surely_lacks
from kerlint.python.containers import DictValue, IteratorValue, ListValue, SetValue, ViewValue
from kerlint.python.iteration import iterate
from kerlint.python.keys import is_key
from kerlint.python.operators import apply_comparison
from kerlint.python.paths import choose, undecided
from kerlint.python.refs import Unknown, Value
from kerlint.python.scope import Frame
from kerlint.python.truth import truth
from kerlint.python.typing_checks import is_instance
from kerlint.python.values import CONSTANTS, Builtin, ClassValue, Instance

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

Bindings = dict[str, Value]
_BY_POSITION = frozenset(
    {"int", "float", "str", "bytes", "bool", "list", "tuple", "dict", "set", "frozenset"}
)
"""Types whose one positional pattern is the subject itself."""


def match_statement(interpreter: Interpreter, node: cst.Match, frame: Frame) -> int:
    """Run the first case that matches; where that is not known, walk the cases as an `if` chain."""
    subject = interpreter.evaluate(node.subject, frame)
    cases = list(node.cases)
    return choose(interpreter, frame, subject, lambda one: _cases(interpreter, cases, one, frame))


def _cases(interpreter: Interpreter, cases: list[cst.MatchCase], subject: Value, frame: Frame) -> int:
    from kerlint.python.statements import run_suite

    for index, case in enumerate(cases):
        bindings: Bindings = {}
        verdict = _matches(interpreter, case.pattern, subject, frame, bindings)
        if verdict is False:
            continue

        def taken(case: cst.MatchCase = case, bindings: Bindings = bindings) -> int:
            _bind(interpreter, bindings, frame)
            return run_suite(interpreter, case.body, frame)

        if verdict is True and case.guard is not None:
            _bind(interpreter, bindings, frame)
            verdict = truth(interpreter, interpreter.evaluate(case.guard, frame))
        elif case.guard is not None:
            _bind(interpreter, {name: Unknown("perhaps captured") for name in bindings}, frame)
        if verdict is True:
            return taken()
        if verdict is None:
            rest = cases[index + 1 :]
            return undecided(interpreter, frame, (taken, lambda: _cases(interpreter, rest, subject, frame)))  # noqa: B023
    return 0


def _bind(interpreter: Interpreter, bindings: Bindings, frame: Frame) -> None:
    for name, value in bindings.items():
        interpreter.store(name, value, frame)


def _matches(
    interpreter: Interpreter, pattern: cst.MatchPattern, subject: Value, frame: Frame, bindings: Bindings
) -> bool | None:
    match pattern:
        case cst.MatchAs(pattern=inner, name=name):
            verdict = True if inner is None else _matches(interpreter, inner, subject, frame, bindings)
            if name is not None:
                bindings[name.value] = subject
            return verdict
        case cst.MatchValue(value=value):
            return _compares(
                interpreter, "Equal", subject, interpreter.evaluate(value, frame), pattern, frame
            )
        case cst.MatchSingleton(value=name):
            return _compares(interpreter, "Is", subject, interpreter.evaluate(name, frame), pattern, frame)
        case cst.MatchOr(patterns=patterns):
            return _one_of(interpreter, [item.pattern for item in patterns], subject, frame, bindings)
        case cst.MatchList() | cst.MatchTuple():
            return _sequence(interpreter, pattern, subject, frame, bindings)
        case cst.MatchMapping():
            return _mapping(interpreter, pattern, subject, frame, bindings)
        case cst.MatchClass():
            return _class(interpreter, pattern, subject, frame, bindings)
    return None


def _compares(
    interpreter: Interpreter, name: str, left: Value, right: Value, node: cst.CSTNode, frame: Frame
) -> bool | None:
    return truth(
        interpreter, apply_comparison(interpreter, name, left, right, interpreter.place(node, frame))
    )


def _all(verdicts: Sequence[bool | None]) -> bool | None:
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _one_of(
    interpreter: Interpreter,
    patterns: list[cst.MatchPattern],
    subject: Value,
    frame: Frame,
    bindings: Bindings,
) -> bool | None:
    """The first alternative that matches binds its names; where none is certain, nobody knows which did."""
    unsure: list[Bindings] = []
    for pattern in patterns:
        own: Bindings = {}
        verdict = _matches(interpreter, pattern, subject, frame, own)
        if verdict is True and not unsure:
            bindings.update(own)
            return True
        if verdict is not False:
            unsure.append(own)
            if verdict is True:
                break
    bindings.update({name: Unknown("captured by one of several patterns") for own in unsure for name in own})
    return (True if verdict is True else None) if unsure else False


def _sequence(
    interpreter: Interpreter,
    pattern: cst.MatchList | cst.MatchTuple,
    subject: Value,
    frame: Frame,
    bindings: Bindings,
) -> bool | None:
    patterns = list(pattern.patterns)
    stars = [index for index, part in enumerate(patterns) if isinstance(part, cst.MatchStar)]
    if isinstance(subject, DictValue | IteratorValue | ViewValue) or (
        _is_plain(subject) and not isinstance(subject, tuple | ListValue)
    ):
        return False
    items, complete = iterate(interpreter, subject) if isinstance(subject, tuple | ListValue) else ([], False)
    if not complete:
        _unsure(interpreter, patterns, frame, bindings)
        return None
    least = len(patterns) - len(stars)
    if len(items) < least or (not stars and len(items) != least):
        return False
    first = stars[0] if stars else len(patterns)
    tail = len(patterns) - first - 1
    verdicts: list[bool | None] = []
    for part, item in zip(patterns[:first], items[:first], strict=True):
        verdicts.append(_part(interpreter, part, item, frame, bindings))
    if stars:
        star = patterns[first]
        middle = items[first : len(items) - tail]
        if isinstance(star, cst.MatchStar) and star.name is not None:
            bindings[star.name.value] = ListValue(middle)
        for part, item in zip(patterns[first + 1 :], items[len(items) - tail :], strict=True):
            verdicts.append(_part(interpreter, part, item, frame, bindings))
    return _all(verdicts)


def _is_plain(subject: Value) -> bool:
    """Whether a value is of Python's own types, or of a class that derives from nothing else."""
    if isinstance(subject, Instance) and isinstance(subject.cls, ClassValue):
        return all(isinstance(base, ClassValue) and not base.has_metaclass for base in subject.cls.mro)
    return isinstance(subject, (*CONSTANTS, tuple, ListValue, SetValue))


def _part(
    interpreter: Interpreter, part: cst.CSTNode, item: Value, frame: Frame, bindings: Bindings
) -> bool | None:
    if not isinstance(part, cst.MatchSequenceElement):
        return None
    return _matches(interpreter, part.value, item, frame, bindings)


def _unsure(
    interpreter: Interpreter, patterns: Sequence[cst.CSTNode], frame: Frame, bindings: Bindings
) -> None:
    """Patterns over something unknown: their names capture something unknown."""
    for part in patterns:
        if isinstance(part, cst.MatchStar):
            if part.name is not None:
                bindings[part.name.value] = ListValue([], open=True)
        elif isinstance(part, cst.MatchSequenceElement):
            _matches(interpreter, part.value, Unknown("part of something unknown"), frame, bindings)


def _mapping(
    interpreter: Interpreter, pattern: cst.MatchMapping, subject: Value, frame: Frame, bindings: Bindings
) -> bool | None:
    unknown = Unknown("an item of something unknown")
    known = isinstance(subject, DictValue)
    if not known and _is_plain(subject):
        return False
    verdicts: list[bool | None] = [] if known else [None]
    keys = []
    for element in pattern.elements:
        key = interpreter.evaluate(element.key, frame)
        keys.append(key)
        found: Value = unknown
        if known and is_key(key):
            if key in subject.items:
                found = subject.items[key]
            else:
                verdicts.append(None if subject.open else False)
        verdicts.append(_matches(interpreter, element.pattern, found, frame, bindings))
    if pattern.rest is not None:
        items = {key: value for key, value in subject.items.items() if key not in keys} if known else {}
        bindings[pattern.rest.value] = DictValue(items, open=not known or subject.open)
    return _all(verdicts)


def _class(
    interpreter: Interpreter, pattern: cst.MatchClass, subject: Value, frame: Frame, bindings: Bindings
) -> bool | None:
    cls = interpreter.evaluate(pattern.cls, frame)
    verdicts = [is_instance(interpreter, subject, cls)]
    for part in pattern.patterns:
        simple = isinstance(cls, Builtin) and cls.name in _BY_POSITION
        item = subject if simple else Unknown("a positional part of an object")
        verdicts.append(_matches(interpreter, part.value, item, frame, bindings))
    place = interpreter.place(pattern, frame)
    for keyword in pattern.kwds:
        name = keyword.key.value
        if verdicts[0] is not True:
            found: Value = Unknown("a part of something unknown")
        elif surely_lacks(subject, name):
            return False
        else:
            found = load_attribute(interpreter, subject, name, place)
        verdicts.append(_matches(interpreter, keyword.pattern, found, frame, bindings))
    return _all(verdicts)
