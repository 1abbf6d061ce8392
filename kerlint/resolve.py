"""From configuration files and the command line to the settings of each file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from kerlint.catalog import CatalogError, Rule, catalog, load_local_rules
from kerlint.config import Config, ConfigFile, find, folders_above, load, merged
from kerlint.findings import Severity
from kerlint.frozen import record
from kerlint.leniency import without_unknown
from kerlint.problems import Problem
from kerlint.project import import_roots, inferred_target, requirement_files, root_of
from kerlint.selection import Layer, Selection, matching, one, select
from kerlint.settings import LintSettings

UNUSED_SUPPRESSION = "KER002"


@record
class Overrides:
    """What the command line says: `config` holds its values, all else is how to read configuration files."""

    config: Config = field(default_factory=Config)
    path: str | None = None
    """A configuration file that holds for all files (`--config`)."""
    isolated: bool = False
    """Read no configuration file (`--isolated`)."""
    allow_local_rules: bool = False
    is_lenient: bool = False
    """Whether an entry of `config` that names no rule is left out with a warning, rather than refused."""


@dataclass(slots=True)
class Project:
    """All settings under one configuration file: its rules, severities, options and patterns."""

    file: ConfigFile
    config: Config
    """The file's values under those of the command line."""
    rules: Mapping[str, Rule]
    """Built-in rules and the user's own, by code."""
    selected: frozenset[str]
    severities: dict[str, str]
    options: dict[str, dict[str, Any]]
    local_rules: tuple[str, ...]
    ignores: list[tuple[_Pattern, frozenset[str]]]
    warnings: list[str] = field(default_factory=list)
    _made: dict[tuple[str, frozenset[str]], LintSettings] = field(default_factory=dict)

    @property
    def fail_on(self) -> Severity:
        """The least severity of a finding in these files that fails the run."""
        return Severity(self.config.fail_on or Severity.WARNING)

    def ignored(self, path: str) -> frozenset[str]:
        """Codes that `per-file-ignores` leaves out for a file (absolute path)."""
        if not self.ignores:
            return frozenset()
        relative = os.path.relpath(path, self.file.folder).replace(os.sep, "/")
        return frozenset().union(*(codes for pattern, codes in self.ignores if pattern.matches(relative)))

    def settings(self, path: str, folder: _Folder) -> LintSettings:
        """The settings of one file (absolute path) in `folder`; the same object for equal settings."""
        key = (folder.path, self.ignored(path))
        if key not in self._made:
            self._made[key] = self._settings(self.selected - key[1], folder)
        return self._made[key]

    def _settings(self, codes: frozenset[str], folder: _Folder) -> LintSettings:
        return LintSettings(
            rules=tuple(sorted(codes)),
            severities=self.severities,
            options=self.options,
            target=self.config.target,
            project_target=folder.target,
            roots=tuple(dict.fromkeys((*(self.config.src or ()), *folder.roots))),
            report_unused_suppressions=UNUSED_SUPPRESSION in codes,
            local_rules=self.local_rules,
        )


class _Pattern:
    """A gitignore-style pattern of `per-file-ignores`; a leading `!` turns it round."""

    def __init__(self, written: str) -> None:
        import pathspec

        self._turned = written.startswith("!")
        self._spec = pathspec.GitIgnoreSpec.from_lines([written.removeprefix("!")])

    def matches(self, relative: str) -> bool:
        """Whether the pattern takes in a path relative to its configuration file."""
        return self._spec.match_file(relative) is not self._turned


@record
class _Folder:
    """What is the same for all files of a folder."""

    path: str
    roots: tuple[str, ...]
    target: str | None


class Resolver:
    """Finds the settings of files; each configuration file and each folder is looked at once.

    `read` collects the paths (absolute) that were looked at, whether they exist or not: while none of
    them changes, neither do the settings.
    """

    def __init__(self, overrides: Overrides) -> None:
        self._overrides = overrides
        self._projects: dict[str | None, Project] = {}
        self._broken: dict[str, Problem] = {}
        self._nearest: dict[str, str | None] = {}
        self._folders: dict[str, _Folder] = {}
        self._targets: dict[str, str | None] = {}
        self.read: set[str] = set()

    def settings(self, path: str) -> LintSettings:
        """The settings of a file (absolute path). Raises Problem for anything wrong in its configuration."""
        folder = os.path.dirname(path)
        return self.project(folder).settings(path, self._folder(folder))

    def project(self, folder: str) -> Project:
        """The settings that hold in `folder` (absolute). Raises Problem, as `settings` does."""
        if folder in self._broken:
            raise self._broken[folder]
        try:
            return self._project(folder)
        except Problem as problem:
            self._broken[folder] = problem
            raise

    def _project(self, folder: str) -> Project:
        path = self._config_path(folder)
        if path not in self._projects:
            file = load(path) if path else ConfigFile(Config(), os.getcwd())
            self.read.update((*file.files, *_rule_files(file.config)))
            self._projects[path] = make_project(file, self._overrides)
        return self._projects[path]

    @property
    def projects(self) -> list[Project]:
        """All that were needed so far."""
        return list(self._projects.values())

    def _config_path(self, folder: str) -> str | None:
        if self._overrides.isolated:
            return None
        if self._overrides.path is not None:
            return os.path.abspath(self._overrides.path)
        passed = []
        for above in folders_above(folder):
            if above in self._nearest:
                found = self._nearest[above]
                break
            passed.append(above)
            self.read.update((os.path.join(above, "kerlint.toml"), os.path.join(above, "pyproject.toml")))
            if found := find(above):
                break
        else:
            found = None
        self._nearest.update(dict.fromkeys(passed, found))
        return found

    def _folder(self, path: str) -> _Folder:
        if path not in self._folders:
            root = root_of(path)
            roots = import_roots(path, root)
            self.read.update(roots)
            self._folders[path] = _Folder(path, roots, self._target(root))
        return self._folders[path]

    def _target(self, root: str | None) -> str | None:
        if root is None:
            return None
        if root not in self._targets:
            self.read.update((root, *requirement_files(root)))
            self._targets[root] = inferred_target(root)
        return self._targets[root]


def _rule_files(config: Config) -> list[str]:
    """The folders of the user's own rules, and what is in them."""
    found = list(config.rules or ())
    for path in config.rules or ():
        if os.path.isdir(path):
            found += [entry.path for entry in os.scandir(path)]
    return found


def make_project(file: ConfigFile, overrides: Overrides) -> Project:
    """Check a configuration against the rules and resolve it.

    Raises Problem for a rule or option that does not exist, or local rules that cannot be loaded.
    """
    config = merged(file.config, overrides.config)
    rules, local, warnings = _all_rules(file, config, overrides.allow_local_rules)
    over = overrides.config
    if overrides.is_lenient:
        over, left_out = without_unknown(over, rules)
        config, warnings = merged(file.config, over), warnings + left_out
    layers = (_layer(file.config, file.name), _layer(over, ""))
    return Project(
        file=file,
        config=config,
        rules=rules,
        selected=select(rules, Selection(layers, bool(config.preview))),
        severities={
            one(key, rules, f"{file.name}: severity").code: level for key, level in _items(config.severity)
        },
        options={
            one(key, rules, f"{file.name}: options").code: given
            for key, given in _options(file, config, rules)
        },
        local_rules=local,
        ignores=_ignores(file, config, rules),
        warnings=warnings,
    )


def _all_rules(
    file: ConfigFile, config: Config, allowed: bool
) -> tuple[Mapping[str, Rule], tuple[str, ...], list[str]]:
    """Built-in rules with the user's own; those are code, so a configuration alone never loads them."""
    try:
        rules = dict(catalog())
        if not config.rules:
            return rules, (), []
        if not allowed:
            return rules, (), [f"{file.name}: own rules not loaded (--allow-local-rules runs their code)"]
        for path in config.rules:
            rules |= {rule.code: rule for rule in load_local_rules(path)}
    except CatalogError as error:
        raise Problem(str(error)) from error
    return rules, tuple(config.rules), []


def _layer(config: Config, where: str) -> Layer:
    return Layer(
        where=where,
        select=None if config.select is None else tuple(config.select),
        extend_select=tuple(config.extend_select or ()),
        ignore=tuple(config.ignore or ()),
    )


def _items(table: Mapping[str, Any] | None) -> list[tuple[str, Any]]:
    return list((table or {}).items())


def _options(file: ConfigFile, config: Config, rules: Mapping[str, Rule]) -> list[tuple[str, dict[str, Any]]]:
    """Each rule's options, checked against the fields the rule declares."""
    for key, given in _items(config.options):
        rule = one(key, rules, f"{file.name}: options")
        where = f"{file.name}: options.{key}"
        try:
            rule.make_options(given)
            if rule.options is not None:
                msgspec.convert(
                    {name.replace("-", "_"): value for name, value in given.items()}, rule.options
                )
        except (ValueError, TypeError) as error:
            raise Problem(str(error).replace("`", "").replace("$.", ""), where=where) from error
    return _items(config.options)


def _ignores(
    file: ConfigFile, config: Config, rules: Mapping[str, Rule]
) -> list[tuple[_Pattern, frozenset[str]]]:
    found = []
    for pattern, selectors in _items(config.per_file_ignores):
        where = f"{file.name}: per-file-ignores"
        codes = frozenset[str]().union(*(matching(selector, rules, where) for selector in selectors))
        try:
            found.append((_Pattern(pattern), codes))
        except ValueError as error:
            raise Problem(f"not a pattern: {pattern!r}", where=where) from error
    return found
