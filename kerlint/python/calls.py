"""Calling things: user functions with bound arguments, classes, methods, partials, library symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import LibraryMethod, find_in_class
from kerlint.python.budget import OutOfBudget, Raised
from kerlint.python.domain import MISSING
from kerlint.python.patience import Futile, is_plain, plain_key
from kerlint.python.paths import alternatives, join, run_paths
from kerlint.python.scope import Frame, Scope
from kerlint.python.values import (
    BoundMethod,
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    OneOf,
    Partial,
    Symbol,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.places import Place


def call(interpreter: Interpreter, function: Value, arguments: Arguments, place: Place) -> Value:
    """Call any value with arguments; what cannot be followed is Unknown."""
    match function:
        case FunctionValue():
            return call_function(interpreter, function, arguments, place)
        case BoundMethod(receiver=receiver, function=FunctionValue() as method):
            return call_function(interpreter, method, arguments.prepended(receiver), place)
        case BoundMethod(receiver=receiver, function=str() as name):
            return call_named_method(interpreter, receiver, name, arguments, place)
        case Builtin():
            return _call_builtin(interpreter, function, arguments, place)
        case Symbol():
            return _call_symbol(interpreter, function, arguments, place)
        case ClassValue():
            return instantiate(interpreter, function, arguments, place)
        case Instance():
            return call_instance(interpreter, function, arguments, place)
        case Partial():
            return call(interpreter, function.function, arguments.after(function.arguments), place)
        case OneOf():
            return _call_each(interpreter, function, arguments, place)
        case LibraryMethod():
            return _call_library_method(interpreter, function, arguments, place)
        case Unknown():
            _open_containers(interpreter, arguments)
            found = interpreter.domain.escaped(arguments, "", place)
            return Unknown(f"calls something unknown: {function.reason}") if found is MISSING else found
        case _:
            return interpreter.domain.call_instance(function, arguments, place)


def _call_each(interpreter: Interpreter, function: OneOf, arguments: Arguments, place: Place) -> Value:
    results, paths = [], []
    for alternative, path in alternatives(function):
        with interpreter.on_path(path):
            results.append(call(interpreter, alternative, arguments, place))
        paths.append(path)
    return join(results, paths)


def _call_library_method(
    interpreter: Interpreter, method: LibraryMethod, arguments: Arguments, place: Place
) -> Value:
    if method.name == "__init__" and isinstance(method.receiver, Instance):
        interpreter.domain.initialize(method.receiver, method.base, arguments, place)
        return None
    if method.name == "__call__":
        return interpreter.domain.call_instance(method.receiver, arguments, place)
    return interpreter.domain.call_method(method.receiver, method.name, arguments, place)


def _call_builtin(
    interpreter: Interpreter, function: Builtin, arguments: Arguments, place: Place
) -> Value:
    return function.function(interpreter, arguments, place)


def _call_symbol(interpreter: Interpreter, symbol: Symbol, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.stdlib import STDLIB

    known = STDLIB.get(symbol.dotted)
    if known is not None:
        return known(interpreter, arguments, place)
    return interpreter.domain.call(symbol, arguments, place)


def call_named_method(
    interpreter: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place
) -> Value:
    """Call a method that the receiver's kind implements: of Python's own types, or of the domain's."""
    from kerlint.python.methods import call_method

    if isinstance(receiver, Instance):
        return interpreter.domain.call_method(receiver, name, arguments, place)
    return call_method(interpreter, receiver, name, arguments, place)


def call_instance(
    interpreter: Interpreter, instance: Instance, arguments: Arguments, place: Place
) -> Value:
    """`instance(...)`: a user's own `__call__`, else what the library does."""
    if isinstance(instance.cls, ClassValue):
        method = find_in_class(instance.cls, "__call__")
        if isinstance(method, FunctionValue):
            return call_function(interpreter, method, arguments.prepended(instance), place)
    return interpreter.domain.call_instance(instance, arguments, place)


def call_function(
    interpreter: Interpreter, function: FunctionValue, arguments: Arguments, place: Place | None
) -> Value:
    """Follow a user function with the real arguments.

    `place` is the call; None for a function that nobody calls (then it stands for its own chain).
    """
    function.is_called = True
    why = _why_not_followed(interpreter, function)
    if why is not None:
        return _not_followed(interpreter, arguments, place or _own_place(function), f"{function.name} {why}")
    key = plain_key(function, arguments)
    if key is not None and key in interpreter.results:
        return interpreter.results[key]
    scope = Scope(function.scope)
    if not bind(interpreter, function, arguments, scope):
        return Unknown(f"{function.name} is called with the wrong arguments")
    chain = interpreter.frames[-1].chain if interpreter.frames else ()
    frame = Frame(scope, function.statement, (*chain, place) if place is not None else chain, function)
    if arguments.positional and function.owner is not None:
        frame.receiver = arguments.positional[0].value
    activity = interpreter.domain.activity()
    reason = _walk_body(interpreter, function, frame)
    if reason is not None:
        return interpreter.give_up(place or _own_place(function), f"{function.name} {reason}")
    is_same_again = frame.is_pure and frame.yielded is None and is_plain(frame.result)
    if key is not None and is_same_again and interpreter.domain.activity() == activity:
        interpreter.results[key] = frame.result
    if frame.yielded is not None:
        return frame.yielded[0] if function.wrapper == "contextmanager" and frame.yielded else _generated(frame)
    return frame.result


def _why_not_followed(interpreter: Interpreter, function: FunctionValue) -> str | None:
    budget = interpreter.budget
    if len(interpreter.calls) >= budget.depth or interpreter.calls.count(function) >= budget.recursion:
        return "recurses too deeply"
    if function.is_futile:
        return "was given up before"
    if interpreter.foreign_steps <= 0 and _is_foreign(interpreter, function):
        return "is in another file, and enough of those were followed"
    return None


def _not_followed(interpreter: Interpreter, arguments: Arguments, place: Place, reason: str) -> Value:
    _open_containers(interpreter, arguments)
    made = interpreter.domain.escaped(arguments, "", place)
    unknown = interpreter.give_up(place, reason)
    return unknown if made is MISSING else made


def _walk_body(interpreter: Interpreter, function: FunctionValue, frame: Frame) -> str | None:
    """Run an activation on all its paths; says why it was given up, if it was.

    Raises Raised where the program would raise and something around it catches.
    """
    around = interpreter.calls[-1] if interpreter.calls else None
    enters = _is_foreign(interpreter, function) and (around is None or not _is_foreign(interpreter, around))
    steps = interpreter.steps
    before = interpreter.patience.start(interpreter)
    interpreter.calls.append(function)
    interpreter.frames.append(frame)
    try:
        run_paths(interpreter, frame, lambda: _run_body(interpreter, function, frame))
    except Raised:
        if interpreter.trying:
            raise
        return "raises"
    except Futile:
        function.is_futile = True
        return "is long and builds nothing"
    except RecursionError:
        return "nests too deeply"
    finally:
        interpreter.calls.pop()
        interpreter.frames.pop()
        interpreter.patience.stop(interpreter, before)
        if enters:
            interpreter.foreign_steps -= steps - interpreter.steps
    return None


def _is_foreign(interpreter: Interpreter, function: FunctionValue) -> bool:
    return not interpreter.modules.is_main(function.scope.filename)


def _generated(frame: Frame) -> ListValue:
    assert frame.yielded is not None
    return ListValue(frame.yielded, open=frame.endless)


def _own_place(function: FunctionValue) -> Place:
    from kerlint.places import Place

    return Place(function.statement, function.node)


def _run_body(interpreter: Interpreter, function: FunctionValue, frame: Frame) -> int:
    node = function.node
    if isinstance(node, cst.Lambda):
        frame.result = interpreter.evaluate(node.body, frame)
        return 1
    return interpreter.execute(tuple(node.body.body), frame)


def bind(interpreter: Interpreter, function: FunctionValue, arguments: Arguments, scope: Scope) -> bool:
    """Bind arguments to a user function's parameters in `scope`; False where Python would refuse.

    With unknown unpacking in the call, parameters that nothing known reaches become Unknown.
    """
    params = function.node.params
    names = scope.names
    positional = [*params.posonly_params, *params.params]
    given = list(arguments.positional)
    keywords = dict(arguments.keywords)
    for param in positional:
        name = param.name.value
        if given:
            names[name] = given.pop(0).value
        elif name in keywords:
            names[name] = keywords.pop(name).value
        elif not _fall_back(function, name, arguments, names):
            return False
    for param in params.kwonly_params:
        name = param.name.value
        if name in keywords:
            names[name] = keywords.pop(name).value
        elif not _fall_back(function, name, arguments, names):
            return False
    if isinstance(params.star_arg, cst.Param):
        rest = tuple(arg.value for arg in given)
        names[params.star_arg.name.value] = (
            Unknown("unknown *args") if arguments.open_positional else rest
        )
    elif given:
        return False
    if params.star_kwarg is not None:
        items = {name: arg.value for name, arg in keywords.items()}
        names[params.star_kwarg.name.value] = DictValue(items, open=arguments.open_keywords)
    elif keywords:
        return False
    return True


def _fall_back(
    function: FunctionValue, name: str, arguments: Arguments, names: dict[str, Value]
) -> bool:
    if not arguments.exact:
        names[name] = Unknown(f"{name} may be given by unpacking")
        return True
    if name in function.defaults:
        names[name] = function.defaults[name]
        return True
    return False


def instantiate(
    interpreter: Interpreter, cls: ClassValue, arguments: Arguments, place: Place
) -> Value:
    """Make an object of a user class: `__new__` is the library's, `__init__` is followed."""
    cls.is_made = True
    instance = Instance(cls, interpreter.domain.native(cls, place))
    method = find_in_class(cls, "__init__")
    if isinstance(method, FunctionValue):
        call_function(interpreter, method, arguments.prepended(instance), place)
    elif isinstance(method, Symbol):
        interpreter.domain.initialize(instance, method, arguments, place)
    elif isinstance(method, Builtin):
        method.function(interpreter, arguments.prepended(instance), place)
    elif isinstance(method, Unknown):
        instance.open = True
    return instance


def _open_containers(interpreter: Interpreter, arguments: Arguments) -> None:
    """Unknown code may have added to a list or dict that it was given."""
    for value in arguments.values():
        if isinstance(value, ListValue | DictValue) and not value.open:
            interpreter.trail.touch(value)
            value.open = True


__all__ = ["Arg", "OutOfBudget", "bind", "call", "call_function", "call_instance", "instantiate"]
