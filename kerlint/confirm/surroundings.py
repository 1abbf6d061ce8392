"""What a program finds around it in a child: Keras under its old names, and stand-ins for what is not there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from kerlint.confirm.learning import MEMBERS
from kerlint.confirm.legacy import REAL, rename_legacy
from kerlint.confirm.sources import replace_sources
from kerlint.confirm.stubs import MissingPackages, hide_from_libraries

LIBRARIES = ("keras", "tf_keras", "tensorflow", "numpy", "kerlint")
"""Packages whose missing members are missing: nothing stands in for them."""


def replace_surroundings(keras: Any, tell: Callable[[str, str], None], classes: int = 2) -> None:
    """From now on missing packages, data and downloads have stand-ins; `tell` hears of each, and why.

    `classes` is how many classes data have that nothing says it of.
    """
    hide_from_libraries()
    finder = MissingPackages(LIBRARIES, {"sklearn": MEMBERS}, lambda name: tell(name, "missing package"))
    sys.meta_path.append(finder)
    if keras.__name__ == REAL:
        rename_legacy()
    replace_sources(keras, tell, classes)
