"""Values that are likely, not certain: the default of an option that whoever starts the program may change.

A `Likely` is an Unknown that remembers the default: no test on it is decided, and code that does not ask
treats it as unknown. Arithmetic and plain functions carry it on. Only where something must have a value to
go on (a library call, the length of a loop) is the default taken, and noted in `Suppositions`: what is made
from then on leans on it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from kerlint.python.arguments import Arg, Arguments
from kerlint.python.budget import Raised
from kerlint.python.containers import ListValue
from kerlint.python.refs import Join, Ref, Unknown, Value, next_serial
from kerlint.python.values import is_constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

MOST_ROUNDS: Final = 32
"""A longer range counts epochs or steps: its loop is walked as one of unknown length."""


class Likely(Unknown):
    """The default of an option (`roots` is itself), or what was computed from defaults."""

    __slots__ = ("option", "place", "roots", "value")

    def __init__(self, value: Value, roots: tuple[Likely, ...] = ()) -> None:
        super().__init__("an option of the program", (value,) if isinstance(value, Ref) else ())
        self.value = value
        self.roots = roots or (self,)
        self.option = ""
        """As the user of the program spells it: `--units`."""
        self.place: Place | None = None

    def is_same(self, other: Unknown) -> bool:
        return isinstance(other, Likely) and self.roots == other.roots and self.value is other.value

    def __repr__(self) -> str:
        return f"Likely({self.value!r})"


def option_value(option: str, default: Value, place: Place) -> Unknown:
    """What reading an option gives: its default as a likely value, or something unknown.

    None and empty texts stand for options that nobody gave.
    """
    is_known = (is_constant(default) and default not in (None, "", ())) or (
        isinstance(default, ListValue) and not default.open and bool(default.items)
    )
    if not is_known:
        return Unknown(f"the option {option}")
    made = Likely(default)
    made.option, made.place = option, place
    return made


class Suppositions(Ref):
    """The options whose defaults were taken so far, on the trail; and which they were at any time before.

    `passing` are those that concern the running call alone: what it makes leans on them, and nothing later.
    """

    def __init__(self) -> None:
        super().__init__()
        self.options: tuple[Likely, ...] = ()
        self.passing: tuple[Likely, ...] = ()
        self.are_any = False
        """Whether anything is supposed now."""
        self._is_passing = False
        self._times: list[int] = [0]
        self._history: list[tuple[tuple[Likely, ...], tuple[Likely, ...]]] = [((), ())]

    def state(self) -> Any:
        return self.options

    def restore(self, state: Any) -> None:
        self._become(state, self.passing)

    def merged(self, states: list[Any], join: Join) -> Any:
        return tuple(dict.fromkeys(option for state in states for option in state))

    def lasting_at(self, serial: int) -> tuple[Likely, ...]:
        """The options that were supposed for good when something of this serial was made."""
        return self._history[bisect_right(self._times, serial) - 1][0]

    def at(self, serial: int) -> tuple[Likely, ...]:
        """The same with those of the call that made it."""
        lasting, passing = self._history[bisect_right(self._times, serial) - 1]
        return tuple(dict.fromkeys((*lasting, *passing)))

    @property
    def ever(self) -> tuple[Likely, ...]:
        """All that were supposed at any time, on any path."""
        return tuple(dict.fromkeys(option for both in self._history for part in both for option in part))

    def _become(self, options: tuple[Likely, ...], passing: tuple[Likely, ...]) -> None:
        if options != self.options or passing != self.passing:
            self.options, self.passing = options, passing
            self.are_any = bool(options or passing)
            self._times.append(next_serial())
            self._history.append((options, passing))

    def add(self, interpreter: Interpreter, roots: tuple[Likely, ...]) -> None:
        """From here on it is supposed that these options have their defaults."""
        if self._is_passing:
            self._become(self.options, tuple(dict.fromkeys((*self.passing, *roots))))
        elif not set(roots) <= set(self.options):
            interpreter.trail.touch(self)
            self._become(tuple(dict.fromkeys((*self.options, *roots))), self.passing)

    @contextmanager
    def for_one_call(self, interpreter: Interpreter, arguments: Arguments) -> Iterator[Arguments]:
        """The arguments with their defaults taken, of a call that leaves nothing behind but what it makes."""
        before, was_passing, self._is_passing = self.passing, self._is_passing, True
        try:
            given = supposed_arguments(interpreter, arguments)
            self._is_passing = was_passing
            yield given
        finally:
            self._is_passing = was_passing
            self._become(self.options, before)


def supposed(interpreter: Interpreter, value: Value) -> Value:
    """A value that must be known now: defaults are taken, in tuples and lists too, and that is noted.

    A default that the path contradicts stays unknown.
    """
    if isinstance(value, Likely):
        if not _is_allowed(value, interpreter):
            return Unknown("an option with another value on this path")
        interpreter.suppositions.add(interpreter, value.roots)
        return value.value
    if isinstance(value, tuple) and holds_likely(value):
        return tuple(supposed(interpreter, item) for item in value)
    if type(value) is ListValue and any(isinstance(item, Likely) for item in value.items):
        items = [supposed(interpreter, item) for item in value.items]
        return ListValue(items, open=value.open, loose=value.loose)
    if isinstance(value, slice):
        return slice(*(supposed(interpreter, bound) for bound in (value.start, value.stop, value.step)))
    return value


def supposed_arguments(interpreter: Interpreter, arguments: Arguments) -> Arguments:
    """The arguments of a library call with the defaults of options taken."""
    made = Arguments(
        [_supposed_one(interpreter, arg) for arg in arguments.positional],
        {name: _supposed_one(interpreter, arg) for name, arg in arguments.keywords.items()},
    )
    made.open_positional, made.open_keywords = arguments.open_positional, arguments.open_keywords
    return made


def _supposed_one(interpreter: Interpreter, arg: Arg) -> Arg:
    value = supposed(interpreter, arg.value)
    return arg if value is arg.value else Arg(value, arg.node, arg.origin)


def _is_allowed(value: Likely, interpreter: Interpreter) -> bool:
    conditions, path = interpreter.conditions, interpreter.path
    return not any(
        is_constant(root.value) and conditions.contradict(root, root.value, path) for root in value.roots
    )


def computed(interpreter: Interpreter, values: Sequence[Value], run: Callable[..., Value]) -> Value:
    """What an operation gives, of which some operands are likely: as likely as they are."""
    likely = [value for value in values if isinstance(value, Likely)]
    is_certain = not any(isinstance(value, Unknown) and not isinstance(value, Likely) for value in values)
    if not is_certain or not all(_is_allowed(value, interpreter) for value in likely):
        return run(*(_less(value) for value in values))
    roots = tuple(dict.fromkeys(root for value in likely for root in value.roots))
    try:
        result = run(*(value.value if isinstance(value, Likely) else value for value in values))
    except Raised:
        return Unknown("fails with the default of an option")
    if is_constant(result):
        return Likely(result, roots)
    if isinstance(result, range) and not 0 < len(result) <= MOST_ROUNDS:
        return Unknown("a range that an option bounds")
    if not isinstance(result, Unknown):
        interpreter.suppositions.add(interpreter, roots)
    return result


def _less(value: Value) -> Value:
    return Unknown(value.reason, value.hides) if isinstance(value, Likely) else value


def called(interpreter: Interpreter, arguments: Arguments, run: Callable[[Arguments], Value]) -> Value:
    """What a plain function gives, of whose arguments some are likely: as likely as they are."""
    names = tuple(arguments.keywords)

    def run_plain(*values: Value) -> Value:
        split = len(values) - len(names)
        return run(Arguments.of(*values[:split], **dict(zip(names, values[split:], strict=True))))

    return computed(interpreter, arguments.values(), run_plain)


def has_likely(arguments: Arguments) -> bool:
    """Whether an argument itself is likely."""
    return any(isinstance(value, Likely) for value in arguments.values())


def holds_likely(value: Value) -> bool:
    """Whether a value is likely, or a tuple or list with something likely in it."""
    if isinstance(value, ListValue):
        return any(isinstance(item, Likely) for item in value.items)
    return isinstance(value, Likely) or (isinstance(value, tuple) and any(map(holds_likely, value)))
