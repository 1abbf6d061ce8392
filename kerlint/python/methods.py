"""Methods of Python's own types: text, numbers, lists, dicts, sets and tuples."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerlint.python.arguments import Arguments
from kerlint.python.expressions import is_key
from kerlint.python.formatting import plain
from kerlint.python.iteration import iterate
from kerlint.python.lifting import lift
from kerlint.python.operators import equal
from kerlint.python.values import Builtin, DictValue, ListValue, SetValue, Unknown, Value

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter
    from kerlint.source import Place


def call_method(
    interpreter: Interpreter, receiver: Value, name: str, arguments: Arguments, place: Place
) -> Value:
    """`receiver.name(...)` for a value of Python's own types; anything else goes to the domain."""
    match receiver:
        case ListValue():
            method = _LIST.get(name)
            return _unknown(name) if method is None else method(interpreter, receiver, arguments)
        case DictValue():
            method = _DICT.get(name)
            return _unknown(name) if method is None else method(interpreter, receiver, arguments)
        case SetValue():
            method = _SET.get(name)
            return _unknown(name) if method is None else method(interpreter, receiver, arguments)
        case str() | bytes() | int() | float() | complex() | tuple() | range():
            return _pure(interpreter, receiver, name, arguments)
        case Builtin():
            return _of_type(interpreter, receiver, name, arguments, place)
    return interpreter.domain.call_method(receiver, name, arguments, place)


def _unknown(name: str) -> Unknown:
    return Unknown(f"method {name}")


_GROWING = {"ljust", "rjust", "center", "zfill", "expandtabs"}


def _pure(interpreter: Interpreter, receiver: Any, name: str, arguments: Arguments) -> Value:
    """Call Python's own method with known arguments: these types cannot change."""
    method = getattr(receiver, name, None)
    if method is None or not arguments.exact or name.startswith("_"):
        return _unknown(name)
    try:
        given = [plain(arg.value) for arg in arguments.positional]
        keywords = {key: plain(arg.value) for key, arg in arguments.keywords.items()}
        if name in _GROWING and given and isinstance(given[0], int) and given[0] > interpreter.budget.text:
            return Unknown("a very long text")
        return lift(interpreter, method(*given, **keywords))
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, MemoryError):
        return _joined_text(receiver, name, arguments)


def _joined_text(receiver: Any, name: str, arguments: Arguments) -> Value:
    return Unknown("text with unknown parts")


def _of_type(
    interpreter: Interpreter, receiver: Builtin, name: str, arguments: Arguments, place: Place
) -> Value:
    """`dict.fromkeys`, `str.lower(x)` and the like."""
    if receiver.name == "dict" and name == "fromkeys" and arguments.positional:
        keys, complete = iterate(interpreter, arguments.positional[0].value)
        value = arguments.get(1, "value")
        return DictValue({key: value for key in keys if is_key(key)}, open=not complete)
    if arguments.positional and not isinstance(arguments.positional[0].value, Unknown):
        first = arguments.positional[0].value
        rest = Arguments(arguments.positional[1:], arguments.keywords)
        return call_method(interpreter, first, name, rest, place)
    return _unknown(name)


# Lists


def _append(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    if len(items.items) < interpreter.budget.items and not items.open:
        items.items.append(arguments.get(0, "object"))
    elif len(items.items) < interpreter.budget.items:
        items.items.append(arguments.get(0, "object"))
    else:
        items.open = True
    return None


def _extend(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    more, complete = iterate(interpreter, arguments.get(0, "iterable"))
    interpreter.trail.touch(items)
    items.items.extend(more[: interpreter.budget.items])
    items.open = items.open or not complete
    return None


def _insert(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    index = arguments.get(0, "index")
    if isinstance(index, int):
        items.items.insert(index, arguments.get(1, "object"))
    else:
        items.items, items.open = [], True
    return None


def _pop(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    index = arguments.get(0, "index", -1)
    interpreter.trail.touch(items)
    if isinstance(index, int) and not items.open and -len(items.items) <= index < len(items.items):
        return items.items.pop(index)
    items.items, items.open = [], True
    return Unknown("an item of an uncertain list")


def _remove(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    wanted = arguments.get(0, "value")
    interpreter.trail.touch(items)
    for index, item in enumerate(items.items):
        answer = equal(item, wanted)
        if answer:
            del items.items[index]
            return None
        if answer is None:
            break
    items.items, items.open = [], True
    return None


def _reverse(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    items.items.reverse()
    return None


def _clear(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    items.items, items.open = [], False
    return None


def _copy_list(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    return ListValue(items.items[:], open=items.open)


def _sort(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    try:
        known = [plain(item) for item in items.items]
        if arguments.keywords.keys() - {"reverse"}:
            raise LookupError
        reverse = bool(arguments.get(9, "reverse", False))
        items.items = [lift(interpreter, item) for item in sorted(known, reverse=reverse)]  # type: ignore[type-var]
    except (LookupError, TypeError):
        items.items, items.open = [], True
    return None


def _index(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    for position, item in enumerate(items.items):
        answer = equal(item, arguments.get(0, "value"))
        if answer:
            return position
        if answer is None:
            break
    return Unknown("an unknown position")


def _count(interpreter: Interpreter, items: ListValue, arguments: Arguments) -> Value:
    answers = [equal(item, arguments.get(0, "value")) for item in items.items]
    return Unknown("an unknown count") if items.open or None in answers else answers.count(True)


_LIST: dict[str, Callable[[Interpreter, ListValue, Arguments], Value]] = {
    "append": _append,
    "extend": _extend,
    "insert": _insert,
    "pop": _pop,
    "remove": _remove,
    "reverse": _reverse,
    "clear": _clear,
    "copy": _copy_list,
    "sort": _sort,
    "index": _index,
    "count": _count,
}

# Dicts


def _get(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    key, fallback = arguments.get(0, "key"), arguments.get(1, "default")
    if not is_key(key):
        return Unknown("an unknown key")
    if key in items.items:
        return items.items[key]
    return Unknown("a key that may exist") if items.open else fallback


def _pop_key(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    value = _get(interpreter, items, arguments)
    key = arguments.get(0, "key")
    interpreter.trail.touch(items)
    if is_key(key):
        items.items.pop(key, None)
    else:
        items.items, items.open = {}, True
    return value


def _set_default(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    key = arguments.get(0, "key")
    if not is_key(key) or (items.open and key not in items.items):
        return Unknown("a key that may exist")
    interpreter.trail.touch(items)
    return items.items.setdefault(key, arguments.get(1, "default"))


def _update(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    if arguments.positional:
        other = arguments.positional[0].value
        if isinstance(other, DictValue):
            items.items.update(other.items)
            items.open = items.open or other.open
        else:
            items.open = True
    items.items.update({name: arg.value for name, arg in arguments.keywords.items()})
    items.open = items.open or arguments.open_keywords
    return None


def _keys(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    return ListValue(list(items.items), open=items.open)


def _values(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    return ListValue(list(items.items.values()), open=items.open)


def _pairs(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    return ListValue([(key, value) for key, value in items.items.items()], open=items.open)


def _copy_dict(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    return DictValue(dict(items.items), open=items.open, factory=items.factory)


def _clear_dict(interpreter: Interpreter, items: DictValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    items.items, items.open = {}, False
    return None


_DICT: dict[str, Callable[[Interpreter, DictValue, Arguments], Value]] = {
    "get": _get,
    "pop": _pop_key,
    "setdefault": _set_default,
    "update": _update,
    "keys": _keys,
    "values": _values,
    "items": _pairs,
    "copy": _copy_dict,
    "clear": _clear_dict,
}

# Sets


def _add(interpreter: Interpreter, items: SetValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    item = arguments.get(0, "element")
    if is_key(item):
        items.items[item] = None
    else:
        items.open = True
    return None


def _discard(interpreter: Interpreter, items: SetValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    item = arguments.get(0, "element")
    if is_key(item):
        items.items.pop(item, None)
    else:
        items.items, items.open = {}, True
    return None


def _union(interpreter: Interpreter, items: SetValue, arguments: Arguments) -> Value:
    made = SetValue(dict(items.items), open=items.open)
    _grow(interpreter, made, arguments)
    return made


def _grow(interpreter: Interpreter, items: SetValue, arguments: Arguments) -> Value:
    interpreter.trail.touch(items)
    for arg in arguments.positional:
        more, complete = iterate(interpreter, arg.value)
        items.open = items.open or not complete or not all(is_key(item) for item in more)
        items.items.update({item: None for item in more if is_key(item)})
    return None


_SET: dict[str, Callable[[Interpreter, SetValue, Arguments], Value]] = {
    "add": _add,
    "discard": _discard,
    "remove": _discard,
    "union": _union,
    "update": _grow,
}
