"""What a user sets in the editor. A wrong value costs itself only: its default holds, and one line tells."""

from __future__ import annotations

import os
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from kerlint.config import Config, Level, Target, anchored, plain_reason
from kerlint.resolve import Overrides

Run = Literal["onType", "onSave"]


class Switch(msgspec.Struct, frozen=True):
    """Something that can be turned off."""

    enable: bool = True


class Lint(msgspec.Struct, frozen=True):
    """When to lint."""

    enable: bool = True
    run: Run = "onType"


class CodeActions(msgspec.Struct, frozen=True, rename="camel"):
    """Which quick fixes are offered."""

    fix_violation: Switch = Switch()
    disable_rule_comment: Switch = Switch()


class ServerSettings(msgspec.Struct, frozen=True, rename="camel"):
    """The settings by the names that ruff's server has for the same; others are for the client, and passed over."""

    enable: bool = True
    configuration: str | None = None
    """A configuration file that holds for all files."""
    select: list[str] | None = None
    extend_select: list[str] | None = None
    ignore: list[str] | None = None
    preview: bool | None = None
    severity: dict[str, Level] | None = None
    target: Target | None = None
    exclude: list[str] | None = None
    lint: Lint = Lint()
    code_action: CodeActions = CodeActions()
    fix_all: bool = True
    unsafe_fixes: bool = True
    """Whether quick fixes that may change what the program does are offered."""
    inlay_hints: bool = True
    show_syntax_errors: bool = True
    allow_local_rules: bool = False

    def overrides(self, folder: str) -> Overrides:
        """What they say over configuration files, as a command line would; paths are relative to `folder`."""
        config = Config(
            select=self.select,
            extend_select=self.extend_select,
            ignore=self.ignore,
            preview=self.preview,
            severity=self.severity,
            target=self.target,
            exclude=self.exclude,
        )
        path = anchored(_expanded(self.configuration), folder) if self.configuration else None
        return Overrides(config=config, path=path, allow_local_rules=self.allow_local_rules, is_lenient=True)


def _expanded(path: str) -> str:
    return os.path.expandvars(os.path.expanduser(path))


LEFT_OUT = "it is left out"
_WRAPPERS = ("settings", "kerlint")
T = TypeVar("T", bound=msgspec.Struct)


def read_settings(given: object) -> tuple[ServerSettings, list[str]]:
    """The settings in what a client sent, and what is wrong with it, a line each.

    Clients wrap them differently: `{"settings": {...}}`, `{"kerlint": {...}}`, or bare.
    """
    problems: list[str] = []
    for key in _WRAPPERS:
        if isinstance(given, dict) and isinstance(given.get(key), dict):
            given = given[key]
    if given is None:
        return ServerSettings(), []
    return _read(given, ServerSettings, "", problems), problems


def _read(given: object, kind: type[T], where: str, problems: list[str]) -> T:
    """One table of settings, each of its values by itself."""
    if not isinstance(given, dict):
        problems.append(f"settings: {where.rstrip('.') or 'all'}: expected a table; the defaults hold")
        return kind()
    values: dict[str, Any] = {}
    for item in msgspec.structs.fields(kind):
        if item.encode_name not in given:
            continue
        value, path = given[item.encode_name], f"{where}{item.encode_name}"
        if isinstance(item.type, type) and issubclass(item.type, msgspec.Struct):
            values[item.name] = _read(value, item.type, f"{path}.", problems)
        elif (found := _value(value, item.type, path, problems)) is not msgspec.UNSET:
            values[item.name] = found
    return kind(**values)


def _value(given: object, kind: Any, path: str, problems: list[str]) -> Any:
    """A value as its setting wants it, or UNSET; a wrong entry of a table or a list costs itself only."""
    entry = _entry_of(kind, type(given))
    if isinstance(given, dict) and entry is not None:
        table = {key: _one(value, entry, f"{path}.{key}", problems, LEFT_OUT) for key, value in given.items()}
        return {key: value for key, value in table.items() if value is not msgspec.UNSET}
    if isinstance(given, list) and entry is not None:
        found = [_one(value, entry, f"{path}[{at}]", problems, LEFT_OUT) for at, value in enumerate(given)]
        right = [value for value in found if value is not msgspec.UNSET]
        return right if right or not given else msgspec.UNSET
    return _one(given, kind, path, problems, "the default holds")


def _entry_of(kind: Any, container: type) -> Any:
    """What the entries of a setting are that may be such a container; None if it may not."""
    for one in _kinds(kind):
        if get_origin(one) is container:
            return get_args(one)[-1]
    return None


def _kinds(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if isinstance(kind, UnionType) else (kind,)


def _one(given: object, kind: Any, path: str, problems: list[str], otherwise: str) -> Any:
    """A single value; UNSET, and a line that names it and what is allowed, if it is wrong."""
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        allowed = [word for one in _kinds(kind) if get_origin(one) is Literal for word in get_args(one)]
        remedy = f" (one of {', '.join(allowed)})" if allowed else ""
        problems.append(f"settings: {path}: {plain_reason(str(error))}{remedy}; {otherwise}")
        return msgspec.UNSET
