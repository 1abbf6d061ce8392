"""`--show-settings`: the settings that hold for a file, and where they come from."""

from __future__ import annotations

import os
from collections.abc import Sequence

import msgspec

from kerlint.problems import Problem
from kerlint.resolve import Resolver


def settings_page(resolver: Resolver, files: Sequence[str]) -> str:
    """The settings of the first file as TOML-like lines. Raises Problem when there is no file."""
    if not files:
        raise Problem("no file to show the settings of")
    path = files[0]
    project = resolver.project(os.path.dirname(path))
    settings = resolver.settings(path)
    written = msgspec.to_builtins(project.config)
    lines = [f"# {path}", f"# from {', '.join(project.file.files) or 'the defaults and the command line'}"]
    lines += [f"{key} = {_shown(value)}" for key, value in written.items()]
    lines += [
        "",
        "# resolved",
        f"target = {_shown(settings.target or settings.project_target or 'by imports')}",
    ]
    lines += [f"roots = {_shown(list(settings.roots))}", "rules = ["]
    lines += [f"    {_shown(code)},  # {project.rules[code].name}" for code in settings.rules]
    return "\n".join([*lines, "]", ""])


def _shown(value: object) -> str:
    return msgspec.json.encode(value).decode()
