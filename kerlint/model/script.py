"""A file as a script: what it imports, which settings of the environment it makes, and what of it never runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerlint.frozen import fact

if TYPE_CHECKING:
    from kerlint.places import Place


@fact
class Import:
    """One module that a top-level statement imports, by its dotted name."""

    module: str
    place: Place
    index: int
    """The position of the statement in the file."""


@fact
class Setting:
    """A top-level statement that sets a variable of the environment."""

    name: str
    place: Place
    index: int


@fact
class Dead:
    """Code that never runs. `reason` is `name` (an impossible test of `__name__`), `exit` or `return`."""

    reason: str
    place: Place
    """What keeps it from running: the test, the exit, the return."""
    test: str = ""
    """What the test compares with `__name__`."""
    literal: Place | None = None
    """The string that should have been "__main__"."""


@fact
class Script:
    """The script's statements that matter as such."""

    imports: tuple[Import, ...] = ()
    settings: tuple[Setting, ...] = ()
    dead: tuple[Dead, ...] = ()
