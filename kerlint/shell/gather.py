"""The files of a run: what was named, and what lies in the folders that were named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from kerlint.config import folders_above
from kerlint.discover import DEFAULT_EXCLUDE, DEFAULT_INCLUDE, Discovery, discover
from kerlint.patterns import Patterns
from kerlint.problems import Problem
from kerlint.resolve import Project, Resolver


@dataclass(slots=True)
class Gathered:
    """Files to lint (absolute, sorted), what could not be reached, and the paths that decide on both."""

    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)


def gather(paths: Sequence[str], resolver: Resolver) -> Gathered:
    """The files that `paths` mean, under the patterns of the configuration that holds where each lies.

    Excludes and ignore files hold for files named here too (a hook names all its files), unless
    `force-exclude` is off; a folder named here is entered anyway, unless it is on.
    """
    found = Gathered()
    files: dict[str, None] = {}
    for project, is_folder, group in _grouped(paths, resolver, found.problems):
        part = _discovered(group, project, is_folder)
        found.problems += part.problems
        found.read |= _decisive(part, group)
        for path in map(os.path.abspath, part.files):
            nearest = _project_of(os.path.dirname(path), resolver, found.problems)
            if nearest is not None and not (nearest is not project and _is_excluded(path, nearest)):
                files[path] = None
    found.files = sorted(files)
    if not files and not found.problems and any(os.path.isfile(path) for path in paths):
        found.notes.append("kerlint: excludes or ignore files leave out what was named (--no-force-exclude)")
    return found


def is_left_out(path: str, resolver: Resolver) -> bool:
    """Whether a run that names `path` (absolute, it need not exist) would leave it out."""
    project = resolver.project(os.path.dirname(path))
    return project.config.force_exclude is not False and _is_excluded(path, project)


def _project_of(folder: str, resolver: Resolver, problems: list[str]) -> Project | None:
    """The settings that hold in a folder; None if its configuration is broken, which is told once."""
    try:
        return resolver.project(folder)
    except Problem as problem:
        if str(problem) not in problems:
            problems.append(str(problem))
        return None


def _grouped(
    paths: Sequence[str], resolver: Resolver, problems: list[str]
) -> Iterable[tuple[Project, bool, list[str]]]:
    """The paths by the configuration that holds for them, folders apart from files."""
    groups: dict[tuple[str, bool], tuple[Project, bool, list[str]]] = {}
    for path in paths:
        absolute = os.path.abspath(path)
        is_folder = os.path.isdir(absolute)
        project = _project_of(absolute if is_folder else os.path.dirname(absolute), resolver, problems)
        if project is not None:
            groups.setdefault((project.file.name, is_folder), (project, is_folder, []))[2].append(path)
    return groups.values()


def _discovered(paths: Sequence[str], project: Project, is_folder: bool) -> Discovery:
    config = project.config
    forced = config.force_exclude is True if is_folder else config.force_exclude is not False
    return discover(
        paths,
        exclude=DEFAULT_EXCLUDE if config.exclude is None else config.exclude,
        extend_exclude=config.extend_exclude or (),
        include=DEFAULT_INCLUDE if config.include is None else config.include,
        respect_gitignore=config.respect_gitignore is not False,
        force_exclude=forced,
        root=project.file.folder,
    )


def _decisive(part: Discovery, paths: Sequence[str]) -> set[str]:
    """Everything of which a change may change the list: folders, and ignore files at and above them."""
    folders = set(part.folders)
    for path in {os.path.dirname(os.path.abspath(path)) for path in paths}:
        folders.update(folders_above(path))
    ignores = {os.path.join(folder, ".gitignore") for folder in folders}
    exclude = {os.path.join(folder, ".git", "info", "exclude") for folder in folders - set(part.folders)}
    return {*part.folders, *ignores, *exclude, *(os.path.abspath(path) for path in paths)}


def _is_excluded(path: str, project: Project) -> bool:
    """Whether the excludes of a configuration mean the path (absolute) or a folder on the way to it."""
    exclude = DEFAULT_EXCLUDE if project.config.exclude is None else project.config.exclude
    patterns = _patterns((*exclude, *(project.config.extend_exclude or ())))
    return _matches_any_part(patterns, os.path.relpath(path, project.file.folder).replace(os.sep, "/"))


@cache
def _patterns(written: tuple[str, ...]) -> Patterns:
    return Patterns(written)


def _matches_any_part(patterns: Patterns, relative: str) -> bool:
    """Whether the path itself or a folder on the way to it is meant."""
    if relative.startswith("../"):
        return patterns.match(os.path.basename(relative), relative)
    parts = relative.split("/")
    return any(patterns.match(parts[end - 1], "/".join(parts[:end])) for end in range(1, len(parts) + 1))
