"""A file as a script: what it imports, which settings of the environment it makes, and what of it never runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerlint.places import Place


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """One module that a top-level statement imports, by its dotted name."""

    module: str
    place: Place
    index: int
    """The position of the statement in the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A top-level statement that sets a variable of the environment."""

    name: str
    place: Place
    index: int


@dataclass(frozen=True, slots=True, eq=False)
class Dead:
    """Code that never runs. `reason` is `name` (an impossible test of `__name__`), `exit` or `return`."""

    reason: str
    place: Place
    """What keeps it from running: the test, the exit, the return."""
    test: str = ""
    """What the test compares with `__name__`."""
    literal: Place | None = None
    """The string that should have been "__main__"."""


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """The script's statements that matter as such."""

    imports: tuple[Import, ...] = ()
    settings: tuple[Setting, ...] = ()
    dead: tuple[Dead, ...] = ()
