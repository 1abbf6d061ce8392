"""Configuration files: `kerlint.toml`, or `[tool.kerlint]` in `pyproject.toml`.

For each linted file the nearest configuration file at or above it holds; `extend` puts another below
it. Everything here is data about files; `kerlint.resolve` makes settings of it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import msgspec

from kerlint.frozen import record
from kerlint.problems import Problem, did_you_mean

Level = Literal["info", "warning", "error"]
Target = Literal["keras2", "keras3"]
Format = Literal[
    "text", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "html"
]
Jobs = Annotated[int, msgspec.Meta(ge=1)]

NAMES = ("kerlint.toml", "pyproject.toml")
"""Names of configuration files; in one folder the first wins."""


def _about(text: str) -> msgspec.Meta:
    return msgspec.Meta(description=text)


class Config(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    """The keys of a configuration file. None: not written there."""

    extend: Annotated[
        str | None, _about("Another configuration file that this one builds on, relative to it.")
    ] = None
    select: Annotated[
        list[str] | None, _about("Rules to run instead of the default ones: codes, prefixes, names or ALL.")
    ] = None
    extend_select: Annotated[list[str] | None, _about("Rules to run besides the selected ones.")] = None
    ignore: Annotated[list[str] | None, _about("Rules not to run: codes, prefixes or names.")] = None
    preview: Annotated[bool | None, _about("Whether prefixes and ALL take in preview rules.")] = None
    per_file_ignores: Annotated[
        dict[str, list[str]] | None, _about("Rules not to run on files that match a pattern.")
    ] = None
    severity: Annotated[dict[str, Level] | None, _about("Severity by rule code or name.")] = None
    options: Annotated[dict[str, dict[str, Any]] | None, _about("Options by rule code or name.")] = None
    rules: Annotated[
        list[str] | None, _about("Folders of your own rules; loaded only with --allow-local-rules.")
    ] = None
    fail_on: Annotated[Level | None, _about("The least severity that makes the exit status 1.")] = None
    exclude: Annotated[
        list[str] | None, _about("Patterns of files to leave out, instead of the default ones.")
    ] = None
    extend_exclude: Annotated[
        list[str] | None, _about("Patterns of files to leave out besides the others.")
    ] = None
    include: Annotated[list[str] | None, _about("Patterns of files to lint in folders.")] = None
    force_exclude: Annotated[
        bool | None, _about("Whether excludes hold for files named on the command line too.")
    ] = None
    respect_gitignore: Annotated[bool | None, _about("Whether to leave out what git ignores.")] = None
    target: Annotated[Target | None, _about("The Keras that the code is written for.")] = None
    src: Annotated[list[str] | None, _about("Folders where first-party imports start.")] = None
    output_format: Annotated[Format | None, _about("How findings are printed.")] = None
    cache_dir: Annotated[str | None, _about("Folder of the cache.")] = None
    jobs: Annotated[Jobs | None, _about("Number of worker processes.")] = None
    baseline: Annotated[str | None, _about("File of findings that are accepted for now.")] = None


KEYS = {item.encode_name: item.name for item in msgspec.structs.fields(Config)}
_PATHS = ("cache_dir", "baseline")
_PATH_LISTS = ("rules", "src")
_ADDED_UP = ("extend_select", "extend_exclude")


@record
class ConfigFile:
    """A configuration with where it stands: patterns in it are relative to `folder` (absolute).

    `files` are the paths it was read from, its own first. Paths in `config` are absolute.
    """

    config: Config
    folder: str
    files: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file as a user would name it: relative to the working folder where it is below it."""
        return shown(self.files[0]) if self.files else "the defaults"


def shown(path: str) -> str:
    """`path` relative to the working folder when it lies in it, else as it is."""
    here = os.getcwd() + os.sep
    return path.removeprefix(here)


def load(path: str) -> ConfigFile:
    """Read a configuration file with all it extends.

    Raises Problem, naming file, key and nearest known key, for anything wrong in it; a `pyproject.toml`
    without `[tool.kerlint]` gives an empty configuration.
    """
    return _load(os.path.abspath(path), ())


def find(folder: str) -> str | None:
    """The configuration file that holds for `folder` (absolute) itself, without looking above it."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name != "pyproject.toml" or table_of(path) is not None):
            return path
    return None


def table_of(path: str) -> dict[str, Any] | None:
    """The settings as written in a file: all of `kerlint.toml`, `tool.kerlint` of `pyproject.toml`.

    None when a `pyproject.toml` has no such table. Raises Problem if it cannot be read or is not TOML.
    """
    data = read_toml(path)
    if os.path.basename(path) != "pyproject.toml":
        return data
    tool = data.get("tool", {})
    table = tool.get("kerlint") if isinstance(tool, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise Problem("tool.kerlint: expected a table", where=shown(path))


def read_toml(path: str) -> dict[str, Any]:
    """Parse a TOML file. Raises Problem with the line of a syntax error."""
    try:
        with open(path, "rb") as file:
            data = file.read()
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        raise Problem(error.strerror or str(error), where=shown(path)) from error
    except UnicodeDecodeError as error:
        raise Problem("not UTF-8, which TOML must be", where=shown(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise _toml_problem(path, str(error), data) from error
    except RecursionError as error:
        raise Problem("nested too deeply", where=shown(path)) from error


def _toml_problem(path: str, message: str, data: bytes) -> Problem:
    """tomllib ends its messages with `(at line N, column M)`: put the line where editors look for it."""
    reason, _, place = message.rpartition(" (at ")
    row = re.match(r"line (\d+)", place)
    line = row[1] if row else str(data.count(b"\n") + (not data.endswith(b"\n")))
    return Problem(f"invalid TOML: {reason or message}", where=f"{shown(path)}:{line}")


def _load(path: str, extending: tuple[str, ...]) -> ConfigFile:
    if path in extending:
        raise Problem(f"extends itself through {shown(extending[-1])}", where=shown(path))
    config = _anchored(parse(table_of(path) or {}, shown(path)), os.path.dirname(path))
    own = ConfigFile(config, os.path.dirname(path), (path,))
    if config.extend is None:
        return own
    base = _load(os.path.join(own.folder, os.path.expanduser(config.extend)), (*extending, path))
    return ConfigFile(merged(base.config, config), own.folder, own.files + base.files)


def parse(table: dict[str, Any], where: str) -> Config:
    """A configuration from parsed TOML; `where` names it in messages.

    Raises Problem for an unknown key (with the nearest) or a value of the wrong kind.
    """
    for key in table:
        if key not in KEYS:
            remedy = did_you_mean(key, KEYS, "see `kerlint check --show-settings`")
            raise Problem(f"unknown key {key!r}", where=where, remedy=remedy)
    try:
        return msgspec.convert(table, Config)
    except msgspec.ValidationError as error:
        raise _explained(str(error), where) from error


_CHOICES: dict[str, tuple[str, ...]] = {
    "severity": get_args(Level),
    "fail-on": get_args(Level),
    "target": get_args(Target),
    "output-format": get_args(Format),
}


def _explained(message: str, where: str) -> Problem:
    """msgspec says ``Expected `bool`, got `str` - at `$.preview` ``: put the key first."""
    place = message.partition(" - at `")[2]
    key = place.rstrip("`").removeprefix("$").removeprefix(".")
    choices = _CHOICES.get(re.split(r"[.\[]", key)[0])
    remedy = f"one of {', '.join(choices)}" if choices else None
    return Problem(f"{key}: {plain_reason(message)}", where=where, remedy=remedy)


def plain_reason(message: str) -> str:
    """What msgspec has against a value, in the words of whoever wrote it, and without the place."""
    reason = message.partition(" - at `")[0]
    reason = reason.replace(" | null", "").replace("`", "").replace("object", "table")
    reason = reason.replace("Invalid enum value", "unknown value")
    return reason[:1].lower() + reason[1:]


def _anchored(config: Config, folder: str) -> Config:
    """The same configuration with its paths made absolute, from `folder`."""
    changes: dict[str, Any] = {}
    for key in _PATHS:
        if (value := getattr(config, key)) is not None:
            changes[key] = anchored(value, folder)
    for key in _PATH_LISTS:
        if (values := getattr(config, key)) is not None:
            changes[key] = [anchored(value, folder) for value in values]
    return msgspec.structs.replace(config, **changes) if changes else config


def anchored(path: str, folder: str) -> str:
    """`path` as an absolute one, relative to `folder`, with `~` expanded."""
    return os.path.normpath(os.path.join(folder, os.path.expanduser(path)))


def merged(base: Config, over: Config) -> Config:
    """`over` on top of `base`: tables are joined, `extend-...` lists added up, the rest replaced."""
    changes: dict[str, Any] = {}
    for name in KEYS.values():
        below, above = getattr(base, name), getattr(over, name)
        if isinstance(below, dict) and isinstance(above, dict):
            changes[name] = below | above
        elif name in _ADDED_UP and below and above:
            changes[name] = below + above
        else:
            changes[name] = below if above is None else above
    return Config(**changes)


def folders_above(folder: str) -> Iterator[str]:
    """`folder` (absolute) and every folder above it, nearest first."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent
