"""Classes of the user's own that derive from Keras: what their methods take, and which objects are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kerlint.frozen import fact

if TYPE_CHECKING:
    from kerlint.places import Place, SourceEdit


@fact
class UserMethod:
    """A method as it is written. `parameters` leaves out `self`, `*args` and `**kwargs`."""

    name: str
    owner: str
    """The class that defines it: the class itself or one that it derives from."""
    place: Place
    """Its name in the `def`."""
    whole: Place
    """The whole definition."""
    parameters: tuple[str, ...]
    decorators: tuple[Place, ...] = ()
    """What stands behind each `@`."""
    required: frozenset[str] = frozenset()
    """Those of the parameters that have no default."""
    takes_any_keyword: bool = False
    takes_any_position: bool = False
    end: Place | None = None
    """Where the last parameter that another one can follow ends; None where there is none."""

    def takes(self, name: str) -> bool:
        """Whether a parameter of this name is written."""
        return name in self.parameters

    def adding_parameter(self, text: str) -> SourceEdit | None:
        """An edit that writes one more parameter with a default (`training=None`)."""
        return None if self.end is None else self.end.replacing(f"{self.end.text}, {text}")


@fact
class UserClass:
    """A class of the user's that derives from a library class."""

    identity: int
    name: str
    symbol: str
    """Canonical name of the nearest library class that it derives from."""
    is_model: bool
    place: Place
    methods: Mapping[str, UserMethod]
    """What its objects have, inherited from other user classes too."""
    exact: bool
    """False when a base or metaclass is not known, so that there may be other methods."""
    instances: frozenset[int] = frozenset()
    """Identities of the layers and models that are objects of exactly this class."""

    def method(self, name: str) -> UserMethod | None:
        """The user's method of this name; None where the library's is in force."""
        return self.methods.get(name)
