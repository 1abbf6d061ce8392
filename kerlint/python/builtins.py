"""Python's built-in functions and types, on values that may be unknown."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerlint.python.arguments import Arguments
from kerlint.python.attributes import load_attribute, store_attribute
from kerlint.python.calls import call
from kerlint.python.domain import MISSING
from kerlint.python.expressions import is_key, make_set
from kerlint.python.formatting import plain
from kerlint.python.iteration import iterate
from kerlint.python.lifting import lift
from kerlint.python.operators import truth
from kerlint.python.typing_checks import is_instance, is_subclass, type_of
from kerlint.python.values import (
    BoundMethod,
    Builtin,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    ModuleValue,
    Partial,
    SetValue,
    Symbol,
    Unknown,
    Value,
    is_constant,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place

Function = Callable[["Interpreter", Arguments, "Place"], Value]


def pure(function: Callable[..., Any]) -> Function:
    """Python's own function, called when every argument is fully known."""

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        if not arguments.exact:
            return Unknown("unknown arguments")
        try:
            given = [plain(arg.value) for arg in arguments.positional]
            keywords = {name: plain(arg.value) for name, arg in arguments.keywords.items()}
            return lift(interpreter, function(*given, **keywords))
        except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError, MemoryError):
            return Unknown("an argument is unknown")

    return run


def _len(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "obj")
    if isinstance(value, ListValue | DictValue | SetValue):
        return Unknown("an unknown length") if value.open else len(value.items)
    if isinstance(value, str | bytes | tuple | range):
        return len(value)
    found = interpreter.domain.attribute(value, "__len__")
    return found if isinstance(found, int) else _call_special(interpreter, value, "__len__", place)


def _call_special(interpreter: Interpreter, value: Value, name: str, place: Place) -> Value:
    if isinstance(value, Instance) and isinstance(value.cls, ClassValue):
        return call(interpreter, load_attribute(interpreter, value, name, place), Arguments(), place)
    return Unknown(f"{name} of something unknown")


def _range(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    given = [arg.value for arg in arguments.positional]
    if arguments.exact and given and all(isinstance(bound, int) for bound in given) and 0 not in given[2:]:
        return range(*given[:3])
    return Unknown("an unknown range")


def _enumerate(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    start = arguments.get(1, "start", 0)
    pairs: list[Value] = [
        (start + index if isinstance(start, int) else Unknown("an index"), item)
        for index, item in enumerate(items)
    ]
    if not complete and not items:
        return Unknown("enumerates something unknown")
    return ListValue(pairs, open=not complete)


def _zip(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional]
    if not parts or not arguments.exact:
        return Unknown("zips something unknown")
    known = [items for items, complete in parts if complete]
    if len(known) == len(parts):
        return ListValue([tuple(row) for row in zip(*known, strict=False)])
    made = interpreter.domain.zipped([arg.value for arg in arguments.positional])
    return Unknown("zips something unknown") if made is MISSING else made


def _list(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional:
        return ListValue([])
    items, complete = iterate(interpreter, arguments.positional[0].value)
    return ListValue(items, open=not complete)


def _tuple(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional:
        return ()
    items, complete = iterate(interpreter, arguments.positional[0].value)
    return tuple(items) if complete else Unknown("a tuple of unknown length")


def _set(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.positional:
        return SetValue({})
    items, complete = iterate(interpreter, arguments.positional[0].value)
    return make_set(items, not complete)


def _dict(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    made = DictValue({}, open=not arguments.exact)
    if arguments.positional:
        source = arguments.positional[0].value
        if isinstance(source, DictValue):
            made.items.update(source.items)
            made.open = made.open or source.open
        else:
            _add_pairs(interpreter, source, made)
    made.items.update({name: arg.value for name, arg in arguments.keywords.items()})
    return made


def _add_pairs(interpreter: Interpreter, source: Value, made: DictValue) -> None:
    items, complete = iterate(interpreter, source)
    made.open = made.open or not complete
    for item in items:
        pair, whole = iterate(interpreter, item)
        if whole and len(pair) == 2 and is_key(pair[0]):
            made.items[pair[0]] = pair[1]
        else:
            made.open = True


def _map(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if len(arguments.positional) < 2:
        return Unknown("maps something unknown")
    function = arguments.positional[0].value
    parts = [iterate(interpreter, arg.value) for arg in arguments.positional[1:]]
    complete = all(whole for _, whole in parts)
    rows = zip(*[items for items, _ in parts], strict=False)
    return ListValue([call(interpreter, function, Arguments.of(*row), place) for row in rows], open=not complete)


def _filter(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    function = arguments.get(0, "function")
    items, complete = iterate(interpreter, arguments.get(1, "iterable"))
    kept: list[Value] = []
    for item in items:
        answer = truth(item if function is None else call(interpreter, function, Arguments.of(item), place))
        complete = complete and answer is not None
        if answer is not False:
            kept.append(item)
    return ListValue(kept, open=not complete)


def _reversed(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "sequence")
    items, complete = iterate(interpreter, value)
    return ListValue(items[::-1]) if complete else Unknown("reverses something unknown")


def _sorted(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    key, reverse = arguments.get(9, "key"), arguments.get(9, "reverse", False)
    if not complete or not isinstance(reverse, bool):
        return ListValue([], open=True)
    keys = items if key is None else [call(interpreter, key, Arguments.of(item), place) for item in items]
    try:
        known = [plain(one) for one in keys]
        order = sorted(range(len(items)), key=lambda index: known[index], reverse=reverse)  # type: ignore[arg-type,return-value]
    except (LookupError, TypeError):
        return ListValue([], open=True)
    return ListValue([items[index] for index in order])


def _sum(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.operators import apply_binary

    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    if not complete:
        return Unknown("sums something unknown")
    total = arguments.get(1, "start", 0)
    for item in items:
        total = item if total == 0 and not is_constant(item) else apply_binary(interpreter, "Add", total, item, place)
    return total


def _any(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    answers = [truth(item) for item in items]
    if True in answers:
        return True
    return False if complete and None not in answers else Unknown("an unknown condition")


def _all(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    items, complete = iterate(interpreter, arguments.get(0, "iterable"))
    answers = [truth(item) for item in items]
    if False in answers:
        return False
    return True if complete and None not in answers else Unknown("an unknown condition")


def _isinstance(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    answer = is_instance(interpreter, arguments.get(0, "obj"), arguments.get(1, "class_or_tuple"))
    return Unknown("an unknown type") if answer is None else answer


def _issubclass(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    answer = is_subclass(interpreter, arguments.get(0, "cls"), arguments.get(1, "class_or_tuple"))
    return Unknown("an unknown type") if answer is None else answer


def _type(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return type_of(arguments.get(0, "object")) if len(arguments.positional) == 1 else Unknown("a made class")


def _getattr(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value, name = arguments.get(0, "object"), arguments.get(1, "name")
    if not isinstance(name, str):
        return Unknown("an attribute of unknown name")
    found = load_attribute(interpreter, value, name, place)
    if len(arguments.positional) > 2 and isinstance(found, Unknown) and _surely_lacks(value, name):
        return arguments.positional[2].value
    return found


def _surely_lacks(value: Value, name: str) -> bool:
    """Whether a plain user object certainly has no such attribute."""
    if not isinstance(value, Instance) or value.open or value.native is not None:
        return False
    if not isinstance(value.cls, ClassValue) or name in value.attributes:
        return False
    return all(isinstance(base, ClassValue) and name not in base.namespace for base in value.cls.mro)


def _hasattr(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value, name = arguments.get(0, "object"), arguments.get(1, "name")
    if not isinstance(name, str):
        return Unknown("an attribute of unknown name")
    if _surely_lacks(value, name):
        return False
    found = load_attribute(interpreter, value, name, place)
    return Unknown("an attribute that may exist") if isinstance(found, Unknown) else True


def _setattr(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    target, name = arguments.get(0, "object"), arguments.get(1, "name")
    if isinstance(name, str):
        store_attribute(interpreter, target, name, arguments.get(2, "value"), place)
    elif isinstance(target, Instance):
        interpreter.trail.touch(target)
        target.open = True
    return None


def _callable(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "obj")
    if isinstance(value, FunctionValue | ClassValue | Builtin | BoundMethod | Partial):
        return True
    if is_constant(value) or isinstance(value, ListValue | DictValue | SetValue | ModuleValue):
        return False
    if isinstance(value, Symbol | Instance):
        return interpreter.domain.is_callable(value)
    return Unknown("may be callable")


def _next(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    value = arguments.get(0, "iterator")
    if isinstance(value, ListValue) and value.items:
        interpreter.trail.touch(value)
        return value.items.pop(0)
    return Unknown("the next item")


def _iter(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return _list(interpreter, arguments, place) if len(arguments.positional) == 1 else Unknown("an iterator")


def _nothing(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return None


def _str(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    from kerlint.python.formatting import format_value

    if not arguments.positional:
        return ""
    text = format_value(arguments.positional[0].value, "s", "")
    return Unknown("text of something unknown") if text is None else text


def _bool(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    answer = truth(arguments.get(0, "object", False))
    return Unknown("an unknown condition") if answer is None else answer


def _object(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return Instance(Symbol("builtins.object"))


def _outside(what: str) -> Function:
    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        return Unknown(what)

    return run


def _extreme(function: Callable[..., Any]) -> Function:
    compute = pure(function)

    def run(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        return compute(interpreter, arguments, place) if arguments.positional else Unknown("nothing")

    return run


_FUNCTIONS: dict[str, Function] = {
    "len": _len,
    "range": _range,
    "enumerate": _enumerate,
    "zip": _zip,
    "list": _list,
    "tuple": _tuple,
    "set": _set,
    "frozenset": _set,
    "dict": _dict,
    "map": _map,
    "filter": _filter,
    "reversed": _reversed,
    "sorted": _sorted,
    "sum": _sum,
    "any": _any,
    "all": _all,
    "isinstance": _isinstance,
    "issubclass": _issubclass,
    "type": _type,
    "getattr": _getattr,
    "hasattr": _hasattr,
    "setattr": _setattr,
    "delattr": _nothing,
    "callable": _callable,
    "next": _next,
    "iter": _iter,
    "print": _nothing,
    "str": _str,
    "bool": _bool,
    "object": _object,
    "min": _extreme(min),
    "max": _extreme(max),
    **{
        name: pure(getattr(builtins, name))
        for name in ("int", "float", "complex", "bytes", "abs", "round", "divmod", "ord", "chr", "hex", "bin", "oct", "repr", "ascii", "format", "slice")
    },
    **{
        name: _outside(f"{name}()")
        for name in ("open", "input", "eval", "exec", "compile", "vars", "globals", "locals", "dir", "id", "hash", "memoryview", "bytearray", "pow", "__import__")
    },
    **{
        name: _outside(f"a {name}")
        for name in vars(builtins)
        if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)
    },
    "property": _outside("a property"),
    "staticmethod": lambda interpreter, arguments, place: arguments.get(0, "function"),
    "classmethod": _outside("a class method"),
}

BUILTINS: dict[str, Value] = {
    **{name: Builtin(name, function) for name, function in _FUNCTIONS.items()},
    "NotImplemented": Unknown("NotImplemented"),
    "Ellipsis": ...,
}
