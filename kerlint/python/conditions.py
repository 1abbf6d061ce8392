"""Tests that were asked before: the second `if` on the same unknown value follows the first.

A test whose outcome is not known is told apart by its *formula*: operators over values that are known, or
unknown but always the same object. Each formula has one branch, so that a path that holds its arm has
decided it, and so have values that depend on it. What is decided can decide other tests too: something
that equals "avg" does not equal "max", is not None, and counts as true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import libcst as cst

from kerlint.python.comparisons import ORDERS
from kerlint.python.containers import DictValue
from kerlint.python.likely import Likely
from kerlint.python.refs import ABSENT, GAP, UNKNOWN, Path, Unknown, Value, next_serial
from kerlint.python.scope import Frame, attribute_name
from kerlint.python.values import ClassValue, Instance, Symbol, is_constant

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

TAKEN, NOT_TAKEN = 0, 1
_SHARED: Final = (UNKNOWN, ABSENT, GAP)
_POSITIVE: Final = {"NotEqual": "Equal", "IsNot": "Is", "NotIn": "In"}


class Constant(NamedTuple):
    """A known value in a formula; `1`, `1.0` and `True` are three."""

    shown: str
    value: Value


class Foreign(NamedTuple):
    """A name of a module that cannot be seen, as long as none of its code ran."""

    symbol: Symbol
    since: int


class Part(NamedTuple):
    """An attribute or item of something unknown, as long as nothing was stored into anything unknown."""

    owner: Operand
    name: Operand
    how: str
    since: int


class Atom(NamedTuple):
    """One question: `Truth` of an operand (as long as nothing was done to anything unknown), a comparison of
    two, or what kind of object it is (`isinstance`, `callable`)."""

    question: str
    left: Operand
    right: Operand


class Both(NamedTuple):
    """`left and right`, or `left or right`."""

    left: Formula
    right: Formula
    wanted: bool
    """True for `and`."""


class Negated(NamedTuple):
    """`not inner`."""

    inner: Formula


Operand: TypeAlias = "Unknown | Foreign | Constant | Part"
Formula: TypeAlias = "Atom | Both | Negated | bool"


class Conditions:
    """The branches of the formulas met so far."""

    def __init__(self) -> None:
        self._branches: dict[Formula, int] = {}
        self._atoms: dict[int, Atom] = {}
        self._asked: dict[Operand, dict[int, Atom]] = {}
        """The questions on each operand, by branch."""
        self.changes = 0
        """How often something was stored into something unknown, or done to it."""
        self.answers = 0
        """How often a path, and not a value alone, decided."""
        self._runs: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._branches)

    def runs(self, dotted: str) -> int:
        """How often code of the package that a name is in ran, or something was stored into a part of it."""
        return self._runs.get(dotted.partition(".")[0], 0)

    def ran(self, symbol: Symbol) -> None:
        """Code of an unseen module was called, or something was stored into it."""
        self._runs[symbol.dotted.partition(".")[0]] = self.runs(symbol.dotted) + 1

    def forget_since(self, length: int) -> None:
        """Drop the formulas met since there were `length`: what they ask of has another value now."""
        while len(self._branches) > length:
            _, branch = self._branches.popitem()
            atom = self._atoms.pop(branch, None)
            if atom is not None:
                del self._asked[atom.left][branch]

    def decided(self, formula: Formula, path: Path) -> bool | None:
        """What a path says of a formula, as far as it does."""
        if isinstance(formula, bool):
            return formula
        if isinstance(formula, Negated):
            inner = self.decided(formula.inner, path)
            return None if inner is None else not inner
        branch = self._branches.get(formula)
        arm = dict(path).get(branch) if branch is not None else None
        if arm is not None:
            return arm == TAKEN
        if isinstance(formula, Both):
            answers = (self.decided(formula.left, path), self.decided(formula.right, path))
            if (not formula.wanted) in answers:
                return not formula.wanted
            return formula.wanted if answers == (formula.wanted, formula.wanted) else None
        return self._follows(formula, path)

    def _follows(self, atom: Atom, path: Path) -> bool | None:
        for branch, arm in path:
            known = self._atoms.get(branch)
            if known is not None and known.left == atom.left:
                answer = _implied(known, arm == TAKEN, atom)
                if answer is not None:
                    return answer
        return None

    def contradict(self, operand: Unknown, value: Value, path: Path) -> bool:
        """Whether a path has decided something of an operand that is not so of this value."""
        for branch, arm in path:
            atom = self._atoms.get(branch)
            if atom is not None and atom.left is operand:
                answer = _of_value(value, atom, "Is")
                if answer is not None and answer is not (arm == TAKEN):
                    return True
        return False

    def ways(self, formula: Formula) -> tuple[Path, Path]:
        """The paths on which a formula is true, and on which it is false."""
        return self._way(formula, True), self._way(formula, False)

    def lookups(self, operand: Operand, keys: list[Value], path: Path) -> list[Path | None]:
        """The paths on which alone something unknown equals each of the keys; None where `path` denies it."""
        atoms = [Atom("Equal", operand, Constant(repr(key), key)) for key in keys]
        for atom in atoms:
            self._way(atom, True)
        answers = [self.decided(atom, path) for atom in atoms]
        sure = True in answers
        return [
            None if answer is False or (sure and not answer) else self._way(atom, True)
            for atom, answer in zip(atoms, answers, strict=True)
        ]

    def position(self, operand: Operand, size: int) -> int:
        """The branch whose arms are the items that an unknown index finds among so many."""
        return self._branches.setdefault(Atom("Position", operand, Constant("", size)), next_serial())

    def _way(self, formula: Formula, answer: bool) -> Path:
        if isinstance(formula, bool):
            return ()
        if isinstance(formula, Negated):
            return self._way(formula.inner, not answer)
        branch = self._branches.get(formula)
        if branch is None:
            branch = self._branches[formula] = next_serial()
            if isinstance(formula, Atom):
                self._atoms[branch] = formula
                self._asked.setdefault(formula.left, {})[branch] = formula
        way = {branch: TAKEN if answer else NOT_TAKEN}
        if isinstance(formula, Atom):
            way |= self._followers(formula, answer)
        elif answer is formula.wanted:
            way = {**dict(self._way(formula.left, answer)), **dict(self._way(formula.right, answer)), **way}
        return tuple(way.items())

    def _followers(self, atom: Atom, answer: bool) -> dict[int, int]:
        """The arms of other questions on the same operand that an answer decides."""
        found = {}
        for branch, other in self._asked[atom.left].items():
            if other != atom:
                follows = _implied(atom, answer, other)
                if follows is not None:
                    found[branch] = TAKEN if follows else NOT_TAKEN
        return found


def _implied(known: Atom, answer: bool, asked: Atom) -> bool | None:
    """What an answered question says about another one on the same operand."""
    if known.question in ("Equal", "Is") and answer and isinstance(known.right, Constant):
        return _of_value(known.right.value, asked, known.question)
    if asked.question not in ("Equal", "Is") or not isinstance(asked.right, Constant):
        return None
    other = asked.right.value
    if known.question == "Truth":
        return False if bool(other) is not answer else None
    if known.question == "In" and isinstance(known.right, Constant) and isinstance(known.right.value, tuple):
        return False if (other in known.right.value) is not answer else None
    return None


def _of_value(value: Value, asked: Atom, question: str) -> bool | None:
    """The answer for an operand that is known to be (or to equal) a constant."""
    if asked.question == "Truth":
        return bool(value)
    if not isinstance(asked.right, Constant):
        return None
    other = asked.right.value
    if asked.question == "Equal":
        return bool(value == other)
    if asked.question == "In" and isinstance(other, tuple):
        return value in other
    if asked.question in ORDERS:
        numbers = isinstance(value, int | float) and isinstance(other, int | float)
        return bool(ORDERS[asked.question](value, other)) if numbers else None
    if asked.question == "Is" and None in (value, other):
        is_same = value is other
        return is_same if question == "Is" or not is_same else None
    return None


# From syntax to formulas


def formula_of(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> Formula | None:
    """The formula of a test that was just evaluated; None if it asks for more than formulas can say."""
    if isinstance(node, cst.UnaryOperation) and isinstance(node.operator, cst.Not):
        return _negated(formula_of(interpreter, node.expression, frame))
    if isinstance(node, cst.BooleanOperation):
        left = formula_of(interpreter, node.left, frame)
        right = formula_of(interpreter, node.right, frame) if left is not None else None
        return _both(left, right, wanted=isinstance(node.operator, cst.And))
    if isinstance(node, cst.Comparison):
        return _comparison(interpreter, node, frame)
    if isinstance(node, cst.Call):
        return _kind(interpreter, node, frame)
    operand = operand_of(interpreter, node, frame)
    if isinstance(operand, Constant):
        return bool(operand.value)
    return None if operand is None else Atom("Truth", operand, Constant("", interpreter.conditions.changes))


def _kind(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Formula | None:
    """`isinstance(value, classes)` or `callable(value)`: what kind of object something is never changes."""
    asked = node.func.value if isinstance(node.func, cst.Name) else ""
    given = [arg.value for arg in node.args if arg.keyword is None and not arg.star]
    if (asked, len(given)) not in (("isinstance", 2), ("callable", 1)) or frame.scope.find(asked) is not None:
        return None
    left = operand_of(interpreter, given[0], frame)
    classes = ",".join(_named(interpreter, one, frame) or "?" for one in given[1:])
    if left is None or isinstance(left, Constant) or "?" in classes:
        return None
    return Atom(asked, left, Constant(classes, None))


def _named(interpreter: Interpreter, node: cst.BaseExpression, frame: Frame) -> str:
    """A class, or a tuple of classes, as a word that says which it is; empty where that is not known."""
    if isinstance(node, cst.Tuple):
        names = [_named(interpreter, element.value, frame) for element in node.elements]
        return ",".join(names) if all(names) else ""
    if isinstance(node, cst.Name) and frame.scope.find(node.value) is None:
        return node.value
    value = _peek(interpreter, node, frame)
    if isinstance(value, ClassValue):
        return f"{value.name}#{value.serial}"
    return value.dotted if isinstance(value, Symbol) else ""


def _negated(formula: Formula | None) -> Formula | None:
    if isinstance(formula, Negated):
        return formula.inner
    if formula is None or isinstance(formula, bool):
        return None if formula is None else not formula
    return Negated(formula)


def _both(left: Formula | None, right: Formula | None, *, wanted: bool) -> Formula | None:
    """Two formulas as one; a side that is known decides, or leaves it to the other."""
    if left is None or right is None:
        return None
    for one, other in ((left, right), (right, left)):
        if isinstance(one, bool):
            return other if one is wanted else one
    return Both(left, right, wanted)


def _comparison(interpreter: Interpreter, node: cst.Comparison, frame: Frame) -> Formula | None:
    if len(node.comparisons) != 1:
        return None
    (target,) = node.comparisons
    left = operand_of(interpreter, node.left, frame)
    right = operand_of(interpreter, target.comparator, frame)
    if left is None or right is None:
        return None
    question = type(target.operator).__name__
    atom = Atom(_POSITIVE.get(question, question), left, right)
    known = _of_value(left.value, atom, "Is") if isinstance(left, Constant) else None
    formula: Formula = atom if known is None else known
    return _negated(formula) if question in _POSITIVE else formula


def operand_of(interpreter: Interpreter, node: cst.CSTNode, frame: Frame) -> Operand | None:
    """What stands in a formula for an expression that can be evaluated again without doing anything."""
    return operand_for(interpreter, _peek(interpreter, node, frame))


def operand_for(interpreter: Interpreter, value: Value) -> Operand | None:
    """What stands in a formula for a value; None if nothing tells it from others."""
    if isinstance(value, Unknown):
        return None if any(value is shared for shared in _SHARED) else value
    if isinstance(value, Symbol):
        return Foreign(value, interpreter.conditions.runs(value.dotted))
    if isinstance(value, Part):
        return value
    return Constant(repr(value), value) if is_constant(value) else None


def _peek(interpreter: Interpreter, node: cst.CSTNode, frame: Frame) -> Value:
    """The value of a name, attribute, item or literal; UNKNOWN where looking might do something."""
    match node:
        case cst.Name(value="None" | "True" | "False"):
            return interpreter.evaluate(node, frame)
        case cst.Name():
            scope = frame.scope.find(node.value)
            return UNKNOWN if scope is None else scope.names[node.value]
        case cst.Attribute():
            owner = _peek(interpreter, node.value, frame)
            return _peek_attribute(interpreter, owner, attribute_name(node.attr.value, frame))
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=inner))]):
            index = _peek(interpreter, inner, frame)
            return _peek_item(interpreter, _peek(interpreter, node.value, frame), index)
        case cst.Integer() | cst.Float() | cst.SimpleString():
            return interpreter.evaluate(node, frame)
        case cst.Tuple() | cst.List():
            parts = [_peek(interpreter, element.value, frame) for element in node.elements]
            return tuple(parts) if all(is_constant(part) for part in parts) else UNKNOWN
    return UNKNOWN


def _peek_attribute(interpreter: Interpreter, owner: Value, name: str) -> Value:
    if isinstance(owner, Instance):
        return owner.attributes.get(name, UNKNOWN)
    if isinstance(owner, Symbol):
        from kerlint.python.attributes import member_of

        found = member_of(interpreter, owner, name)
        return found if isinstance(found, Symbol | Likely) else UNKNOWN
    return _part(interpreter, owner, name, "attribute")


def _peek_item(interpreter: Interpreter, owner: Value, index: Value) -> Value:
    if not is_constant(index):
        return UNKNOWN
    if isinstance(owner, DictValue):
        return owner.items.get(index, UNKNOWN)
    return _part(interpreter, owner, index, "item")


def _part(interpreter: Interpreter, owner: Value, name: Value, how: str) -> Value:
    operand = operand_for(interpreter, owner) if isinstance(owner, Unknown | Part) else None
    if operand is None:
        return UNKNOWN
    return Part(operand, Constant(repr(name), name), how, interpreter.conditions.changes)
