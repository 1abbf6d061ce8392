"""Options of a program: what `argparse`, `click` and absl's flags give, as likely values.

An option with a default is `Likely` that; one without is something unknown that stays the same. Subcommands
share the options of their parser: which one is run is not known, and an option that two of them have is not
known either.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from kerlint.python.arguments import Arguments
from kerlint.python.budget import Raised
from kerlint.python.calls import call
from kerlint.python.containers import DictValue, ListValue
from kerlint.python.iteration import iterate
from kerlint.python.likely import option_value
from kerlint.python.pure import Function
from kerlint.python.refs import Unknown, Value
from kerlint.python.values import Builtin, FunctionValue, Instance, Symbol

if TYPE_CHECKING:
    from kerlint.places import Place
    from kerlint.python.interpreter import Interpreter

_FLAGS: Final = {"store_true": False, "store_false": True}
_CONVERTERS: Final = frozenset({"int", "float", "str"})


# What an option is called, and its default


def _names(arguments: Arguments) -> list[str]:
    return [arg.value for arg in arguments.positional if isinstance(arg.value, str)]


def _destination(names: list[str]) -> str:
    """The attribute that an option becomes: of its first long name, else of its first one."""
    chosen = next((name for name in names if name.startswith("--")), names[0] if names else "")
    return chosen.lstrip("-").replace("-", "_")


def _converted(interpreter: Interpreter, default: Value, kind: Value, place: Place) -> Value:
    """A default as the program gets it: texts go through the option's `type`."""
    if kind is None or not isinstance(default, str):
        return default
    if not isinstance(kind, Builtin) or kind.name not in _CONVERTERS:
        return Unknown("what the type of an option makes of its default")
    try:
        return call(interpreter, kind, Arguments.of(default), place)
    except Raised:
        return Unknown("a default that its type does not take")


# argparse


def _parser(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    options = DictValue({})
    for parent in iterate(interpreter, arguments.get(99, "parents", ()))[0]:
        known = parent.attributes.get("options") if isinstance(parent, Instance) else None
        if isinstance(known, DictValue):
            options.items.update(known.items)
    return _view(options)


def _view(options: DictValue) -> Instance:
    """A parser, or a group of one: methods over the same options."""
    made = Instance(Symbol("argparse.ArgumentParser"))
    made.attributes = {name: Builtin(name, partial(run, options)) for name, run in _METHODS.items()}
    made.attributes["options"] = options
    return made


def _another_view(options: DictValue, interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return _view(options)


def _set(interpreter: Interpreter, options: DictValue, name: str, value: Value) -> None:
    interpreter.trail.touch(options)
    options.items[name] = value


def _add_argument(options: DictValue, interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    names = _names(arguments)
    wanted = arguments.get(99, "dest")
    name = wanted if isinstance(wanted, str) else _destination(names)
    if not name:
        return Unknown("an option without a name")
    default = _default_of(interpreter, arguments, place, is_positional=not names or names[0][:1] != "-")
    spelled = next((one for one in names if one.startswith("--")), names[0] if names else name)
    value = option_value(spelled, default, place)
    _set(interpreter, options, name, Unknown("two options of one name") if name in options.items else value)
    return Unknown("an option of a parser")


def _default_of(
    interpreter: Interpreter, arguments: Arguments, place: Place, *, is_positional: bool
) -> Value:
    must_be_given = arguments.get(99, "required", False) is not False
    if must_be_given or (is_positional and arguments.get(99, "nargs") not in ("?", "*")):
        return None
    action = arguments.get(99, "action")
    default = arguments.get(99, "default", _FLAGS.get(action) if isinstance(action, str) else None)
    return _converted(interpreter, default, arguments.get(99, "type"), place)


def _set_defaults(options: DictValue, interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    if not arguments.exact:
        for name in list(options.items):
            _set(interpreter, options, name, Unknown("may have another default"))
    for name, arg in arguments.keywords.items():
        _set(interpreter, options, name, option_value(f"--{name}", arg.value, place))
    return None


def _parse_args(options: DictValue, interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """The namespace: options that the program itself gives to the parser are not known."""
    made = Instance(Symbol("argparse.Namespace"))
    given = arguments.get(0, "args")
    target = arguments.get(1, "namespace")
    if target is not None or (
        isinstance(given, ListValue | tuple) and iterate(interpreter, given) != ([], True)
    ):
        made.attributes = {name: Unknown(f"the option {name}") for name in options.items}
    else:
        made.attributes = dict(options.items)
    return made


def _parse_known(options: DictValue, interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    return (_parse_args(options, interpreter, arguments, place), Unknown("arguments that are no options"))


_METHODS: Final = {
    "add_argument": _add_argument,
    "set_defaults": _set_defaults,
    "parse_args": _parse_args,
    "parse_intermixed_args": _parse_args,
    "parse_known_args": _parse_known,
    "add_argument_group": _another_view,
    "add_mutually_exclusive_group": _another_view,
    "add_subparsers": _another_view,
    "add_parser": _another_view,
}


# click


def _click_option(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`@click.option("--units", default=64)`: the parameter has that default."""
    names = _names(arguments)
    own = next((name for name in names if not name.startswith("-")), None)
    name = (own or _destination(names).partition("/")[0]).lower()
    is_flag = arguments.get(99, "is_flag", any("/" in one for one in names)) is True
    default = arguments.get(99, "default", False if is_flag else None)
    if arguments.get(99, "required", False) is not False or arguments.get(99, "multiple", False) is not False:
        default = None
    default = _converted(interpreter, default, arguments.get(99, "type"), place)
    spelled = next((one for one in names if one.startswith("--")), names[0] if names else name)
    return _sets_default(name, option_value(spelled.partition("/")[0], default, place))


def _click_argument(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    names = _names(arguments)
    return _sets_default(_destination(names).lower(), Unknown("an argument of a command"))


def _sets_default(name: str, value: Unknown) -> Builtin:
    def decorate(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
        function = arguments.get(0, "f")
        if isinstance(function, FunctionValue):
            function.is_wrapped = True
            function.defaults[name] = value
        return function

    return Builtin("click.option", decorate)


# absl


def _define(interpreter: Interpreter, arguments: Arguments, place: Place) -> Value:
    """`flags.DEFINE_integer("units", 64, "...")`: `FLAGS.units`, and `.value` of what it gives."""
    name = arguments.get(0, "name")
    if not isinstance(name, str):
        return Unknown("a flag of unknown name")
    value = option_value(f"--{name}", arguments.get(1, "default"), place)
    _set(interpreter, interpreter.flags, name, value)
    holder = Instance(Symbol("absl.flags.FlagHolder"))
    holder.attributes = {"value": value, "name": name}
    return holder


_MODULES: Final = (
    "absl.flags",
    *(f"tensorflow.{one}flags" for one in ("app.", "", "compat.v1.", "compat.v1.app.")),
)
_KINDS: Final = ("integer", "float", "string", "bool", "boolean", "enum")

OPTIONS: Final[dict[str, Function]] = {
    "argparse.ArgumentParser": _parser,
    "click.option": _click_option,
    "click.argument": _click_argument,
    **{f"{module}.DEFINE_{kind}": _define for module in _MODULES for kind in _KINDS},
}
"""Functions and classes that make options, by dotted name."""
