"""Tests that were asked before: the second `if` on the same unknown value follows the first.

A test whose outcome is not known is told apart by its *formula*: operators over values that are known, or
unknown but always the same object. Each formula has one branch, so that a path that holds its arm has
decided it, and so have values that depend on it. What is decided can decide other tests too: something
that equals "avg" does not equal "max", is not None, and counts as true.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

from kerlint.python.comparisons import ORDERS
from kerlint.python.refs import UNKNOWN, Path, Unknown, Value, next_serial
from kerlint.python.values import Symbol

TAKEN, NOT_TAKEN = 0, 1
ITEM, LENGTH = "item", "len"
MOST_HELD: Final = 500
"""Of what does not hold on a path; then all of it is forgotten."""
_LOWER: Final = {
    ("LessThan", False): 0,
    ("GreaterThanEqual", True): 0,
    ("LessThanEqual", False): 1,
    ("GreaterThan", True): 1,
}
"""What answered comparisons with a number say of the smallest one that fits."""


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
        self._compounds: dict[int, Both] = {}
        self._held: dict[tuple[Path, Formula], None] = {}
        """Formulas that do not hold on a path, the newest of them."""
        self._guarding: dict[int, list[tuple[Path, Formula]]] = {}
        """The same by the branches on these paths."""
        self._runs: dict[str, int] = {}

        self._supposed: set[int] = set()
        """Branches that the program did not ask for."""

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
            self._compounds.pop(branch, None)
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
            if answers == (formula.wanted, formula.wanted):
                return formula.wanted
            return self._by_checks(branch, path) if branch is not None else None
        answer = self._follows(formula, path)
        return self._by_checks(branch, path) if answer is None and branch is not None else answer

    def _by_checks(self, branch: int, path: Path) -> bool | None:
        """The answer that keeps a path from one where a check that holds on it would have raised."""
        arms = dict(path)
        for given, formula in self._guarding.get(branch, ()):
            open_ones = [(one, arm) for one, arm in given if arms.get(one) != arm]
            if len(open_ones) == 1 and open_ones[0][0] == branch and self._holds(formula, path):
                return open_ones[0][1] == NOT_TAKEN
        return None

    def _holds(self, formula: Formula, path: Path) -> bool:
        """Whether the arms of a path alone say that a formula holds."""
        return set(self._way(formula, True)) <= set(path)

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
                answer = answer_of(value, atom, "Is")
                if answer is not None and answer is not (arm == TAKEN):
                    return True
        return False

    def suppose(self, atom: Atom) -> tuple[Path, Path]:
        """The ways of an answer and of its opposite, told apart before the program asks."""
        ways = self.ways(atom)
        self._supposed.add(ways[TAKEN][0][0])
        return ways

    def is_supposed(self, path: Path) -> bool:
        """Whether a path holds an arm that the program did not ask for."""
        return bool(self._supposed) and any(branch in self._supposed for branch, _ in path)

    def hold(self, path: Path, formula: Formula) -> None:
        """Note that a formula does not hold on a path: the program would have raised, or gone another way."""
        if (path, formula) in self._held:
            return
        if len(self._held) >= MOST_HELD:
            self._held.clear()
            self._guarding.clear()
        self._held[path, formula] = None
        for branch, _ in path:
            self._guarding.setdefault(branch, []).append((path, formula))

    def known(self, path: Path) -> Path:
        """A path with all that is said by what does not hold on it."""
        arms = dict(path)
        for given, formula in self._held:
            if all(arms.get(branch) == arm for branch, arm in given):
                arms.update(self._way(formula, False))
        for branch, arm in list(arms.items()):
            both = self._compounds.get(branch)
            if both is not None and (arm == TAKEN) is not both.wanted:
                arms.update(self._other_side(both, tuple(arms.items())))
        return tuple(arms.items())

    def _other_side(self, both: Both, path: Path) -> Path:
        """`a and b` does not hold, although `a` does: `b` does not (and likewise for `or`)."""
        for one, other in ((both.left, both.right), (both.right, both.left)):
            if self.decided(one, path) is both.wanted:
                return self._way(other, not both.wanted)
        return ()

    def constant(self, operand: Operand, path: Path) -> Value:
        """The constant that an operand equals on a path; UNKNOWN where it does not say."""
        for atom, answer in self._answers(operand, path):
            if atom.question == "Equal" and answer and isinstance(atom.right, Constant):
                return atom.right.value
        return UNKNOWN

    def least(self, operand: Operand, path: Path) -> int:
        """The smallest integer that an operand can be on a path, if it is one; 0 where nothing is said."""
        bounds = [0]
        for atom, answer in self._answers(operand, path):
            if isinstance(atom.right, Constant) and type(atom.right.value) is int:
                steps = _LOWER.get((atom.question, answer))
                bounds += [] if steps is None else [atom.right.value + steps]
        return max(bounds)

    def _answers(self, operand: Operand, path: Path) -> Iterator[tuple[Atom, bool]]:
        """What a path says of an operand."""
        arms = dict(path)
        for branch, atom in self._asked.get(operand, {}).items():
            if branch in arms:
                yield atom, arms[branch] == TAKEN

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

    def are_arms(self, ways: tuple[Path, Path]) -> bool:
        """Whether paths are those of one formula: the branch that they begin with tells them apart."""
        taken, not_taken = ways
        return bool(taken) and bool(not_taken) and taken[0][0] == not_taken[0][0] and taken[0] != not_taken[0]

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
            else:
                self._compounds[branch] = formula
        way = {branch: TAKEN if answer else NOT_TAKEN}
        if isinstance(formula, Atom):
            way |= self._followers(formula, answer)
        elif answer is formula.wanted:
            way |= {**dict(self._way(formula.left, answer)), **dict(self._way(formula.right, answer))}
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
        return answer_of(known.right.value, asked, known.question)
    if asked.question not in ("Equal", "Is") or not isinstance(asked.right, Constant):
        return None
    other = asked.right.value
    if known.question == "Truth":
        return False if bool(other) is not answer else None
    if known.question == "In" and isinstance(known.right, Constant) and isinstance(known.right.value, tuple):
        return False if (other in known.right.value) is not answer else None
    return None


def answer_of(value: Value, asked: Atom, question: str) -> bool | None:
    """The answer to a question on an operand that is (`Is`) or equals (`Equal`) a constant; None if not known."""
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
