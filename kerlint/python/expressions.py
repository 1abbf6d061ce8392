"""What each kind of expression means: a table from libcst's node types to functions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import libcst as cst

from kerlint.python.arguments import Arg, Arguments
from kerlint.python.attributes import Super, load_attribute
from kerlint.python.calls import call
from kerlint.python.comprehensions import comprehend, comprehend_dict
from kerlint.python.formatting import format_value
from kerlint.python.iteration import iterate
from kerlint.python.operators import apply_binary, apply_comparison, apply_unary, truth
from kerlint.python.paths import join
from kerlint.python.scope import Frame, Scope
from kerlint.python.subscripts import load_subscript, slice_value
from kerlint.python.values import (
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    SetValue,
    Unknown,
    Value,
    next_serial,
)

if TYPE_CHECKING:
    from kerlint.python.interpreter import Interpreter

# Literals: libcst takes 8 us to evaluate one, so values are kept by their raw text.

_literals: dict[str, Value] = {}
_MOST_LITERALS = 50_000


def _literal(text: str) -> Value:
    try:
        return _literals[text]
    except KeyError:
        pass
    try:
        value: Value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError):
        value = Unknown("an odd literal")
    if len(_literals) < _MOST_LITERALS:
        _literals[text] = value
    return value


def _constant(interpreter: Interpreter, node: cst.Integer | cst.Float | cst.SimpleString, frame: Frame) -> Value:
    return _literal(node.value)


def _concatenated(interpreter: Interpreter, node: cst.ConcatenatedString, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    right = interpreter.evaluate(node.right, frame)
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, bytes) and isinstance(right, bytes):
        return left + right
    return Unknown("a string with unknown parts")


def _formatted(interpreter: Interpreter, node: cst.FormattedString, frame: Frame) -> Value:
    raw = "r" in node.prefix.lower()
    return _format_parts(interpreter, node.parts, frame, raw=raw)


def _format_parts(
    interpreter: Interpreter,
    parts: tuple[cst.BaseFormattedStringContent, ...] | list[cst.BaseFormattedStringContent],
    frame: Frame,
    *,
    raw: bool,
) -> Value:
    pieces: list[str] = []
    for part in parts:
        if isinstance(part, cst.FormattedStringText):
            pieces.append(_unescaped(part.value, raw=raw))
            continue
        assert isinstance(part, cst.FormattedStringExpression)
        value = interpreter.evaluate(part.expression, frame)
        spec: Value = ""
        if part.format_spec is not None:
            spec = _format_parts(interpreter, list(part.format_spec), frame, raw=raw)
        piece = format_value(value, part.conversion, spec)
        if piece is None:
            return Unknown("a string with unknown parts")
        pieces.append(piece)
    text = "".join(pieces)
    return text if len(text) <= interpreter.budget.text else Unknown("a very long string")


def _unescaped(text: str, *, raw: bool) -> str:
    """The characters that the raw text of an f-string piece stands for."""
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return text
    quoted = '"""' + text.replace('"', '\\"').replace('\\\\"', '\\"') + '"""'
    value = _literal(quoted)
    return value if isinstance(value, str) else text


# Names and attributes


def _name(interpreter: Interpreter, node: cst.Name, frame: Frame) -> Value:
    text = node.value
    if text == "True":
        return True
    if text == "False":
        return False
    if text == "None":
        return None
    return interpreter.load(text, frame)


def _attribute(interpreter: Interpreter, node: cst.Attribute, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    return load_attribute(interpreter, value, node.attr.value, interpreter.place(node, frame))


def _subscript(interpreter: Interpreter, node: cst.Subscript, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    index = _index(interpreter, node, frame)
    return load_subscript(interpreter, value, index, interpreter.place(node, frame))


def _index(interpreter: Interpreter, node: cst.Subscript, frame: Frame) -> Value:
    parts = [_slice_part(interpreter, element.slice, frame) for element in node.slice]
    return parts[0] if len(parts) == 1 and not isinstance(node.slice[0].comma, cst.Comma) else tuple(parts)


def _slice_part(interpreter: Interpreter, part: cst.BaseSlice, frame: Frame) -> Value:
    if isinstance(part, cst.Index):
        return interpreter.evaluate(part.value, frame)
    assert isinstance(part, cst.Slice)
    bounds = [
        None if bound is None else interpreter.evaluate(bound, frame)
        for bound in (part.lower, part.upper, part.step)
    ]
    return slice_value(*bounds)


subscript_index = _index


# Containers


def _items(interpreter: Interpreter, node: cst.Tuple | cst.List | cst.Set, frame: Frame) -> tuple[list[Value], bool]:
    items: list[Value] = []
    opened = False
    for element in node.elements:
        value = interpreter.evaluate(element.value, frame)
        if isinstance(element, cst.StarredElement):
            known, complete = iterate(interpreter, value)
            items.extend(known)
            opened = opened or not complete
        else:
            items.append(value)
        if len(items) > interpreter.budget.items:
            return items, True
    return items, opened


def _tuple(interpreter: Interpreter, node: cst.Tuple, frame: Frame) -> Value:
    items, opened = _items(interpreter, node, frame)
    return Unknown("a tuple of unknown length") if opened else tuple(items)


def _list(interpreter: Interpreter, node: cst.List, frame: Frame) -> Value:
    items, opened = _items(interpreter, node, frame)
    return ListValue(items, open=opened)


def _set(interpreter: Interpreter, node: cst.Set, frame: Frame) -> Value:
    items, opened = _items(interpreter, node, frame)
    return make_set(items, opened)


def make_set(items: list[Value], opened: bool) -> SetValue:
    """A set of the items that can be told apart."""
    known: dict[Value, None] = {}
    for item in items:
        if is_key(item):
            known[item] = None
        else:
            opened = True
    return SetValue(known, open=opened)


def is_key(value: Value) -> bool:
    """Whether a value can be a dict key that is told apart from others."""
    if isinstance(value, tuple):
        return all(is_key(item) for item in value)
    return not isinstance(value, Unknown | ListValue | DictValue | SetValue) and type(value).__hash__ is not None


def _dict(interpreter: Interpreter, node: cst.Dict, frame: Frame) -> Value:
    made = DictValue({})
    for element in node.elements:
        value = interpreter.evaluate(element.value, frame)
        if isinstance(element, cst.StarredDictElement):
            if isinstance(value, DictValue):
                made.items.update(value.items)
                made.open = made.open or value.open
            else:
                made.open = True
            continue
        assert isinstance(element, cst.DictElement)
        key = interpreter.evaluate(element.key, frame)
        if is_key(key):
            made.items[key] = value
        else:
            made.open = True
    return made


# Comprehensions


def _list_comp(interpreter: Interpreter, node: cst.ListComp, frame: Frame) -> Value:
    items, complete = comprehend(interpreter, node.for_in, node.elt, frame)
    return ListValue(items, open=not complete)


def _set_comp(interpreter: Interpreter, node: cst.SetComp, frame: Frame) -> Value:
    items, complete = comprehend(interpreter, node.for_in, node.elt, frame)
    return make_set(items, not complete)


def _dict_comp(interpreter: Interpreter, node: cst.DictComp, frame: Frame) -> Value:
    pairs, complete = comprehend_dict(interpreter, node, frame)
    made = DictValue({}, open=not complete)
    for key, value in pairs:
        if is_key(key):
            made.items[key] = value
        else:
            made.open = True
    return made


# Operators


def _binary(interpreter: Interpreter, node: cst.BinaryOperation, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    right = interpreter.evaluate(node.right, frame)
    return apply_binary(
        interpreter, type(node.operator).__name__, left, right, interpreter.place(node, frame)
    )


def _boolean(interpreter: Interpreter, node: cst.BooleanOperation, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    known = truth(left)
    wants = isinstance(node.operator, cst.And)
    if known is not None:
        return interpreter.evaluate(node.right, frame) if known is wants else left
    right = interpreter.evaluate(node.right, frame)
    decided = truth(right)
    if decided is not None and decided is not wants and isinstance(right, bool):
        return right
    return Unknown("an unknown condition")


def _unary(interpreter: Interpreter, node: cst.UnaryOperation, frame: Frame) -> Value:
    value = interpreter.evaluate(node.expression, frame)
    return apply_unary(interpreter, type(node.operator).__name__, value, interpreter.place(node, frame))


def _comparison(interpreter: Interpreter, node: cst.Comparison, frame: Frame) -> Value:
    left = interpreter.evaluate(node.left, frame)
    result: Value = True
    for target in node.comparisons:
        right = interpreter.evaluate(target.comparator, frame)
        result = apply_comparison(interpreter, type(target.operator).__name__, left, right)
        if result is False or isinstance(result, Unknown):
            return result
        left = right
    return result


def _conditional(interpreter: Interpreter, node: cst.IfExp, frame: Frame) -> Value:
    known = truth(interpreter.evaluate(node.test, frame))
    if known is not None:
        return interpreter.evaluate(node.body if known else node.orelse, frame)
    branch = next_serial()
    values = []
    paths = (((branch, 0),), ((branch, 1),))
    for arm, path in zip((node.body, node.orelse), paths, strict=True):
        with interpreter.on_path(path):
            values.append(interpreter.evaluate(arm, frame))
    return join(values, paths)


def _named(interpreter: Interpreter, node: cst.NamedExpr, frame: Frame) -> Value:
    value = interpreter.evaluate(node.value, frame)
    if isinstance(node.target, cst.Name):
        interpreter.store(node.target.value, value, frame)
    return value


# Calls and functions


def _call(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Value:
    if isinstance(node.func, cst.Name) and node.func.value == "super":
        return _super(interpreter, node, frame)
    function = interpreter.evaluate(node.func, frame)
    arguments = evaluate_arguments(interpreter, node, frame)
    return call(interpreter, function, arguments, interpreter.place(node, frame))


def evaluate_arguments(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Arguments:
    """The arguments of a call, unpacked as far as they are known."""
    made = Arguments()
    for arg in node.args:
        value = interpreter.evaluate(arg.value, frame)
        if arg.star == "*":
            known, complete = iterate(interpreter, value)
            made.positional.extend(Arg(item, arg.value, "unpacked") for item in known)
            made.open_positional = made.open_positional or not complete
        elif arg.star == "**":
            _unpack_keywords(value, arg.value, made)
        elif arg.keyword is not None:
            made.keywords[arg.keyword.value] = Arg(value, arg.value)
        elif made.open_positional:
            made.open_keywords = True
        else:
            made.positional.append(Arg(value, arg.value))
    return made


def _unpack_keywords(value: Value, node: cst.BaseExpression, made: Arguments) -> None:
    if not isinstance(value, DictValue):
        made.open_keywords = True
        return
    for name, item in value.items.items():
        if isinstance(name, str):
            made.keywords[name] = Arg(item, node, "unpacked")
    made.open_keywords = made.open_keywords or value.open


def _super(interpreter: Interpreter, node: cst.Call, frame: Frame) -> Value:
    owner = frame.function.owner if frame.function is not None else None
    receiver = frame.receiver
    if len(node.args) >= 2:
        owner = interpreter.evaluate(node.args[0].value, frame)
        receiver = interpreter.evaluate(node.args[1].value, frame)
    if isinstance(owner, ClassValue) and receiver is not None:
        return Super(receiver, owner)
    return Unknown("super() outside a method")


def _lambda(interpreter: Interpreter, node: cst.Lambda, frame: Frame) -> Value:
    return make_function(interpreter, "<lambda>", node, frame)


def make_function(
    interpreter: Interpreter, name: str, node: cst.FunctionDef | cst.Lambda, frame: Frame
) -> FunctionValue:
    """A function value with its defaults evaluated now, as Python does."""
    params = node.params
    defaults: dict[str, Value] = {}
    for param in (*params.posonly_params, *params.params, *params.kwonly_params):
        if param.default is not None:
            defaults[param.name.value] = interpreter.evaluate(param.default, frame)
    return FunctionValue(name, node, frame.scope, frame.statement, defaults)


def _await(interpreter: Interpreter, node: cst.Await, frame: Frame) -> Value:
    return interpreter.evaluate(node.expression, frame)


def _yield(interpreter: Interpreter, node: cst.Yield, frame: Frame) -> Value:
    if frame.yielded is None:
        frame.yielded = []
    if isinstance(node.value, cst.From):
        known, complete = iterate(interpreter, interpreter.evaluate(node.value.item, frame))
        frame.yielded.extend(known)
        frame.endless = frame.endless or not complete
    else:
        value = None if node.value is None else interpreter.evaluate(node.value, frame)
        frame.yielded.append(value)
    frame.endless = frame.endless or bool(interpreter.loops)
    return Unknown("what is sent to a generator")


def _ellipsis(interpreter: Interpreter, node: cst.Ellipsis, frame: Frame) -> Value:
    return ...


EXPRESSIONS: dict[type[cst.CSTNode], Callable[..., Value]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.Integer: _constant,
    cst.Float: _constant,
    cst.Imaginary: _constant,
    cst.SimpleString: _constant,
    cst.ConcatenatedString: _concatenated,
    cst.FormattedString: _formatted,
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.ListComp: _list_comp,
    cst.GeneratorExp: _list_comp,
    cst.SetComp: _set_comp,
    cst.DictComp: _dict_comp,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.NamedExpr: _named,
    cst.Subscript: _subscript,
    cst.Lambda: _lambda,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.Ellipsis: _ellipsis,
}

__all__ = ["EXPRESSIONS", "Iterator", "Scope", "evaluate_arguments", "is_key", "make_function", "make_set"]
