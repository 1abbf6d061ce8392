"""Names of layer classes: Keras's aliases, and the names it generates from them."""

from __future__ import annotations

import re
from functools import lru_cache

_POOLS = {"Max": "Max", "Avg": "Average"}


@lru_cache(maxsize=1024)
def canonical_class(symbol: str) -> str:
    """The class's own name behind a dotted symbol and Keras's aliases: `MaxPool2D` is `MaxPooling2D`."""
    name = symbol.rpartition(".")[2].replace("Convolution", "Conv")
    return re.sub(r"(Max|Avg)Pool(\dD)$", lambda found: f"{_POOLS[found[1]]}Pooling{found[2]}", name)


@lru_cache(maxsize=1024)
def auto_name(cls_name: str) -> str:
    """The name that Keras generates from a class name, without its counter: `Conv2D` gives `conv2d`.

    After `keras.src.utils.naming.to_snake_case` (Keras 3.15).
    """
    name = re.sub(r"\W+", "", cls_name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
