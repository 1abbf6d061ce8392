"""Names that older Keras and TensorFlow had, and where what they did is found now.

Whether a name of Keras is gone the snapshot says (`names.exists`); `former.json`, which
scripts/snapshot_former.py writes from the installed packages, adds what took its place and the names of
TensorFlow 1.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import msgspec

from kerlint.keras_api import names

UNJUDGED = "tensorflow.keras.saving."
"""An import finds it, an attribute does not before something has imported it."""


class Former(msgspec.Struct, frozen=True):
    """The JSON document."""

    backend: dict[str, str]
    """Function of `keras.backend` to its successor; empty where there is none."""
    names: dict[str, str]
    """Canonical name to its successor; empty where there is none."""
    tensorflow: str
    """Names below `tensorflow` that TensorFlow 2 has not, or in `tf.compat.v1` only: `log=math.log`."""


@cache
def load() -> Former:
    """The table, read once."""
    return msgspec.json.decode(Path(__file__).with_name("former.json").read_bytes(), type=Former)


@cache
def _tensorflow() -> dict[str, str]:
    """Name to successor, empty where none is known."""
    pairs = [token.partition("=") for token in load().tensorflow.split()]
    return {name: new for name, _, new in pairs}


@lru_cache(maxsize=4096)
def is_gone(dotted: str) -> bool:
    """Whether Keras 3 and TensorFlow 2 certainly have no such name, as spelled."""
    package, _, rest = dotted.partition(".")
    if package == "tensorflow" and rest.partition(".")[0] != "keras":
        return rest in _tensorflow()
    return names.exists(dotted) is False and not f"{dotted}.".startswith(UNJUDGED)


@lru_cache(maxsize=4096)
def successor(dotted: str) -> str:
    """What to use in place of a name that is gone, spelled for the same package; empty if nothing is known."""
    package, _, rest = dotted.partition(".")
    if package == "tensorflow" and rest.partition(".")[0] != "keras":
        new = _tensorflow().get(rest, "")
        return f"{package}.{new}" if new else ""
    plain = rest if package == "tensorflow" else dotted
    if plain != dotted and names.exists(plain):
        return plain
    known = load().names.get(plain)
    if known is not None:
        return _spelled_for(dotted.removesuffix(plain), known) if known.startswith("keras.") else known
    if plain.startswith("keras.backend.") and plain.count(".") == 2:
        return load().backend.get(plain.removeprefix("keras.backend."), "")
    return _moved(dotted, plain)


def _moved(dotted: str, plain: str) -> str:
    """The same thing under another path: `keras.layers.core.Dense`, `keras.losses.mse`."""
    found = names.canonical(plain)
    root = dotted.removesuffix(plain)
    if found != plain and names.exists(found) and names.kind(found) in ("class", "function", "module"):
        return _spelled_for(root, found)
    shorter = _outward(plain)
    return _spelled_for(root, shorter) if shorter else ""


def _spelled_for(root: str, name: str) -> str:
    """A name of Keras for the package that is used, where it has it: `tensorflow.keras` has not all."""
    return root + name if names.exists(root + name) else name


def _outward(plain: str) -> str:
    """The nearest module above that is still there, for a module that is gone: `keras.layers.core`."""
    module, _, leaf = plain.rpartition(".")
    was_module = leaf.islower() and names.kind(plain, "keras2") in (None, "module")
    home = FORMER_HOMES.get(plain, module if was_module else "")
    return home if home != "keras" and names.kind(home) == "module" else ""


FORMER_HOMES = {
    "keras.objectives": "keras.losses",
    "keras.engine": "keras.models",
    "keras.engine.topology": "keras.models",
    "keras.engine.training": "keras.models",
    "keras.engine.base_layer": "keras.layers",
    "keras.initializations": "keras.initializers",
}
"""Modules that were renamed, not taken out."""
