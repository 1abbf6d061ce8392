"""Models written to files and read back: `save`, `save_weights`, `load_model`, with the paths as far as they are known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kerlint.frozen import fact
from kerlint.model.sites import method_site
from kerlint.model.states import ModelState
from kerlint.python.values import Instance

if TYPE_CHECKING:
    from kerlint.model.call_sites import Argument, CallSite
    from kerlint.model.domain import KerasDomain
    from kerlint.places import Place
    from kerlint.python.arguments import Arguments
    from kerlint.python.values import Path

METHODS: Final = frozenset({"save", "save_weights", "load_weights", "to_json", "export"})
"""Methods of models that write or read what the model is."""
FUNCTIONS: Final = {
    "keras.models.save_model": "save",
    "keras.saving.save_model": "save",
    "keras.models.load_model": "load",
    "keras.saving.load_model": "load",
}
LAST_LITERAL: Final = re.compile(r"""([^'"{}\n]*)(['"])\)*$""")
"""The end of the string that an expression ends in: `f"{folder}/model.h5"`, `join(folder, "model.h5")`."""


@fact
class Saving:
    """One call that writes or reads a model. `kind` is `save`, `load`, or the method's name."""

    kind: str
    site: CallSite
    order: int
    """Position among the program's calls."""
    model: int | None = None
    """Identity of the model; None when it is not known (as for `load`)."""
    label: str | None = None
    """What the user calls the model."""
    path: Path = ()

    @property
    def filepath(self) -> Argument | None:
        """The argument that says where."""
        return self.site.argument("filepath")


def ending_of(argument: Argument | None) -> str | None:
    """How a path certainly ends: the whole path where it is known, the last literal of its text else."""
    if argument is None or not argument.is_given:
        return None
    if isinstance(argument.value, str):
        return argument.value
    found = LAST_LITERAL.search(argument.text or "")
    return found[1] or None if found is not None else None


def note_method(
    domain: KerasDomain, state: ModelState, name: str, arguments: Arguments, place: Place
) -> None:
    """`model.save(path)` and the like."""
    site = method_site("keras.Model", name, arguments, place, domain.target)
    domain.savings.append(
        Saving(name, site, len(domain.sites), state.serial, state.variable, domain.interpreter.path)
    )


def note_function(domain: KerasDomain, dotted: str, site: CallSite) -> None:
    """`keras.models.save_model(model, path)` and `load_model(path)`."""
    kind = FUNCTIONS.get(dotted)
    if kind is None:
        return
    given = site.value("model")
    state = given.native if isinstance(given, Instance) else None
    known = state if isinstance(state, ModelState) else None
    serial, label = (known.serial, known.variable) if known is not None else (None, None)
    domain.savings.append(Saving(kind, site, len(domain.sites), serial, label, domain.interpreter.path))
