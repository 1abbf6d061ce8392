"""What a user asks of `kerlint check`, put together from the options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from kerlint.config import Config, anchored
from kerlint.frozen import record
from kerlint.problems import Problem
from kerlint.resolve import Overrides

STDIN = "-"
COMMANDS = ("check", "clean", "diff", "rule", "server", "summary")
"""The commands of kerlint, for a path that may be a misspelt one."""


@record
class Request:
    """One `kerlint check`; paths are as given, relative to the working folder."""

    paths: tuple[str, ...] = (".",)
    overrides: Overrides = field(default_factory=Overrides)
    fix: bool = False
    unsafe_fixes: bool = False
    fix_only: bool = False
    diff: bool = False
    add_ignores: bool = False
    write_baseline: bool = False
    confirm: bool = False
    only_confirmed: bool = False
    allow_unconfined: bool = False
    changed_since: str | None = None
    output_file: str | None = None
    statistics: bool = False
    exit_zero: bool = False
    stdin_filename: str | None = None
    cluster: str | None = None
    no_cache: bool = False
    colour: bool | None = None
    show_files: bool = False
    show_settings: bool = False
    verbose: bool = False
    watch: bool = False
    arguments: tuple[str, ...] = ()
    """The command line itself, by which a later run is known to be the same."""

    @property
    def reads_stdin(self) -> bool:
        """Whether the one program to lint comes on standard input."""
        return self.paths == (STDIN,)

    @property
    def confirms(self) -> bool:
        """Whether findings are put to Keras, which runs code of the files."""
        return self.confirm or self.only_confirmed

    @property
    def edits(self) -> bool:
        """Whether fixes are to be made or shown."""
        return self.fix or self.fix_only or self.diff

    @property
    def is_plain(self) -> bool:
        """Whether the run only looks and prints, so that its output may stand for a later equal run."""
        acts = (
            self.edits,
            self.add_ignores,
            self.write_baseline,
            self.changed_since,
            self.output_file,
            self.confirms,
        )
        shows = (self.show_files, self.show_settings, self.verbose, self.reads_stdin, self.cluster)
        return not (any(acts) or any(shows) or self.no_cache or self.watch)


_OF_CONFIG = (
    "select",
    "extend_select",
    "ignore",
    "preview",
    "fail_on",
    "exclude",
    "extend_exclude",
    "target",
)
_OF_CONFIG_TOO = ("force_exclude", "respect_gitignore", "output_format", "jobs", "baseline")


def request_of(given: Mapping[str, Any], arguments: tuple[str, ...]) -> Request:
    """The request in click's values. Raises Problem for options that do not go together."""
    values = dict(given)
    config = {name: values.pop(name) for name in (*_OF_CONFIG, *_OF_CONFIG_TOO)}
    config = {name: list(value) if isinstance(value, tuple) else value for name, value in config.items()}
    if config["baseline"] is not None:
        config["baseline"] = anchored(config["baseline"], os.getcwd())
    overrides = Overrides(
        config=Config(**config),
        path=values.pop("config"),
        isolated=values.pop("isolated"),
        allow_local_rules=values.pop("allow_local_rules"),
    )
    paths = tuple(values.pop("paths")) or (".",)
    colour = values.pop("color")
    request = Request(paths=paths, overrides=overrides, colour=colour, arguments=arguments, **values)
    _check(request)
    return request


def _check(request: Request) -> None:
    if STDIN in request.paths and not request.reads_stdin:
        raise Problem("standard input (-) and paths cannot be linted in one run")
    if request.overrides.isolated and request.overrides.path:
        raise Problem("--isolated and --config exclude each other")
    if request.unsafe_fixes and not request.edits:
        raise Problem("--unsafe-fixes alone changes nothing", remedy="add --fix or --diff")
    if request.allow_unconfined and not request.confirms:
        raise Problem("--allow-unconfined alone changes nothing", remedy="add --confirm")
    acts = {
        "--fix": request.fix or request.fix_only,
        "--diff": request.diff,
        "--add-ignores": request.add_ignores,
        "--write-baseline": request.write_baseline,
    }
    asked = [name for name, is_on in acts.items() if is_on]
    for name in ("--diff", "--add-ignores", "--write-baseline"):
        if acts[name] and request.confirms:
            raise Problem(f"--confirm and {name} exclude each other")
    if request.write_baseline and request.changed_since:
        raise Problem("--write-baseline and --changed-since exclude each other")
    if len(asked) > 1 and asked != ["--fix", "--diff"]:
        raise Problem(f"{' and '.join(asked)} exclude each other")
    if request.watch:
        _check_watch(request)
    needs_files = (request.add_ignores, request.write_baseline, request.changed_since, request.watch)
    if request.reads_stdin and any(needs_files):
        raise Problem("this needs files, not standard input")


def _check_watch(request: Request) -> None:
    once = {
        "--write-baseline": request.write_baseline,
        "--add-ignores": request.add_ignores,
        "--show-files": request.show_files,
        "--show-settings": request.show_settings,
    }
    for name, is_on in once.items():
        if is_on:
            raise Problem(f"--watch and {name} exclude each other")
