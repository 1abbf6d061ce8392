"""An editor's settings that name no rule: each such entry is left out and told, and all others hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from kerlint.catalog import Rule
from kerlint.config import Config
from kerlint.problems import Problem
from kerlint.selection import matching, one

_Check = Callable[[str, Mapping[str, Rule], str], object]


def without_unknown(config: Config, rules: Mapping[str, Rule]) -> tuple[Config, list[str]]:
    """The configuration without the entries that name no rule, and a line for each of these."""
    notices: list[str] = []

    def known(names: Iterable[str] | None, setting: str, check: _Check) -> list[str] | None:
        """The names that are rules'; None, as if nothing had been set, if all of them are wrong."""
        found = []
        for name in names or ():
            try:
                check(name, rules, f"settings: {setting}")
                found.append(name)
            except Problem as problem:
                notices.append(f"{problem}; it is left out")
        return found or ([] if names == [] else None)

    severity = config.severity or {}
    named = known(severity, "severity", one) or []
    kept = msgspec.structs.replace(
        config,
        select=known(config.select, "select", matching),
        extend_select=known(config.extend_select, "extendSelect", matching),
        ignore=known(config.ignore, "ignore", matching),
        severity={name: severity[name] for name in named},
    )
    return kept, notices
