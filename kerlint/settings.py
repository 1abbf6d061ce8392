"""What the pure core needs to know to lint one file; made by the shell from config and command line."""

from __future__ import annotations

from typing import Any

import msgspec


class LintSettings(msgspec.Struct, frozen=True):
    """Settings of one file, after config, command line and per-file ignores were resolved.

    They are plain data: part of the cache key, and sent to workers as they are.
    """

    rules: tuple[str, ...]
    """Codes of the rules to run, sorted."""
    severities: dict[str, str] = {}
    """Code to severity, where the user overrides the rule's own."""
    options: dict[str, dict[str, Any]] = {}
    """Code to that rule's options."""
    target: str | None = None
    """`keras2` or `keras3`, as the user says; None lets the file's imports and the project decide."""
    project_target: str | None = None
    """What the project's requirements say, for files that do not import tf_keras."""
    roots: tuple[str, ...] = ()
    """Absolute folders where first-party imports start."""
    report_unused_suppressions: bool = True
    local_rules: tuple[str, ...] = ()
    """Rule folders or modules of the user's own, already agreed to."""
