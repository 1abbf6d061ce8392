"""The settings of files under the editor's and the configuration files'; what is wrong in them is told.

A wrong entry of the editor's costs itself; in place of a configuration file that is wrong the defaults hold,
under the editor's settings still.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kerlint.catalog import Rule, catalog
from kerlint.problems import Problem
from kerlint.resolve import Resolver
from kerlint.server.settings import ServerSettings
from kerlint.settings import LintSettings
from kerlint.shell.gather import is_left_out

CONFIG_FILES = ("kerlint.toml", "pyproject.toml", "requirements*.txt")
"""Names of files of which a change may change settings."""


class Configs:
    """What holds for files until something is reloaded. The worker's thread asks for settings, others for rules."""

    def __init__(self, settings: ServerSettings, folder: str) -> None:
        overrides = settings.overrides(folder)
        self._resolver = Resolver(overrides)
        self._fallback = Resolver(replace(overrides, path=None, isolated=True))
        self._rules: Mapping[str, Rule] = {}
        self._told: set[str] = set()
        self._new: list[str] = []

    def settings(self, path: str) -> LintSettings | None:
        """The settings of a file; None for one that is excluded."""
        try:
            if is_left_out(path, self._resolver):
                return None
            found = self._resolver.settings(path)
        except Problem as problem:
            self._tell(f"{problem}; the defaults hold")
            found = self._fallback.settings(path)
        self._note_projects()
        return found

    def _note_projects(self) -> None:
        rules = dict(catalog())
        for project in (*self._resolver.projects, *self._fallback.projects):
            rules |= project.rules
            for warning in project.warnings:
                self._tell(warning)
        self._rules = rules

    def _tell(self, notice: str) -> None:
        if notice not in self._told:
            self._told.add(notice)
            self._new.append(notice)

    def take_notices(self) -> list[str]:
        """What the user has not been told yet."""
        notices, self._new = self._new, []
        return notices

    @property
    def rules(self) -> Mapping[str, Rule]:
        """All rules by code; the user's own once settings were asked for."""
        return self._rules or catalog()
